import json
import shutil
from pathlib import Path

import pytest

from textmine.errors import BundleError, ConfigError
from textmine.sentiment.model import SentimentModel, load_scalars


def test_a_bundle_without_one_of_its_files_is_refused(bundle: Path, tmp_path: Path) -> None:
    for name in ("snownlp.npz", "lexicon.toml"):
        shutil.copyfile(bundle / name, tmp_path / name)
    with pytest.raises(BundleError, match=r"sentiment\.json"):
        SentimentModel.load(tmp_path)


def test_an_unknown_scalar_names_the_nearest_one(bundle: Path, tmp_path: Path) -> None:
    raw = json.loads((bundle / "sentiment.json").read_text("utf-8"))
    raw["prais"] = raw.pop("praise")
    (tmp_path / "sentiment.json").write_text(json.dumps(raw), "utf-8")
    with pytest.raises(ConfigError, match="'praise'"):
        load_scalars(tmp_path / "sentiment.json")


def test_scalars_that_are_no_json_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sentiment.json").write_text("{", "utf-8")
    with pytest.raises(BundleError):
        load_scalars(tmp_path / "sentiment.json")


def test_calibration_rises_with_the_score(model: SentimentModel) -> None:
    shares = [share for _, share in model.scalars.confidence]
    assert shares == sorted(shares)
    assert model.scalars.confidence[0][0] == model.scalars.neutral_band
