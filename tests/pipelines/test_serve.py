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
    [only] = deployments(Path("textmine.toml"))
    return only


@pytest.fixture
def declared():
    [only] = yaml.safe_load(FILE.read_text("utf-8"))["deployments"]
    return only


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


def test_serving_a_config_that_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["--config", str(tmp_path / "nothing.toml")]) == 2
    assert "no config file" in capsys.readouterr().err
