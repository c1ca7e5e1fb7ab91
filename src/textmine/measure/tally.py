"""What a night is remembered by when later ones are held against it: counts per channel, no row of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

CLASSES = ("sentiment", "primary_category", "intent", "priority")
BINNED: Mapping[str, tuple[str, float, float]] = {
    "score": ("sentiment_score", -1.0, 1.0),
    "confidence": ("sentiment_confidence", 0.0, 1.0),
}
BINS = 10  # of equal width, fixed for ever: two nights are counted alike
BIN_NAMES = tuple(f"{number:02d}" for number in range(BINS))
DISTRIBUTIONS = (*CLASSES, *BINNED)
TALLY_COLUMNS = ("channel", "measure", "member", "n")
READ = (
    "channel",
    "validity",
    "n_tokens",
    "n_words",
    "n_unknown",
    "bundle_id",
    *CLASSES,
    *(name for name, _, _ in BINNED.values()),
)


Coded = tuple[np.ndarray, Sequence[str]]  # number of the member of each row, -1 for none; names of the members


def tally_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts (TALLY_COLUMNS) by channel; of two parts of a night they add up to those of the whole, see ``add_tallies``.

    Reads ``READ``. Every class and every bin of DISTRIBUTIONS is a member, counted over the scored texts. Of the other
    measures the members are sums: ``unknown_words`` of and hits, ``invalid`` of and hits, ``mean_length`` of, sum and squares
    (tokens of valid texts), and ``bundle`` counts rows by bundle.
    """
    place, channels = pd.factorize(rows["channel"], sort=True)
    scored = rows["sentiment"].notna().to_numpy()
    members: dict[str, Coded] = {measure: _coded(rows[measure]) for measure in (*CLASSES, "bundle_id")}
    members |= {measure: (_bins(rows[column], low, high), BIN_NAMES) for measure, (column, low, high) in BINNED.items()}
    parts = []
    for measure, (codes, names) in members.items():
        kept = (codes >= 0) & (scored | (measure == "bundle_id"))
        counts = np.bincount(place[kept] * len(names) + codes[kept], minlength=len(channels) * len(names))
        parts.append(_listed("bundle" if measure == "bundle_id" else measure, channels, names, counts))
    return add_tallies([*parts, *_sums(rows, place, channels)])


def add_tallies(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The tallies of parts as one of the whole, sorted."""
    joined = pd.concat([_EMPTY, *parts], ignore_index=True)
    keys = list(TALLY_COLUMNS[:3])
    return joined.groupby(keys, as_index=False, sort=True)[["n"]].sum().astype({"n": np.int64})


def _coded(values: pd.Series) -> Coded:
    codes, names = pd.factorize(values, sort=True)
    return codes, [str(name) for name in names]


def _listed(measure: str, channels: pd.Index, members: Sequence[str], counts: np.ndarray) -> pd.DataFrame:
    """Counts by channel and member as rows, those of none left out."""
    grid = counts.reshape(len(channels), len(members))
    at, member = np.nonzero(grid)
    names = np.asarray(members, dtype=object)[member]
    return pd.DataFrame({"channel": channels[at], "measure": measure, "member": names, "n": grid[at, member]})


def _bins(values: pd.Series, low: float, high: float) -> np.ndarray:
    """Number of the bin of each value, -1 for none; a value on an edge belongs to the upper bin, the highest to the last."""
    place = np.floor((values.to_numpy(np.float64, na_value=np.nan) - low) / (high - low) * BINS)
    return np.where(np.isnan(place), -1, np.clip(place, 0, BINS - 1)).astype(np.int64)


def _sums(rows: pd.DataFrame, place: np.ndarray, channels: pd.Index) -> Iterator[pd.DataFrame]:
    valid = rows["validity"].eq("ok").to_numpy(np.bool_)
    length = rows["n_tokens"].to_numpy(np.int64) * valid
    sums: dict[str, dict[str, np.ndarray]] = {
        "unknown_words": {"of": rows["n_words"].to_numpy(), "hits": rows["n_unknown"].to_numpy()},
        "invalid": {"of": np.ones(len(rows)), "hits": ~valid},
        "mean_length": {"of": valid, "sum": length, "squares": length**2},
    }
    for measure, by_member in sums.items():
        # whole numbers, which float64 adds without loss up to 2 ** 53
        counts = [np.bincount(place, weights=n, minlength=len(channels)).astype(np.int64) for n in by_member.values()]
        yield _listed(measure, channels, list(by_member), np.column_stack(counts))


_EMPTY = pd.DataFrame({name: pd.Series(dtype=np.int64 if name == "n" else "str") for name in TALLY_COLUMNS})
