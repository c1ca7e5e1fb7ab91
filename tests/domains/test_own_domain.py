"""Another domain is a folder of data files: a taxonomy, a policy and labels train and run through the same commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from textmine.categories.lint import lint_taxonomy
from textmine.cli.retrain import command as retrain
from textmine.label import Labeller
from textmine.policy import Policy, read_policy
from textmine.store.shipped import SHIPPED_VOCABULARY
from textmine.taxonomy import read_taxonomy

DOMAINS = Path(__file__).parents[2] / "models" / "domains"
NAMES = ("civic", "cars", "products")
RECIPE = """
name = "small"
vocabulary = "."
[[source]]
name = "own"
file = "labels.csv"
text = "说的话"
label.primary_category = "类别"
"""
# sentences written for this test: half of them hold no word of the taxonomy
SENTENCES = {
    "动力": ("一脚下去就窜出去了", "发动机声音沉稳有劲", "上坡要踩到底才肯走", "变速箱换挡很顺", "红绿灯起步比别人快"),
    "空间": ("后排三个人坐着不挤", "后备箱装得下两辆童车", "腿伸直了还碰不到前面", "个子高也不顶头", "放倒座椅能躺下睡觉"),
    "外观": ("前脸看着很霸气", "颜色比图片上还漂亮", "停在路边总有人回头看", "尾灯的样子像个笑脸", "线条流畅不显胖"),
}
TIMES = ("", "，提车第一天", "，开了一年", "，说实话", "，朋友也这么说")


@pytest.mark.parametrize("name", NAMES)
def test_the_files_of_each_domain_hold_together(name: str) -> None:
    taxonomy = read_taxonomy(DOMAINS / name / "taxonomy.toml")
    assert lint_taxonomy(taxonomy) == []
    assert read_policy(DOMAINS / name / "policy.toml").strangers(taxonomy) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_policy_of_a_domain_differs_from_the_shipped_one_in_what_names_categories_alone(name: str) -> None:
    own, shipped = (_without_categories(read_policy(folder / "policy.toml")) for folder in (DOMAINS / name, SHIPPED_VOCABULARY))
    assert own == shipped


@pytest.mark.slow
def test_a_folder_of_data_files_trains_and_labels_through_the_same_commands(tmp_path: Path) -> None:
    domain, models = tmp_path / "domain", tmp_path / "models"
    domain, models = tmp_path / "domain", tmp_path / "models"
    domain.mkdir()
    for file in ("taxonomy.toml", "policy.toml"):
        shutil.copy(DOMAINS / "cars" / file, domain)
    rows = [(f"{said}{when}", code) for code, sentences in SENTENCES.items() for said in sentences for when in TIMES]
    pd.DataFrame(rows, columns=["说的话", "类别"]).to_csv(tmp_path / "labels.csv", index=False)
    (domain / "recipe.toml").write_text(RECIPE, "utf-8")
    asked = ["--task", "categories", "--recipe", str(domain / "recipe.toml"), "--shared", str(tmp_path)]
    asked += ["--models", str(models)]
    done = CliRunner().invoke(retrain, asked)
    assert done.exit_code == 0, done.output
    folder = next(models.glob("small-*"))
    labeller = Labeller.load(folder.name, models=models)
    labelled = labeller.label(["红绿灯起步总比别人快一截", "腿伸直了都碰不到前排", "尾灯的样子真像笑脸"])
    assert labelled["primary_category"].tolist() == ["power", "space", "exterior"]


def _without_categories(policy: Policy) -> dict[str, object]:
    plain = policy.model_dump()
    for name in ("values", "routing", "handling"):
        plain[name].pop("category", None)
        plain[name].pop("subcategory", None)
    return plain | {"red_line": [line | {"categories": ()} for line in plain["red_line"]]}
