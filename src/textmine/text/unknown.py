"""How many words of a text no dictionary holds: the first sign of new products, new slang or broken text."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.text.segment import Cutter

HAN = r"\p{Han}"
WORD = r"^\p{Han}{2,}$"


def count_unknown(tokens: pa.Table, n: int, *, cutter: Cutter) -> pd.DataFrame:
    """``n_words`` and ``n_unknown`` (int32) of each of the ``n`` documents; reads ``doc`` and ``token``.

    A word is a token with a Chinese character in it. It is unknown when it is two or more Chinese characters that neither
    jieba's dictionary nor the bundle's holds, so that the HMM alone made a word of them. Single characters are always known:
    jieba falls back on them wherever nothing else fits.
    """
    coded = tokens["token"].combine_chunks().dictionary_encode()
    words = coded.dictionary
    is_word, may_be_unknown = (pc.match_substring_regex(words, pattern) for pattern in (HAN, WORD))
    engine = cutter.open()
    unknown = [
        asked and not engine.knows(word) for word, asked in zip(words.to_pylist(), may_be_unknown.to_pylist(), strict=True)
    ]
    at, doc = coded.indices.to_numpy(), tokens["doc"].to_numpy()
    return pd.DataFrame(
        {
            name: np.bincount(doc, weights=np.asarray(marked, np.float64)[at], minlength=n).astype(np.int32)
            for name, marked in (("n_words", is_word.to_pylist()), ("n_unknown", unknown))
        }
    )
