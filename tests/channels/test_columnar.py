"""Parquet: types kept, damage refused whole."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.columnar import read_parquet
from textmine.channels.rawframe import RawBatch
from textmine.errors import UnitError


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def only(table: pa.Table) -> RawBatch:
    [batch] = read_parquet(parquet(table), name="f.parquet")
    return batch


SEED = parquet(pa.table({"text": ["很好", None, "差"], "n": [1, 2, None]}))


def test_types_stay_and_long_whole_numbers_beside_gaps_keep_their_digits() -> None:
    frame = only(pa.table({"n": [2**60 + 1, None], "f": [0.5, 1.0], "s": ["NA", None], "d": pa.array([1, 2], pa.date32())})).frame
    assert frame["n"].tolist() == [2**60 + 1, pd.NA]
    assert [str(frame[column].dtype) for column in "nfs"] == ["Int64", "float64", "str"]
    assert frame["d"].tolist() == [date(1970, 1, 2), date(1970, 1, 3)]


def test_lists_structs_and_maps_are_lists_and_dicts() -> None:
    pairs = pa.array([[("k", "v")]], pa.map_(pa.string(), pa.string()))
    frame = only(pa.table({"l": [["a", "b"]], "o": [{"x": 1}], "m": pairs})).frame
    assert frame.drop(columns="_row").iloc[0].tolist() == [["a", "b"], {"x": 1}, {"k": "v"}]


def test_bytes_that_are_text_and_categories_become_text() -> None:
    category = pa.array(["x"]).dictionary_encode()
    frame = only(pa.table({"b": pa.array(["好".encode()]), "c": category, "z": pa.array([b"\xff"])})).frame
    assert frame.drop(columns="_row").iloc[0].tolist() == ["好", "x", b"\xff"]


def test_rows_are_counted_on_from_batch_to_batch() -> None:
    found = list(read_parquet(SEED, name="f", batch_rows=2))
    assert [batch.frame["_row"].tolist() for batch in found] == [[1, 2], [3]]


def test_the_index_of_pandas_is_no_column() -> None:
    out = io.BytesIO()
    pd.DataFrame({"a": ["x", "y"], "_row": [7, 8]}).iloc[[1]].to_parquet(out)
    [batch] = read_parquet(out.getvalue(), name="f")
    assert batch.frame.to_dict("list") == {"a": ["y"], "_row_2": [8], "_row": [1]}


def test_a_cut_file_gives_no_row() -> None:
    for cut in range(4, len(SEED) - 1, 29):
        with pytest.raises(UnitError) as caught:
            read_parquet(SEED[:cut], name="f")
        assert caught.value.reason == "truncated"


def test_text_that_is_not_utf8_is_refused() -> None:
    wrong = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xff")])
    with pytest.raises(UnitError) as caught:
        only(pa.table({"text": wrong}))
    assert caught.value.reason == "encoding_invalid"


def test_columns_without_rows_are_an_empty_file() -> None:
    with pytest.raises(UnitError) as caught:
        only(pa.table({"a": pa.array([], pa.string())}))
    assert caught.value.reason == "empty_file"


@settings(max_examples=120, deadline=None)
@given(st.binary(min_size=1, max_size=6), st.integers(0, len(SEED)))
def test_any_damage_is_read_or_refused(noise: bytes, place: int) -> None:
    try:
        list(read_parquet(SEED[:place] + noise + SEED[place + len(noise) :], name="f"))
    except UnitError as error:
        assert error.reason
