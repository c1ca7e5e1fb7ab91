import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textmine
from textmine.text import minhash
from textmine.text.minhash import BAND_COLUMNS, SIGNATURE_COLUMNS, estimate_jaccard, sign_texts

TEXTS = st.lists(st.text(alphabet="好差退款慢客服aB1，。 😀", max_size=20), max_size=5)
LETTERS = [chr(0x4E00 + number) for number in range(80)]


def jaccard(one, other):
    """The true one, of character 3-, 4- and 5-grams."""
    a, b = ({text[at : at + k] for k in (3, 4, 5) for at in range(len(text) - k + 1)} for text in (one, other))
    return len(a & b) / len(a | b)


def estimate(one, other):
    signed = sign_texts([one, other])[list(SIGNATURE_COLUMNS)].to_numpy()
    return float(estimate_jaccard(signed[:1], signed[1:])[0])


def test_punctuation_white_space_and_case_do_not_change_a_signature():
    signed = sign_texts(["APP闪退很多次", "app 闪退，很多次！！"])
    assert signed.iloc[0].equals(signed.iloc[1])
    assert signed["characters"].tolist() == [8, 8]


def test_a_short_or_empty_text_has_no_bands_and_no_signature():
    signed = sign_texts(["", "。。。。。。。。", "很好很好", "很好很好很", "很好很好很好"])
    assert signed["characters"].tolist() == [0, 0, 4, 5, 6]
    assert (signed[[*BAND_COLUMNS, *SIGNATURE_COLUMNS]] != 0).any(axis=1).tolist() == [False] * 4 + [True]


def test_no_texts_give_no_rows_but_all_columns():
    assert list(sign_texts([])) == ["characters", *BAND_COLUMNS, *SIGNATURE_COLUMNS]
    assert len(sign_texts([])) == 0


@pytest.mark.parametrize("changed", [0, 1, 3, 10, 60])
def test_the_estimate_is_near_the_true_similarity(changed):
    random = np.random.default_rng(changed)
    letters = random.choice(LETTERS, (60, 60))
    errors = []
    for one in letters:
        other = one.copy()
        other[random.choice(60, changed, replace=False)] = random.choice(LETTERS, changed)
        errors.append(estimate("".join(one), "".join(other)) - jaccard("".join(one), "".join(other)))
    assert abs(np.mean(errors)) < 0.03
    assert np.std(errors) < 0.08  # sqrt(.5 * .5 / 64) = .0625


@settings(deadline=None, max_examples=30)
@given(TEXTS, st.integers(1, 40))
def test_a_signature_depends_on_the_text_alone(texts, characters):
    whole = sign_texts(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(minhash, "_BATCH_CHARACTERS", characters)
        pd.testing.assert_frame_equal(sign_texts(texts), whole)
    for number, text in enumerate(texts):
        assert sign_texts([text]).iloc[0].equals(whole.iloc[number])


@pytest.mark.slow
def test_signatures_are_the_same_in_every_process():
    code = "from textmine.text.minhash import sign_texts; print(sign_texts(['客服电话打不通']).to_numpy().sum())"
    source = str(Path(textmine.__file__).parents[1])
    places = [{"PYTHONPATH": source, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    runs = [subprocess.run([sys.executable, "-c", code], env=place, capture_output=True, check=True) for place in places]
    assert runs[0].stdout == runs[1].stdout == f"{sign_texts(['客服电话打不通']).to_numpy().sum()}\n".encode()
