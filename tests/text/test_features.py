import pyarrow as pa

from textmine.text.features import count_tokens, look_up

TOKENS = pa.table({"doc": pa.array([0, 0, 2], pa.int32()), "token": ["好", "差", "好"]})


def test_a_document_without_tokens_counts_0():
    assert count_tokens(TOKENS, 4).tolist() == [2, 0, 1, 0]


def test_no_tokens_at_all_count_0_for_every_document():
    assert count_tokens(TOKENS.slice(0, 0), 2).tolist() == [0, 0]


def test_a_token_is_looked_up_as_its_place_in_the_vocabulary_and_minus_1_when_unknown():
    assert look_up(TOKENS, pa.array(["坏", "好"])).tolist() == [1, -1, 1]


def test_the_look_up_of_no_tokens_is_empty():
    assert look_up(TOKENS.slice(0, 0), pa.array(["好"])).tolist() == []


def test_the_look_up_reads_tables_of_several_chunks():
    assert look_up(pa.concat_tables([TOKENS, TOKENS]), pa.array(["差"])).tolist() == [-1, 0, -1, -1, 0, -1]
