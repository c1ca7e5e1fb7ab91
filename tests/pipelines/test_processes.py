"""The commands as an operator starts them, each in a process of its own with its own Prefect home."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tests.night.small import NIGHT
from tests.pipelines.lakes import write_lake
from textmine.calendar import SHANGHAI, night_ended_before
from textmine.store.lake import Lake
from textmine.store.manifest import published_nights

REPOSITORY = Path(__file__).resolve().parents[2]
WITHOUT_PREFECT = """
import sys
from textmine.cli.main import main
try:
    main()
except SystemExit as stop:
    print("loaded", [name for name in sys.modules if name.partition(".")[0] in ("prefect", "pipelines")], "exit", stop.code)
"""
T = TypeVar("T")

pytestmark = pytest.mark.slow


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """This process's environment with another Prefect home, and none of Prefect's other settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    return kept | {"PREFECT_HOME": str(tmp_path / "prefect")} | more


def wait_for(what: Callable[[], T], *, seconds: float = 150) -> T:
    """What the call gives once it is truthy."""
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.5)
    return found


def test_textmine_nightly_never_loads_prefect(tmp_path):
    arguments = ["nightly", "--night", NIGHT.isoformat(), "--config", str(write_lake(tmp_path))]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PREFECT, *arguments],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "loaded [] exit 0"


def test_the_sample_ends_with_what_came_out_and_says_that_a_key_was_made(tmp_path):
    for part in ("pipelines", "src/textmine", "data/sample", "models"):
        shutil.copytree(REPOSITORY / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    own = environment(tmp_path, PYTHONPATH=str(tmp_path / "src"))
    del own["TEXTMINE_KEY"]
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.nightly", "--sample"],
        cwd=tmp_path,
        env=own,
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"made a key for this lake: {tmp_path / 'data' / '.key'}")
    assert "(balanced)" in lines[2]
    assert lines[-2] == f"published {tmp_path / 'data' / 'published'}"
    assert Path(lines[-1].split()[-1]).is_file()
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) < 12  # a line a stage, no chatter


@contextmanager
def serving(tmp_path: Path) -> Iterator[str]:
    """Address of the server that ``python -m pipelines.serve`` runs for its schedules; stopped with Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = environment(tmp_path, PREFECT_SERVER_API_PORT=str(port))
    with (tmp_path / "said").open("w") as said:
        served = subprocess.Popen(
            [sys.executable, "-m", "pipelines.serve", "--config", str(tmp_path / "textmine.toml")],
            cwd=REPOSITORY,
            env=own,
            stdout=said,
            stderr=said,
        )
    try:
        yield f"http://127.0.0.1:{port}/api"
    finally:
        served.send_signal(signal.SIGINT)
        try:
            served.wait(timeout=60)
        except subprocess.TimeoutExpired:
            served.kill()
            raise


def asked(address: str, path: str, **body: Any) -> Any:
    """Answer of the server's API, or None while it is not there."""
    try:
        answer = httpx.post(f"{address}{path}", json=body, timeout=30, trust_env=False)
    except httpx.HTTPError:
        return None
    return answer.json() if answer.is_success else None


def test_serve_schedules_the_nights_and_runs_one_that_is_due(tmp_path):
    write_lake(tmp_path)
    with serving(tmp_path) as address:
        [deployment] = wait_for(lambda: asked(address, "/deployments/filter"))
        only_this = {"deployments": {"id": {"any_": [deployment["id"]]}}}
        runs = wait_for(lambda: asked(address, "/flow_runs/filter", **only_this))
        times = sorted(datetime.fromisoformat(run["expected_start_time"]).astimezone(SHANGHAI) for run in runs)
        assert {(at.hour, at.minute) for at in times} == {(1, 30)}
        assert times[0] - datetime.now(UTC) < timedelta(days=1)

        due = datetime(2026, 11, 3, 17, 30, tzinfo=UTC)
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": due.isoformat()}}
        run = asked(address, f"/deployments/{deployment['id']}/create_flow_run", state=state)
        final = {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]}}
        one = {"flow_runs": {"id": {"any_": [run["id"]]}, "state": final}}
        [ended] = wait_for(lambda: asked(address, "/flow_runs/filter", **one))
        assert (ended["state_type"], ended["name"]) == ("COMPLETED", "night 2026-11-03")
    assert list(published_nights(Lake(tmp_path / "lake"))) == [night_ended_before(due)]
    assert asked(address, "/deployments/filter") is None  # the server stopped with it
