"""What the three domains reach on the real corpora, by rows that were not learned from; bounds a little under the measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmine.learn.train_aspects import train_aspects
from textmine.learn.train_categories import train_categories
from textmine.retraining.folder import begin_folder
from textmine.retraining.prepare import prepare
from textmine.retraining.recipe import read_recipe
from textmine.retraining.sources import read_sources
from textmine.taxonomy import read_taxonomy

DOMAINS = Path(__file__).parents[2] / "models" / "domains"
MEASURED = {"civic": 0.80, "cars": 0.89, "products": 0.84}  # products: of a tenth of the rows


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(MEASURED))
def test_a_domain_learns_from_its_recipe_as_well_as_measured(name: str, tmp_path: Path, shared: Path) -> None:
    folder = tmp_path / name
    begin_folder(folder, base=None, vocabulary=DOMAINS / name)
    recipe = read_recipe(DOMAINS / name / "recipe.toml")
    examples = read_sources(recipe, taxonomy=read_taxonomy(folder / "taxonomy.toml"), shared=shared)
    if name == "products":
        examples = examples.iloc[::10].reset_index(drop=True)
    prepared = prepare(examples, folder=folder)
    settings = dict(recipe.settings.get("categories", {}))
    learned = train_categories(prepared, **settings)
    assert learned.card["unseen_primary"]["all"] >= MEASURED[name]
    if name == "cars":
        assert train_aspects(prepared).card["unseen_first_is_right"] >= 0.90
