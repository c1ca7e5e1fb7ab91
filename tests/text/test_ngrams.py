import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.text import ngrams as module
from textmine.text.ngrams import hash_ngrams

CUT = [  # documents of clauses of tokens
    [["物流", "太慢", "，"], ["不", "买", "了"]],
    [],
    [["好"]],
    [["APP", "闪退", "😀"]],
]
DOCUMENTS = st.lists(st.lists(st.lists(st.text("好差aA，😀", max_size=3), min_size=1, max_size=3), max_size=3), max_size=6)


def table(documents, first=0):
    rows = [(first + d, c, word) for d, doc in enumerate(documents) for c, clause in enumerate(doc) for word in clause]
    kinds = (pa.int32(), pa.int32(), pa.string())
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return pa.table([pa.array(list(c), k) for c, k in zip(columns, kinds, strict=True)], names=["doc", "clause", "token"])


def hashed(documents, **how):
    return hash_ngrams(table(documents), n_documents=len(documents), **how)


def polynomial(values, base):
    return sum(value * pow(base, i, 1 << 32) for i, value in enumerate(values)) % (1 << 32)


def slow_bucket(value, order, bits):
    """The hash of one n-gram in plain Python integers."""
    value = (value + int(module._SEEDS[order])) * int(module._FIRST) % (1 << 32)
    value = (value ^ (value >> 15)) * int(module._SECOND) % (1 << 32)
    return value >> (32 - bits)


def slow(documents, bits=20):
    """Buckets of each order and clause, n-gram by n-gram."""
    found = [[] for _ in range(6)]
    for document in documents:
        numbered = [(c, word) for c, clause in enumerate(document) for word in clause]
        characters = [(c, ord(x.lower()) if x.isascii() else ord(x)) for c, word in numbered for x in word]
        words = [(c, polynomial([ord(x.lower()) for x in word], int(module._BASE))) for c, word in numbered]
        runs = [(characters, n, module._BASE) for n in (1, 2, 3, 4)] + [(words, n, module._PAIR) for n in (1, 2)]
        for order, (units, n, base) in enumerate(runs):
            clauses = [[] for _ in document]
            for at in range(len(units) - n + 1):
                value = polynomial([unit for _, unit in units[at : at + n]][::-1], int(base))
                clauses[units[at][0]].append(slow_bucket(value, order, bits))
            found[order] += clauses
    return found


def listed(ngrams):
    return [[part.tolist() for part in np.split(o.buckets, o.offsets[1:-1])] if len(ngrams.doc) else [] for o in ngrams.orders]


def same(one, other):
    return all(
        np.array_equal(a.buckets, b.buckets) and np.array_equal(a.offsets, b.offsets)
        for a, b in zip(one.orders, other.orders, strict=True)
    )


def test_a_document_of_three_characters_and_two_words_has_three_two_one_and_no_character_ngrams_two_words_and_a_pair():
    found = hashed([[["物流", "慢"]]])
    assert [len(order.buckets) for order in found.orders] == [3, 2, 1, 0, 2, 1]
    assert found.sizes.tolist() == [9]


def test_an_ngram_belongs_to_the_clause_it_begins_in_and_none_crosses_documents():
    found = hashed([[["好", "，"], ["慢"]], [["贵"]]])
    assert found.doc.tolist() == [0, 0, 1]
    assert found.clause.tolist() == [0, 1, 0]
    assert [np.diff(order.offsets).tolist() for order in found.orders] == [
        [2, 1, 1], [2, 0, 0], [1, 0, 0], [0, 0, 0], [2, 1, 1], [2, 0, 0],
    ]  # fmt: skip


