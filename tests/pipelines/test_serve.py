"""The deployment: every night at 01:30 in Shanghai, one at a time; the file for a work pool says the same as the code."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from prefect.client.schemas.objects import ConcurrencyLimitStrategy
from prefect.flows import load_flow_from_entrypoint

import pipelines
from pipelines.serve import deployments, main

FILE = Path(__file__).resolve().parents[2] / "pipelines" / "prefect.yaml"


@pytest.fixture
def deployment(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return next(made for made in deployments(Path("textmine.toml")) if made.flow_name == "nightly")


@pytest.fixture
def by_hand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return [made for made in deployments(Path("textmine.toml")) if made.name == "by-hand"]


@pytest.fixture
def declared():
    return next(made for made in yaml.safe_load(FILE.read_text("utf-8"))["deployments"] if made["name"] == "every-night")


def test_the_night_runs_at_half_past_one_in_shanghai(deployment):
    [every] = deployment.schedules
    assert (every.schedule.cron, every.schedule.timezone) == ("30 1 * * *", "Asia/Shanghai")


def test_a_second_run_at_once_is_cancelled(deployment):
    assert deployment.concurrency_limit == 1
    assert deployment.concurrency_options.collision_strategy == ConcurrencyLimitStrategy.CANCEL_NEW


def test_the_config_is_found_from_any_folder(deployment, tmp_path):
    assert deployment.parameters == {"config": str(tmp_path / "textmine.toml")}


def test_the_file_for_a_work_pool_agrees_with_the_code(deployment, declared):
    [every] = deployment.schedules
    assert declared["schedules"] == [{"cron": every.schedule.cron, "timezone": every.schedule.timezone}]
    strategy = deployment.concurrency_options.collision_strategy.value
    assert declared["concurrency_limit"] == {"limit": deployment.concurrency_limit, "collision_strategy": strategy}
    for key in ("name", "description", "tags"):
        assert declared[key] == getattr(deployment, key)
    assert declared["parameters"].keys() == deployment.parameters.keys()


def test_a_worker_logs_to_prefect_what_a_served_run_logs(declared):
    set_for_the_worker = declared["work_pool"]["job_variables"]["env"]
    assert set_for_the_worker.items() <= pipelines.DEFAULTS.items()
    assert "PREFECT_LOGGING_EXTRA_LOGGERS" in set_for_the_worker


def test_both_name_the_same_flow(deployment, declared):
    assert load_flow_from_entrypoint(deployment.entrypoint).name == "nightly"
    assert load_flow_from_entrypoint(str(FILE.parent.parent / declared["entrypoint"])).name == "nightly"


def test_a_backfill_and_a_retraining_run_only_when_they_are_asked_for(by_hand):
    declared = [made for made in yaml.safe_load(FILE.read_text("utf-8"))["deployments"] if made["name"] == "by-hand"]
    assert [made.flow_name for made in by_hand] == ["backfill", "retrain"]
    for made, told in zip(by_hand, declared, strict=True):
        assert told["entrypoint"] == f"pipelines/{made.flow_name}.py:{made.flow_name}"
        assert made.schedules == [] and "schedules" not in told
        assert made.concurrency_limit == told["concurrency_limit"]["limit"] == 1
        assert told["description"] == made.description
        assert told["parameters"].keys() == made.parameters.keys()
        assert load_flow_from_entrypoint(str(FILE.parent.parent / told["entrypoint"])).name == made.flow_name


def test_serving_a_config_that_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["--config", str(tmp_path / "nothing.toml")]) == 2
    assert "no config file" in capsys.readouterr().err
