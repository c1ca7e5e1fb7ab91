"""How fast a whole night is, as a ratio in one run beside the naive stack and the floor, and whether it is within its limits.

Needs the folder of real texts beside the project (or SHARED_TEXTS); without it the benchmark says so and ends.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from measured import Measured, measure

PROJECT = Path(__file__).resolve().parent.parent
OUT = PROJECT / "bench_out"
LOWEST_RATE, HIGHEST_MIB = 3_000, 2_048  # rows a second and peak of all processes of a night
HIGHEST_HELP, HIGHEST_COLD = 1.0, 6.0  # seconds
ROWS, NAIVE_ROWS = int(os.environ.get("BENCH_ROWS", 200_000)), 2_000
CONFIG = """
[lake]
root = "lake"
workers = 2

[[sources]]
name = "corpus"
path = "corpus.csv"
channel_column = "channel"
[sources.columns]
source_ref = "feedback_id"
customer = "customer_id"
text = "text"
created_at = "created_at"
product = "product"
agent = "agent"
rating = "rating"
nps = "nps"
"""


def main() -> int:
    """Print rows a second, memory, ratios and limits; 1 when one is missed, 0 also where there is nothing to measure on."""
    shared = Path(os.environ.get("SHARED_TEXTS", PROJECT.parent / "shared"))
    if not (shared / "bench" / "make_corpus.py").is_file():
        print(f"bench: skipped, {shared.name}/bench/make_corpus.py is not beside the project (set SHARED_TEXTS)")
        return 0
    bench = shared / "bench"
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    for name, rows in (("corpus", ROWS), ("small", NAIVE_ROWS)):
        measure([sys.executable, str(bench / "make_corpus.py"), str(rows), f"{name}.csv"], cwd=OUT)
    (OUT / "textmine.toml").write_text(CONFIG)
    env = dict(os.environ, TEXTMINE_KEY="00" * 32)
    textmine = str(Path(sys.executable).parent / "textmine")
    floor = measure([sys.executable, str(bench / "floor.py"), "corpus.csv", "floor.parquet"], cwd=OUT)
    night = measure([textmine, "nightly", "--night", "2026-11-20"], cwd=OUT, env=env)
    naive = measure([sys.executable, str(bench / "naive_stack.py"), "small.csv", "naive.parquet"], cwd=OUT)
    (OUT / "hundred.csv").write_text("\n".join((OUT / "small.csv").read_text("utf-8").split("\n")[:101]), "utf-8")
    cold = measure([textmine, "label", "hundred.csv", "hundred.parquet", "--text-column", "text"], cwd=OUT, env=env)
    help_ = measure([textmine, "--help"], cwd=OUT)
    _print(floor, night, naive, cold, help_)
    kept = _print_limits(night, cold, help_)
    failed = any(run.code for run in (floor, night, naive, cold, help_))
    return int(failed or not kept)


def _print(floor: Measured, night: Measured, naive: Measured, cold: Measured, help_: Measured) -> None:
    rates = {"floor": ROWS / floor.seconds, "textmine nightly": ROWS / night.seconds, "naive stack": NAIVE_ROWS / naive.seconds}
    print(f"{'':<20}{'rows':>10}{'seconds':>10}{'rows/s':>12}{'peak MiB, all':>15}{'largest':>10}")
    for (name, rate), run, rows in zip(rates.items(), (floor, night, naive), (ROWS, ROWS, NAIVE_ROWS), strict=True):
        print(f"{name:<20}{rows:>10,}{run.seconds:>10.1f}{rate:>12,.0f}{run.tree_mib:>15,.0f}{run.process_mib:>10,.0f}")
    print(f"textmine nightly / naive stack: {rates['textmine nightly'] / rates['naive stack']:.1f} times as fast")
    print(f"textmine nightly / floor:       {rates['textmine nightly'] / rates['floor']:.2f} of the floor's speed")
    print(f"100 texts, cold: {cold.seconds:.1f} s    --help: {help_.seconds:.2f} s")


def _print_limits(night: Measured, cold: Measured, help_: Measured) -> bool:
    rate = ROWS / night.seconds
    limits = {
        f"nightly {rate:,.0f} rows/s, at least {LOWEST_RATE:,}": rate >= LOWEST_RATE,
        f"nightly peak of all processes {night.tree_mib:,.0f} MiB, under {HIGHEST_MIB:,}": night.tree_mib < HIGHEST_MIB,
        f"--help {help_.seconds:.2f} s, under {HIGHEST_HELP:.0f}": help_.seconds < HIGHEST_HELP,
        f"100 texts cold {cold.seconds:.1f} s, under {HIGHEST_COLD:.0f}": cold.seconds < HIGHEST_COLD,
    }
    for said, kept in limits.items():
        print(f"{'ok' if kept else 'MISSED':<8}{said}")
    return all(limits.values())


if __name__ == "__main__":
    sys.exit(main())
