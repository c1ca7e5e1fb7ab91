"""Labels that look wrong."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp

from textmine.errors import ConfigError
from textmine.learn.audit import audit_labels


def made(n: int = 60):
    """``n`` texts with a word of their own each, even ones also with word 0 and labelled pos, odd ones with word 1 and neg."""
    side = np.arange(n) % 2
    counts = sp.lil_matrix((n, n + 2), dtype=np.float32)
    counts[np.arange(n), side] = 1
    counts[np.arange(n), np.arange(n) + 2] = 1
    groups = pd.Series([hashlib.sha256(str(at).encode()).hexdigest() for at in range(n)], dtype="str")
    return pd.Series(np.where(side, "neg", "pos"), dtype="str"), counts.tocsr(), groups


def test_consistent_labels_raise_no_doubt():
    assert audit_labels(*made()).empty


def test_a_label_that_the_other_rows_contradict_is_found():
    labels, matrix, groups = made()
    labels.iloc[7] = "pos"
    [row] = audit_labels(labels, matrix, groups).to_dict("records")
    assert (row["row"], row["reason"], row["label"], row["predicted"]) == (7, "contradicted", "pos", "neg")
    assert row["margin"] > 0


def test_near_duplicates_with_different_labels_come_first_both_of_them():
    labels, matrix, groups = made()
    labels.iloc[[7, 20]] = ["pos", "neg"]
    groups.iloc[20] = groups.iloc[22]
    found = audit_labels(labels, matrix, groups)
    assert found["reason"].tolist() == ["duplicates", "duplicates", "contradicted"]
    assert found["row"].tolist() == [20, 22, 7]
    assert found["margin"].iloc[1] == 0


def test_rows_without_a_label_are_passed_over():
    labels, matrix, groups = made(62)
    labels.iloc[[3, 8]] = None
    labels.iloc[9] = "pos"
    assert audit_labels(labels, matrix, groups)["row"].tolist() == [9]


def test_too_few_rows_or_one_label_only_are_refused():
    labels, matrix, groups = made()
    with pytest.raises(ConfigError, match="too few"):
        audit_labels(labels.iloc[:20], matrix[:20], groups.iloc[:20])
    with pytest.raises(ConfigError, match="one label only"):
        audit_labels(pd.Series(["pos"] * 60), matrix, groups)
