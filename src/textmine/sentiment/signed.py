"""Short texts with the attitude of each rated word written behind it: 汤好喝+，就是太咸-. What constructions look at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from textmine.sentiment.found import Found
from textmine.sentiment.layout import Layout
from textmine.sentiment.lexicon import KIND, Lexicon

Reals = npt.NDArray[np.float64]
FAINT = 0.15  # a rating nearer to 0 is not written: a negator that turned nothing, a wisp of blame
PRO, CON = ord("+"), ord("-")


def signed_texts(layout: Layout, found: Found, lexicon: Lexicon, polarity: Reals, *, short: npt.NDArray[np.bool_]) -> pa.Array:
    """The short documents as ``short_texts`` gives them, ``+`` or ``-`` behind each rated word by its ``polarity``.

    ``polarity`` as of ``negation.turned``: 不好吃 is one ``-`` (不好吃-), and so is 一点也不好吃-. Cues that are no ratings
    of their own stay bare.
    """
    rated = (np.abs(polarity) > FAINT) & short[found.doc] & (lexicon.kind[found.word] != KIND["negator"])
    after = layout.edges[found.last[rated] + 1].astype(np.int64)
    signs = np.where(polarity[rated] > 0, PRO, CON).astype(np.uint8)
    first = np.searchsorted(layout.doc, np.arange(len(short) + 1))
    ends = layout.edges[first].astype(np.int64)
    own = _plain(layout)
    written = np.insert(own, after, signs)
    ends += np.searchsorted(np.sort(after), ends, side="right")
    whole = pa.LargeStringArray.from_buffers(len(short), pa.py_buffer(ends), pa.py_buffer(written))
    return whole.filter(pa.array(short))


def with_quantity(texts: pa.Array, quantity: Reals) -> pa.Array:
    """The texts with the attitude of their numbers at the end: ``=+`` or ``=-``; nothing where they have none."""
    ends = pa.array(np.array(["=-", "", "=+"])[np.sign(quantity).astype(np.int64) + 1].tolist(), pa.large_string())
    return pc.binary_join_element_wise(texts, ends, pa.scalar("", pa.large_string()))


def _plain(layout: Layout) -> npt.NDArray[np.uint8]:
    """The bytes of all tokens, signs of the writer blanked."""
    own = np.frombuffer(layout.joined, np.uint8).copy()
    own[(own == PRO) | (own == CON)] = ord("~")
    return own
