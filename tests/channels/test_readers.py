"""What every channel reader must do, run over the ``CHANNELS`` dict, so that a new channel is tested by being there."""

from __future__ import annotations

import copy
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from textmine.channels.feedback import FEEDBACK_COLUMNS, Parsed
from textmine.channels.readers import CHANNELS, read_channels
from textmine.errors import UnitError
from textmine.settings import Columns, Source
from textmine.tables import CHANNELS as CODES

PAYLOADS = {
    "survey": {"答卷编号": ["1", "2"], "时间": ["2026-11-03", "昨天"], "满意度": ["5", "9"], "内容": ["好", "坏"]},
    "hotline": {"line": ["通话编号：H1", "客户：坏了", "通话编号：H2", "时间：昨天", "坐席：喂"]},
    "email": {"from": ["a@b.cn", "c"], "subject": ["投诉", None], "date": ["2026-11-03", "昨天"], "body": ["坏了\n> 旧", "好"]},
    "chat": {
        "会话编号": ["1", "2", "1"],
        "角色": ["客户", "客服", "客服"],
        "内容": ["坏", "好", "嗯"],
        "时间": ["2026-11-03", "昨天", None],
    },
    "social": {
        "id": ["1", "2"],
        "正文": ["好", "坏"],
        "点赞数": ["3", "x"],
        "标签": [["a"], None],
        "时间": ["2026-11-03", "昨天"],
    },
    "interview": {"line": ["访谈编号：F1", "主持人：好吗", "A：好", "B：坏", "访谈编号：F2", "日期：昨天", "A：坏"]},
    "suggestion_box": {"line": ["开窗", "关窗"]},
    "crm": {"工单号": ["1", "2"], "主题": ["漏", "坏"], "描述": ["水", None], "创建时间": ["2026-11-03", "昨天"]},
}
# fmt: off
HOSTILE = [
    "\ud800", "\x00", "=1+1", "<script>", "\u202e\u200b", "客户：" * 3, "[{", '[{"role": 1}]', "NA", "", " ", None, 1e300,
    float("nan"), -1, True, b"\xff", [], [None], {}, {"a": {}}, [{"text": ["x"]}], pd.Timestamp("2026-11-03"), "9" * 400,
    "编号：1", "> ", "-- ",
]
# fmt: on

every_channel = pytest.mark.parametrize("channel", CHANNELS)


def source(channel: str, **more: object) -> Source:
    return Source(name="s", path="x", channel=channel, **more)  # type: ignore[arg-type]


def raw(data: dict[str, list[object]]) -> pd.DataFrame:
    frame = pd.DataFrame(data, dtype=object)
    return frame.assign(_row=range(1, len(frame) + 1))


def assert_sound(parsed: Parsed) -> None:
    assert dict(parsed.feedback.dtypes) == dict(FEEDBACK_COLUMNS)
    assert parsed.read == len(parsed.feedback) + sum(reject.records for reject in parsed.rejects)
    places = list(zip(parsed.feedback["row_number"], parsed.feedback["part"], strict=True))
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert all(reject.reason and reject.content for reject in parsed.rejects)


def test_there_is_a_reader_and_a_payload_for_every_channel_of_the_schema() -> None:
    assert list(CHANNELS) == list(CODES)
    assert set(PAYLOADS) == set(CHANNELS)


@every_channel
def test_a_natural_payload_is_read_whole(channel: str) -> None:
    parsed = CHANNELS[channel](raw(PAYLOADS[channel]), source=source(channel))
    assert_sound(parsed)
    assert set(parsed.feedback["channel"]) == {channel}
    assert {reject.reason for reject in parsed.rejects} <= {"bad_date"}
    assert len(parsed.feedback)


@every_channel
def test_a_plain_table_of_any_channel_is_the_customers_words(channel: str) -> None:
    parsed = CHANNELS[channel](raw({"说了什么": ["好", "坏"]}), source=source(channel, columns=Columns(text="说了什么")))
    assert_sound(parsed)
    assert parsed.feedback["text"].tolist() == ["好", "坏"]


@every_channel
def test_plain_lines_of_any_channel_are_a_record_each(channel: str) -> None:
    parsed = CHANNELS[channel](raw({"line": ["价格偏高", "颜色好看"]}), source=source(channel))
    assert parsed.feedback["text"].tolist() == ["价格偏高", "颜色好看"]


@every_channel
def test_an_empty_frame_gives_an_empty_table(channel: str) -> None:
    for frame in (pd.DataFrame({"内容": [], "_row": []}), pd.DataFrame()):
        parsed = CHANNELS[channel](frame, source=source(channel))
        assert_sound(parsed)
        assert parsed.read == 0


