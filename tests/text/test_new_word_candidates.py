import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tests.text.test_new_words import tokens
from textmine.text.new_word_candidates import COLUMNS, add_nights, find_new_words
from textmine.text.new_words import _GRAMMAR, RUNS, collect_runs

AROUND = "香甜苦辣咸鲜酥脆滑嫩"
# 拌 and 饭 stand only side by side; each time between other characters; much else is written so that this is no accident
SAID = [f"{AROUND[n]} 拌 饭 {AROUND[n - 3]}" for n in range(10)]
NOISE = [" / ".join(chr(0x7000 + 40 * n + k) for k in range(40)) for n in range(60)]


def texts(n: int, **columns: object) -> pd.DataFrame:
    ids = [f"f{place:04d}" for place in range(n)]
    return pd.DataFrame({"feedback_id": ids, "near_duplicate_group": None, "customer_key": None} | columns)


def found(said: list[str], *, pieces: int = 1, knows=lambda word: False, **columns: object) -> pd.DataFrame:
    every = [*said, *NOISE]
    frame = texts(len(every))
    for name, values in columns.items():
        frame[name] = pd.Series([*values, *[None] * len(NOISE)], dtype=object)  # type: ignore[misc]
    tables = []
    for part in np.array_split(np.arange(len(every)), pieces):
        table = collect_runs(tokens(*(every[place] for place in part)), scored=np.ones(len(part), bool))
        doc = table["doc"].to_numpy()
        tables.append(table.set_column(2, "doc", pa.array(np.where(doc < 0, -1, doc + part[0]).astype(np.int32))))
    return find_new_words(pa.concat_tables(tables), frame, knows=knows)


def test_a_word_in_many_texts_whose_parts_stand_nowhere_else_is_a_candidate():
    word = found(SAID)
    assert list(word.columns) == list(COLUMNS)
    assert word["word"].tolist() == ["拌饭"]
    row = word.iloc[0]
    assert (row["n"], row["n_documents"]) == (10, 10)
    total = sum(word not in _GRAMMAR for text in (*SAID, *NOISE) for word in text.replace("/", " ").split())
    assert row["cohesion"] == pytest.approx(np.log2((10 / total) / (10 / total) ** 2), abs=1e-4)
    assert row["left_entropy"] == pytest.approx(np.log2(10), abs=1e-4)  # ten different characters before it


def test_the_same_candidates_come_of_any_chunks():
    assert found(SAID, pieces=7).equals(found(SAID))


def test_fewer_than_five_texts_are_not_shown():
    assert found(SAID[:4]).empty
    assert len(found(SAID[:5])) == 1


def test_fewer_than_three_customers_are_not_shown():
    assert found(SAID, customer_key=["a", "b"] * 5).empty
    assert len(found(SAID, customer_key=["a", "b", "c", "a", "b"] * 2)) == 1


def test_near_duplicates_count_as_one_text():
    assert found(SAID, near_duplicate_group=["f0000"] * 7 + [None] * 3).empty
    assert found(SAID, near_duplicate_group=["f0000"] * 4 + [None] * 6)["n_documents"].tolist() == [7]


def test_a_word_with_one_neighbour_only_is_part_of_a_longer_one():
    assert found([f"{AROUND[n]} 拌 饭 香" for n in range(10)])["word"].tolist() == ["拌饭香"]


def test_an_edge_counts_as_a_new_neighbour_every_time():
    assert len(found(["拌 饭"] * 10)) == 1


def test_a_word_the_dictionary_holds_is_no_candidate():
    assert found(SAID, knows=lambda word: word == "拌饭").empty


@pytest.mark.parametrize("name", ["王 鲲", "王 鲲 翊", "老 王", "王 总", "欧阳 鲲"])
def test_what_may_be_a_name_is_never_shown(name):
    assert found([f"{AROUND[n]} {name} {AROUND[n - 3]}" for n in range(10)]).empty


def test_nothing_read_gives_no_candidates():
    assert find_new_words(RUNS.empty_table(), texts(0), knows=lambda word: False).empty


def test_nights_are_added_and_weighed_by_texts():
    rows = pd.DataFrame(
        {
            "word": ["拌饭", "拌饭", "次达"],
            "n": [10, 30, 6],
            "n_documents": [10, 30, 6],
            "cohesion": [8.0, 12.0, 9.0],
            "left_entropy": [2.0, 2.0, 3.0],
            "right_entropy": [2.0, 4.0, 3.0],
        }
    )
    added = add_nights(rows).set_index("word")
    assert added.loc["拌饭", ["n", "n_documents", "nights"]].tolist() == [40, 40, 2]
    assert added.loc["拌饭", ["cohesion", "right_entropy"]].tolist() == [11.0, 3.5]
