"""The ledger's SQLite file: its tables, and transactions that are on disk when they end."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from textmine.errors import ConfigError, TextmineError
from textmine.store.durable import make_folder
from textmine.store.lake import PRIVATE, Lake

VERSION = 1
SCHEMA = """
CREATE TABLE runs (
    run_id TEXT PRIMARY KEY, night TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT, status TEXT NOT NULL,
    exit_code INTEGER, version TEXT NOT NULL, bundle_id TEXT NOT NULL DEFAULT '', counts TEXT NOT NULL DEFAULT '{}',
    problem TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE nights (night TEXT PRIMARY KEY, state TEXT NOT NULL, run_id TEXT NOT NULL) STRICT;
CREATE TABLE cursors (source TEXT PRIMARY KEY, value TEXT NOT NULL, run_id TEXT NOT NULL) STRICT;
CREATE TABLE units (
    source TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, landed_at TEXT NOT NULL,
    landed_run TEXT NOT NULL, landed_night TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (source, digest)) STRICT;
CREATE TABLE assignments (
    source TEXT NOT NULL, digest TEXT NOT NULL, own_night TEXT NOT NULL, night TEXT NOT NULL, records INTEGER NOT NULL,
    PRIMARY KEY (source, digest, own_night)) STRICT;
CREATE INDEX units_by_night ON units (landed_night);
CREATE INDEX assignments_by_night ON assignments (night);
"""


class LedgerFile:
    """The open file. Every method of a ledger is one transaction unless inside ``together``."""

    def __init__(self, lake: Lake) -> None:
        self._path = lake.ledger / "ledger.sqlite"
        self._depth = 0
        make_folder(lake.ledger, mode=PRIVATE)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        # the night reads in the thread that feeds the workers, so one at a time but not always the same one
        self._db = sqlite3.connect(self._path, timeout=10, isolation_level=None, check_same_thread=False)
        with self._explained():
            # a rollback journal needs no shared memory and leaves one file; EXTRA is FULL and syncs the folder as well
            self._db.execute("PRAGMA journal_mode=DELETE")
            self._db.execute("PRAGMA synchronous=EXTRA")
        with self.together():
            self._set_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[sqlite3.Connection]:
        """All calls in the block in one transaction: all or none.

        Raises
        ------
        TextmineError
            If the ledger is damaged, or locked or not writable; nothing of the block is kept.
        """
        if self._depth:
            yield self._db
            return
        with self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise
            finally:
                self._depth = 0

    def _set_up(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise ConfigError(
                "the ledger was made by a newer textmine",
                where=str(self._path),
                got=str(version),
                allowed=str(VERSION),
                todo="upgrade textmine",
            )
        if version == 0:
            for statement in SCHEMA.strip().split(";\n"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version={VERSION}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise TextmineError(
                f"the ledger cannot be used ({error})",
                where=str(self._path),
                todo="see to the disk, or restore the ledger from a backup",
            ) from error
