"""Label files as workbooks."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.labelfiles.made import tasks
from textmine.errors import ConfigError
from textmine.labelfiles.excel import read_excel, write_excel
from textmine.store.shipped import SHIPPED_VOCABULARY
from textmine.taxonomy import read_taxonomy

# U+FFFE and U+FFFF are no characters of XML; a published text has none, nor lone surrogates
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=80)


@pytest.fixture(scope="module")
def taxonomy():
    return read_taxonomy(SHIPPED_VOCABULARY / "taxonomy.toml")


def written(frame, taxonomy) -> bytes:
    file = io.BytesIO()
    write_excel(frame, file, taxonomy=taxonomy)
    return file.getvalue()


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.one_of(ANY, st.sampled_from(["=1+1", "_x0041_", "a\r\nb", "0012", "1e5", "http://a.b"])), min_size=1))
def test_what_was_written_is_read_back_exactly(taxonomy, texts):
    assert read_excel(written(tasks(*texts), taxonomy), where="t.xlsx")["text"].tolist() == texts


def test_nothing_in_the_sheet_is_a_formula_and_every_cell_is_text(taxonomy):
    sheet = parts(written(tasks("=1+1", "12345678901234567890"), taxonomy))["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<v>1234" not in sheet


def test_empty_columns_offer_the_codes_with_their_chinese_names(taxonomy):
    found = parts(written(tasks("好"), taxonomy))
    assert found["xl/worksheets/sheet1.xml"].count("<dataValidation ") == 5
    assert "$A$1:$A$3" in found["xl/worksheets/sheet1.xml"]
    assert "after_sales 售后" in found["xl/worksheets/sheet3.xml"]
    assert 'name="选项" sheetId="3" state="hidden"' in found["xl/workbook.xml"]


def test_the_header_is_frozen_and_a_sheet_tells_in_chinese_what_to_do(taxonomy):
    found = parts(written(tasks("好"), taxonomy))
    assert 'state="frozen"' in found["xl/worksheets/sheet1.xml"]
    assert "怎么填" in found["xl/worksheets/sheet2.xml"]
    assert "after_sales 售后：" in found["xl/worksheets/sheet2.xml"]


def test_columns_are_known_by_their_code_whatever_stands_before_it(taxonomy):
    table = read_excel(written(tasks("好"), taxonomy), where="t.xlsx")
    assert list(table.columns[:3]) == ["feedback_id", "night", "channel"]
    assert table["corrected_intent"].tolist() == [""]


def test_what_is_no_workbook_is_refused():
    with pytest.raises(ConfigError, match="no workbook"):
        read_excel(b"feedback_id,sentiment", where="t.xlsx")
