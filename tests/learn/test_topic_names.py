from __future__ import annotations

import numpy as np
from scipy import sparse

from textmine.learn.topic_names import name_topics, rank_keywords


def test_words_of_one_topic_come_before_words_of_all():
    #            快递 不错 房间
    counts = sparse.csr_array(np.array([[1, 1, 0], [3, 1, 0], [0, 1, 1], [0, 1, 1]], float))
    found = rank_keywords(counts, np.array([0, 0, 1, 1]), vocabulary=["快递", "不错", "房间"], n_topics=2)
    # both words are half of their topic; log(1 + 4/2) for 快递 is more than log(1 + 4/4) for 不错
    assert found == [["快递", "不错"], ["房间", "不错"]]


def test_a_topic_without_documents_has_no_keywords():
    counts = sparse.csr_array(np.array([[1.0]]))
    assert rank_keywords(counts, np.array([0]), vocabulary=["快递"], n_topics=2) == [["快递"], []]


def test_a_name_is_the_first_three_words_none_part_of_another():
    assert name_topics([["小区", "小区业主", "物业", "停车", "噪音"]]) == ["小区·物业·停车"]


def test_every_name_is_given_only_once():
    same = ["房间", "前台", "早餐", "隔音"]
    assert name_topics([same, same, same[:3], ["退款"], ["退款"]]) == [
        "房间·前台·早餐",
        "房间·前台·隔音",
        "房间·前台·2",
        "退款",
        "退款·4",
    ]
