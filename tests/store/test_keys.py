from __future__ import annotations

import hmac
import pickle
import time
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import ContractError
from textmine.store.keys import Keyring

OTHER = Keyring.from_secret(b"another secret of 32 or more bytes")


def test_the_keys_of_the_uses_differ_and_are_not_the_secret(keyring: Keyring) -> None:
    keys = [b"a test's own secret of 32 bytes!", keyring.sealing, keyring.ids, keyring.pseudonyms, keyring.digests]
    assert len(set(keys)) == 5 and all(len(key) == 32 for key in keys)


def test_the_key_id_tells_keys_apart_and_printing_shows_no_key(keyring: Keyring) -> None:
    assert keyring.key_id != OTHER.key_id and len(keyring.key_id) == 8
    assert repr(keyring) == f"Keyring({keyring.key_id})" == str(keyring)


def test_a_keyring_reaches_workers_unchanged(keyring: Keyring) -> None:
    assert pickle.loads(pickle.dumps(keyring)) == keyring


def test_the_same_person_is_the_same_over_channels_and_nobody_stays_null(keyring: Keyring) -> None:
    made = keyring.pseudonym(pd.Series(["13800001234", "+86 138-0000-1234", None, " ", "13800001235"], index=list("abcde")))
    assert made["a"] == made["b"] != made["e"]
    assert made["a"].startswith("c_") and len(made["a"]) == 22
    assert made.isna().tolist() == [False, False, True, True, False]


def test_a_pseudonym_is_the_hmac_of_kind_and_person(keyring: Keyring) -> None:
    expected = hmac.digest(keyring.pseudonyms, "customer:张伟".encode(), "sha256").hex()[:20]
    assert keyring.pseudonym(pd.Series(["张伟 "])).tolist() == [f"c_{expected}"]


def test_numbers_in_a_spreadsheet_are_the_same_person_as_their_text(keyring: Keyring) -> None:
    text = keyring.pseudonym(pd.Series(["13800001234"]))
    assert keyring.pseudonym(pd.Series([13800001234])).equals(text)
    assert keyring.pseudonym(pd.Series([13800001234.0])).equals(text)


def test_a_customer_who_is_an_agent_too_cannot_be_linked(keyring: Keyring) -> None:
    values = pd.Series(["E1001"])
    assert keyring.pseudonym(values)[0][2:] != keyring.pseudonym(values, kind="agent")[0][2:]
    assert keyring.pseudonym(values, kind="agent")[0].startswith("a_")


def test_another_key_makes_other_pseudonyms_ids_and_digests(keyring: Keyring) -> None:
    values = pd.Series(["13800001234"])
    assert keyring.pseudonym(values)[0] != OTHER.pseudonym(values)[0]
    assert keyring.feedback_ids(values)[0] != OTHER.feedback_ids(values)[0]
    assert keyring.text_digests(values)[0] != OTHER.text_digests(values)[0]
    assert keyring.digest(b"x") != OTHER.digest(b"x")


def test_only_nobodies_and_no_rows_at_all_are_fine(keyring: Keyring) -> None:
    assert keyring.pseudonym(pd.Series([None, None], dtype=object)).isna().all()
    assert keyring.pseudonym(pd.Series([], dtype="str")).empty
    assert keyring.feedback_ids(pd.Series([], dtype="str")).empty


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["ab", "c"], ["a", "bc"]),
        (["", "a"], ["a", ""]),
        ([None, "a"], ["", "a"]),
        (["1:a", ""], ["", "1:a"]),
        (["-"], [None]),
    ],
)
def test_ids_tell_apart_fields_that_join_to_the_same_text(keyring: Keyring, left: list[str], right: list[str]) -> None:
    one, other = (keyring.feedback_ids(*(pd.Series([v], dtype="str") for v in fields))[0] for fields in (left, right))
    assert one != other


@settings(max_examples=30)
@given(st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), unique=True, min_size=2, max_size=8))
def test_different_rows_have_different_ids(rows: list[tuple[str, str]]) -> None:
    made = OTHER.feedback_ids(*(pd.Series(list(field), dtype=object) for field in zip(*rows, strict=True)))
    assert made.is_unique


def test_an_id_does_not_depend_on_the_rows_around_it_nor_on_how_numbers_are_held(keyring: Keyring) -> None:
    refs, numbers = pd.Series(["a", "b", "c"]), pd.Series([1, 2, 3])
    whole = keyring.feedback_ids(refs, numbers)
    assert whole[1] == keyring.feedback_ids(refs[1:2], numbers[1:2].astype("Int64")).iloc[0]
    assert whole[1] == keyring.feedback_ids(refs[1:2], numbers[1:2].astype("str")).iloc[0]


def test_an_id_made_of_floats_is_refused(keyring: Keyring) -> None:
    with pytest.raises(ContractError, match="float"):
        keyring.feedback_ids(pd.Series([1.0], name="order"))


def test_an_empty_text_and_none_have_one_digest(keyring: Keyring) -> None:
    made = keyring.text_digests(pd.Series([None, "", "好", "好 "], dtype="str"))
    assert made[0] == made[1] and made.nunique() == 3 and made.str.len().eq(32).all()


@given(st.lists(st.binary(max_size=5)))
def test_a_digest_does_not_depend_on_the_pieces(pieces: list[bytes]) -> None:
    assert OTHER.digest_pieces(pieces) == OTHER.digest(b"".join(pieces))


@pytest.mark.slow
def test_ids_cost_time_in_line_with_their_number(keyring: Keyring) -> None:
    seconds = []
    for n in (50_000, 200_000):
        refs = pd.Series(range(n))
        start = time.process_time()
        keyring.feedback_ids(refs, refs, refs)
        seconds.append(time.process_time() - start)
    assert all(later < 8 * sooner for sooner, later in pairwise(seconds)) and seconds[-1] < 3
