from __future__ import annotations

import pytest

from textmine.errors import ConfigError
from textmine.retraining.recipe import find_file, read_recipe

GOOD = """
name = "own"
[task.sentiment]
C = 0.5
[[source]]
name = "shop"
file = "a.csv"
text = "words"
weight = 0.5
label.sentiment = { column = "stars", values = { "5" = "pos", "1" = "neg" } }
label.intent = "intent"
"""


def test_a_recipe_says_files_columns_and_values(written):
    recipe = read_recipe(written("recipe.toml", GOOD))
    (source,) = recipe.sources
    assert (recipe.name, source.files, source.text, source.role, source.weight) == ("own", ("a.csv",), "words", "train", 0.5)
    assert source.labels["sentiment"].values == {"5": "pos", "1": "neg"}
    assert (source.labels["intent"].column, source.labels["intent"].values) == ("intent", {})
    assert recipe.settings == {"sentiment": {"C": 0.5}}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("weight =", "wieght =", "did you mean 'weight'"),
        ("label.sentiment", "label.sentimnt", "did you mean 'sentiment'"),
        ("task.sentiment", "task.sentimnt", "did you mean 'sentiment'"),
        ("weight = 0.5", "weight = -1", "a weight is a number above 0"),
        ('text = "words"\n', "", "a key is missing"),
        ('name = "shop"\n', "", "a key is missing"),
        ('name = "shop"', 'name = "shop"\nrole = "trian"', "did you mean 'train'"),
        ("values = {", "valuse = {", "did you mean 'values'"),
        ('name = "shop"', 'name = "shop"\nconflicts = "keep"', "refuse, drop"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_right_word(written, right, wrong, said):
    assert right in GOOD
    with pytest.raises(ConfigError, match=said):
        read_recipe(written("recipe.toml", GOOD.replace(right, wrong, 1)))


def test_a_file_is_looked_for_in_the_folders_in_order(written, tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "b.csv").write_text("x")
    own = written("a.csv", "x")
    folders = [tmp_path, tmp_path / "shared"]
    assert find_file("a.csv", folders=folders) == own
    assert find_file("b.csv", folders=folders) == tmp_path / "shared" / "b.csv"
    with pytest.raises(ConfigError, match="--shared"):
        find_file("c.csv", folders=folders)
