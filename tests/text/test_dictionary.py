import pytest

from textmine.errors import ConfigError
from textmine.text.dictionary import Entry, parse_dictionary, read_dictionary


def test_an_entry_is_word_frequency_and_tag_with_its_line():
    content = "# 来源\n打不通 3 v\n\n扣费 12 n\n".encode()
    assert parse_dictionary(content) == (Entry("打不通", 3, "v", 2), Entry("扣费", 12, "n", 4))


@pytest.mark.parametrize("line", ["打不通", "打不通 3", "打不通 v", "打不通 0 v", "打不通 -3 v", "打不通 3.5 v", "打不通  3 v x"])
def test_a_line_that_is_not_word_frequency_tag_is_refused_with_its_number(line):
    with pytest.raises(ConfigError, match="line 2"):
        parse_dictionary(f"扣费 3 n\n{line}\n".encode())


def test_bytes_that_are_not_utf8_are_refused():
    with pytest.raises(ConfigError, match="UTF-8"):
        parse_dictionary("打不通 3 v".encode("gb18030"))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="no dictionary file"):
        read_dictionary(tmp_path / "dictionary.txt")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "dictionary.txt"
    path.write_bytes("\ufeff打不通 3 v\r\n".encode())
    assert read_dictionary(path) == (Entry("打不通", 3, "v", 1),)


@pytest.mark.parametrize("word", ["买/送", "买 送", "买+送", "e-mail", "v1.2", "差", "䶮䶮", "😀😀"])
def test_words_with_signs_blanks_rare_characters_or_one_character_can_never_match(word):
    assert not Entry(word, 3, "n").matchable


@pytest.mark.parametrize("word", ["打不通", "4S店", "双11"])
def test_words_of_chinese_letters_and_digits_can_match(word):
    assert Entry(word, 3, "n").matchable
