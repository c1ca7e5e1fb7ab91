"""What bare numbers say."""

import numpy as np
import pyarrow as pa
import pytest

from textmine.sentiment.quantities import number_of, quantity_verdicts


@pytest.mark.parametrize(
    ("written", "value"), [("3.5", 3.5), ("三", 3), ("十二", 12), ("两百", 200), ("半", 0.5), ("三百五", 305)]
)
def test_numbers_are_read_in_digits_and_in_chinese(written: str, value: float) -> None:
    assert number_of(written) == value


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("等了2小时才上菜", -1),
        ("5分钟就送到了", 1),
        ("用了三年没坏", 1),
        ("用了三天就坏", -1),
        ("为这事跑了4趟", -1),
        ("月租从59变成39", 1),
        ("月租从39变成59", -1),
        ("标5斤，到手3斤", -1),
        ("10个里坏了7个", -1),
        ("满分10分，我给9分", 1),
        ("2000块的品质，只收200块", 1),
        ("2公里送了2小时", -1),
        ("30天了还没退", -1),
        ("办的200兆，测速只有20兆", -1),
        ("办的200兆，测速有210兆", 1),
        ("充值100到账120", 1),
        ("充值100到账80", -1),
        ("写明500克，称了一下380", -1),
        ("评分4.9", 1),
        ("评分1.5", -1),
        ("准点率九成九", 1),
        ("准点率只有六成", -1),
        ("10个里烂了0个", 1),
        ("30个鸡蛋一个没碎", 1),
        ("前面还有40桌", -1),
        ("第三次来修了", -1),
        ("第三次来买了", 1),
        ("续航30小时", 1),
        ("满电撑40分钟", -1),
        ("充电10分钟，通话6小时", 1),
        ("全程只花了50块", 1),
        ("客服说要等一周，第二天就到", 1),
        ("客服说10分钟，我等了1小时", -1),
        ("骑手说还有10分钟，路上", 0),
        ("买了三天就降了200", -1),
        ("要是再甜一点就完美了", 0),
        ("房间在8楼", 0),
        ("", 0),
    ],
)
def test_a_text_of_numbers_alone_has_an_attitude(text: str, sign: int) -> None:
    assert np.sign(quantity_verdicts(pa.array([text], pa.large_string())))[0] == sign
