from hypothesis import given
from hypothesis import strategies as st

from textmine.text.clauses import SENTENCE_ENDS, count_openings, number_clauses
from textmine.text.codepoints import batches, join_texts

TEXT = st.text(alphabet="好差1a ，。.:、…\n", max_size=12)


def clauses(*texts, ends=None):
    """Clause number of every character of every text."""
    joined = join_texts(texts)
    openings = count_openings(joined, **({"ends": ends} if ends else {}))
    found = []
    for number, (start, text) in enumerate(zip(joined.starts, texts, strict=True)):
        places = range(start, start + len(text))
        found.append([int(number_clauses(openings, joined, [place], [number])[0]) for place in places])
    return found


def test_an_end_mark_belongs_to_the_clause_it_ends():
    assert clauses("好，差。坏") == [[0, 0, 1, 1, 2]]


def test_a_run_of_end_marks_opens_one_clause():
    assert clauses("好！！！ \n差") == [[0, 0, 0, 0, 0, 0, 1]]


def test_the_enumeration_comma_ends_no_clause():
    assert clauses("色、香") == [[0, 0, 0]]


def test_marks_at_the_start_leave_the_first_words_in_clause_0():
    assert clauses("，，好") == [[0, 0, 0]]


def test_a_comma_or_colon_inside_a_figure_ends_nothing():
    assert clauses("1,000", "12:30", "好:3") == [[0] * 5, [0] * 5, [0, 0, 1]]


def test_a_full_stop_ends_a_clause_except_after_an_ascii_letter_or_digit():
    assert clauses("好.差", "3.5", "t.cn", "好...差") == [[0, 0, 1], [0] * 3, [0] * 4, [0, 0, 0, 0, 1]]


def test_every_document_begins_with_clause_0():
    assert clauses("好", "", "差，坏") == [[0], [], [0, 0, 1]]


def test_a_comma_does_not_end_a_sentence():
    assert clauses("好，差。坏", ends=SENTENCE_ENDS) == [[0, 0, 0, 0, 1]]


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_clauses_of_a_text_do_not_depend_on_its_neighbours(texts):
    assert clauses(*texts) == [clauses(text)[0] for text in texts]


@given(st.lists(TEXT, max_size=8), st.integers(1, 20))
def test_batches_hold_every_text_once_and_in_order(texts, characters):
    assert [text for first, last in batches(texts, characters) for text in texts[first:last]] == texts
