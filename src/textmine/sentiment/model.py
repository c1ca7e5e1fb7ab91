"""Everything the sentiment stage was given: SnowNLP's weights, the lexicon, and the few scalars that join them."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from textmine.errors import BundleError
from textmine.sentiment.constructions import FILE as CONSTRUCTIONS_FILE
from textmine.sentiment.constructions import Constructions, load_constructions
from textmine.sentiment.lexicon import Lexicon, load_lexicon
from textmine.sentiment.snownlp_bayes import SnowNlpBayes
from textmine.sentiment.stack import Stack, load_stack
from textmine.taxonomy import only_keys

LEXICON_FILE = "lexicon.toml"
SCALARS_FILE = "sentiment.json"
LATER = ("verdict", "quantity")  # scalars that older bundles lack; they have no constructions either
NO_CONSTRUCTIONS = Constructions((), (), ())


@dataclass(frozen=True)
class Scalars:
    """Numbers tuned once on labelled reviews; their source stands in the file itself.

    Attributes
    ----------
    scope : int
        Tokens a negator reaches over.
    denied_blame, bare_negator : float
        Share of blame that becomes praise when denied; polarity of a negator that turns no word.
    before_contrast, after_contrast, summary, opening : float
        Weight of a word before and after a contrast, after a summing-up, in the first rated clause of a text.
    contrast_words : int
        Rated words of a text up to which contrast counts in full; in a longer text no single contrast decides.
    praise : float
        Weight of praise against blame.
    evidence, length : float
        Added under the roots, so that one word or a short text does not count as much as many.
    lexicon, bayes, offset : float
        Weights of the lexicon, of SnowNLP's log ratios, and the constant of the logit.
    clip : float
        Largest absolute log ratio of a single token.
    asking, bare : float
        What is left of SnowNLP's part in a text that asks for facts, and in one without any rated word.
    verdict, quantity : float
        Log odds of one unit of what constructions and what numbers say of a short text.
    neutral_band : float
        Absolute score below which a text is neutral.
    undecided_below : float
        Confidence below which the label is called undecided.
    confidence : tuple of (score, confidence)
        Calibration points for pos and neg: absolute score to share of right labels.
    confidence_neutral : tuple of (score, confidence)
        The same for neu.
    """

    source: str
    scope: int
    denied_blame: float
    bare_negator: float
    before_contrast: float
    after_contrast: float
    summary: float
    opening: float
    contrast_words: int
    praise: float
    evidence: float
    length: float
    lexicon: float
    bayes: float
    offset: float
    clip: float
    asking: float
    bare: float
    verdict: float
    quantity: float
    neutral_band: float
    undecided_below: float
    confidence: tuple[tuple[float, float], ...]
    confidence_neutral: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class SentimentModel:
    """What ``score_clauses`` and ``score_sentiment`` need, opened once."""

    bayes: SnowNlpBayes
    lexicon: Lexicon
    scalars: Scalars
    constructions: Constructions = NO_CONSTRUCTIONS
    stack: Stack | None = None  # what was learned; rules alone without it

    @classmethod
    def load(cls, folder: Path) -> SentimentModel:
        """The model of a bundle folder: ``snownlp.npz``, ``lexicon.toml``, ``sentiment.json``; and if any
        ``constructions.toml``, ``learned-sentiment.npz``.

        Raises
        ------
        BundleError
            If a file is missing or broken.
        ConfigError
            If the lexicon or the scalars hold an unknown key or value.
        """
        lexicon, scalars = load_lexicon(folder / LEXICON_FILE), load_scalars(folder / SCALARS_FILE)
        constructions = load_constructions(folder / CONSTRUCTIONS_FILE)
        return cls(SnowNlpBayes.load(folder), lexicon, scalars, constructions, load_stack(folder))


def load_scalars(path: Path) -> Scalars:
    """The scalars of a JSON file.

    Raises
    ------
    BundleError
        If the file is missing or no JSON.
    ConfigError
        If a key is unknown or missing.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError("no scalars", where=str(path), got=type(error).__name__, todo="build the bundle again") from error
    only_keys(raw, {field.name for field in dataclasses.fields(Scalars)}, str(path), optional=set(LATER))
    raw = dict.fromkeys(LATER, 0.0) | raw
    points = {name: tuple((float(x), float(y)) for x, y in raw[name]) for name in ("confidence", "confidence_neutral")}
    return Scalars(**{**raw, **points})
