from __future__ import annotations

import pandas as pd

from textmine.channels.social import read_social
from textmine.settings import Columns, Source

SOURCE = Source(name="s", path="x", channel="social")


def posts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "微博ID": ["5001", "5002"],
            "平台": ["微博", None],
            "用户": ["甲", "乙"],
            "标题": ["避雷", None],
            "正文": ["别买", "还行"],
            "点赞数": ["1.2万", None],
            "评论数": [3, None],
            "标签": [["水壶", "差评"], None],
            "店铺": ["一店", "二店"],
            "_row": [1, 2],
        }
    )


def test_likes_are_votes_and_the_rest_of_a_post_is_kept_as_attributes() -> None:
    found = read_social(posts(), source=SOURCE).feedback
    assert found["votes"].tolist()[0] == 12000
    assert found["attributes"].tolist() == [{"platform": "微博", "tags": "水壶,差评", "replies": "3"}, None]
    assert found["source_ref"].tolist() == ["5001", "5002"]
    assert found["customer"].tolist() == ["甲", "乙"]


def test_a_title_stands_over_the_words() -> None:
    assert read_social(posts(), source=SOURCE).feedback["text"].tolist() == ["避雷\n别买", "还行"]


def test_attributes_the_config_names_stand_beside_the_posts_own() -> None:
    source = SOURCE.model_copy(update={"columns": Columns(attributes=["店铺"])})
    assert read_social(posts(), source=source).feedback["attributes"].tolist()[1] == {"店铺": "二店"}
