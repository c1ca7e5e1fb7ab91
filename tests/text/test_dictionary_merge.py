import pytest

from textmine.errors import ConfigError
from textmine.text.dictionary_merge import merge_dictionary


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "dictionary.txt"
    path.write_text("# 来源\n打不通 3 v\n", "utf-8")
    return path


def accepted(tmp_path, *lines):
    path = tmp_path / "accepted.txt"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_accepted_words_come_behind_those_of_the_base(base, tmp_path):
    out = tmp_path / "out.txt"
    assert merge_dictionary(base, accepted(tmp_path, "# 2026-11-01 chen", "次日达 3 n"), out) == 1
    assert out.read_text("utf-8") == "# 来源\n打不通 3 v\n次日达 3 n\n"


def test_a_word_the_base_holds_already_is_not_added_twice(base, tmp_path):
    assert merge_dictionary(base, accepted(tmp_path, "打不通 3 v", "次日达 3 n", "次日达 3 n"), base) == 1
    assert base.read_text("utf-8").count("打不通") == base.read_text("utf-8").count("次日达") == 1


def test_no_accepted_file_adds_nothing(base, tmp_path):
    assert merge_dictionary(base, tmp_path / "none.txt", tmp_path / "out.txt") == 0
    assert (tmp_path / "out.txt").read_bytes() == base.read_bytes()


@pytest.mark.parametrize(
    ("line", "fault"), [("打不通 9 v", "conflict"), ("买一/送一 3 n", "never_matches"), ("不作为 1 v", "cut_apart")]
)
def test_a_word_that_would_not_work_is_refused_and_nothing_is_written(base, tmp_path, line, fault):
    with pytest.raises(ConfigError, match=fault):
        merge_dictionary(base, accepted(tmp_path, line), tmp_path / "out.txt")
    assert not (tmp_path / "out.txt").exists()
