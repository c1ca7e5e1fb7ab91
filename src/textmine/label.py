"""Labeller: the one place that states the order of the pure stages.

``read`` is what the text alone tells (any order, any chunk gives the same); ``rank`` adds what the night and the nights
before tell. The nightly run calls the first on chunks, the second once the whole night is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa

from textmine.actions.handling import suggest
from textmine.actions.respond_by import respond_by, working_calendar
from textmine.actions.routing import route
from textmine.aspects.aspects import find_aspects
from textmine.aspects.model import AspectModel, load_aspects
from textmine.aspects.unnamed import name_clauses
from textmine.calendar import WorkingCalendar
from textmine.categories.contents import ContentModels, tell_contents
from textmine.categories.evidence import collect_evidence
from textmine.categories.explain import explain_labels
from textmine.categories.flags import FLAGS, raise_flags
from textmine.categories.vocabulary import Vocabulary, read_flags, read_intents
from textmine.channels.own import as_feedback
from textmine.heads.model import LinearHeads, load_heads
from textmine.heads.score import HeadScores, score_heads
from textmine.labelfiles.overlay import overlay, overlay_priority
from textmine.policy import Policy, read_policy
from textmine.priority.cues import find_cues
from textmine.priority.red_lines import find_red_lines
from textmine.priority.score import score_terms
from textmine.priority.terms import listed_values
from textmine.priority.urgency import UrgencyModel, load_urgency, shown_urgency, tell_urgency
from textmine.sentiment.clauses import score_clauses
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.score import join_scores, score_sentiment
from textmine.settings import read_settings
from textmine.store.bundles import open_bundle
from textmine.store.shipped import bundle_folders
from textmine.tables import INTENTS, LABELLED_FEEDBACK
from textmine.taxonomy import Taxonomy, read_taxonomy
from textmine.text.cleaner import Cleaner
from textmine.text.documents import make_documents
from textmine.text.features import count_tokens
from textmine.text.given import mask_given
from textmine.text.new_words import collect_runs
from textmine.text.ngrams import hash_ngrams
from textmine.text.phrases import PhraseMatcher
from textmine.text.segment import Cutter, cut
from textmine.text.unknown import count_unknown
from textmine.topics.assign import assign_topics
from textmine.topics.model import TopicModel, load_topics

HISTORY = ("burst", "repeat", "reach", "duplicate")
UNSURE = 0.6  # category confidence below which an urgent row is looked at by a person


@dataclass(frozen=True)
class Labels:
    """What the texts alone tell.

    ``rows``: one row a record, the given columns and every column of ``labelled_feedback`` that needs no other record;
    ``worst_clause`` (score of the most negative clause) goes with them to ``rank``, ``n_words`` and ``n_unknown`` (see
    ``count_unknown``) to ``drift``; ``cues`` go to ``rank``, too, and ``learned_urgency`` where the bundle has it and its policy
    weighs it. ``aspects``: the table without run_id, and ``doc``, the
    position of the record in ``rows`` (two texts of one night may share an id until one is superseded). ``runs``: see
    `collect_runs`.
    """

    rows: pd.DataFrame
    aspects: pd.DataFrame
    runs: pa.Table


@dataclass(frozen=True)
class Labeller:
    """Everything that reads a text, opened once a process from one bundle."""

    bundle_id: str
    taxonomy: Taxonomy
    policy: Policy
    flags: Vocabulary
    cleaner: Cleaner
    cutter: Cutter
    matcher: PhraseMatcher
    sentiment: SentimentModel
    topics: TopicModel
    calendar: WorkingCalendar
    heads: LinearHeads
    contents: ContentModels
    aspects: AspectModel | None = None
    urgency: UrgencyModel | None = None

    @classmethod
    def load(cls, bundle_id: str | None = None, *, models: Path | None = None) -> Self:
        """The labeller of a bundle; of the champion where none is named. ``models`` is TEXTMINE_MODELS where it is not given.

        Raises
        ------
        BundleError
            If it is missing or any of its files was altered.
        """
        folder = open_bundle(bundle_folders(models or read_settings().models), bundle_id)
        return cls.open(folder.path, bundle_id=folder.id)

    @classmethod
    def open(cls, folder: Path, *, bundle_id: str) -> Self:
        """The labeller of a bundle folder that was verified before."""
        taxonomy, policy = read_taxonomy(folder / "taxonomy.toml"), read_policy(folder / "policy.toml")
        intents = read_intents(folder / "intents.toml", codes=INTENTS)
        flags = read_flags(folder / "flags.toml", codes=FLAGS)
        phrases = [*taxonomy.phrases(), *policy.phrases(), *intents.phrases(), *flags.phrases()]
        heads = load_heads(folder)
        return cls(
            bundle_id,
            taxonomy,
            policy,
            flags,
            Cleaner.load(folder),
            Cutter(folder / "dictionary.txt"),
            PhraseMatcher(phrases),
            SentimentModel.load(folder),
            load_topics(folder),
            working_calendar(policy),
            heads,
            ContentModels.load(folder, taxonomy=taxonomy, heads=heads),
            load_aspects(folder, taxonomy=taxonomy, heads=heads),
            load_urgency(folder, heads=heads),
        )

    def label(self, data: Iterable[str] | pd.DataFrame, *, text_column: str = "text") -> pd.DataFrame:
        """The columns of ``labelled_feedback`` for texts, or a frame with a column of texts; those that need history are null.

        A frame may also bring ``rating``, ``nps`` and other columns of the table; they are used and kept.
        """
        frame = data if isinstance(data, pd.DataFrame) else pd.DataFrame({text_column: pd.Series(list(data), dtype="str")})
        feedback = as_feedback(frame, text_column=text_column)
        rows = self.read(feedback).rows
        ranked = self.rank(rows, pd.DataFrame(0.0, index=rows.index, columns=list(HISTORY)))
        return ranked.reindex(columns=LABELLED_FEEDBACK.names).set_axis(frame.index)

    def read(self, feedback: pd.DataFrame, *, corrections: pd.DataFrame | None = None) -> Labels:
        """Labels that come from each text alone; the raw words go no further.

        ``corrections``: what people said of the same rows (see ``overlay``, and ``priority``); it wins over the models, and
        flags, red lines and evidence are drawn from it.
        """
        return self.read_documents(make_documents(feedback, cleaner=self.cleaner), feedback, corrections=corrections)

    def read_documents(
        self, documents: pd.DataFrame, feedback: pd.DataFrame, *, corrections: pd.DataFrame | None = None
    ) -> Labels:
        """What ``read`` gives, of documents that were made before: by ``make_documents``, or from a published night."""
        n = len(documents)
        tokens = cut(documents, cutter=self.cutter)
        hits = self.matcher.find(documents["text"])
        ngrams = hash_ngrams(tokens, n_documents=n)
        heads = score_heads(ngrams, self.heads)
        ruled = score_clauses(tokens, model=self.sentiment)
        sentiment = score_sentiment(documents, tokens, ruled, heads, model=self.sentiment)
        clauses = join_scores(ruled, heads, model=self.sentiment)
        categories, intent = tell_contents(documents, hits, ruled, sentiment, heads, taxonomy=self.taxonomy, models=self.contents)
        if corrections is not None:
            sentiment, categories, intent = overlay(sentiment, categories, intent, corrections)
        flags = raise_flags(documents, feedback, hits, sentiment, vocabulary=self.flags)
        scored = documents["validity"].eq("ok").to_numpy()
        topics = assign_topics(tokens, model=self.topics, n_documents=n, scored=scored)
        red_lines = find_red_lines(pd.concat([sentiment, intent, categories], axis=1), hits, policy=self.policy)
        cues = find_cues(hits, n)
        urgency = self._urgency(heads, scored)
        told: dict[str, Any] = {
            "subcategories": categories["subcategories"],
            "intents": intent["intent"],
            "urgencies": None if urgency is None else shown_urgency(urgency),
        }
        words = explain_labels(tokens, ngrams, hits, heads=self.heads, **told)
        evidence = collect_evidence(words, flags=flags["flags"], red_lines=red_lines["red_lines"], cues=cues, **told)
        rows = pd.concat(
            [
                mask_given(feedback),
                documents[["text", "language", "validity"]],
                sentiment.drop(columns="undecided"),
                categories,
                intent,
                flags,
                topics,
                red_lines[["red_lines"]],
            ],
            axis=1,
        )
        rows = rows.assign(
            n_tokens=count_tokens(tokens, n),
            evidence=evidence,
            label_source="model",
            worst_clause=_worst(clauses, n),
            cues=cues,
            bundle_id=self.bundle_id,
            policy_version=self.policy.version,
            **count_unknown(tokens, n, cutter=self.cutter),
        )
        if urgency is not None:
            rows = rows.assign(learned_urgency=urgency)
        if corrections is not None:
            rows = rows.assign(**_human(corrections))
        named = name_clauses(
            hits, tokens, ngrams, heads, heads=self.heads, model=self.aspects, fallback=self.taxonomy.fallback_label
        )
        found = find_aspects(documents, named, clauses, fallback=self.taxonomy.fallback_label)
        found.insert(0, "feedback_id", rows["feedback_id"].to_numpy()[found["doc"].to_numpy()])
        return Labels(rows, found, collect_runs(tokens, scored=scored))

    def _urgency(self, heads: HeadScores, scored: np.ndarray) -> pd.Series | None:
        """What the words say of urgency; None where the bundle has not learned it or the policy gives it no weight."""
        if self.urgency is None or not self.policy.weights.learned_urgency:
            return None
        return tell_urgency(heads, scored=scored, model=self.urgency)

    def rank(self, rows: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
        """``rows`` with priority, its terms, the team, the due time and what to do; ``history`` as of ``count_history``."""
        ranked = pd.concat([rows, score_terms(rows, history, policy=self.policy)], axis=1)
        if "corrected_priority" in ranked:
            ranked = overlay_priority(ranked, ranked["corrected_priority"])
        due = respond_by(ranked["priority"], ranked["received_at"], policy=self.policy, calendar=self.calendar)
        ranked = ranked.assign(
            route_to=route(ranked, taxonomy=self.taxonomy, policy=self.policy),
            respond_by=due,
            suggested_handling=suggest(ranked, policy=self.policy),
        )
        return ranked.assign(needs_review=_needs_review(ranked))


def _worst(clauses: pd.DataFrame, n: int) -> np.ndarray:
    """Score of the most negative clause of each document, 0 where none is negative."""
    worst = np.zeros(n)
    np.minimum.at(worst, clauses["doc"].to_numpy(), clauses["score"].to_numpy())
    return worst


def _human(corrections: pd.DataFrame) -> dict[str, Any]:
    """Columns that tell which rows a person labelled, and the priority the person gave."""
    labelled = corrections.notna().any(axis=1).to_numpy()
    return {"label_source": np.where(labelled, "human", "model"), "corrected_priority": corrections["priority"]}


def _needs_review(rows: pd.DataFrame) -> pd.Series:
    """Texts nobody looked at and a person should: undecided sentiment, text against score, urgent without a clear category."""
    doubted = listed_values(rows["flags"], {"undecided": 1.0, "score_text_conflict": 1.0}, ufunc=np.maximum) > 0
    unclear = rows["priority"].isin(["P0", "P1"]) & (rows["category_confidence"].fillna(0) < UNSURE)
    return (pd.Series(doubted, index=rows.index) | unclear) & rows["label_source"].ne("human")
