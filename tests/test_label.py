"""The labeller: every column of the main table from the text alone, whatever stands beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textmine.channels.own import as_feedback
from textmine.errors import BundleError, ConfigError
from textmine.label import Labeller
from textmine.settings import Settings
from textmine.store.shipped import bundle_folders
from textmine.tables import INTENTS, LABELLED_FEEDBACK, PRIORITIES, SENTIMENTS, VALIDITIES

HISTORY_ONLY = ["near_duplicate_group", "customer_key", "agent_key", "run_id", "source"]
SAID = [
    "快递太慢了，等了一个星期才到，客服态度也差。",
    "质量很好，做工精细，下次还会买。",
    "吃完之后上吐下泻，去了医院。",
    "请问保修期是多长时间？",
    "无",
    "",
    "APP一打开就闪退，登录不了。",
    "价格有点贵，不过东西还行",
    "This phone is great, I love it.",
    "此用户没有填写评价。",
]


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller.load(models=Settings().models)


def test_a_list_of_texts_gets_every_column_of_the_table(labeller: Labeller):
    rows = labeller.label(SAID)
    assert rows.columns.tolist() == LABELLED_FEEDBACK.names
    assert len(rows) == len(SAID)
    assert set(rows["validity"]) <= set(VALIDITIES)
    assert set(rows["sentiment"].dropna()) <= set(SENTIMENTS)
    assert set(rows["intent"].dropna()) <= set(INTENTS)
    assert set(rows["priority"]) <= set(PRIORITIES)
    assert set(rows["bundle_id"]) == {labeller.bundle_id}
    assert rows["feedback_id"].is_unique


def test_what_a_reader_would_say_of_a_plain_text_is_what_the_labels_say(labeller: Labeller):
    rows = labeller.label(SAID)
    assert rows["sentiment"].tolist()[:2] == ["neg", "pos"]
    assert rows.loc[0, "primary_category"] == "logistics"
    assert "service" in list(rows.loc[0, "categories"])
    assert (rows.loc[2, "priority"], list(rows.loc[2, "red_lines"])) == ("P0", ["illness"])
    assert rows.loc[3, "intent"] == "inquiry"
    assert rows["validity"].tolist()[4:6] == ["no_content", "empty"]
    assert rows.loc[8, "language"] == "en"
    assert rows.loc[[4, 5], "sentiment"].isna().all()


def test_columns_that_need_other_records_are_null(labeller: Labeller):
    rows = labeller.label(SAID)
    assert rows[HISTORY_ONLY].isna().all().all()
    assert all(terms.get("burst", 0) == 0 for terms in map(dict, rows["priority_terms"]))


def test_a_text_has_its_labels_whoever_stands_beside_it(labeller: Labeller):
    together = labeller.label(SAID).drop(columns="feedback_id")
    backwards = labeller.label(SAID[::-1]).drop(columns="feedback_id")[::-1].reset_index(drop=True)
    alone = pd.concat([labeller.label([text]) for text in SAID], ignore_index=True).drop(columns="feedback_id")
    assert alone.astype(str).equals(together.astype(str))
    assert backwards.astype(str).equals(together.astype(str))


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(st.characters()) | st.sampled_from(SAID), min_size=1, max_size=5), place=st.integers(0, 4))
def test_any_text_is_labelled_and_leaves_its_neighbours_alone(labeller: Labeller, texts: list[str], place: int):
    among = labeller.label([*texts[:place], SAID[0], *texts[place:]])
    row = among.iloc[min(place, len(texts))].drop("feedback_id").astype(str)
    pd.testing.assert_series_equal(row, labeller.label([SAID[0]]).iloc[0].drop("feedback_id").astype(str), check_names=False)


def test_a_frame_keeps_its_index_and_the_columns_it_brings_are_used(labeller: Labeller):
    frame = pd.DataFrame({"话": ["还行吧", "还行吧"], "rating": [1, 5], "product": ["冰箱13871234509", "冰箱"]}, index=["x", "y"])
    rows = labeller.label(frame, text_column="话")
    assert rows.index.tolist() == ["x", "y"]
    assert rows["rating"].tolist() == [1.0, 5.0]
    assert rows["product"].tolist() == ["冰箱PHONE", "冰箱"]
    assert dict(rows.loc["x", "priority_terms"])["rating"] > dict(rows.loc["y", "priority_terms"])["rating"]
    assert frame.columns.tolist() == ["话", "rating", "product"]


def test_no_texts_give_a_table_without_rows(labeller: Labeller):
    rows = labeller.label([])
    assert rows.columns.tolist() == LABELLED_FEEDBACK.names
    assert len(rows) == 0


def test_missing_texts_are_empty_and_not_scored(labeller: Labeller):
    rows = labeller.label(pd.DataFrame({"text": ["很好", None, np.nan]}))
    assert rows["validity"].tolist() == ["ok", "empty", "empty"]


def test_personal_data_in_a_text_is_masked_before_it_is_labelled(labeller: Labeller):
    [text] = labeller.label(["请打13871234509，我等着退款"])["text"]
    assert "13871234509" not in text
    assert "PHONE" in text


def test_a_column_that_is_not_there_is_answered_with_the_nearest(labeller: Labeller):
    with pytest.raises(ConfigError, match="did you mean 'comments'") as error:
        labeller.label(pd.DataFrame({"comments": ["好"]}), text_column="comment")
    assert error.value.exit_code == 2


def test_a_rating_that_is_no_number_is_an_error_that_shows_no_content(labeller: Labeller):
    with pytest.raises(ConfigError, match="rating") as error:
        labeller.label(pd.DataFrame({"text": ["好"], "rating": ["问13871234509"]}))
    assert "13871234509" not in str(error.value)


def test_a_bundle_that_is_not_there_is_answered_with_the_nearest(labeller: Labeller):
    with pytest.raises(BundleError, match=f"did you mean '{labeller.bundle_id}'"):
        Labeller.load(labeller.bundle_id + "x", models=Settings().models)


def test_the_deployments_own_bundles_come_before_the_shipped_ones(tmp_path):
    shipped = bundle_folders(None)
    assert bundle_folders(tmp_path) == [tmp_path, *shipped]
    with pytest.raises(ConfigError, match="no such folder of bundles"):
        bundle_folders(tmp_path / "nowhere")


def test_a_bundle_of_an_own_folder_without_a_champion_can_be_named(labeller: Labeller, tmp_path):
    import shutil

    home = next(folder for folder in bundle_folders(Settings().models) if (folder / labeller.bundle_id).is_dir())
    shutil.copytree(home / labeller.bundle_id, tmp_path / labeller.bundle_id)
    assert Labeller.load(labeller.bundle_id, models=tmp_path).bundle_id == labeller.bundle_id


def test_a_feedback_frame_of_texts_numbers_its_rows():
    feedback = as_feedback(pd.DataFrame({"t": ["a", None]}, index=[7, 9]), text_column="t")
    assert feedback["feedback_id"].tolist() == ["row_1", "row_2"]
    assert feedback["text"].tolist()[0] == "a"
    assert feedback["text"].isna().tolist() == [False, True]
