"""What each part of the page shows, from the published tables: plain lists of plain values."""

from __future__ import annotations

from typing import Any

import pandas as pd

from textmine.report.names import DRIFT_NAMES, DRIFT_STATUS_NAMES, METRIC_NAMES, TERM_NAMES, named
from textmine.tables import FATES, SENTIMENTS

Row = dict[Any, Any]
TILES = ("csat", "nps", "negative_rate", "complaint_rate", "response_hours")
URGENT_SHOWN = 200
ROW_COLUMNS = ("source", "received_at", "validity", "channel", "sentiment", "primary_category")
URGENT_COLUMNS = (
    "feedback_id",
    "priority",
    "priority_score",
    "priority_terms",
    "channel",
    "primary_category",
    "text",
    "red_lines",
    "route_to",
    "source_ref",
    "respond_by",
)
ZONE = "Asia/Shanghai"


def run_total(runs: pd.DataFrame) -> Row:
    """The run's row for all sources, with its fates in order and whether they balance."""
    total: Row = runs[runs["source"] == "all"].to_dict("records")[0]
    fates = [(fate, int(total[fate])) for fate in FATES]
    return total | {"fates": fates, "balanced": total["records_in"] == sum(n for _, n in fates)}


def sources(runs: pd.DataFrame, rows: pd.DataFrame) -> list[Row]:
    """One row a source; a failed one carries its problem, never a zero that looks like silence."""
    last = rows.groupby("source")["received_at"].max().dt.tz_convert(ZONE)
    found = runs[runs["source"] != "all"].to_dict("records")
    return [row | {"last": f"{last[row['source']]:%m-%d %H:%M}" if row["source"] in last.index else None} for row in found]


def tiles(rows: pd.DataFrame, metrics: pd.DataFrame) -> list[Row]:
    """The headline figures: name, value as text, number behind it, interval."""
    total = metrics[(metrics["dimension"] == "all") & metrics["metric"].isin(TILES)]
    total = total.sort_values("metric", key=lambda names: names.map(TILES.index))
    first = [{"name": "反馈数", "value": f"{len(rows):,}", "note": f"有效 {int((rows['validity'] == 'ok').sum()):,}"}]
    return first + [_tile(str(row["metric"]), row) for row in total.to_dict("records")]


def _tile(name: str, figure: Row) -> Row:
    if pd.isna(figure["value"]):
        return {"name": METRIC_NAMES[name], "value": "—", "note": f"n={figure['n']}，样本过少"}
    shown = [_shown(float(figure[part]), str(figure["unit"])) for part in ("value", "low", "high")]
    return {"name": METRIC_NAMES[name], "value": shown[0], "note": f"95% 区间 {shown[1]} ~ {shown[2]}，n={figure['n']:,}"}


def _shown(value: float, unit: str) -> str:
    return f"{value:.1%}" if unit == "share" else f"{value:,.1f}"


def sentiment_by_channel(rows: pd.DataFrame) -> list[Row]:
    """Counts of negative, neutral and positive per channel, the largest channel first."""
    table = pd.crosstab(rows["channel"], rows["sentiment"]).reindex(columns=list(SENTIMENTS), fill_value=0)
    found = [
        {"channel": str(channel), "counts": [(kind, int(counts[kind])) for kind in SENTIMENTS], "n": int(counts.sum())}
        for channel, counts in table.iterrows()
    ]
    return sorted(found, key=lambda row: (-row["n"], row["channel"]))


def top_topics(topics: pd.DataFrame, *, shown: int = 15) -> list[Row]:
    """The largest topics with their negative part and words."""
    order = topics[topics["n"] > 0].sort_values(["n", "topic_id"], ascending=[False, True]).head(shown)
    return [
        {"name": row["topic_name"], "n": int(row["n"]), "n_neg": int(row["n_neg"]), "words": "、".join(list(row["keywords"])[:6])}
        for row in order.to_dict("records")
    ]


def categories(rows: pd.DataFrame) -> list[Row]:
    """Counts of primary categories by sentiment, the largest first."""
    table = pd.crosstab(rows["primary_category"], rows["sentiment"]).reindex(columns=list(SENTIMENTS), fill_value=0)
    found = [
        {"category": str(code), "counts": [(kind, int(counts[kind])) for kind in SENTIMENTS], "n": int(counts.sum())}
        for code, counts in table.iterrows()
    ]
    return sorted(found, key=lambda row: (-row["n"], row["category"]))


def urgent(rows: pd.DataFrame) -> list[Row]:
    """P0 and P1, the highest first: text, why, who answers, until when (Asia/Shanghai)."""
    found = rows.sort_values(["priority", "priority_score", "feedback_id"], ascending=[True, False, True]).head(URGENT_SHOWN)
    return [_urgent_row(row) for row in found.to_dict("records")]


def _urgent_row(row: Row) -> Row:
    due = row["respond_by"]
    terms = sorted(dict(row["priority_terms"] or {}).items(), key=lambda term: -abs(term[1]))
    return {
        "feedback_id": row["feedback_id"],
        "priority": row["priority"],
        "channel": row["channel"],
        "category": row["primary_category"],
        "text": row["text"],
        "red_lines": list(row["red_lines"]) if row["red_lines"] is not None else [],
        "terms": "，".join(f"{named(name, TERM_NAMES)} {value:+.2f}" for name, value in terms if value),
        "score": f"{row['priority_score']:.2f}",
        "route_to": row["route_to"] or "—",
        "source_ref": row["source_ref"] if isinstance(row["source_ref"], str) else "",
        "due": "—" if pd.isna(due) else f"{due.tz_convert(ZONE):%m-%d %H:%M}",
    }


def drift(rows: pd.DataFrame) -> list[Row]:
    """What drifts, alarms first; all channels where nothing does, so that a reader sees it was looked at."""
    moved = rows[rows["status"].isin(["alarm", "watch"])].sort_values("status", kind="stable")
    shown = moved if len(moved) else rows[(rows["channel"] == "all") & (rows["status"] == "ok")]
    return [
        {
            "name": named(row["measure"], DRIFT_NAMES),
            "channel": row["channel"],
            "status": row["status"],
            "said": named(row["status"], DRIFT_STATUS_NAMES),
            "n": int(row["n"]),
            "value": f"{row['value']:+.3f}",
            "threshold": f"{row['threshold']:.3f}",
            "detail": row["detail"] if isinstance(row["detail"], str) else "",
        }
        for row in shown.to_dict("records")
    ]


def validities(rows: pd.DataFrame) -> list[tuple[str, int]]:
    """Counts by validity, the largest first."""
    return [(str(code), int(n)) for code, n in rows["validity"].value_counts().items()]


def quarantine_reasons(quarantine: pd.DataFrame) -> list[Row]:
    """Records in quarantine by source and reason."""
    counts = quarantine.groupby(["source", "reason"])["records"].sum().reset_index()
    return [{"source": row["source"], "reason": row["reason"], "n": int(row["records"])} for row in counts.to_dict("records")]
