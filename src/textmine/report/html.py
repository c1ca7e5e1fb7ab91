"""The night as one self-contained page in Chinese: no script, no network, every text escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from textmine.report import sections
from textmine.report.bars import stacked_bar
from textmine.report.names import CHANNEL_NAMES, FATE_NAMES, INTENT_NAMES, SENTIMENT_NAMES, VALIDITY_NAMES, named


def render_night(
    tables: Mapping[str, pd.DataFrame],
    *,
    night: date,
    category_names: Mapping[str, str],
    red_line_names: Mapping[str, str],
) -> str:
    """The HTML page of one night.

    Reads topics, metrics_daily, quarantine, runs and drift of that night, ``sections.ROW_COLUMNS`` of labelled_feedback, and as
    ``urgent`` its P0 and P1 rows with ``sections.URGENT_COLUMNS``. ``category_names`` and ``red_line_names`` give the
    Chinese names of the codes in use.
    """
    loader = PackageLoader("textmine.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(
        channel=lambda code: named(code, {"all": "全部", **CHANNEL_NAMES}),
        sentiment=lambda code: named(code, SENTIMENT_NAMES),
        intent=lambda code: named(code, INTENT_NAMES),
        fate=lambda code: named(code, FATE_NAMES),
        validity=lambda code: named(code, VALIDITY_NAMES),
        category=lambda code: named(code, category_names),
        red_line=lambda code: named(code, red_line_names),
    )
    style = Markup(loader.get_source(environment, "night.css")[0])  # noqa: S704  our own file
    rows = tables["labelled_feedback"]
    return environment.get_template("night.html").render(
        night=night,
        style=style,
        style_hash=_csp_hash(style),
        bar=stacked_bar,
        run=sections.run_total(tables["runs"]),
        sources=sections.sources(tables["runs"], rows),
        tiles=sections.tiles(rows, tables["metrics_daily"]),
        channels=sections.sentiment_by_channel(rows),
        topics=sections.top_topics(tables["topics"]),
        categories=sections.categories(rows),
        urgent=sections.urgent(tables["urgent"]),
        n_urgent=len(tables["urgent"]),
        validities=sections.validities(rows),
        drift=sections.drift(tables["drift"]),
        quarantine=sections.quarantine_reasons(tables["quarantine"]),
    )


def _csp_hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
