"""A bundle measured as it is used: through its own labeller, on rows it has never seen."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

import numpy as np
import pandas as pd

from textmine.channels.own import as_feedback
from textmine.label import HISTORY, Labeller, Labels
from textmine.learn.coherence import coherence
from textmine.learn.evaluate import FIGURE_COLUMNS, figure_rows, figures
from textmine.learn.scores import Score, share
from textmine.learn.split import split_examples
from textmine.retraining.contrast import contrast_figures, contrast_folder, judge_cases, read_cases
from textmine.retraining.inputs import Inputs
from textmine.store.bundles import BundleFolder
from textmine.text.segment import cut

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 5_000
SPEED_TEXTS = 2_000
TIMES = 5
SCORES = ("sentiment_score", "sentiment_confidence", "topic_id")
SAID = ("sentiment", "categories", "primary_category", "intent", "priority", *SCORES)


def predict(labeller: Labeller, texts: pd.Series) -> pd.DataFrame:
    """What a bundle says of each text: SAID, ``text`` (masked), ``said_aspect`` and ``said_polarity``; index from 0.

    ``said_aspect`` (category.subcategory) is the strongest aspect of the primary category, or of any where that has none;
    ``said_polarity`` is its polarity. A text without aspects has its primary category and its sentiment there.
    """
    pieces = [texts.iloc[start : start + ROWS_AT_ONCE] for start in range(0, len(texts), ROWS_AT_ONCE)]
    return pd.concat([_said(labeller, piece) for piece in pieces] or [_said(labeller, texts)], ignore_index=True)


def measure(labeller: Labeller, examples: pd.DataFrame, predictions: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """All figures of a bundle, and its cases of the contrast suite where that is at hand."""
    parts = [figures(examples, predictions), _topics(labeller, predictions)]
    folder, judged = contrast_folder(), None
    if folder is not None:
        judged = judge_cases(labeller, read_cases(folder))
        parts.append(contrast_figures(judged))
    made = pd.concat(parts, ignore_index=True)
    logger.info("measured: %d rows, %d figures", len(examples), len(made))
    return made, judged


def measure_inputs(inputs: Inputs, bundle: BundleFolder) -> pd.DataFrame:
    """Figures of a bundle on the held-out and gold rows of the inputs; rows of label files are all measured, as gold."""
    labeller = Labeller.open(bundle.path, bundle_id=bundle.id)
    examples = inputs.read(taxonomy=labeller.taxonomy)
    if inputs.recipe is None:
        examples = examples.assign(role="gold")
    rows = pd.concat([examples, split_examples(examples)], axis=1)
    rows = rows[rows["held_out"] & rows["role"].ne("text")].reset_index(drop=True)
    return measure(labeller, rows, predict(labeller, rows["text"]))[0]


def milliseconds(labellers: Sequence[Labeller], texts: pd.Series) -> list[float]:
    """Milliseconds a text of each bundle on the same 2,000 texts (fewer ones come again), in turns, the best of five."""
    repeated = pd.DataFrame({"text": np.resize(texts.to_numpy(object), SPEED_TEXTS)}, dtype="str")
    feedback = as_feedback(repeated, text_column="text")
    best = [np.inf] * len(labellers)
    for _ in range(TIMES):
        for place, labeller in enumerate(labellers):
            since = time.perf_counter()
            labeller.read(feedback)
            best[place] = min(best[place], time.perf_counter() - since)
    return [round(1000 * seconds / SPEED_TEXTS, 4) for seconds in best]


def _said(labeller: Labeller, texts: pd.Series) -> pd.DataFrame:
    read = labeller.read(as_feedback(texts.to_frame("text").reset_index(drop=True), text_column="text"))
    rows = labeller.rank(read.rows, pd.DataFrame(0.0, index=read.rows.index, columns=list(HISTORY)))
    return pd.concat([rows[["text", *SAID]], _opinions(read, rows)], axis=1)


def _opinions(read: Labels, rows: pd.DataFrame) -> pd.DataFrame:
    found = read.aspects[["doc", "aspect", "polarity", "polarity_score"]]
    primary = rows["primary_category"].to_numpy(object)[found["doc"].to_numpy()]
    main = found["aspect"].str.partition(".")[0].to_numpy(object) == primary
    ordered = found.assign(main=main, strength=found["polarity_score"].abs()).sort_values(
        ["doc", "main", "strength", "aspect"], ascending=[True, False, False, True], kind="stable"
    )
    best = ordered.drop_duplicates("doc").set_index("doc").reindex(range(len(rows)))
    fallback = rows[["primary_category", "sentiment"]].set_axis(best.index)
    return pd.DataFrame(
        {
            "said_aspect": best["aspect"].fillna(fallback["primary_category"]).astype("str"),
            "said_polarity": best["polarity"].fillna(fallback["sentiment"]).astype("str"),
        }
    ).set_axis(rows.index)


def _topics(labeller: Labeller, predictions: pd.DataFrame) -> pd.DataFrame:
    """Share of texts with a topic, and the mean NPMI of the topics' keywords in these texts."""
    given = (predictions["topic_id"] >= 0).to_numpy(bool)
    tokens = cut(predictions[["text"]], cutter=labeller.cutter)
    value = coherence(tokens, [topic.keywords for topic in labeller.topics.topics], n_documents=len(predictions))
    scores = [("", "assigned", share(given)), ("", "npmi", Score(len(given), value, np.nan, np.nan))]
    return pd.DataFrame(figure_rows("topics", "held_out", "all", scores), columns=list(FIGURE_COLUMNS)).round(4)
