import numpy as np
import pyarrow as pa
import pytest

from textmine.text.new_words import LONGEST, SPLITS, collect_runs, pack, unpack


def tokens(*documents: str) -> pa.Table:
    """Words apart by blanks, clauses by ``/``."""
    rows = [
        (doc, clause, word)
        for doc, text in enumerate(documents)
        for clause, part in enumerate(text.split("/"))
        for word in part.split()
    ]
    doc, clause, word = zip(*rows, strict=True) if rows else ((), (), ())
    columns = {"doc": pa.array(doc, pa.int32()), "clause": pa.array(clause, pa.int32()), "token": pa.array(word, pa.string())}
    return pa.table(columns)


def runs(*documents: str, scored: list[bool] | None = None) -> list[tuple[str, int, str, str]]:
    """Word, document, character before and behind of every run."""
    table = collect_runs(tokens(*documents), scored=np.array(scored or [True] * len(documents)))
    found = [row for row in table.to_pylist() if row["split"] >= 0]
    return [(unpack(row["word"]), row["doc"], unpack(row["left"]), unpack(row["right"])) for row in found]


@pytest.mark.parametrize("word", ["团", "拼团", "预授权", "次日送达"])
def test_a_word_packed_and_unpacked_is_the_same(word):
    assert unpack(pack(word)) == word
    assert pack(word) < 2**60


def test_every_split_has_a_single_character_and_fits():
    assert all(1 in split and sum(split) <= LONGEST for split in SPLITS)


def test_two_short_words_side_by_side_are_a_run_with_their_neighbours():
    assert runs("我们 拌 饭 可以") == [("拌饭", 0, "们", "可")]


def test_three_words_of_four_characters_at_most_are_a_run_and_so_are_their_pairs():
    assert sorted(word for word, *_ in runs("预 授 权")) == ["授权", "预授", "预授权"]
    assert "石锅拌饭碗" not in {word for word, *_ in runs("石锅 拌 饭碗")}


def test_a_clause_ends_a_run_and_counts_as_an_edge():
    assert runs("拌 饭 / 香菜") == [("拌饭", 0, "", "")]
    assert runs("拌 / 饭") == []


def test_a_document_ends_a_run():
    assert runs("拌", "饭") == []


def test_two_words_of_two_characters_are_no_run():
    assert runs("服务 态度") == []


@pytest.mark.parametrize("text", ["PHONE 号", "NAME 拌", "5 星", "ok 拌", "拌 饭店里外"])
def test_masks_digits_letters_and_long_words_make_no_run(text):
    assert runs(text) == []


def test_words_of_grammar_make_no_run():
    assert runs("的 饭", "我们 饭", "不 拌") == []


def test_a_text_that_is_not_scored_counts_nothing():
    table = collect_runs(tokens("拌 饭"), scored=np.array([False]))
    assert len(table) == 0


def test_parts_are_counted_once_a_table():
    table = collect_runs(tokens("拌 饭", "饭 拌 饭"), scored=np.array([True, True]))
    parts = {unpack(row["word"]): row["n"] for row in table.to_pylist() if row["split"] < 0}
    assert parts == {"拌": 2, "饭": 3}


def test_no_document_at_all_gives_an_empty_table():
    assert len(collect_runs(tokens(), scored=np.zeros(0, bool))) == 0
