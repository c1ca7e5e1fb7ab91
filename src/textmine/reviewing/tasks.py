"""Tasks for people who label: rows of published nights with their words, as a workbook, CSV or Label Studio's JSON."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.errors import ConfigError
from textmine.labelfiles.choices import choices_of
from textmine.labelfiles.columns import SEPARATOR, TASK
from textmine.labelfiles.csvfile import write_csv
from textmine.labelfiles.excel import write_excel
from textmine.labelfiles.labelstudio import write_tasks
from textmine.labelfiles.labelstudio_config import labelling_config
from textmine.reviewing.desk import Desk
from textmine.store.corrections import KEY, read_corrections
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.reading import read_arrow
from textmine.store.records import published_texts

logger = logging.getLogger(__name__)
FORMATS = {"xlsx": ".xlsx", "csv": ".csv", "labelstudio": ".json"}  # and the extension, by which an import knows them
OF_FEEDBACK = ("feedback_id", "channel", "text", "sentiment", "categories", "primary_category", "intent", "priority")


def make_tasks(desk: Desk, nights: Sequence[date], *, whole: bool = False, annotator: str = "") -> pd.DataFrame:
    """Tasks (columns TASK) of published nights: the review queues in their order, or with ``whole`` every text that is scored.

    What a person has labelled in the meantime is left out.

    Raises
    ------
    NightMissingError
        If a night is not published.
    """
    parts = [_tasks_of(desk.lake, night, whole=whole) for night in nights]
    tasks = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*KEY, *OF_FEEDBACK, "night", "reason"])
    done = pd.MultiIndex.from_frame(read_corrections(desk.lake, feedback_ids=tasks["feedback_id"])[KEY])
    tasks = tasks[~pd.MultiIndex.from_frame(tasks[KEY].astype("str")).isin(done)]
    tasks = tasks.drop_duplicates("feedback_id", keep="last").assign(annotator=annotator)
    joined = pc.binary_join(pa.array(tasks["categories"], pa.list_(pa.string()), from_pandas=True), SEPARATOR)
    made: pd.DataFrame = tasks.assign(categories=joined.to_numpy(zero_copy_only=False)).reindex(columns=list(TASK)).astype("str")
    return made.reset_index(drop=True)


def _tasks_of(lake: Lake, night: date, *, whole: bool) -> pd.DataFrame:
    wanted = {"labelled_feedback": [*OF_FEEDBACK, "validity"], "review_queue": ["feedback_id", "rank", "reason"]}
    found = read_arrow(wanted, night=night, root=lake.root)
    feedback, queue = found["labelled_feedback"], found["review_queue"].to_pandas()
    queued = pc.is_in(feedback["feedback_id"], pa.array(queue["feedback_id"], pa.string()))
    kept = feedback.filter(pc.equal(feedback["validity"], "ok") if whole else queued).to_pandas()
    digests = published_texts(kept["feedback_id"], lake=lake, nights=[night])[KEY]
    rows: pd.DataFrame = kept.assign(night=str(night)).merge(queue, on="feedback_id", how="left").merge(digests, on="feedback_id")
    return rows.sort_values(["rank", "feedback_id"], ignore_index=True)


def format_of(path: Path, form: str | None = None) -> str:
    """The format of a label file by its extension.

    Raises
    ------
    ConfigError
        If the extension is none of a label file, or not that of ``form``; or the file is there: it may hold a person's work.
    """
    found = [name for name, suffix in FORMATS.items() if suffix == path.suffix and form in (None, name)]
    if not found:
        raise ConfigError(
            "the extension of OUT says the format", where=str(path), got=path.suffix or "none", allowed=FORMATS.values()
        )
    if path.exists():
        raise ConfigError("the file is there and may hold corrections", where=str(path), todo="name another OUT or move it away")
    return found[0]


def export_tasks(tasks: pd.DataFrame, path: Path, *, form: str, desk: Desk) -> list[Path]:
    """Files written, whole or not at all: the tasks, and for Label Studio its labelling config beside them.

    Raises
    ------
    ConfigError
        If the format is not known, or a workbook cannot hold so many rows.
    """
    choices = choices_of(desk.taxonomy)
    writers: Mapping[str, Callable[[BinaryIO], None]] = {
        "xlsx": lambda file: write_excel(tasks, file, taxonomy=desk.taxonomy),
        "csv": lambda file: write_csv(tasks, file),
        "labelstudio": lambda file: write_tasks(tasks, file, choices=choices, model=desk.bundle.id),
    }
    if form not in writers:
        raise ConfigError("no such format of label files", got=form, allowed=list(FORMATS))
    write_durably(path, writers[form])
    logger.info("label tasks: %d rows as %s", len(tasks), form)
    if form != "labelstudio":
        return [path]
    beside = path.with_name(f"{path.name}.config.xml")
    write_durably(beside, labelling_config(choices).encode())
    return [path, beside]
