"""``textmine dictionary``: what is wrong with it, and words it lacks."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd

    from textmine.text.dictionary import Entry

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml)."
)


@click.group("dictionary")
def command() -> None:
    """Words that jieba does not know or would cut apart."""


@command.command("lint")
@click.argument("file", required=False, type=FILE)
def lint(file: Path | None) -> int:
    """Faults of a dictionary FILE (left out: the shipped one) and what to do; exit code 2 when a word would not work."""
    import pandas as pd

    from textmine.cli.tables import show_frame
    from textmine.store.shipped import SHIPPED_VOCABULARY
    from textmine.text.dictionary import read_dictionary
    from textmine.text.dictionary_lint import SERIOUS, lint_dictionary

    path = file or SHIPPED_VOCABULARY / "dictionary.txt"
    entries = read_dictionary(path)
    findings = lint_dictionary(entries)
    serious = sum(finding.kind in SERIOUS for finding in findings)
    if findings:
        rows = [(f.line, f.word, f.kind, "yes" if f.kind in SERIOUS else "", f.advice) for f in findings]
        show_frame(pd.DataFrame(rows, columns=["line", "word", "fault", "serious", "what to do"]), title=str(path))
    click.echo(f"{len(entries):,} words, {len(findings)} findings, {serious} serious: {path}")
    return 2 if serious else 0


@command.command("candidates")
@click.option("--night", type=DAY, help="One published night (left out: the last 30 nights).")
@click.option("--from", "first", type=DAY, help="First night of several.")
@click.option("--to", "last", type=DAY, help="Last night of several.")
@click.option("--texts", type=FILE, help="A file with feedback instead of published nights.")
@click.option("--text-column", help="Column of --texts that holds the words (left out: a well-known name).")
@click.option("--min-count", default=5, show_default=True, type=click.IntRange(min=5), help="Fewest texts.")
@click.option("--accept", multiple=True, metavar="WORD", help="Take this word into the next bundle; may be repeated.")
@click.option("--accept-file", type=FILE, help="A file of words to accept: one a line, or lines of a dictionary.")
@click.option("--who", default="", help="Who accepts (left out: the user of this machine).")
@CONFIG
def candidates(
    night: datetime | None,
    first: datetime | None,
    last: datetime | None,
    texts: Path | None,
    text_column: str | None,
    min_count: int,
    accept: tuple[str, ...],
    accept_file: Path | None,
    who: str,
    config: Path | None,
) -> int:
    """Words that no dictionary holds, with the line a dictionary would need. Accepted ones work from the next bundle on."""
    from textmine.cli.tables import show_frame

    if accept or accept_file:
        return _accept(accept, accept_file, who, config)
    found = _of_file(texts, text_column, min_count) if texts else _of_nights(config, night, first, last)
    found = found[found["n_documents"] >= min_count]
    if len(found):
        show_frame(_with_entries(found))
    click.echo(
        f"{len(found):,} candidates" + (", accept with: textmine dictionary candidates --accept WORD" if len(found) else "")
    )
    return 0


def _of_nights(config: Path | None, night: datetime | None, first: datetime | None, last: datetime | None) -> pd.DataFrame:
    from datetime import date, timedelta

    from textmine.settings import read_config, read_settings
    from textmine.store.reading import read_table
    from textmine.text.new_word_candidates import add_nights

    root = read_config(config or read_settings().config).root
    days = [None if day is None else day.date() for day in (night or first, night or last)]
    if days == [None, None]:
        rows = read_table("new_words", root=root)
        return add_nights(rows[rows["night"] > rows["night"].max() - timedelta(days=30)] if len(rows) else rows)
    return add_nights(read_table("new_words", nights=(days[0] or date.min, days[1] or date.max), root=root))


def _of_file(texts: Path, text_column: str | None, min_count: int) -> pd.DataFrame:
    import pandas as pd

    from textmine.anyfile import read_any
    from textmine.channels.own import as_feedback
    from textmine.label import Labeller
    from textmine.settings import read_settings
    from textmine.text.documents import make_documents
    from textmine.text.new_word_candidates import find_new_words
    from textmine.text.new_words import collect_runs
    from textmine.text.segment import cut

    labeller = Labeller.load(models=read_settings().models)
    feedback = as_feedback(read_any(texts, text_column=text_column).feedback, text_column="text")
    documents = make_documents(feedback, cleaner=labeller.cleaner).drop_duplicates("text").reset_index(drop=True)
    runs = collect_runs(cut(documents, cutter=labeller.cutter), scored=documents["validity"].eq("ok").to_numpy())
    ids = pd.Series(range(len(documents))).map("{:09d}".format)
    alone = pd.DataFrame({"feedback_id": ids, "near_duplicate_group": None, "customer_key": None})
    return find_new_words(runs, alone, knows=labeller.cutter.open().knows, fewest=min_count)


def _with_entries(found: pd.DataFrame) -> pd.DataFrame:
    """The candidates, with their parts and the line that a dictionary needs."""
    from textmine.text.dictionary_lint import split_plainly, suggest_entry

    entries = [suggest_entry(word) for word in found["word"]]
    return found.assign(
        parts=["/".join(split_plainly(word)) for word in found["word"]],
        line=[f"{entry.word} {entry.frequency} {entry.tag}" for entry in entries],
    )


def _accept(accept: tuple[str, ...], accept_file: Path | None, who: str, config: Path | None) -> int:
    import getpass
    from datetime import UTC, datetime

    from textmine.label import Labeller
    from textmine.retraining.accepted_words import accept_words, accepted_file
    from textmine.settings import read_config, read_settings
    from textmine.store.lake import Lake
    from textmine.text.dictionary import parse_dictionary, read_dictionary
    from textmine.text.dictionary_lint import suggest_entry

    settings = read_settings()
    chosen = read_config(config or settings.config)
    lake = Lake(chosen.root)
    lines = [*accept, *(accept_file.read_text("utf-8-sig").splitlines() if accept_file else [])]
    entries: list[Entry] = []
    for line in (line.strip() for line in lines if line.strip() and not line.startswith("#")):
        entries += parse_dictionary(line.encode(), where="word") if " " in line else [suggest_entry(line)]
    known = read_dictionary(Labeller.load(models=settings.models).cutter.dictionary)
    at = datetime.now(UTC)
    fresh = accept_words(entries, lake=lake, known=known, who=who or getpass.getuser(), at=at)
    for entry in fresh:
        click.echo(f"accepted {entry.word} {entry.frequency} {entry.tag}")
    click.echo(f"{len(fresh)} new words in {accepted_file(lake)}; they work from the next bundle on: textmine retrain")
    return 0
