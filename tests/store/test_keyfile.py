from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from textmine.errors import ConfigError, KeyMissingError
from textmine.settings import Settings
from textmine.store.keyfile import find_secret, make_key_file

SECRET = bytes(range(32))


def settings(key: str = "", key_file: Path | None = None) -> Settings:
    return Settings(key=key, key_file=key_file)


def test_a_new_key_file_is_readable_by_its_owner_alone_and_works(tmp_path: Path) -> None:
    make_key_file(tmp_path / "lake" / ".key")
    assert stat.S_IMODE((tmp_path / "lake" / ".key").stat().st_mode) == 0o400
    assert len(find_secret(settings(), root=tmp_path / "lake")) == 32


def test_a_key_file_is_never_replaced(tmp_path: Path) -> None:
    make_key_file(tmp_path / ".key")
    before = (tmp_path / ".key").read_bytes()
    with pytest.raises(ConfigError, match="never replaced"):
        make_key_file(tmp_path / ".key")
    assert (tmp_path / ".key").read_bytes() == before


def test_two_new_keys_differ(tmp_path: Path) -> None:
    make_key_file(tmp_path / "a")
    make_key_file(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() != (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        SECRET.hex(),
        SECRET.hex().upper(),
        f" {SECRET.hex()}\n",
        base64.b64encode(SECRET).decode(),
        base64.urlsafe_b64encode(SECRET).decode(),
    ],
)
def test_hex_and_base64_are_the_same_key(text: str, tmp_path: Path) -> None:
    assert find_secret(settings(key=text), root=tmp_path) == SECRET


def test_base64_of_the_other_alphabet_is_read_too(tmp_path: Path) -> None:
    secret = b"\xfb\xff" * 16
    assert find_secret(settings(key=base64.urlsafe_b64encode(secret).decode()), root=tmp_path) == secret


@pytest.mark.parametrize("text", ["geheim", SECRET.hex()[:62], SECRET.hex() + "0", "密" * 40, "z" * 43])
def test_a_short_or_garbled_key_is_refused_without_showing_it(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        find_secret(settings(key=text), root=tmp_path)
    assert text not in str(caught.value) and caught.value.exit_code == 2


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o620])
def test_a_key_file_that_others_can_open_is_refused(mode: int, tmp_path: Path) -> None:
    (tmp_path / ".key").write_text(SECRET.hex())
    (tmp_path / ".key").chmod(mode)
    with pytest.raises(ConfigError, match="owner alone"):
        find_secret(settings(), root=tmp_path)


def test_a_folder_in_place_of_the_key_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".key").mkdir(mode=0o700)
    with pytest.raises(ConfigError):
        find_secret(settings(), root=tmp_path)


def test_the_environment_goes_before_the_named_file_and_that_before_the_lakes_own(tmp_path: Path) -> None:
    for name, secret in (("named", b"n" * 32), (".key", b"l" * 32)):
        (tmp_path / name).write_text(secret.hex())
        (tmp_path / name).chmod(0o600)
    named = tmp_path / "named"
    assert find_secret(settings(SECRET.hex(), named), root=tmp_path) == SECRET
    assert find_secret(settings(key_file=named), root=tmp_path) == b"n" * 32
    assert find_secret(settings(), root=tmp_path) == b"l" * 32


def test_without_a_key_nothing_runs_and_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyMissingError, match="textmine init") as caught:
        find_secret(settings(), root=tmp_path)
    assert caught.value.exit_code == 2