@every_channel
def test_the_raw_frame_is_not_changed(channel: str) -> None:
    frame = raw(PAYLOADS[channel])
    before = copy.deepcopy(frame)
    CHANNELS[channel](frame, source=source(channel))
    pd.testing.assert_frame_equal(frame, before)


@every_channel
def test_a_table_without_words_is_refused_with_a_reason(channel: str) -> None:
    with pytest.raises(UnitError) as caught:
        CHANNELS[channel](raw({"甲": ["1"]}), source=source(channel))
    assert caught.value.reason == "missing_column"


@every_channel
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_hostile_cells_are_records_or_rejects(channel: str, data: st.DataObject) -> None:
    names = [name for name in PAYLOADS[channel] if name != "line"] or ["编号", "时间", "评分", "内容", "发言人", "点赞数"]
    cells = st.sampled_from(HOSTILE)
    rows = data.draw(st.lists(st.tuples(*[cells] * len(names)), min_size=1, max_size=4))
    frame = raw({name: [row[place] for row in rows] for place, name in enumerate(names)})
    assert_sound(CHANNELS[channel](frame, source=source(channel)))


@every_channel
@settings(max_examples=15, deadline=None)
@given(
    words=st.lists(
        st.sampled_from([cell for cell in HOSTILE if isinstance(cell, str)] + ["客户：坏", "A：好", "主持人：好吗", "日期：x"]),
        min_size=1,
        max_size=6,
    )
)
def test_hostile_lines_are_records_or_rejects(channel: str, words: list[str]) -> None:
    assert_sound(CHANNELS[channel](raw({"line": list(words)}), source=source(channel)))


def mixed() -> pd.DataFrame:
    return raw(
        {
            "渠道": ["微博", "HOTLINE", "传真", None, "门店", "问卷"],
            "内容": ["一", "客户：二\n坐席：嗯", "三", "四", "五", "六"],
            "时间": ["2026-11-03"] * 5 + ["昨天"],
        }
    )


def test_a_table_of_several_channels_is_dispatched_row_by_row() -> None:
    parsed = read_channels(mixed(), source=source("survey", channel_column="渠道", channel_values={"门店": "suggestion_box"}))
    assert_sound(parsed)
    assert parsed.feedback["channel"].tolist() == ["social", "hotline", "suggestion_box"]
    assert parsed.feedback["text"].tolist() == ["一", "二", "五"]


def test_an_unknown_channel_rejects_the_row_and_no_other() -> None:
    parsed = read_channels(mixed(), source=source("survey", channel_column="渠道"))
    assert [(reject.row_number, reject.reason) for reject in parsed.rejects] == [
        (3, "unknown_channel"),
        (4, "unknown_channel"),
        (5, "unknown_channel"),
        (6, "bad_date"),
    ]
    assert "传真" not in parsed.rejects[0].detail
    assert "三" in parsed.rejects[0].content.decode()


def test_a_channel_column_that_is_missing_quarantines_the_unit() -> None:
    with pytest.raises(UnitError) as caught:
        read_channels(mixed(), source=source("survey", channel_column="渠到"))
    assert caught.value.reason == "missing_column"
    assert "渠道" in caught.value.todo


def test_without_a_channel_column_the_sources_channel_reads_the_unit() -> None:
    assert set(read_channels(mixed().head(2), source=source("crm")).feedback["channel"]) == {"crm"}


def test_columns_of_one_channel_do_not_depend_on_the_rows_of_another() -> None:
    alone = read_channels(mixed().iloc[[1]], source=source("survey", channel_column="渠道")).feedback
    among = read_channels(mixed(), source=source("survey", channel_column="渠道")).feedback
    pd.testing.assert_frame_equal(alone, among[among["channel"] == "hotline"].reset_index(drop=True))


@pytest.mark.slow
def test_a_real_message_board_export_is_read_to_the_last_row(shared: Path) -> None:
    sheet = CalamineWorkbook.from_path(str(shared / "data" / "raw" / "civic_messages.xlsx")).get_sheet_by_index(0).to_python()
    frame = raw({str(name): list(cells) for name, cells in zip(sheet[0], zip(*sheet[1:], strict=True), strict=True)})
    parsed = read_channels(frame, source=source("suggestion_box"))
    assert_sound(parsed)
    assert parsed.read == len(sheet) - 1
    assert parsed.feedback[["source_ref", "created_at", "customer", "text", "votes"]].notna().all(axis=None)
