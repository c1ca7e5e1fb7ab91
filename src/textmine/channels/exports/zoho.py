"""Zoho CRM: exports of the modules Cases and Notes as CSV or Excel; a note's Parent Id is the number of its case."""

from __future__ import annotations

import pandas as pd

from textmine.channels.exports.shape import Export, Shaped, first_column, first_known, has_columns, named
from textmine.channels.values import as_label, under_subject

_CASE_IDS = ("Case Id", "CASEID", "Record Id", "Case ID")
_CUSTOMERS = ("Email", "Phone", "Contact Name.id", "Related To.id", "Contact Name", "Related To")  # the first a case has
_PARENTS = ("Parent Id.id", "Parent Id", "Parent ID", "Parent Id.Id")


def is_zoho_cases(frame: pd.DataFrame) -> bool:
    """Whether the frame is the module Cases."""
    return has_columns(frame, "Subject", "Created Time") and has_columns(frame, "Case Number") and _has(frame, *_CASE_IDS)


def shape_zoho_cases(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a case; its record number links it to its notes. The source's priority is not read: textmine sets its own."""
    fields = {
        "source_ref": "Case Number",
        "answer_id": first_column(frame, *_CASE_IDS),
        "created_at": "Created Time",
        "customer": "customer",
        "agent": first_column(frame, "Case Owner.id", "Case Owner Id", "Case Owner"),
        "product": first_column(frame, "Product Name", "Product Name.name"),
        "status": "Status",
        "resolved_at": first_column(frame, "Closed Time", "Case Closed Time"),
    }
    words = frame.assign(Description=_described(frame), customer=first_known(frame, *_CUSTOMERS))
    lists = {"text": ["Description"], "attributes": ["Case Origin", "Type"]}
    return named(words, fields, export="zoho_cases", channel="crm", lists=lists)


def is_zoho_notes(frame: pd.DataFrame) -> bool:
    """Whether the frame is the module Notes."""
    return has_columns(frame, "Note Content") and _has(frame, *_PARENTS)


def shape_zoho_notes(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a note, its title above its words; ``answer_id`` is the case."""
    titles = frame["Note Title"] if "Note Title" in frame.columns else pd.Series([None] * len(frame), dtype="str")
    words = frame.assign(**{"Note Content": under_subject(as_label(frame["Note Content"]), titles)})
    fields = {
        "source_ref": first_column(frame, "Note Id", "Record Id", "Note ID"),
        "answer_id": first_column(frame, *_PARENTS),
        "created_at": "Created Time",
        "agent": first_column(frame, "Note Owner.id", "Note Owner Id", "Note Owner", "Created By"),
    }
    return named(words, fields, export="zoho_notes", channel="crm", lists={"text": ["Note Content"]})


def _has(frame: pd.DataFrame, *names: str) -> bool:
    return first_column(frame, *names) is not None


def _described(frame: pd.DataFrame) -> pd.Series[str]:
    words = frame["Description"] if "Description" in frame.columns else pd.Series([None] * len(frame), dtype="str")
    return under_subject(as_label(words), frame["Subject"])


ZOHO_CASES = Export(is_zoho_cases, shape_zoho_cases)
ZOHO_NOTES = Export(is_zoho_notes, shape_zoho_notes)
