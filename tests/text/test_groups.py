import pandas as pd

from textmine.text.groups import BandTable, join_groups, pair_within
from textmine.text.minhash import sign_texts

LONG = "客服电话一直打不通，等了半个小时也没有人接，最后自己挂断了，希望尽快改进服务"
NEARLY = LONG + "啊"  # three more shingles of 96
OTHER = "房间很干净，早餐种类丰富，前台热情周到，下次出差还会选择这里入住"


def as_set(pairs):
    return set(zip(*(side.tolist() for side in pairs), strict=True))


def test_near_texts_make_a_pair_and_others_do_not():
    pairs = pair_within(sign_texts([LONG, OTHER, NEARLY]))
    assert {frozenset(pair) for pair in as_set(pairs)} == {frozenset({0, 2})}


def test_short_texts_make_no_pair():
    assert as_set(pair_within(sign_texts(["很好", "很好", ""]))) == set()


def test_texts_pair_with_those_of_an_earlier_night():
    table = BandTable(sign_texts([OTHER, LONG]))
    assert as_set(table.pair(sign_texts(["很好", NEARLY, LONG]))) == {(1, 1), (1, 2)}


def test_an_empty_side_gives_no_pairs():
    nothing, some = sign_texts([]), sign_texts([LONG])
    assert as_set(BandTable(nothing).pair(some)) == as_set(BandTable(some).pair(nothing)) == as_set(pair_within(nothing)) == set()


def test_a_chain_of_pairs_is_one_group():
    numbers = join_groups((pd.array([0, 2]).to_numpy(), pd.array([2, 3]).to_numpy()), 5).tolist()
    assert numbers[0] == numbers[2] == numbers[3]
    assert len(set(numbers)) == 3


def test_no_nodes_make_no_groups():
    assert len(join_groups(pair_within(sign_texts([])), 0)) == 0


def test_a_band_that_thousands_share_costs_no_square():
    flood = [f"{LONG}第{number}次" for number in range(3000)]
    left, right = pair_within(sign_texts(flood))
    assert len(left) < 3000 * 12 * 16
    assert len(set(join_groups((left, right), 3000).tolist())) == 1
