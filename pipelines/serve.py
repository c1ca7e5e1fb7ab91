"""Every schedule on one machine: ``python -m pipelines.serve`` keeps a process that starts the flows when they are due."""

from __future__ import annotations

import argparse
from pathlib import Path

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from pipelines.nightly import nightly
from textmine.settings import Settings, read_config

CRON = "30 1 * * *"  # 01:30, when the day that ended is complete
ZONE = "Asia/Shanghai"


def deployments(config: Path) -> list[RunnerDeployment]:
    """The deployments of this machine: the night at 01:30 in Asia/Shanghai, never two at once."""
    one_at_a_time = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return [
        nightly.to_deployment(
            name="every-night",
            schedule=Cron(CRON, timezone=ZONE),
            parameters={"config": str(config.resolve())},
            concurrency_limit=one_at_a_time,
            tags=["textmine"],
            description="Reads, labels and publishes the day that ended.",
        )
    ]


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.serve", description="All schedules on one machine.")
    parser.add_argument("--config", default=str(Settings().config), help="config file")
    config = Path(parser.parse_args().config)
    read_config(config)
    serve(*deployments(config))


if __name__ == "__main__":
    main()
