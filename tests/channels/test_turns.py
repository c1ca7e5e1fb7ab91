from __future__ import annotations

import numpy as np
import pandas as pd

from textmine.channels.turns import message_turns, part_dialogues, speaker_side

MESSAGES = [
    {"role": "bot", "text": "请稍候", "time": "2026-11-03 09:00"},
    {"role": "customer", "text": "坏了", "time": "2026-11-03 09:01"},
    {"from": "agent", "content": "抱歉", "created_at": "2026-11-03 09:02"},
]


def test_text_lists_and_json_are_parted_alike() -> None:
    cells = pd.Series(
        [MESSAGES, np.array(MESSAGES, dtype=object), '[{"role": "客户", "text": "坏了"}]', "客户：坏了", "坏了", None],
        dtype=object,
    )
    parted = part_dialogues(cells)
    assert parted["text"].tolist()[:5] == ["坏了"] * 5
    assert parted["had_turns"].tolist() == [True, True, True, True, False, False]
    assert parted["staff_text"].tolist()[:2] == ["请稍候\n抱歉"] * 2
    assert parted["text"].isna().tolist()[5]


def test_the_first_response_is_of_a_person_not_of_a_machine() -> None:
    parted = part_dialogues(pd.Series([MESSAGES], dtype=object))
    assert parted.loc[0, "first_time"] == "2026-11-03 09:00"
    assert parted.loc[0, "first_staff_time"] == "2026-11-03 09:02"


def test_only_staff_speaks_so_the_customer_has_no_text() -> None:
    parted = part_dialogues(pd.Series(["坐席：喂，您好？"]))
    assert pd.isna(parted.loc[0, "text"])
    assert parted.loc[0, "had_turns"]


def test_a_speaker_called_by_name_is_known_by_the_columns_of_the_session() -> None:
    assert speaker_side("小王", customer="张三", agent="小王") == "staff"
    assert speaker_side("张三", customer="张三", agent="小王") == "customer"
    assert speaker_side("某人", customer="张三", agent="小王") == "customer"
    assert speaker_side(None) == "customer"


def test_messages_that_are_no_strings_survive() -> None:
    odd = [
        {"role": {"type": "agent", "id": 7}, "text": 12},
        {"role": 3, "text": None},
        "客户：坏\ud800",
        5,
        None,
        {},
        {"text": ["a"]},
    ]
    turns = message_turns(odd)
    assert [turn.words for turn in turns if turn.side == "staff"] == ["12"]
    assert part_dialogues(pd.Series([odd], dtype=object))["text"].tolist() == ['坏\ufffd\n5\n["a"]']


def test_a_text_that_only_looks_like_a_list_stays_as_it_is() -> None:
    assert part_dialogues(pd.Series(["[{坏了"]))["text"].tolist() == ["[{坏了"]


def test_the_cells_are_not_changed() -> None:
    cells = pd.Series([MESSAGES, "坏了"], dtype=object)
    part_dialogues(cells)
    assert cells[0] is MESSAGES
    assert cells[1] == "坏了"
