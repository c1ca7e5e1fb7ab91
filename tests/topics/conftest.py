from __future__ import annotations

import numpy as np
import pytest

from textmine.topics.model import Topic, TopicModel


@pytest.fixture(scope="session")
def model() -> TopicModel:
    """Four words in a plane: 快递 and 物流 point east, 房间 north, 价格 between; centres east (0) and north (1)."""
    components = np.array([[1, 0], [2, 0], [0, 1], [0.6, 0.6]], np.float32)
    topics = (Topic(0, "快递·物流", ("快递", "物流"), 7), Topic(1, "房间", ("房间",), 3))
    words = ("快递", "物流", "房间", "价格")
    return TopicModel(words, np.ones(4, np.float32), components, components @ np.eye(2, dtype=np.float32), topics, 0.8)
