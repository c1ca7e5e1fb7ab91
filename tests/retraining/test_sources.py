from __future__ import annotations

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.learn.examples import text_digest
from textmine.retraining.problems import ExamplesRefusedError
from textmine.retraining.recipe import read_recipe
from textmine.retraining.sources import read_sources, source_digests


@pytest.fixture
def read(written, taxonomy):
    def call(blocks):
        return read_sources(read_recipe(written("recipe.toml", f'name = "own"\n{blocks}')), taxonomy=taxonomy)

    return call


BINARY = """
[[source]]
source_column = "shop"
file = "reviews.csv"
text = "text"
label.sentiment = { column = "label", values = { "1" = "pos", "0" = "neg" } }
"""


def test_labels_are_mapped_and_a_column_names_the_source(written, read):
    written("reviews.csv", "shop,text,label\nhotel,床很软,1\nfood,太咸,0\n")
    rows = read(BINARY)
    assert rows[["text", "source", "sentiment", "role"]].to_numpy().tolist() == [
        ["床很软", "hotel", "pos", "train"],
        ["太咸", "food", "neg", "train"],
    ]


def test_labels_that_lie_apart_are_joined_by_the_digest_of_the_text(written, read):
    written("reviews.csv", "text\n床 很软\n太咸\n")
    written("labels.csv", "text_sha256,sentiment,primary,categories,intent,priority\n"
            f"{text_digest('床 很软')},pos,environment,environment|product,praise,P3\n")  # fmt: skip
    rows = read('[[source]]\nname = "read"\nfile = "reviews.csv"\ntext = "text"\nlabels_by_digest = "labels.csv"')
    assert len(rows) == 1
    row = rows.iloc[0]
    assert (row["text"], row["sentiment"], row["primary_category"], row["priority"]) == ("床 很软", "pos", "environment", "P3")
    assert row["categories"] == ["environment", "product"]


def test_single_keeps_texts_with_one_row_and_tasks_keeps_columns(written, read):
    written("a.csv", "text,polarity,aspect\n大,1,space\n吵又大,-1,comfort\n吵又大,1,space\n")
    block = '[[source]]\nname = "auto"\nfile = "a.csv"\ntext = "text"\nsingle = true\ntasks = ["sentiment"]\n'
    rows = read(block + 'label.aspect = "aspect"\nlabel.sentiment = { column = "polarity", values = {"-1"="neg","1"="pos"} }')
    assert rows["sentiment"].tolist() == ["pos"]
    assert rows["aspect"].isna().all()


def test_everything_that_is_wrong_in_all_sources_is_told_at_once(written, read):
    written("reviews.csv", "shop,text,label\na,很好,1\na,很好,0\n")
    written("own.csv", "text,intent\n慢,complain\n")
    with pytest.raises(ExamplesRefusedError) as refused:
        read(BINARY + '[[source]]\nname = "own"\nfile = "own.csv"\ntext = "text"\nlabel.intent = "intent"')
    table = refused.value.table
    assert table["problem"].tolist() == ["conflicting rows", "unknown class"]
    assert table["file"].tolist() == ["reviews.csv", "own.csv"]
    assert "很好" not in str(refused.value) + table.to_string()


def test_conflicting_rows_are_left_out_where_the_recipe_says_so(written, read):
    written("reviews.csv", "shop,text,label\na,很好,1\na,很好,0\na,很慢,0\n")
    assert read(BINARY + 'conflicts = "drop"')["text"].tolist() == ["很慢"]


def test_a_column_that_is_not_there_is_answered_with_the_nearest(written, read):
    written("reviews.csv", "shop,texts,label\na,很好,1\n")
    with pytest.raises(ConfigError, match="did you mean 'texts'"):
        read(BINARY)


def test_every_file_has_its_digest_for_the_card(written, tmp_path):
    written("reviews.csv", "x")
    recipe = read_recipe(written("recipe.toml", f'name = "own"\n{BINARY}'))
    assert source_digests(recipe) == {"reviews.csv": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}


def test_the_same_row_twice_counts_once(written, read):
    written("reviews.csv", "shop,text,label\na,很好,1\na,很好 ,1\n")
    assert len(read(BINARY)) == 1
    assert isinstance(read(BINARY), pd.DataFrame)


def test_a_column_that_is_not_there_is_told_without_the_words_of_a_missing_header(written, read):
    written("reviews.csv", "王小明,用了一天就坏了！,1\n李四,很好用,1\n")
    with pytest.raises(ConfigError, match=r"column 2 \(8 characters\)") as refused:
        read(BINARY)
    assert "王小明" not in str(refused.value)
