import pickle
import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import textmine
from textmine.errors import ConfigError
from textmine.text.dictionary import Entry, parse_dictionary
from textmine.text.engines import ENGINES, JiebaEngine, RjiebaEngine, open_engine

SHIPPED = (Path(textmine.__file__).parent / "vocabulary" / "dictionary.txt").read_bytes()
CORPUS = (Path(__file__).parent / "cutting_corpus.txt").read_text("utf-8").rstrip("\n").split("\n")
TRICKY = "好差的买退款一个人中国5 2.3-_+#&%aKGT恤C超QX光α，。!é😀あ䶮𠮷龥鿕鿖豈\n\t店4S~、"
MASKS = ["PHONE", "IDCARD", "CARD", "EMAIL", "PLATE", "PASSPORT", "WECHAT", "QQ", "NAME", "ADDRESS", "CREDITCODE", "NUM", "URL"]
REPEATED = re.compile(r"([\u4E00-\u9FD5])\1{3}")


@cache
def engines():
    """rjieba, which a night uses, and jieba, the reference, both with the shipped dictionary."""
    return open_engine("rjieba", SHIPPED), open_engine("jieba", SHIPPED)


def kind_of_difference(text):
    """Why two engines might cut a text differently."""
    if REPEATED.search(text):
        return "one character four times or more: cuts equally likely, rounding decides"
    return "a run of signs, letters, digits" if re.search(r"[._\-]", text) else "other"


def differences(texts):
    fast, reference = engines()
    differing = [text for text in texts if fast.cut(text) != reference.cut(text)]
    return pd.Series([kind_of_difference(text) for text in differing], dtype="str").value_counts().to_dict()


@pytest.mark.slow
def test_both_engines_cut_every_line_of_the_written_corpus_alike():
    assert differences(CORPUS) == {}


@pytest.mark.slow
def test_rjieba_without_our_rule_would_not_cut_the_corpus_alike():
    import rjieba

    plain = JiebaEngine(())
    assert sum(rjieba.cut(text) != plain.cut(text) for text in CORPUS) >= 30


@pytest.mark.slow
def test_the_reference_cuts_as_jieba_with_the_dictionary_loaded_by_jieba_itself(tmp_path):
    import jieba

    path = tmp_path / "words.txt"
    path.write_text("".join(line + "\n" for line in SHIPPED.decode().split("\n") if line and not line.startswith("#")), "utf-8")
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path)
    tokenizer.load_userdict(str(path))
    reference = engines()[1]
    differing = [text for text in CORPUS if tokenizer.lcut(text) != reference.cut(text)]
    assert [text for text in differing if not REPEATED.search(text)] == []  # there rounding decides, and totals differ by a hair


@pytest.mark.slow
def test_both_engines_cut_at_least_999_of_1000_real_reviews_alike(shared):
    reviews = pd.read_parquet(shared / "data" / "reviews.parquet")["text"].tolist()
    found = differences(reviews)
    assert sum(found.values()) <= len(reviews) // 1000, found
    assert set(found) <= {"one character four times or more: cuts equally likely, rounding decides"}, found


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=TRICKY, max_size=12))
def test_both_engines_cut_mixed_signs_letters_and_rare_characters_alike(text):
    fast, reference = engines()
    assert fast.cut(text) == reference.cut(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_the_words_put_together_are_the_text(text):
    assert "".join(open_engine("rjieba", SHIPPED).cut(text)) == text


@pytest.mark.parametrize(("text", "words"), [
    ("5.2KG", ["5.2", "KG"]), ("6-8天", ["6", "-", "8", "天"]), ("看t.cn吧", ["看", "t", ".", "cn", "吧"]),
    ("a_b", ["a", "_", "b"]), ("1.2.3", ["1.2", ".", "3"]), ("99.9%", ["99.9%"]), ("C++-C#", ["C++", "-", "C#"]),
    ("5.2T恤", ["5.2", "T恤"]), ("㐀㐁", ["㐀", "㐁"]), ("𠮷野", ["𠮷", "野"]),
])  # fmt: skip
def test_runs_that_rjieba_joins_are_cut_by_jiebas_rule(text, words):
    assert RjiebaEngine(()).cut(text) == words


@pytest.mark.parametrize("mask", MASKS)
def test_a_mask_stays_one_word(mask):
    assert open_engine("rjieba", SHIPPED).cut(f"请联系{mask}，谢谢") == ["请", "联系", mask, "，", "谢谢"]


def test_a_word_of_the_dictionary_is_cut_whole():
    assert RjiebaEngine(()).cut("电话打不通") == ["电话", "打", "不通"]
    assert open_engine("rjieba", SHIPPED).cut("电话打不通") == ["电话", "打不通"]


@pytest.mark.slow
def test_words_of_one_engine_do_not_reach_another_one():
    RjiebaEngine([Entry("打不通", 3, "v")])
    JiebaEngine([Entry("打不通", 3, "v")])
    assert RjiebaEngine(()).cut("打不通") == JiebaEngine(()).cut("打不通") == ["打", "不通"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_an_entry_that_can_never_match_changes_nothing(engine):
    odd = [Entry("e-mail", 999, "n"), Entry("t.cn", 999, "n"), Entry("买 一", 999, "n")]
    assert ENGINES[engine](odd).cut("e-mail见t.cn，买 一") == ENGINES[engine](()).cut("e-mail见t.cn，买 一")


@pytest.mark.slow
def test_a_known_word_given_again_is_counted_once_in_both_engines():
    entries = [Entry("服务员", 50_000_000, "n"), Entry("服务员", 40_000_000, "n")]
    fast, reference = RjiebaEngine(entries), JiebaEngine(entries)
    assert reference._tokenizer.total == 60_101_967 - JiebaEngine(())._tokenizer.FREQ["服务员"] + 40_000_000
    assert [text for text in CORPUS[:60] if fast.cut(text) != reference.cut(text)] == []


def test_the_engine_is_opened_once_for_the_same_dictionary_bytes():
    assert open_engine("rjieba", SHIPPED) is open_engine("rjieba", SHIPPED)
    assert open_engine("rjieba", SHIPPED) is not open_engine("rjieba", b"")


def test_an_unknown_engine_is_refused_with_the_nearest_name():
    with pytest.raises(ConfigError, match="did you mean 'jieba'"):
        open_engine("jeiba", b"")


def test_rjieba_cannot_be_pickled_so_workers_open_their_own():
    with pytest.raises(TypeError):
        pickle.dumps(RjiebaEngine(()))


@pytest.mark.slow
def test_jieba_reads_and_writes_no_cache_and_leaves_its_global_tokenizer_alone(tmp_path):
    (tmp_path / "jieba.cache").write_bytes(b"not marshal")
    code = (
        "from textmine.text.engines import JiebaEngine; from textmine.text.dictionary import Entry\n"
        "words = JiebaEngine([Entry('打不通', 3, 'v')]).cut('打不通'); import jieba\n"
        "assert words == ['打不通'] and not jieba.dt.initialized"
    )
    environment = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(textmine.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    assert (tmp_path / "jieba.cache").read_bytes() == b"not marshal"


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["退款，", "好", "a-", "1.", "䶮", "5.2KG的"])
def test_a_million_characters_take_at_most_linear_time(unit):
    fast = open_engine("rjieba", SHIPPED)

    def seconds(characters):
        text = unit * (characters // len(unit))
        start = time.process_time()
        fast.cut(text)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(1_000_000) <= 2.5 * seconds(500_000) + 0.3


def test_the_shipped_dictionary_is_read_without_fault():
    assert parse_dictionary(SHIPPED)[0].word
