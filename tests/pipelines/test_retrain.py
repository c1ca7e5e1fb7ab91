"""The flow makes the bundle that ``textmine retrain`` makes, and only ids, counts and figures pass through Prefect."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect import get_client

from pipelines.retrain import main, retrain
from textmine.retraining import Inputs, Request
from textmine.retraining import retrain as retrain_plainly
from textmine.retraining.labels import LabelFile
from textmine.store.bundles import bundle_ids, champion

SECRET = "暗号之词"
pytestmark = pytest.mark.slow


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    rows = [
        f"第{n}次来，{SECRET}，{said},{label}"
        for n in range(40)
        for said, label in (("味道很好", "praise"), ("太慢了", "complaint"))
    ]
    path = tmp_path / "own.csv"
    path.write_text("text,intent\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def run(labels: Path, models: Path, **more):
    return retrain(tasks=("intent",), labels=(str(labels),), models=str(models), return_state=True, **more)


def test_the_flow_makes_the_same_bundle_as_a_run_without_prefect(tmp_path, labels, prefect_home):
    state = run(labels, tmp_path / "flow")
    assert state.is_completed(), state.message
    request = Request(models=tmp_path / "plain", name="bundle", tasks=("intent",))
    plain = retrain_plainly(Inputs(labels=(LabelFile(labels),)), request)
    assert state.result()["bundle_id"] == plain.folder.name
    assert bundle_ids([tmp_path / "flow"]) == [plain.folder.name]


def test_a_promoted_bundle_is_the_champion_and_no_text_is_stored(tmp_path, labels, prefect_home):
    state = run(labels, tmp_path / "models", promote=True)
    facts = state.result()
    assert {type(value) for value in facts.values()} <= {str, bool, int}
    assert facts["promoted"] == facts["passed"] == (tmp_path / "models" / "CHAMPION").exists()
    if facts["promoted"]:
        assert champion([tmp_path / "models"]).current[0] == facts["bundle_id"]
    with get_client(sync_client=True) as client:
        (page,) = [artifact for artifact in client.read_artifacts() if artifact.key == "retrain"][:1]
    assert "pass_rate" in page.data
    files = [path for path in prefect_home.rglob("*") if path.is_file()]
    assert files
    assert not [path.name for path in files if SECRET.encode() in path.read_bytes()]


def test_wrong_labels_fail_the_flow_with_our_own_sentence_and_leave_no_bundle(tmp_path, prefect_home):
    path = tmp_path / "own.csv"
    path.write_text(f"text,intent\n{SECRET},complain\n", "utf-8")
    state = run(path, tmp_path / "models")
    assert state.is_failed()
    assert "unknown class" in state.message
    assert not (tmp_path / "models").exists()


def test_help_is_told_without_a_server(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "--promote" in capsys.readouterr().out
