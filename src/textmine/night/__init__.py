"""One night without Prefect: land, read and label, publish. The flows wrap its steps."""

from textmine.night.result import NightResult, summary_lines
from textmine.night.run import NightRun, landing_problem, open_night, open_scratch, run_night
from textmine.night.sample import sample_config

__all__ = [
    "NightResult",
    "NightRun",
    "landing_problem",
    "open_night",
    "open_scratch",
    "run_night",
    "sample_config",
    "summary_lines",
]
