"""A command's wall time and memory: seconds, peak of the process tree (PSS) and of its largest process (RSS)."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import NamedTuple

INTERVAL = 0.1


class Measured(NamedTuple):
    """Seconds of wall time, peak MiB of the whole tree (shared pages counted once) and of the largest process."""

    seconds: float
    tree_mib: float
    process_mib: float
    code: int


def measure(command: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> Measured:
    """Run ``command`` to its end and sample its memory ten times a second."""
    tree = single = 0.0
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            found = [_memory(pid) for pid in _descendants(process.pid)]
            tree = max(tree, sum(pss for pss, _ in found))
            single = max([single, *(rss for _, rss in found)])
            time.sleep(INTERVAL)
    return Measured(time.perf_counter() - began, tree, single, process.returncode)


def _descendants(pid: int) -> list[int]:
    children = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += [int(child) for child in path.read_text().split()]
        except OSError:
            continue
    return [pid, *(low for child in children for low in _descendants(child))]


def _memory(pid: int) -> tuple[float, float]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: line.split()[1] for line in lines[1:] if line.endswith("kB")}
    return int(sizes.get("Pss", 0)) / 1024, int(sizes.get("Rss", 0)) / 1024
