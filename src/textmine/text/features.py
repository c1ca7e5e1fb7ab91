"""Numbers from tokens: how many a document has, which of a vocabulary they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def count_tokens(tokens: pa.Table, n: int) -> npt.NDArray[np.int32]:
    """Number of tokens of each of the ``n`` documents; reads ``doc``, 0 for a document without tokens."""
    return np.bincount(tokens["doc"].to_numpy(), minlength=n).astype(np.int32)


def look_up(tokens: pa.Table, vocabulary: pa.Array) -> npt.NDArray[np.int32]:
    """Position of each token in the vocabulary, -1 where it is not there; reads ``token``, whose order it keeps."""
    found = pc.index_in(tokens["token"], value_set=vocabulary)
    numbers: npt.NDArray[np.int32] = pc.fill_null(found, -1).to_numpy().astype(np.int32)
    return numbers
