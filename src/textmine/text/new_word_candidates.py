"""Which runs of short words stick together like a word and stand in many surroundings: candidates for the dictionary.

Cohesion is pointwise mutual information of the parts (Church and Hanks 1990), for three parts its generalisation (Van de Cruys
2011) by the number of joints. Left and right entropy are those of the neighbouring characters (branching entropy; Jin and
Tanaka-Ishii 2006, "Unsupervised segmentation of Chinese text by use of branching entropy"). All in bits.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from textmine.text.new_words import SPLITS, pack, unpack
from textmine.text.recognisers.names import DOUBLE, GIVEN, ROWS

Longs = npt.NDArray[np.int64]
COLUMNS = ("word", "n", "n_documents", "cohesion", "left_entropy", "right_entropy")
FEWEST_TEXTS, FEWEST_CUSTOMERS = 5, 3  # below, a candidate is not shown: it could tell of a person
COHESION, ENTROPY = 7.0, 1.5  # bits; chosen by reading the candidates of 60,000 reviews
MOST = 200  # candidates of a night

_SURNAME = f"[{''.join(sorted({row[0] for row in ROWS}))}]"
# 王小明, 找王明, 小王, 王总 ... : what may be a name is left out, and some words with it
_COMMON = f"[{''.join(row[0] for row in ROWS[:100])}]"
_PERSON = re.compile(
    f"^{_COMMON}.{{1,2}}$|{_SURNAME}.?{GIVEN}|{_SURNAME}$|^(?:{DOUBLE})|[老小阿大]{_SURNAME}|{_SURNAME}[总姐哥爷叔姨嫂董工导师医科局处]"
)


def find_new_words(
    runs: pa.Table, texts: pd.DataFrame, *, knows: Callable[[str], bool], fewest: int = FEWEST_TEXTS
) -> pd.DataFrame:
    """Candidates, COLUMNS, by number of texts and then word; the same however the texts were cut into chunks.

    Every figure counts the texts of a near-duplicate group once, so that a copied text makes no word. Left out are words of
    fewer than ``fewest`` (at least 5) texts or 3 customers, words that may be a name, and words the dictionary holds.

    Parameters
    ----------
    runs : pa.Table
        RUNS of all chunks, ``doc`` being the position in ``texts``, -1 for parts and texts that are gone.
    texts : DataFrame
        ``feedback_id``, ``near_duplicate_group``, ``customer_key`` (null where unknown: each is a customer of its own).
    knows : callable
        Whether a word is in the dictionary, as of ``Engine.knows``.
    """
    split, doc = runs["split"].to_numpy(), runs["doc"].to_numpy()
    frame = pd.DataFrame({name: runs[name].to_numpy() for name in ("word", "split", "doc", "left", "right")})
    frame = frame[(split >= 0) & (doc >= 0)]
    frame = frame[_first_of_group(texts)[frame["doc"].to_numpy()]]
    enough = max(fewest, FEWEST_TEXTS)
    texts_of = frame.drop_duplicates(["word", "doc"]).groupby("word").size()
    frame = frame[frame["word"].isin(texts_of.index[texts_of >= enough])]
    customers = pd.Series(_customers(texts)[frame["doc"].to_numpy()], index=frame.index)
    different = frame.assign(customer=customers).drop_duplicates(["word", "customer"]).groupby("word").size()
    found = pd.DataFrame({"n": frame.groupby("word").size(), "customers": different})
    found["n_documents"] = texts_of.reindex(found.index)
    found["cohesion"] = _cohesion(frame, found["n"], runs)
    for side in ("left", "right"):
        found[f"{side}_entropy"] = _entropy(frame, side)
    found = found[(found["customers"] >= FEWEST_CUSTOMERS) & (found["cohesion"] >= COHESION)]
    found = found[(found["left_entropy"] >= ENTROPY) & (found["right_entropy"] >= ENTROPY)]
    words = [unpack(int(number)) for number in found.index]
    kept = [_PERSON.search(word) is None and not knows(word) for word in words]
    found = found.reset_index(drop=True).assign(word=words)[np.array(kept, bool)]
    found = found.sort_values(["n_documents", "word"], ascending=[False, True]).head(MOST)
    return found[list(COLUMNS)].reset_index(drop=True).astype({"n": np.int64, "n_documents": np.int64, "word": "str"})


def _first_of_group(texts: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """True at one text of each near-duplicate group (the least id), and at every text that is alone."""
    group = texts["near_duplicate_group"].fillna(texts["feedback_id"])
    order = texts[["feedback_id"]].assign(group=group, place=np.arange(len(texts))).sort_values(["feedback_id", "place"])
    first = np.zeros(len(texts), np.bool_)
    first[order.drop_duplicates("group")["place"].to_numpy()] = True
    return first


def _customers(texts: pd.DataFrame) -> Longs:
    codes = np.asarray(pd.factorize(texts["customer_key"])[0], np.int64)
    return np.where(codes < 0, len(texts) + np.arange(len(texts)), codes)


def _cohesion(frame: pd.DataFrame, n: pd.Series, runs: pa.Table) -> pd.Series:
    """Pointwise mutual information of the parts in bits, of the commonest way the word was cut."""
    alone = runs["split"].to_numpy() < 0
    parts = pd.Series(runs["n"].to_numpy()[alone], index=runs["word"].to_numpy()[alone]).groupby(level=0).sum()
    total = float(parts.sum())
    cuts = frame.groupby(["word", "split"]).size().rename("times").reset_index()
    cuts = cuts.sort_values(["word", "times", "split"], ascending=[True, False, True]).drop_duplicates("word")
    values = {}
    for word, split in zip(cuts["word"].tolist(), cuts["split"].tolist(), strict=True):
        text, bits, start = unpack(word), np.log2(n[word] / total), 0
        for size in SPLITS[split]:
            bits -= np.log2(parts.get(pack(text[start : start + size]), 1) / total)
            start += size
        values[word] = round(float(bits) / (len(SPLITS[split]) - 1), 4)
    return pd.Series(values, dtype=np.float64)


def _entropy(frame: pd.DataFrame, side: str) -> pd.Series:
    """Entropy in bits of the characters on one side of each word; an edge counts as a different neighbour every time."""
    counts = frame.groupby(["word", side]).size().rename("times").reset_index()
    total = counts.groupby("word")["times"].transform("sum")
    share = np.where(counts[side] == 0, 1.0, counts["times"]) / total
    bits = pd.Series(-counts["times"] / total * np.log2(share))
    summed: pd.Series = bits.groupby(counts["word"]).sum().round(4)
    return summed


def add_nights(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a word over several nights of table ``new_words``: COLUMNS and ``nights``; counts added, the rest by texts."""
    weighed = rows.assign(**{name: rows[name] * rows["n_documents"] for name in COLUMNS[3:]})
    sums = weighed.groupby("word")[["n", "n_documents", *COLUMNS[3:]]].sum()
    means = sums[list(COLUMNS[3:])].div(sums["n_documents"], axis=0).round(4)
    found = sums[["n", "n_documents"]].join(means).assign(nights=rows.groupby("word").size()).reset_index()
    return found.sort_values(["n_documents", "word"], ascending=[False, True]).reset_index(drop=True)
