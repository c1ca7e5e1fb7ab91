"""The tokens of a whole chunk as flat arrays: what every step of this stage is computed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """The tokens of a chunk as flat arrays.

    ``doc``, ``clause`` and ``piece`` (running number of the stretch without blanks inside a clause) of each token; the bytes
    of all tokens joined, where each token begins in them (one more entry than tokens), and the token of each byte.
    """

    doc: Ints
    clause: Ints
    piece: Ints
    joined: memoryview
    edges: Ints
    token: Ints


def lay_out(tokens: pa.Table) -> Layout:
    """Flat arrays of a tokens table (doc, start, clause, token; in text order)."""
    doc, inner, start = (tokens[name].to_numpy().astype(np.int64) for name in ("doc", "clause", "start"))
    chunks = [chunk.cast(pa.large_string()) for chunk in tokens["token"].chunks]
    words = pa.concat_arrays([*chunks, pa.array([], pa.large_string())])
    _, ends, data = words.buffers()
    edges = np.frombuffer(ends, np.int64)[words.offset : words.offset + len(words) + 1] if ends else np.zeros(1, np.int64)
    joined = memoryview(data or b"").cast("B")[edges[0] : edges[-1]]
    new, apart = np.ones(len(doc), np.bool_), np.ones(len(doc), np.bool_)
    new[1:] = (doc[1:] != doc[:-1]) | (inner[1:] != inner[:-1])
    apart[1:] = new[1:] | (start[1:] != (start + pc.utf8_length(words).to_numpy())[:-1])
    token = np.repeat(np.arange(len(doc)), np.diff(edges))
    return Layout(doc, np.cumsum(new) - 1, np.cumsum(apart) - 1, joined, edges - edges[0], token)
