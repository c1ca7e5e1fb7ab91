from __future__ import annotations

import time

import pandas as pd
import pytest

from textmine.channels.speakers import HAS_TURNS, side_of, split_turns, turn_of_line, words_of
from textmine.channels.values import found_in


def sides(text: str) -> list[tuple[str, str]]:
    return [(turn.side, turn.words) for turn in split_turns(text)]


def test_turns_are_parted_and_a_line_without_a_mark_goes_on() -> None:
    text = "坐席：您好\n客户：洗衣机漏水\n修了三次\n坐席(1024):马上安排"
    assert sides(text) == [("staff", "您好"), ("customer", "洗衣机漏水\n修了三次"), ("staff", "马上安排")]


@pytest.mark.parametrize(
    "mark",
    [
        "客户：",
        "用户:",
        "顾客 ：",
        "来电人：",
        "客户A：",
        "客户王女士：",
        "[00:12] 客户：",
        "14:05:03 客户：",
        "【客户】",
        "【客户】：",
        "Customer:",
    ],
)
def test_the_customer_is_known_by_many_marks(mark: str) -> None:
    assert sides(f"{mark}坏了") == [("customer", "坏了")]


@pytest.mark.parametrize(
    "mark",
    [
        "坐席：",
        "客服：",
        "座席:",
        "工号1024：",
        "坐席 1024：",
        "客服小王：",
        "主持人：",
        "访员：",
        "店员：",
        "客户经理：",
        "Agent:",
    ],
)
def test_staff_is_known_by_many_marks(mark: str) -> None:
    assert sides(f"{mark}您好") == [("staff", "您好")]


def test_a_machine_is_neither_customer_nor_staff() -> None:
    assert sides("机器人：请按1\n客户：人工") == [("machine", "请按1"), ("customer", "人工")]


def test_a_dialogue_in_one_line_is_cut_after_blanks_and_sentence_ends() -> None:
    assert sides("客户：坏了。坐席：好的 客户：谢谢") == [("customer", "坏了。"), ("staff", "好的"), ("customer", "谢谢")]


@pytest.mark.parametrize(
    "text", ["客服说：没办法", "我打给客服，客服：没办法", "客户反映：快递没到", "用户体验：很差", "", "你好"]
)
def test_words_that_only_mention_a_speaker_are_no_dialogue(text: str) -> None:
    assert split_turns(text) == []
    assert not found_in(pd.Series([text]), HAS_TURNS).any()


def test_words_before_the_first_mark_are_the_customers_but_a_header_is_not() -> None:
    assert sides("录音时长：3分钟\n快递没到\n坐席：您好") == [("customer", "快递没到"), ("staff", "您好")]


def test_words_of_sides_are_joined_by_lines_and_none_where_nothing_was_said() -> None:
    turns = split_turns("坐席：您好\n客户：一\n坐席：嗯\n客户：二")
    assert words_of(turns, "customer") == "一\n二"
    assert words_of(turns, "machine") is None


@pytest.mark.parametrize(
    ("role", "side"),
    [("user", "customer"), ("客服小王", "staff"), ("BOT", "machine"), ("受访者A（女）", "customer"), ("小王", "")],
)
def test_roles_of_exports_are_known(role: str, side: str) -> None:
    assert side_of(role) == side


@pytest.mark.parametrize(
    ("line", "side"),
    [
        ("A：好", "customer"),
        ("王女士：好", "customer"),
        ("问：好吗", "staff"),
        ("答：好", "customer"),
        ("受访者B（男，40岁）：好", "customer"),
    ],
)
def test_lines_of_interviews_begin_turns_in_more_ways(line: str, side: str) -> None:
    turn = turn_of_line(line)
    assert turn is not None
    assert turn.side == side


@pytest.mark.parametrize("line", ["比如：价格", "我觉得：还行", "好的", ""])
def test_other_lines_of_interviews_go_on(line: str) -> None:
    assert turn_of_line(line) is None


@pytest.mark.parametrize(
    "hostile", ["客户" * 50_000, "坐席" + "（" * 100_000, "客户：" * 30_000, "1" * 100_000, " " * 100_000 + "客", "12:3" * 25_000]
)
def test_hostile_texts_are_cut_in_linear_time(hostile: str) -> None:
    begin = time.perf_counter()
    split_turns(hostile)
    assert time.perf_counter() - begin < 1.0
