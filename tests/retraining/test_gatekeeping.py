from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd

from textmine.retraining.gatekeeping import compare_with
from textmine.store.bundles import open_bundle, seal_bundle
from textmine.store.shipped import bundle_folders


def test_a_champion_of_another_version_fails_the_gate_so_that_a_person_decides(tmp_path: Path):
    shutil.copytree(open_bundle(bundle_folders(None)).path, tmp_path / "old")
    scalars = tmp_path / "old" / "sentiment.json"
    scalars.write_text(json.dumps(json.loads(scalars.read_text("utf-8")) | {"of_another_version": 1}), "utf-8")
    seal_bundle(tmp_path / "old")
    verdict = compare_with(open_bundle([tmp_path], "old"), None, pd.DataFrame(), pd.DataFrame(), None)
    assert not verdict.passed
    assert [(check.of, check.measure) for check in verdict.checks] == [("old", "can be opened")]
