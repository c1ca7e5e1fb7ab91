"""All linear heads of a bundle as one small table: saved one file a task, loaded together."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textmine.errors import BundleError, ConfigError

Reals = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
FILES = "heads-*.npz"
MOST_BITS = 24
_ARRAYS = {"names": ("uint8", 1), "bits": ("int64", 0), "steps": ("uint32", 1), "values": ("float16", 2), "scale": ("float32", 1),
           "bias": ("float64", 1)}  # fmt: skip
_TASK = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class LinearHeads:
    """Linear heads over hashed n-grams, without the buckets that no head weighs.

    Attributes
    ----------
    names : tuple of str
        "task.code" of each head, such as "category.product".
    rows : ndarray of int32
        Row of each of the 2 ** ``bits`` buckets in ``table``; 0 for a bucket without weight. Empty without heads.
    table : ndarray of float32
        Weights [buckets with weight + 1, heads]; row 0 is zeros. A few hundred thousand rows stay nearer to the cache than
        a million and take a sixth to a half of the memory.
    bias : ndarray of float64
        Added to the score of a document.
    bits : int
        Buckets are below 2 ** ``bits``; 0 without heads.
    """

    names: tuple[str, ...]
    rows: Ints
    table: Weights
    bias: Reals
    bits: int

    @classmethod
    def none(cls) -> LinearHeads:
        """No heads at all, as of a bundle without learned labels."""
        return cls((), np.zeros(0, np.int32), np.zeros((1, 0), np.float32), np.zeros(0), 0)

    @classmethod
    def of(cls, names: tuple[str, ...], weights: npt.ArrayLike, bias: npt.ArrayLike) -> LinearHeads:
        """Heads of dense weights [2 ** bits, heads].

        Raises
        ------
        ConfigError
            If shapes do not fit together, the number of rows is no power of two, a name comes twice or a number is not
            finite.
        """
        dense, added = np.asarray(weights, np.float32), np.asarray(bias, np.float64)
        _check_dense(names, dense, added)
        buckets = np.flatnonzero(dense.any(axis=1))
        part = _Part(tuple(names), len(dense).bit_length() - 1, buckets, dense[buckets], added)
        return _join([part])

    @property
    def weights(self) -> Weights:
        """Dense weights [2 ** bits, heads]: 4 MiB a head at 20 bits, for looking at, not for scoring."""
        return self.table[self.rows]


class _Part(NamedTuple):
    """Heads of one task: weights [buckets, heads] of the buckets that have any, in ascending order."""

    names: tuple[str, ...]
    bits: int
    buckets: npt.NDArray[np.int64]
    weights: Weights
    bias: Reals


def save_heads(folder: Path, task: str, names: tuple[str, ...], weights: npt.ArrayLike, bias: npt.ArrayLike) -> None:
    """Write ``heads-<task>.npz``: only buckets with weight, float16 with a scale for each head, no pickles.

    The same heads give the same bytes. A weight keeps about 3 digits, and those below 3e-8 of the head's largest become 0.

    Raises
    ------
    ConfigError
        As of ``LinearHeads.of``, or if a name does not begin with "<task>." or the task is no name of a file.
    """
    if not _TASK.fullmatch(task) or not all(name.startswith(f"{task}.") for name in names):
        raise ConfigError("heads of another task", where=f"heads-{task}.npz", got=names, allowed=f"{task}.<code>")
    dense, added = np.asarray(weights, np.float32), np.asarray(bias, np.float64)
    _check_dense(names, dense, added)
    scale = np.abs(dense).max(axis=0)
    scale[scale == 0] = 1
    buckets = np.flatnonzero(dense.any(axis=1))
    values = (dense[buckets] / scale).astype(np.float16)
    kept = values.any(axis=1)
    np.savez_compressed(
        folder / f"heads-{task}.npz",
        names=np.frombuffer("\n".join(names).encode(), np.uint8),
        bits=np.int64(len(dense).bit_length() - 1),
        steps=np.diff(buckets[kept], prepend=0).astype(np.uint32),
        values=np.ascontiguousarray(values[kept].T),
        scale=scale,
        bias=added,
    )


def load_heads(folder: Path) -> LinearHeads:
    """The heads of all tasks of a bundle folder, in the order of the files' names; ``LinearHeads.none`` without a file.

    Raises
    ------
    BundleError
        If a file is no npz, holds pickles, does not fit together, has numbers that are not finite or buckets out of range;
        or if files differ in their bits or have a head of the same name.
    """
    parts = [_load_part(path) for path in sorted(folder.glob(FILES))]
    if not parts:
        return LinearHeads.none()
    names = [name for part in parts for name in part.names]
    if len({part.bits for part in parts}) > 1 or len(set(names)) < len(names):
        got = sorted({f"{part.bits} bits" for part in parts})
        raise BundleError("heads that do not go together", where=str(folder), got=got, todo="train all tasks again")
    return _join(parts)


def _join(parts: list[_Part]) -> LinearHeads:
    used = np.unique(np.concatenate([part.buckets for part in parts]))
    rows = np.zeros(1 << parts[0].bits, np.int32)
    rows[used] = np.arange(1, len(used) + 1, dtype=np.int32)
    names = tuple(name for part in parts for name in part.names)
    table, at = np.zeros((len(used) + 1, len(names)), np.float32), 0
    for part in parts:
        table[rows[part.buckets], at : at + len(part.names)] = part.weights
        at += len(part.names)
    return LinearHeads(names, rows, table, np.concatenate([part.bias for part in parts]), parts[0].bits)


def _load_part(path: Path) -> _Part:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in _ARRAYS}
        names = tuple(arrays["names"].tobytes().decode().split("\n"))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BundleError("no heads", where=str(path), got=type(error).__name__, todo="train the task again") from error
    problem = _problem(arrays, names, task=path.stem.removeprefix("heads-"))
    if problem:
        raise BundleError(problem, where=str(path), todo="train the task again")
    weights = (arrays["values"].astype(np.float32) * arrays["scale"][:, None]).T
    return _Part(names, int(arrays["bits"]), np.cumsum(arrays["steps"], dtype=np.int64), weights, arrays["bias"])


def _problem(arrays: dict[str, Any], names: tuple[str, ...], *, task: str) -> str:
    """What is wrong with the arrays read, '' if nothing."""
    kinds = {name: (str(array.dtype), array.ndim) for name, array in arrays.items()}
    values, steps, bits = arrays["values"], arrays["steps"], arrays["bits"]
    heads = (len(names),)
    if kinds != _ARRAYS or values.shape != heads + steps.shape or not arrays["scale"].shape == arrays["bias"].shape == heads:
        return "arrays that do not fit together"
    if len(set(names)) < len(names) or not all(name.startswith(f"{task}.") for name in names):
        return "heads of another task or of one name"
    if not all(np.isfinite(arrays[name]).all() for name in ("values", "scale", "bias")):
        return "weights that are not finite"
    if not 1 <= bits <= MOST_BITS or not (steps[1:] > 0).all() or steps.sum(dtype=np.uint64) >= np.uint64(1) << np.uint64(bits):
        return "buckets out of range or order"
    return ""


def _check_dense(names: tuple[str, ...], dense: Weights, bias: Reals) -> None:
    size = len(dense)
    fits = dense.shape == (size, len(names)) and bias.shape == (len(names),) and len(set(names)) == len(names) > 0
    if not fits or size & (size - 1) or not 2 <= size <= 1 << MOST_BITS:
        raise ConfigError("heads, weights and biases that do not fit together", where="heads", got=f"{dense.shape}, {bias.shape}")
    if not (np.isfinite(dense).all() and np.isfinite(bias).all()):
        raise ConfigError("weights that are not finite", where="heads", got=names)
