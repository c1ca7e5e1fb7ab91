"""The flow publishes what ``textmine nightly`` publishes, and tries again only where another try may help."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from prefect import get_client
from prefect.flow_engine import run_flow
from prefect.states import Scheduled

import textmine.night.run as night_run
from pipelines.nightly import nightly
from tests.night.small import KEY, NIGHT, digest
from tests.pipelines.lakes import DEAD, write_lake
from textmine.errors import UnitError
from textmine.night import run_night
from textmine.settings import Settings, read_config
from textmine.store.reading import read_table


def run(folder, *, more=""):
    return nightly(night=NIGHT, config=str(write_lake(folder, more=more)), return_state=True)


def published(folder):
    return read_table("labelled_feedback", nights=NIGHT, root=folder / "lake")["source"].value_counts().to_dict()


class Landing:
    """Stands for ``land_source``: raises the errors given, one a call, then lands; only for the source 问卷."""

    def __init__(self, *errors):
        self.errors, self.calls, self.real = list(errors), 0, night_run.land_source

    def __call__(self, source, *, plan, ledger):
        if source.name == "问卷":
            self.calls += 1
            if self.errors:
                raise self.errors.pop(0)
        return self.real(source, plan=plan, ledger=ledger)


@pytest.fixture
def landing(monkeypatch, no_waiting):
    def put(*errors):
        monkeypatch.setattr(night_run, "land_source", fake := Landing(*errors))
        return fake

    return put


def test_the_flow_publishes_the_same_rows_as_a_run_without_prefect(tmp_path, prefect_home):
    state = run(tmp_path / "flow")
    run_night(read_config(write_lake(tmp_path / "plain")), settings=Settings(key=KEY), night=NIGHT)
    assert state.is_completed()
    assert published(tmp_path / "flow") == {"问卷": 6, "意见箱": 4}
    assert digest(tmp_path / "flow" / "lake") == digest(tmp_path / "plain" / "lake")


@pytest.mark.slow
def test_the_flow_gives_ids_and_counts_only(tmp_path, prefect_home):
    given = run(tmp_path).result()
    assert (given["night"], given["exit_code"], given["records_in"], given["published"]) == ("2026-11-03", 0, 10, 10)
    assert {type(value) for value in given.values()} == {str, int}


@pytest.mark.slow
def test_one_dead_source_leaves_the_others_published(tmp_path, prefect_home):
    state = run(tmp_path, more=DEAD)
    assert (state.is_completed(), state.name, state.result()["exit_code"]) == (True, "Incomplete", 3)
    assert published(tmp_path) == {"问卷": 6, "意见箱": 4}


@pytest.mark.slow
def test_a_source_that_fails_twice_on_its_disk_is_landed_at_the_third_try(tmp_path, prefect_home, landing):
    tries = landing(OSError(5, "Input/output error"), OSError(116, "Stale file handle"))
    state = run(tmp_path)
    assert (tries.calls, state.result()["exit_code"]) == (3, 0)
    assert published(tmp_path) == {"问卷": 6, "意见箱": 4}


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_tried_again_and_then_missing(tmp_path, prefect_home, landing):
    tries = landing(*(UnitError("cannot be read", reason="unreadable") for _ in range(4)))
    state = run(tmp_path)
    assert (tries.calls, state.result()["exit_code"]) == (4, 3)
    assert published(tmp_path) == {"意见箱": 4}


@pytest.mark.slow
def test_a_source_that_is_wrong_is_not_tried_again(tmp_path, prefect_home, landing):
    tries = landing(UnitError("no file fits the path", reason="no_file"))
    state = run(tmp_path)
    assert (tries.calls, state.result()["exit_code"]) == (1, 3)


@pytest.mark.slow
def test_a_fault_of_our_own_while_landing_stops_the_night_as_it_does_without_prefect(tmp_path, prefect_home, landing):
    landing(KeyError("问卷"))
    state = run(tmp_path)
    assert state.is_failed()
    assert "KeyError" in state.message
    assert not (tmp_path / "lake" / "published").exists() or not list((tmp_path / "lake" / "published").rglob("*.parquet"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheduled", "night"),
    [
        (datetime(2026, 11, 3, 17, 30, tzinfo=UTC), date(2026, 11, 3)),  # 01:30 on the 4th in Shanghai
        (datetime(2026, 11, 3, 15, 59, tzinfo=UTC), date(2026, 11, 2)),  # 23:59 on the 3rd
    ],
)
def test_a_run_owns_the_day_that_ended_before_its_scheduled_time_not_before_the_clock(tmp_path, prefect_home, scheduled, night):
    config = str(write_lake(tmp_path))
    with get_client(sync_client=True) as client:
        flow_run = client.create_flow_run(nightly, parameters={"config": config}, state=Scheduled(scheduled_time=scheduled))
        state = run_flow(nightly, flow_run=flow_run, parameters={"config": config}, return_type="state")
        assert client.read_flow_run(flow_run.id).name == f"night {night}"
    assert state.result()["night"] == night.isoformat()
