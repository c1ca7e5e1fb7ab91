"""The topics of a bundle: words, their weights, a small space, and the centre, name and keywords of each topic."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from textmine.errors import BundleError

ARRAYS = ("vocabulary", "idf", "components", "centroids")


@dataclass(frozen=True)
class Topic:
    """One topic: permanent id, Chinese name, keywords (strongest first), documents it was fitted on."""

    topic_id: int
    name: str
    keywords: tuple[str, ...]
    size: int


@dataclass(frozen=True, eq=False)
class TopicModel:
    """Everything `assign_topics` needs.

    Attributes
    ----------
    vocabulary : tuple of str
        The V words; the id of a word is its place.
    idf : np.ndarray
        Float32 (V,): weight of one occurrence of each word.
    components : np.ndarray
        Float32 (V, d): each word in the small space (right singular vectors of the fitted TF-IDF matrix).
    centroids : np.ndarray
        Float32 (V, K): each word's share in the cosine to each centre, that is components @ centres, multiplied out once
        when fitting so that no product of variable shape is needed at night.
    topics : tuple of Topic
        The K topics in order of id.
    threshold : float
        Similarity below which a document has no topic.
    """

    vocabulary: tuple[str, ...]
    idf: np.ndarray
    components: np.ndarray
    centroids: np.ndarray
    topics: tuple[Topic, ...]
    threshold: float

    def save(self, folder: Path) -> None:
        """Write ``topics.npz`` (arrays, half precision where it does no harm) and ``topics.json`` into the folder."""
        words = np.frombuffer("\n".join(self.vocabulary).encode("utf-8"), dtype=np.uint8)
        components, centroids = self.components.astype(np.float16), self.centroids.astype(np.float16)
        with (folder / "topics.npz").open("wb") as file:
            np.savez_compressed(file, vocabulary=words, idf=self.idf, components=components, centroids=centroids)
        about = {"threshold": self.threshold, "topics": [vars(topic) for topic in self.topics]}
        (folder / "topics.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load_topics(folder: Path) -> TopicModel:
    """Topic model that was saved into the folder; nothing in the files is run.

    Raises
    ------
    BundleError
        If a file is missing or broken, or arrays and topics do not fit together.
    """
    try:
        with np.load(folder / "topics.npz", allow_pickle=False) as file:
            words, idf, components, centroids = (np.asarray(file[name]) for name in ARRAYS)
        about = json.loads((folder / "topics.json").read_text("utf-8"))
        topics = tuple(Topic(t["topic_id"], t["name"], tuple(t["keywords"]), t["size"]) for t in about["topics"])
        vocabulary, threshold = tuple(words.tobytes().decode("utf-8").split("\n")), float(about["threshold"])
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise BundleError(f"topics cannot be read ({type(error).__name__})", where=folder.name) from error
    single = [array.astype(np.float32) for array in (idf, components, centroids)]
    model = TopicModel(vocabulary, single[0], single[1], single[2], topics, threshold)
    shapes = [model.idf.shape, model.components.shape[:1], model.centroids.shape]
    wanted = [(len(vocabulary),), (len(vocabulary),), (len(vocabulary), len(topics))]
    if shapes != wanted or [topic.topic_id for topic in topics] != list(range(len(topics))):
        raise BundleError("words, arrays and topics do not fit together", where=folder.name, got=str(shapes), allowed=str(wanted))
    return model
