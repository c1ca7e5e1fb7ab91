"""Word documents: what is read, what is left out, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels import docx
from textmine.channels.docx import read_docx
from textmine.channels.formats import read_unit
from textmine.channels.readers import read_batches
from textmine.errors import UnitError
from textmine.settings import Source

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(body: str, *, before: str = "", space: str = SPACE) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"{before}<w:document {space}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/comments.xml", f"<w:comments {SPACE}>{p('批注')}</w:comments>")
    return out.getvalue()


def p(*runs: str) -> str:
    return "<w:p>" + "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def lines(body: str, **options: str) -> list[str]:
    frame = next(read_docx(document(body, **options), name="d.docx")).frame
    assert frame["_row"].tolist() == list(range(1, len(frame) + 1))
    return frame["line"].tolist()


def reason_of(data: bytes) -> str:
    with pytest.raises(UnitError) as caught:
        next(read_docx(data, name="d.docx"))
    return caught.value.reason


def feedback(body: str, channel: str) -> pd.DataFrame:
    batches = list(read_unit(document(body), name="d.docx", zone="Asia/Shanghai"))
    return read_batches(batches, source=Source(name="s", path="x", channel=channel)).feedback  # type: ignore[arg-type]


def test_paragraphs_and_line_breaks_are_lines_and_blank_ones_none() -> None:
    assert lines(p("很好", "用") + p("") + p("第一", "<w:r><w:br/></w:r>", "第二")) == ["很好用", "第一", "第二"]


def test_words_deleted_or_moved_away_are_left_out_and_words_inserted_stay() -> None:
    deleted = "<w:del><w:r><w:delText>很差</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>别处</w:t></w:r></w:moveFrom>"
    assert lines(p("这个", deleted, "<w:ins><w:r><w:t>还行</w:t></w:r></w:ins>")) == ["这个还行"]


def test_hidden_text_field_codes_and_comments_are_no_words() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    assert lines(p("看得见", hidden)) == ["看得见"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    choice, fallback = (
        f"<mc:Choice><w:txbxContent>{p('框内')}</w:txbxContent></mc:Choice>",
        f"<mc:Fallback>{p('框内')}</mc:Fallback>",
    )
    box = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    space = SPACE + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    assert lines(p("正文", box), space=space) == ["正文", "框内"]


def test_the_strict_form_of_the_format_is_read_too() -> None:
    assert lines(p("好"), space='xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"') == ["好"]


def test_an_interview_is_read_by_its_header_table_and_its_speakers() -> None:
    head = table(("访谈编号", "F1"), ("访谈主题", "水壶"), ("日期", "2026年11月3日"))
    found = feedback(
        head + p("主持人：好用吗？") + p("受访者A（女，32岁）：声音大，") + p("也难洗。") + p("受访者B：还行。"), "interview"
    )
    assert found["text"].tolist() == ["声音大，\n也难洗。", "还行。"]
    assert found["question"].tolist() == ["好用吗？"] * 2
    assert found["customer"].tolist() == ["F1:受访者A", "F1:受访者B"]


def test_a_table_of_turns_among_paragraphs_is_a_transcript() -> None:
    found = feedback(p("访谈编号：F1") + table(("主持人", "好用吗？"), ("受访者A", "不好用。")), "interview")
    assert found["text"].tolist() == ["不好用。"]


def test_a_document_of_one_table_is_that_table() -> None:
    found = feedback(
        p("意见汇总") + table(("编号", "时间", "建议内容"), ("7", "2026-11-03", "开窗"), ("8", "2026-11-04", "")),
        "suggestion_box",
    )
    assert found["source_ref"].tolist() == ["7", "8"]
    assert found["text"].isna().tolist() == [False, True]


def test_each_paragraph_of_a_suggestion_box_is_a_record() -> None:
    assert feedback(p("开窗") + p("关窗"), "suggestion_box")["text"].tolist() == ["开窗", "关窗"]


def test_merged_cells_are_not_read_twice() -> None:
    first = f"<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc>"
    second = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('甲')}</w:tc><w:tc>{p('丙')}</w:tc>"
    assert lines(f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>") == ["甲\t乙", "丙"]


LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("before", [LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">', "<!DOCTYPE x>"])
def test_entities_and_document_types_are_refused(before: str) -> None:
    assert reason_of(document(p("好"), before=before)) == "hostile_document"


def test_a_cut_or_damaged_document_gives_no_row() -> None:
    whole = document(p("好" * 500))
    assert reason_of(whole[:-9]) == "truncated"
    assert reason_of(document(p("好") + "<w:p>")) == "truncated"
    assert reason_of(document("").replace(b"word/document.xml", b"word/documenu.xml")) == "truncated"


def test_a_document_that_unpacks_to_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = document(p("好") + " " * (20 << 20))
    assert reason_of(bomb) == "archive_bomb"
    monkeypatch.setattr(docx, "MAX_BODY", 100)
    assert reason_of(document(p("好"))) == "archive_bomb"


def test_a_document_without_words_is_empty() -> None:
    assert reason_of(document(p("") + "<w:p/>")) == "empty_file"


def test_markup_twenty_thousand_levels_deep_is_read() -> None:
    assert lines("<w:sdt>" * 20_000 + p("深") + "</w:sdt>" * 20_000) == ["深"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 600), st.binary(max_size=6), st.sampled_from(["auto", "docx"]))
def test_any_bytes_are_lines_or_an_error_with_a_reason(place: int, noise: bytes, format: str) -> None:
    data = document(p("好") + table(("一", "二")))
    try:
        for batch in read_unit(data[:place] + noise + data[place + len(noise) :], name="d.docx", format=format):
            assert batch.read == len(batch.frame)
    except UnitError as error:
        assert error.reason
