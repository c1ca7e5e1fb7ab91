"""Topics of the examples' texts, held-out and gold ones left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from textmine.errors import ConfigError
from textmine.learn.prepared import Prepared
from textmine.learn.topics import fit_topics, read_stop_words
from textmine.topics.model import TopicModel


@dataclass(frozen=True)
class LearnedTopics:
    """The topics and how many texts they are of."""

    model: TopicModel
    n_texts: int

    @property
    def card(self) -> Mapping[str, Any]:
        """Number of topics and texts."""
        return {"topics": len(self.model.topics), "texts": self.n_texts, "words": len(self.model.vocabulary)}

    def save(self, folder: Path) -> None:
        """Write topics.json and topics.npz."""
        self.model.save(folder)


def train_topics(prepared: Prepared, *, n_topics: int = 60) -> LearnedTopics:
    """Topics of the distinct texts that are neither gold nor held out.

    Raises
    ------
    ConfigError
        If there are too few texts.
    """
    kept = np.flatnonzero(prepared.texts() & ~prepared.documents["text"].duplicated().to_numpy())
    number = np.full(len(prepared), -1, np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    doc = number[prepared.tokens["doc"].to_numpy()]
    tokens = pa.table({"doc": doc, "token": prepared.tokens["token"]}).filter(pa.array(doc >= 0))
    stop_words = read_stop_words(prepared.folder / "stopwords.txt")
    try:
        model = fit_topics(tokens, n_documents=len(kept), stop_words=stop_words, n_topics=n_topics)
    except ValueError as error:
        todo = "give more texts, or ask for fewer topics"
        raise ConfigError(f"topics cannot be fitted ({error})", rows=len(kept), todo=todo) from error
    return LearnedTopics(model, len(kept))