def test_buckets_are_those_of_a_slow_loop():
    assert listed(hashed(CUT)) == slow(CUT)


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS, st.sampled_from([1, 7, 30_000]))
def test_any_documents_in_any_batches_give_the_buckets_of_a_slow_loop(documents, batch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BATCH_CHARACTERS", batch)
        assert listed(hashed(documents, bits=16)) == slow(documents, bits=16)


def test_ascii_capitals_count_as_small_letters():
    assert same(hashed([[["APP", "Zz[@"]]]), hashed([[["app", "zz[@"]]]))


def test_the_same_characters_in_other_words_are_other_words():
    one, other = hashed([[["好吃", "吗"]]]), hashed([[["好", "吃吗"]]])
    assert [np.array_equal(a.buckets, b.buckets) for a, b in zip(one.orders, other.orders, strict=True)] == [True] * 4 + [
        False
    ] * 2


def test_documents_without_tokens_have_no_clause_but_a_row_in_the_matrix():
    found = hashed([[], [["好"]], [], []])
    assert found.doc.tolist() == [1]
    assert found.first_clause.tolist() == [0, 0, 1, 1, 1]
    assert found.matrix().sum(axis=1).ravel().tolist() == [[0, 2, 0, 0]]


@pytest.mark.parametrize("documents", [[], [[], []]])
def test_no_tokens_at_all_give_no_clauses(documents):
    found = hashed(documents)
    assert len(found.doc) == 0
    assert [order.offsets.tolist() for order in found.orders] == [[0]] * 6
    assert found.matrix().shape == (len(documents), 1 << 20)


def test_a_schema_without_chunks_gives_no_clauses():
    empty = pa.schema([("doc", pa.int32()), ("clause", pa.int32()), ("token", pa.string())])
    assert len(hash_ngrams(pa.Table.from_batches([], schema=empty), n_documents=2).doc) == 0


def test_chunks_slices_and_kinds_of_strings_do_not_matter():
    whole = table(CUT)
    pieces = pa.concat_tables([whole.slice(0, 2), whole.slice(2, 1), whole.slice(3)])
    large = whole.set_column(2, "token", whole["token"].cast(pa.large_string()))
    coded = whole.set_column(2, "token", whole["token"].dictionary_encode())
    padded = pa.concat_tables([table([[["前面"]]]), whole]).combine_chunks().slice(1)
    for other in (pieces, large, coded, padded):
        assert same(hash_ngrams(whole, n_documents=4), hash_ngrams(other, n_documents=4))


def test_the_matrix_counts_each_ngram_of_a_document_over_its_clauses():
    found = hashed([[["慢", "，"], ["慢"]], [["慢"]]])
    counts = found.matrix()
    slow_character = found.orders[0].buckets[0]
    assert counts[:, [slow_character]].toarray().ravel().tolist() == [2, 1]
    assert counts.dtype == np.float32
    assert counts.sum(axis=1).ravel().tolist() == [[3 + 2 + 1 + 3 + 2, 2]]


def test_buckets_are_spread_evenly():
    texts = [[["".join(chr(0x4E00 + (i * 7919 + k * k * 31) % 5000) for k in range(20))]] for i in range(200)]
    pairs = np.unique(hashed(texts, bits=16).orders[1].buckets)
    codes = {(text[i], text[i + 1]) for ((text,),) in texts for i in range(19)}
    expected = 65536 * (1 - np.exp(-len(codes) / 65536))
    assert abs(len(pairs) - expected) < 0.03 * expected


@pytest.mark.slow
def test_buckets_are_the_same_in_another_process_with_another_hash_seed():
    code = (
        "import pyarrow as pa; from textmine.text.ngrams import hash_ngrams\n"
        "t = pa.table({'doc': [0], 'clause': [0], 'token': ['慢Ａa']})\n"
        "print([o.buckets.tolist() for o in hash_ngrams(t, n_documents=1).orders])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                         env={**os.environ, "PYTHONHASHSEED": "7"})  # fmt: skip
    frame = pa.Table.from_pandas(pd.DataFrame({"doc": [0], "clause": [0], "token": ["慢Ａa"]}))
    assert run.stdout.strip() == str([o.buckets.tolist() for o in hash_ngrams(frame, n_documents=1).orders])


def test_buckets_of_a_text_never_change():
    assert [order.buckets.tolist() for order in hashed([[["慢", "App"]]]).orders] == [
        [452720, 356092, 721317, 721317],
        [985536, 943347, 963554],
        [428591, 334666],
        [450684],
        [732153, 954541],
        [326819],
    ]
