"""The deployment's key and what is made with it: sealing keys, ids, pseudonyms, digests.

One secret, one key for each use (HKDF-SHA-256, RFC 5869), so that an id says nothing about a pseudonym and neither about a seal.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from textmine.errors import ContractError
from textmine.settings import Settings
from textmine.store.keyfile import find_secret, make_key_file
from textmine.store.person import person

__all__ = ["Keyring", "Kind", "make_key_file"]

Kind = Literal["customer", "agent"]
PREFIXES: dict[Kind, str] = {"customer": "c_", "agent": "a_"}
PIECE = 1 << 20


@dataclass(frozen=True, repr=False)
class Keyring:
    """Separate keys, one for each use, all from the deployment's one secret. Shows nothing of them when printed."""

    key_id: str
    sealing: bytes
    ids: bytes
    pseudonyms: bytes
    digests: bytes

    def __repr__(self) -> str:
        """Name the key without showing it."""
        return f"Keyring({self.key_id})"

    @classmethod
    def from_settings(cls, settings: Settings, *, root: Path) -> Keyring:
        """The keyring of the secret in TEXTMINE_KEY, else the file TEXTMINE_KEY_FILE, else ``<root>/.key``.

        Raises
        ------
        KeyMissingError
            If there is none.
        ConfigError
            If others may read the file, or the key is no hex or base64 of 32 bytes or more.
        """
        return cls.from_secret(find_secret(settings, root=root))

    @classmethod
    def from_secret(cls, secret: bytes) -> Keyring:
        """The keyring of a secret of 32 bytes or more. ``key_id``: 8 hex that name the key and tell nothing of it."""
        name = hmac.digest(_derived(secret, "key id"), b"key id", "sha256").hex()[:8]
        return cls(name, *(_derived(secret, use) for use in ("landing", "ids", "pseudonyms", "digests")))

    def pseudonym(self, values: pd.Series, *, kind: Kind = "customer") -> pd.Series:
        """Keyed pseudonyms, ``c_`` (customer) or ``a_`` (agent) and 20 hex; null where there is no value.

        Values that name the same person in another spelling (see ``person``) get the same pseudonym; the same value
        as customer and as agent does not.
        """
        codes, uniques = pd.factorize(values.astype("str"))
        prefix = PREFIXES[kind]
        people = [person(value) for value in uniques]
        keyed = _keyed(self.pseudonyms, (f"{kind}:{name}" for name in people), 20)
        made = [prefix + code if name else None for name, code in zip(people, keyed, strict=True)]
        return pd.Series(pd.array(made, dtype="str").take(codes, allow_fill=True), index=values.index, name=values.name)

    def feedback_ids(self, *fields: pd.Series) -> pd.Series:
        """One id a row, ``f_`` and 24 hex, from the row's fields in this order. Null and "" differ.

        Raises
        ------
        ContractError
            If a field holds floats: Excel and pandas make them of numbers by chance, and the id would change with it.
        """
        for field in fields:
            if pd.api.types.is_float_dtype(field.dtype):
                raise ContractError("an id is never made of a float", where=str(field.name), todo="give text or whole numbers")
        rows = zip(*(_measured(field) for field in fields), strict=True)
        made = ["f_" + code for code in _keyed(self.ids, map("".join, rows), 24)]
        return pd.Series(made, index=fields[0].index, name="feedback_id", dtype="str")

    def text_digests(self, texts: pd.Series) -> pd.Series:
        """Keyed digests of texts, 32 hex, to compare them without keeping them. Null counts as ""; never null."""
        made = _keyed(self.digests, texts.astype("str").fillna("").tolist(), 32)
        return pd.Series(made, index=texts.index, name="text_digest", dtype="str")

    def digest(self, data: bytes) -> str:
        """Keyed digest of a unit's content, 40 hex."""
        return hmac.digest(self.digests, data, "sha256").hex()[:40]

    def digest_pieces(self, pieces: Iterable[bytes]) -> str:
        """The same as ``digest`` of the pieces joined, in constant memory."""
        mac = hmac.new(self.digests, digestmod="sha256")
        for piece in pieces:
            mac.update(piece)
        return mac.hexdigest()[:40]

    def name_ids(self, names: Iterable[str]) -> list[str]:
        """Keyed ids of strings that already name something, 24 hex."""
        return _keyed(self.ids, names, 24)


def _derived(secret: bytes, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"textmine 1 {use}".encode()).derive(secret)


def _keyed(key: bytes, messages: Iterable[str], length: int) -> list[str]:
    return [hmac.digest(key, message.encode("utf-8", "surrogatepass"), "sha256").hex()[:length] for message in messages]


def _measured(field: pd.Series) -> list[str]:
    """Every value with its length before it, so that no two rows of fields join to one string."""
    return [f"{len(value)}:{value}" if isinstance(value, str) else "-" for value in field.astype("str").tolist()]
