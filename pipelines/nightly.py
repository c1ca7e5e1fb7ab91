"""The night as a Prefect flow: the steps of textmine.night with retries around what reads files, and nothing else.

Only the night, the config's path, source names, counts and ids pass through Prefect; it stores what passes.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.runtime import flow_run

from textmine.calendar import night_ended_before
from textmine.errors import TextmineError
from textmine.night import NightResult, open_night, sample_config, summary_lines
from textmine.settings import Settings, read_config


def is_io(_task: Any, _run: Any, state: Any) -> bool:
    """Whether a failed task failed on I/O: a pure stage that failed will fail again."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError)


@flow(name="nightly", log_prints=False, persist_result=False, validate_parameters=True)
def nightly(night: str | None = None, config: str = "textmine.toml") -> dict[str, Any]:
    """Read, label and publish one night; returns ids and counts.

    Parameters
    ----------
    night : str, optional
        ISO date. Left out: the day in Asia/Shanghai that ended before the scheduled time.
    config : str
        Path of the config file.
    """
    logger = get_run_logger()
    owned = date.fromisoformat(night) if night else night_ended_before(flow_run.scheduled_start_time or datetime.now().astimezone())
    with open_night(read_config(Path(config)), settings=Settings(), night=owned) as run:
        land = task(run.land, name="land", retries=3, retry_delay_seconds=[2, 10, 30], retry_condition_fn=is_io,
                    persist_result=False)
        for source in run.source_names:
            state = land(source, return_state=True)
            if state.is_failed():
                run.fail(source, f"{type(state.result(raise_on_failure=False)).__name__} while landing")
            logger.info("land %s: %s", source, state.name)
        task(run.read, name="read and label", persist_result=False)()
        result: NightResult = task(run.publish, name="publish", persist_result=False, cache_result_in_memory=False)()
    for line in summary_lines(result):
        logger.info(line)
    return {"run_id": result.run_id, "night": result.night.isoformat(), "exit_code": result.exit_code, **result.totals}


def main() -> int:
    """Run the flow once; returns the exit code of the public contract."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.nightly", description="One night through Prefect.")
    parser.add_argument("--night", help="ISO date; left out: the day that ended")
    parser.add_argument("--config", default=None, help="config file (default: TEXTMINE_CONFIG or textmine.toml)")
    parser.add_argument("--sample", action="store_true", help="the sample data shipped with the project")
    given = parser.parse_args()
    try:
        config = sample_config() if given.sample else Path(given.config or Settings().config)
        read_config(config)
        outcome = nightly(night=given.night, config=str(config))
    except TextmineError as error:
        print(f"error {error}", file=sys.stderr)
        return error.exit_code
    return int(outcome["exit_code"])


if __name__ == "__main__":
    sys.exit(main())
