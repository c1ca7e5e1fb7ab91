from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from textmine.errors import ContractError
from textmine.store.index import read_index, write_index
from textmine.store.lake import Lake
from textmine.store.manifest import Manifest, write_manifest

NIGHT = date(2026, 9, 30)


def put(lake: Lake, days_before: int, frame: pd.DataFrame, *, manifest: bool = True) -> date:
    night = NIGHT - timedelta(days=days_before)
    write_index(frame, kind="history", lake=lake, night=night, run_id="run1")
    if manifest:
        write_manifest(Manifest(night=night, run_id="run1", tables={}, bundle_id="b", policy_version="1"), lake=lake)
    return night


def test_only_the_thirty_nights_before_are_looked_back_on(lake: Lake) -> None:
    for days in (0, 1, 30, 31):
        put(lake, days, pd.DataFrame({"customer_key": [f"c_{days}"], "n": [days]}))
    frame = read_index(kind="history", lake=lake, before=NIGHT)
    assert frame["n"].tolist() == [30, 1] and list(frame.columns) == ["night", "customer_key", "n"]
    assert frame["night"].tolist() == [NIGHT - timedelta(days=30), NIGHT - timedelta(days=1)]
    assert read_index(kind="history", lake=lake, before=NIGHT, days=1)["n"].tolist() == [1]


def test_a_column_without_values_one_night_fits_the_others(lake: Lake) -> None:
    put(lake, 2, pd.DataFrame({"key": pd.Series([None], dtype=object)}))
    put(lake, 1, pd.DataFrame({"key": ["a"]}))
    assert read_index(kind="history", lake=lake, before=NIGHT)["key"].isna().tolist() == [True, False]


def test_a_night_that_was_never_published_is_not_looked_back_on(lake: Lake) -> None:
    put(lake, 1, pd.DataFrame({"n": [1]}), manifest=False)
    frame = read_index(kind="history", lake=lake, before=NIGHT)
    assert frame.empty and list(frame.columns) == ["night"]


def test_a_kind_nobody_declared_and_a_night_inside_are_refused(lake: Lake) -> None:
    with pytest.raises(ContractError, match="no such index"):
        read_index(kind="topics", lake=lake, before=NIGHT)  # type: ignore[arg-type]
    with pytest.raises(ContractError, match="never inside"):
        put(lake, 1, pd.DataFrame({"night": [1]}))
