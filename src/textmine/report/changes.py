"""The change report as one self-contained page in Chinese: what readers see move, the model's part, the customers' part."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from textmine.report.names import CHANNEL_NAMES, METRIC_NAMES, named

OWN_METRICS: Mapping[str, str] = {"score_mean": "平均情感分", "category_share": "主类别占比"}


class ChangePeriod(NamedTuple):
    """A period of the report: its days, how many nights of it are compared, the bundles whose labels are held against."""

    first: date
    last: date
    nights: int
    bundles: tuple[str, ...]


def render_changes(
    figures: pd.DataFrame,
    *,
    within: ChangePeriod,
    before: ChangePeriod,
    bundle_id: str,
    category_names: Mapping[str, str],
    dry_run: bool,
) -> str:
    """The HTML page of ``measure_changes``; changes whose interval leaves out zero are marked."""
    loader = PackageLoader("textmine.report", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(channel=lambda code: "全部渠道" if code == "all" else named(code, CHANNEL_NAMES))
    style = Markup(loader.get_source(environment, "night.css")[0])  # noqa: S704  our own file
    channels = list(dict.fromkeys(figures["channel"]))
    tables = [(str(name), [_row(row, category_names) for row in _rows(figures, name)]) for name in channels]
    return environment.get_template("changes.html").render(
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        within=within,
        before=before,
        bundle_id=bundle_id,
        dry_run=dry_run,
        tables=tables,
    )


def _rows(figures: pd.DataFrame, channel: str) -> list[dict[Any, Any]]:
    return figures[figures["channel"] == channel].to_dict("records")


def _row(row: Mapping[str, Any], category_names: Mapping[str, str]) -> dict[str, Any]:
    metric = str(row["metric"])
    unit = "score" if metric == "score_mean" else "share"
    name = METRIC_NAMES.get(metric) or OWN_METRICS[metric]
    return {
        "name": f"{name}：{named(row['member'], category_names)}" if row["member"] else name,
        "n_range": row["n_range"],
        "n_before": row["n_before"],
        **{figure: _figure(row[figure], unit) for figure in ("range_old", "range_new", "before_old", "before_new")},
        **{part: _change(row, part, unit) for part in ("total", "model", "customer", "rescored")},
    }


def _figure(value: Any, unit: str) -> str:
    if value is None or pd.isna(value):
        return "—"
    return f"{value:.1%}" if unit == "share" else f"{value:.3f}"


def _change(row: Mapping[str, Any], part: str, unit: str) -> dict[str, Any]:
    """The change in points (of a share) or as it is, its interval, and whether that leaves out zero."""
    value, low, high = (row[f"{part}{end}"] for end in ("", "_low", "_high"))
    if value is None or pd.isna(value):
        return {"value": "—", "interval": "", "sure": False}
    shown = [f"{100 * cell:+.1f}" if unit == "share" else f"{cell:+.3f}" for cell in (value, low, high)]
    return {"value": shown[0], "interval": f"{shown[1]} ~ {shown[2]}", "sure": bool(low > 0 or high < 0)}
