import pickle
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textmine
from textmine.errors import ConfigError, ContractError
from textmine.text import segment
from textmine.text.segment import TOKENS, Cutter, cut

CUTTER = Cutter(Path(textmine.__file__).parent / "vocabulary" / "dictionary.txt")
TEXTS = st.lists(st.text(alphabet="电话打不通好差5.2KG-，。 \n😀䶮", max_size=15), max_size=6)


def tokens(*texts, cutter=CUTTER):
    return cut(pd.DataFrame({"text": pd.Series(texts, dtype="str")}), cutter=cutter)


def test_every_token_has_its_document_offset_and_clause():
    table = tokens("电话打不通，很生气。", "好 用")
    assert table.schema == TOKENS
    assert table.to_pydict() == {
        "doc": [0, 0, 0, 0, 0, 0, 1, 1],
        "start": [0, 2, 5, 6, 7, 9, 0, 2],
        "clause": [0, 0, 0, 1, 1, 1, 0, 0],
        "token": ["电话", "打不通", "，", "很", "生气", "。", "好", "用"],
    }


def test_a_missing_or_empty_text_has_no_tokens_and_keeps_its_place():
    assert tokens(None, "", " \n ", "好").to_pydict() == {"doc": [3], "start": [0], "clause": [0], "token": ["好"]}


def test_no_documents_give_no_tokens():
    assert tokens().num_rows == 0
    assert tokens().schema == TOKENS


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_every_token_stands_where_it_says_and_only_white_space_is_left_out(texts):
    table = tokens(*texts)
    found = [[] for _ in texts]
    for doc, start, token in zip(table["doc"].to_pylist(), table["start"].to_pylist(), table["token"].to_pylist(), strict=True):
        assert texts[doc][start : start + len(token)] == token
        found[doc].append(token)
    assert ["".join(words) for words in found] == ["".join(text.split()) for text in texts]


@settings(deadline=None, max_examples=30)
@given(TEXTS, st.integers(1, 40))
def test_the_tokens_do_not_depend_on_the_batches(texts, characters):
    whole = tokens(*texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment, "_BATCH_CHARACTERS", characters)
        assert tokens(*texts).equals(whole)


def test_a_cutter_can_be_sent_to_a_worker():
    sent = pickle.loads(pickle.dumps(CUTTER))
    assert sent == CUTTER
    assert sent.digest == CUTTER.digest
    assert tokens("打不通", cutter=sent)["token"].to_pylist() == ["打不通"]


def test_a_changed_dictionary_under_the_same_path_is_opened_anew(tmp_path):
    path = tmp_path / "dictionary.txt"
    path.write_text("打不通 3 v\n", "utf-8")
    cutter = Cutter(path)
    before, digest = tokens("电话打不通", cutter=cutter)["token"].to_pylist(), cutter.digest
    path.write_text("# 空\n", "utf-8")
    assert before == ["电话", "打不通"]
    assert tokens("电话打不通", cutter=cutter)["token"].to_pylist() == ["电话", "打", "不通"]
    assert cutter.digest != digest


def test_an_unknown_engine_is_refused():
    with pytest.raises(ConfigError, match="no such engine"):
        tokens("好", cutter=Cutter(CUTTER.dictionary, engine="hanlp"))


def test_an_engine_that_loses_characters_is_found_out(monkeypatch):
    class Losing:
        def cut(self, text):
            return text.split("电")

    monkeypatch.setattr(Cutter, "open", lambda self: Losing())
    with pytest.raises(ContractError, match="do not make up"):
        tokens("电话打不通")


@pytest.mark.slow
def test_the_reference_engine_gives_the_same_tokens():
    texts = ["5.2KG的苹果6-8天才到，烂了两个。", "T恤掉色，客服不理人", "刘䶮说t.cn打不开"]
    assert tokens(*texts).equals(tokens(*texts, cutter=Cutter(CUTTER.dictionary, engine="jieba")))
