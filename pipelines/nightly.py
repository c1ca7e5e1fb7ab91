"""The night as a Prefect flow: the steps of ``textmine.night`` with retries around landing, and nothing else.

Only the night, the config's path, source names, counts and ids pass through Prefect; it stores what passes.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from pipelines.byhand import complain, run_by_hand, sample
from pipelines.page import night_page
from pipelines.plain import UnforeseenError, as_state, is_io
from pipelines.watch import current_watch
from textmine.calendar import night_ended_before
from textmine.errors import TextmineError
from textmine.night import NightResult, NightRun, landing_problem, open_night
from textmine.night.result import balance_line
from textmine.settings import read_config, read_settings

RETRY_DELAYS = (2.0, 10.0, 30.0)  # seconds: a network disk that comes back at all does so within a minute
NOT_STORED: dict[str, Any] = {"persist_result": False, "cache_policy": NO_CACHE}


def run_name() -> str:
    """Name of the flow run in Prefect's page, from the night it owns."""
    return f"night {flow_run.parameters.get('night') or _night_by_schedule()}"


@flow(name="nightly", flow_run_name=run_name, persist_result=False)
def nightly(night: date | None = None, config: str = "textmine.toml") -> Any:
    """Read, label and publish one night; gives ids and counts, or a Failed state that carries the error.

    Parameters
    ----------
    night : date, optional
        Left out: the day in Asia/Shanghai that ended before the scheduled time of the run (of a run by hand: its start).
    config : str
        Path of the config file.
    """
    result = as_state(_one_night, Path(config), night or _night_by_schedule())
    if isinstance(result, State):
        return result
    current_watch().result = result
    as_state(lambda: create_markdown_artifact(night_page(result), key="night", description=f"night {result.night}"))
    facts = {"run_id": result.run_id, "night": result.night.isoformat(), "exit_code": result.exit_code, **result.totals}
    return Completed(name="Incomplete" if result.missing else "Completed", message=balance_line(result.totals), data=facts)


def _night_by_schedule() -> date:
    # the scheduled time, never the clock: a run may start early or late
    return night_ended_before(flow_run.scheduled_start_time)


def _one_night(config: Path, night: date) -> NightResult:
    with open_night(read_config(config), settings=read_settings(), night=night, progress=current_watch().progress) as run:
        return _steps(run)


def _steps(run: NightRun) -> NightResult:
    @task(
        name="land",
        task_run_name="land {source}",
        retries=len(RETRY_DELAYS),
        retry_delay_seconds=list(RETRY_DELAYS),
        retry_condition_fn=is_io,
        **NOT_STORED,
    )
    def land(source: str) -> Any:
        return as_state(run.land, source)

    @task(name="read and label", **NOT_STORED)
    def read() -> Any:
        return as_state(run.read)

    @task(name="publish", **NOT_STORED)
    def publish() -> Any:
        return as_state(run.publish)

    run.progress.stage("land", total=len(run.source_names))
    for source in run.source_names:
        _note(run, source, land(source, return_state=True))
        run.progress.advance()
    read(return_state=True).result()
    result: NightResult = publish(return_state=True).result()
    return result


def _note(run: NightRun, source: str, landed: State[Any]) -> None:
    """Note a source that could not be landed; the others go on, unless the fault is ours."""
    if landed.is_failed():
        error = landed.result(raise_on_failure=False)
        if isinstance(error, UnforeseenError):
            raise error
        run.fail(source, landing_problem(error))


def day(text: str) -> date:
    """The day of an ISO date; its name stands in the parser's message where the text is none."""
    return date.fromisoformat(text)


def main(arguments: list[str] | None = None) -> int:
    """Run the flow once; returns the exit code of the public contract."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.nightly", description="One night through Prefect.")
    parser.add_argument("--night", type=day, help="day in Asia/Shanghai, YYYY-MM-DD; left out: the day that ended")
    parser.add_argument("--config", type=Path, help="config file (default: TEXTMINE_CONFIG or textmine.toml)")
    parser.add_argument("--sample", action="store_true", help="the sample data shipped with the project")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what Prefect logs")
    given = parser.parse_args(arguments)
    try:
        config = sample() if given.sample else given.config or read_settings().config
        read_config(config)
    except TextmineError as error:
        return complain(error)
    return run_by_hand(lambda: nightly(night=given.night, config=str(config), return_state=True), verbose=given.verbose)


if __name__ == "__main__":
    sys.exit(main())
