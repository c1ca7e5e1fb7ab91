"""Nothing a customer said or is passes through Prefect: its database, logs and home are read byte by byte."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_SERVER_DATABASE_CONNECTION_URL

import textmine.night.run as night_run
from pipelines.nightly import nightly
from tests.night.small import NIGHT, SAID
from tests.pipelines.lakes import DEAD, PHONE, write_lake

SECRETS = (*(text[:8] for text in SAID), PHONE)


def database() -> Path:
    return Path(PREFECT_SERVER_DATABASE_CONNECTION_URL.value().removeprefix("sqlite+aiosqlite:///"))


def spellings(secret: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield secret.encode(encoding)
    yield json.dumps(secret)[1:-1].encode()


def found_in(home: Path) -> set[str]:
    """Secrets that stand in a file of Prefect's home, or beside its database (the write-ahead log too)."""
    files = [path for folder in (home, database().parent) for path in folder.rglob("*") if path.is_file()]
    data = b"\n".join(path.read_bytes() for path in files)
    return {secret for secret in SECRETS if any(spelling in data for spelling in spellings(secret))}


def stored(query: str) -> list[str]:
    """First column of what Prefect has stored, once all that is logged has arrived."""
    APILogHandler().flush()
    with sqlite3.connect(database()) as db:
        return [row[0] for row in db.execute(query)]


@pytest.mark.slow
def test_prefect_keeps_counts_and_names_but_no_word_of_a_customer(tmp_path, prefect_home):
    state = nightly(night=NIGHT, config=str(write_lake(tmp_path, more=DEAD)), return_state=True)
    logged = "\n".join(stored("SELECT message FROM log"))
    assert "断了" in logged  # so what textmine logs does arrive, and the search below is not in vain
    assert state.message in stored("SELECT message FROM flow_run_state")
    assert any("records in 10 = 10 published" in page for page in stored("SELECT data FROM artifact"))
    assert found_in(prefect_home) == set()


@pytest.mark.slow
def test_an_error_that_quotes_a_customer_reaches_prefect_without_its_words(tmp_path, prefect_home, monkeypatch, capsys, caplog):
    def quoting(*_args, **_more):
        raise ValueError(f"cannot parse {SAID[0]} of {PHONE}")

    monkeypatch.setattr(night_run, "look_back", quoting)
    state = nightly(night=NIGHT, config=str(write_lake(tmp_path)), return_state=True)
    assert state.is_failed()
    assert "ValueError" in state.message
    assert state.message in stored("SELECT message FROM flow_run_state")
    assert found_in(prefect_home) == set()
    said = capsys.readouterr()
    assert not [secret for secret in SECRETS if secret in said.out + said.err + caplog.text]
    assert "quoting" in caplog.text  # the lines of code that led there are told
