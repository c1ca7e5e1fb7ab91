"""Every schedule on one machine: ``python -m pipelines.serve`` keeps a process that starts the flows when they are due."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from pipelines.backfill import backfill
from pipelines.byhand import complain
from pipelines.nightly import nightly
from pipelines.retrain import retrain
from pipelines.server import scheduling_server
from textmine.errors import TextmineError
from textmine.settings import read_config, read_settings

CRON = "30 1 * * *"  # 01:30, when the day that ended is complete
ZONE = "Asia/Shanghai"


def deployments(config: Path) -> list[RunnerDeployment]:
    """The deployments of this machine: the night at 01:30 in Asia/Shanghai, never two at once; the others when asked for.

    Prefect's limit keeps a second run from starting; what keeps two runs apart for certain is the lock of the lake.
    """
    return [
        nightly.to_deployment(
            name="every-night",
            schedule=Cron(CRON, timezone=ZONE),
            parameters={"config": str(config.resolve())},
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            tags=["textmine"],
            description="Reads, labels and publishes the day that ended.",
            entrypoint_type=EntrypointType.MODULE_PATH,  # as a module the package also sets what Prefect reads at import
        ),
        backfill.to_deployment(
            name="by-hand",
            parameters={"config": str(config.resolve())},
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            tags=["textmine"],
            description="Runs a range of nights, or labels it again with another bundle.",
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
        retrain.to_deployment(
            name="by-hand",
            parameters={"config": str(config.resolve()), "corrections": True},
            concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            tags=["textmine"],
            description="Learns from corrections and labels, measures, and seals a new bundle.",
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; returns the exit code of the public contract."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.serve", description="All schedules on one machine.")
    parser.add_argument("--config", type=Path, help="config file (default: TEXTMINE_CONFIG or textmine.toml)")
    config = parser.parse_args(arguments).config or read_settings().config
    try:
        read_config(config)
        with scheduling_server() as address:
            print(f"Prefect's page: {address.removesuffix('/api')}", flush=True)
            serve(*deployments(config), pause_on_shutdown=False)  # a run missed meanwhile starts late, for the night it was due
    except TextmineError as error:
        return complain(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
