from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from textmine.learn.gate import CANNOT_JUDGE, Check
from textmine.retraining import gatekeeping as module
from textmine.retraining.gatekeeping import compare_with
from textmine.store.bundles import BundleFolder, open_bundle, seal_bundle
from textmine.store.shipped import bundle_folders


def test_a_champion_of_another_version_fails_the_gate_so_that_a_person_decides(tmp_path: Path):
    shutil.copytree(open_bundle(bundle_folders(None)).path, tmp_path / "old")
    scalars = tmp_path / "old" / "sentiment.json"
    scalars.write_text(json.dumps(json.loads(scalars.read_text("utf-8")) | {"of_another_version": 1}), "utf-8")
    seal_bundle(tmp_path / "old")
    verdict = compare_with(open_bundle([tmp_path], "old"), None, pd.DataFrame(), pd.DataFrame(), None)
    assert not verdict.passed
    assert [(check.of, check.measure) for check in verdict.checks] == [("old", "can be opened")]


def test_a_task_learned_before_and_now_needs_rows_that_judge_it(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(module, "Labeller", SimpleNamespace(open=lambda *_, **__: None))
    few = Check("intent", "own", "accuracy", 60, 0.9, 0.9, -0.1, 0.1, "ok")
    monkeypatch.setattr(module, "_checks", lambda *_: iter([few]))
    champion = BundleFolder("old", tmp_path, {"tasks": {"intent": {"rows": 3000}}}, "")

    def verdict(*tasks: str):
        return compare_with(champion, None, pd.DataFrame(), pd.DataFrame(), None, tasks=tasks)

    assert [(check.task, check.of) for check in verdict("intent").checks if check.verdict == "fell"] == [("intent", CANNOT_JUDGE)]
    assert verdict("urgency", "topics").passed  # learned for the first time, or without labels
