import gzip
import importlib.util
import marshal
import math
import shutil
from pathlib import Path
from typing import Any

import pytest

from textmine.errors import BundleError
from textmine.learn.compile_snownlp import MODEL, STOP_WORDS, build_sentiment, compile_snownlp
from textmine.sentiment.model import SentimentModel


@pytest.fixture(scope="module")
def package() -> Path:
    spec = importlib.util.find_spec("snownlp")
    assert spec is not None and spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0])


@pytest.fixture(scope="module")
def raw(package: Path) -> dict[str, Any]:
    return marshal.loads(gzip.decompress((package / MODEL).read_bytes()))["d"]


def test_a_words_weight_is_the_log_of_its_smoothed_shares(raw: dict[str, Any]) -> None:
    model = compile_snownlp()
    pos, neg = raw["pos"], raw["neg"]
    expected = math.log(pos["d"]["喜欢"] / pos["total"]) - math.log(neg["d"]["喜欢"] / neg["total"])
    assert model.log_ratio[model.words.index("喜欢").as_py()] == pytest.approx(expected, abs=1e-12)
    assert model.unknown == pytest.approx(math.log(neg["total"] / pos["total"]), abs=1e-12)
    assert model.prior == pytest.approx(math.log(pos["total"] / neg["total"]), abs=1e-12)


def test_the_vocabulary_is_both_classes_words_and_the_stop_words_each_once(raw: dict[str, Any], package: Path) -> None:
    words = compile_snownlp().words.to_pylist()
    stops = {line.strip() for line in (package / STOP_WORDS).read_text("utf-8").split("\n")} - {""}
    assert len(words) == len(set(words))
    assert set(words) == set(raw["pos"]["d"]) | set(raw["neg"]["d"]) | stops


def test_stop_words_weigh_nothing(package: Path) -> None:
    model = compile_snownlp()
    for word in ("非常", "但是", "，"):
        assert model.log_ratio[model.words.index(word).as_py()] == 0.0


def test_a_file_that_is_not_the_pinned_one_is_never_unmarshalled(package: Path, tmp_path: Path) -> None:
    for name in (MODEL, STOP_WORDS):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(package / name, tmp_path / name)
    (tmp_path / MODEL).write_bytes(gzip.compress(b"not a marshal"))
    with pytest.raises(BundleError, match=r"not that of version 0\.12\.3"):
        compile_snownlp(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="missing"):
        compile_snownlp(tmp_path)


def test_the_sentiment_part_of_a_bundle_is_three_files_that_load_and_repeat(vocabulary: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "deep" / "second"
    for folder in (first, second):
        build_sentiment(folder, vocabulary=vocabulary)
    names = sorted(path.name for path in first.iterdir())
    assert names == ["lexicon.toml", "sentiment.json", "snownlp.npz"]
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert SentimentModel.load(first).lexicon.version == "1"


def test_a_vocabulary_without_its_scalars_is_refused(vocabulary: Path, tmp_path: Path) -> None:
    shutil.copyfile(vocabulary / "lexicon.toml", tmp_path / "lexicon.toml")
    with pytest.raises(BundleError, match=r"sentiment\.json"):
        build_sentiment(tmp_path / "out", vocabulary=tmp_path)
