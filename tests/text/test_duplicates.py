import datetime as dt
import hashlib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import ContractError
from textmine.text.duplicates import INDEX_COLUMNS, floods, group, signatures

LONG = "客服电话一直打不通，等了半个小时也没有人接，最后自己挂断了，希望尽快改进服务"
NEARLY = LONG + "啊"  # three more shingles of 96
OTHER = "房间很干净，早餐种类丰富，前台热情周到，下次出差还会选择这里入住"
NIGHT = dt.date(2026, 10, 9)
TEXTS = st.lists(st.sampled_from([LONG, NEARLY, OTHER, "很好", "很好！", "", "。。。", LONG + "谢谢"]), max_size=8)


def signed(texts, ids=None):
    ids = ids or [f"f{number}" for number in range(len(texts))]
    documents = pd.DataFrame({"feedback_id": pd.Series(ids, dtype="str"), "text": pd.Series(texts, dtype="str")})
    digests = documents["text"].map(lambda text: hashlib.sha256(text.encode()).hexdigest()).astype("str")
    return signatures(documents, text_digests=digests)


def hours(*numbers):
    return pd.Series(pd.to_datetime([f"2026-10-09T{number:02}:00:00Z" for number in numbers]).as_unit("us"))


def grouped(texts, *, received=None, night=NIGHT, previous=(), ids=None):
    received = hours(*(received or range(len(texts))))
    return group(signed(texts, ids), night=night, received_at=received, previous=previous)


def ids_of(groups):
    return [None if pd.isna(name) else name for name in groups]


def test_equal_and_nearly_equal_texts_are_one_group_named_after_the_first_received():
    groups, _ = grouped([LONG, OTHER, NEARLY, LONG], received=[3, 0, 1, 2])
    assert ids_of(groups) == ["f2", None, "f2", "f2"]


def test_of_texts_received_at_once_the_smaller_feedback_id_is_the_first():
    groups, _ = grouped([LONG, NEARLY], received=[5, 5], ids=["b", "a"])
    assert ids_of(groups) == ["a", "a"]


def test_short_texts_group_only_when_exactly_equal():
    groups, _ = grouped(["很好", "很好啊", "很好"])
    assert ids_of(groups) == ["f0", None, "f0"]


def test_texts_without_a_character_never_group():
    groups, index = grouped(["", "", "。。。", "。。。"])
    assert ids_of(groups) == [None] * 4
    assert len(index) == 0


def test_the_index_holds_each_distinct_text_once_with_the_first_of_its_group():
    _, index = grouped([LONG, OTHER, NEARLY, LONG], received=[3, 0, 1, 2])
    assert list(index) == list(INDEX_COLUMNS)
    rows = index[["feedback_id", "group", "group_night"]].to_numpy().tolist()
    assert rows == [["f1", "f1", pd.Timestamp(NIGHT)], ["f2", "f2", pd.Timestamp(NIGHT)], ["f3", "f2", pd.Timestamp(NIGHT)]]


def test_a_text_seen_in_an_earlier_night_gets_the_group_of_then():
    _, first = grouped([LONG, OTHER], ids=["a", "b"], night=dt.date(2026, 10, 1))
    previous = [(dt.date(2026, 10, 1), first)]
    groups, second = grouped([NEARLY, "与此无关的一句话"], ids=["c", "d"], night=dt.date(2026, 10, 2), previous=previous)
    assert ids_of(groups) == ["a", None]
    again, _ = grouped([LONG], ids=["e"], night=dt.date(2026, 10, 30), previous=[(dt.date(2026, 10, 2), second)])
    assert ids_of(again) == ["a"]


def test_a_short_text_of_an_earlier_night_groups_when_equal():
    _, first = grouped(["很好"], ids=["a"], night=dt.date(2026, 10, 1))
    groups, _ = grouped(["很好", "很好啊"], ids=["b", "c"], night=dt.date(2026, 10, 2), previous=[(dt.date(2026, 10, 1), first)])
    assert ids_of(groups) == ["a", None]


def test_two_earlier_groups_that_a_text_joins_go_on_under_the_older_name():
    between, longer = LONG + "谢谢你们各位", LONG + "谢谢你们各位辛苦了再见"  # 93, 111 and 126 shingles: .84, .88, but .74
    _, first = grouped([LONG], ids=["a"], night=dt.date(2026, 10, 1))
    _, second = grouped([longer], ids=["b"], night=dt.date(2026, 10, 2))
    nights = [(dt.date(2026, 10, 2), second), (dt.date(2026, 10, 1), first)]
    assert ids_of(grouped([longer], ids=["c"], previous=nights)[0]) == ["b"]
    assert ids_of(grouped([longer, between], ids=["c", "d"], previous=nights)[0]) == ["a", "a"]


@pytest.mark.parametrize(("days_before", "read"), [(1, True), (30, True), (31, False), (0, False), (-1, False)])
def test_only_the_thirty_nights_before_are_read(days_before, read):
    night = NIGHT - dt.timedelta(days=days_before)
    _, earlier = grouped([LONG], ids=["a"], night=night)
    groups, _ = grouped([LONG], ids=["b"], previous=[(night, earlier)])
    assert ids_of(groups) == (["a"] if read else [None])


@pytest.mark.slow
@settings(deadline=None, max_examples=50)
@given(TEXTS, st.randoms())
def test_groups_and_index_do_not_depend_on_the_order_of_rows_or_chunks(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    frame, received = signed(texts), hours(*range(len(texts)))
    groups, index = group(frame, night=NIGHT, received_at=received)
    cut = len(texts) // 2
    ids = [f"f{number}" for number in range(len(texts))]
    chunks = pd.concat([signed(texts[:cut], ids[:cut]), signed(texts[cut:], ids[cut:])], ignore_index=True)
    shuffled, same = group(chunks.iloc[order], night=NIGHT, received_at=received.iloc[order])
    pd.testing.assert_series_equal(shuffled.sort_index(), groups)
    pd.testing.assert_frame_equal(same, index)


def test_groups_keep_the_index_of_the_rows():
    frame = signed([LONG, LONG]).set_axis([7, 3])
    groups, _ = group(frame, night=NIGHT, received_at=hours(0, 1))
    assert groups.to_dict() == {7: "f0", 3: "f0"}


def test_no_rows_give_no_groups_and_an_empty_index():
    groups, index = grouped([])
    assert (len(groups), str(groups.dtype), list(index)) == (0, "str", list(INDEX_COLUMNS))


def test_another_number_of_times_than_rows_is_refused():
    with pytest.raises(ContractError, match="received_at"):
        group(signed([LONG]), night=NIGHT, received_at=hours(0, 1))


def test_an_index_that_lacks_columns_is_refused():
    with pytest.raises(ContractError, match="lacks columns"):
        grouped([LONG], previous=[(dt.date(2026, 10, 1), pd.DataFrame({"feedback_id": ["a"]}))])


def test_the_index_survives_parquet(tmp_path):
    _, index = grouped([LONG], ids=["a"], night=dt.date(2026, 10, 1))
    index.to_parquet(tmp_path / "index.parquet")
    groups, _ = grouped([LONG], ids=["b"], previous=[(dt.date(2026, 10, 1), pd.read_parquet(tmp_path / "index.parquet"))])
    assert ids_of(groups) == ["a"]


@pytest.mark.slow
def test_nearly_all_near_duplicates_are_found_in_a_large_night():
    random = np.random.default_rng(5)
    letters = [chr(0x4E00 + number) for number in range(80)]
    texts = ["".join(row) for row in random.choice(letters, (5000, 60))]
    changed = [text[:30] + "换" + text[31:] for text in texts[:1000]]  # 12 of 171 shingles: Jaccard 159 / 183 = .87
    groups, _ = grouped(texts + changed, received=[0] * 6000, ids=[f"f{number:05}" for number in range(6000)])
    assert (groups.iloc[5000:].to_numpy() == [f"f{number:05}" for number in range(1000)]).mean() > 0.85
    assert groups.iloc[1000:5000].notna().sum() == 0


def test_twenty_times_one_text_or_one_customer_is_a_flood():
    frame = pd.DataFrame({
        "text_digest": ["t"] * 20 + [f"d{number}" for number in range(40)] + [None] * 30,
        "near_duplicate_group": pd.Series([None] * 40 + ["g"] * 20 + [None] * 30, dtype="str"),
        "customer_key": [None] * 20 + ["c"] * 19 + ["e"] + [None] * 50,
    })  # fmt: skip
    assert floods(frame).tolist() == [True] * 20 + [False] * 20 + [True] * 20 + [False] * 30


def test_nineteen_are_no_flood_and_nothing_missing_counts_together():
    columns = {"text_digest": ["t"] * 19, "near_duplicate_group": [None] * 19, "customer_key": ["c"] * 19}
    frame = pd.DataFrame(columns, index=range(5, 24))
    assert not floods(frame).any()
    assert floods(frame).index.tolist() == list(range(5, 24))
