"""The config file (sources, lake, choices) and the environment (paths, secrets), checked before any data is touched."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from textmine.errors import ConfigError, nearest

Channel = Literal["survey", "hotline", "email", "chat", "social", "interview", "suggestion_box", "crm"]
Format = Literal[
    "auto",
    "csv",
    "tsv",
    "excel",
    "json",
    "jsonl",
    "parquet",
    "txt",
    "mbox",
    "eml",
    "docx",
    "qualtrics",
    "surveymonkey",
    "surveymonkey_pages",
    "wenjuanxing",
    "zoho_cases",
    "zoho_notes",
    "fxiaoke",
    "chatwoot",
    "weibo_comments",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """Which column of the source holds what. Left out: found by well-known names, Chinese or English."""

    text: str | list[str] | None = None
    source_ref: str | None = None
    answer_id: str | None = None
    question: str | None = None
    created_at: str | None = None
    received_at: str | None = None
    customer: str | None = None
    segment: str | None = None
    customer_value: str | None = None
    agent: str | None = None
    team: str | None = None
    product: str | None = None
    region: str | None = None
    rating: str | None = None
    nps: str | None = None
    ces: str | None = None
    votes: str | None = None
    status: str | None = None
    first_response_at: str | None = None
    resolved_at: str | None = None
    informed_at: str | None = None
    dimension_scores: list[str] = Field(default_factory=list)
    attributes: list[str] = Field(default_factory=list)


class Source(_Strict):
    """One file, or the files a pattern names, of one channel (or many, by ``channel_column``)."""

    name: str = Field(pattern=r"^[\w.-]+$")
    path: str
    channel: Channel = "survey"
    channel_column: str | None = None
    channel_values: dict[str, Channel] = Field(default_factory=dict)
    format: Format = "auto"
    encoding: str = "auto"
    timezone: str = "Asia/Shanghai"
    sheet: str | None = None
    columns: Columns = Columns()


class Lake(_Strict):
    """Where the tables live, and how the work is spread."""

    root: Path = Path("data")
    models: Path | None = None
    workers: int = Field(default=2, ge=1)
    backend: Literal["loky", "threading", "sequential", "dask"] = "loky"
    chunk_rows: int = Field(default=10_000, ge=1, le=50_000)


class Audit(_Strict):
    """A night outside these bounds is made but not shown (exit 5)."""

    max_quarantined: float = Field(default=0.5, ge=0, le=1)
    max_unscored: float = Field(default=0.9, ge=0, le=1)


class Labels(_Strict):
    """The review queue: how many texts a night a person is asked about, and which part of them is drawn to measure the night."""

    queue_rows: int = Field(default=200, ge=0, le=100_000)
    random_share: float = Field(default=0.1, ge=0, le=1)


class Config(_Strict):
    """The whole config file. ``folder`` is where it lies; relative paths start there."""

    folder: Path = Field(default=Path(), exclude=True)
    lake: Lake = Lake()
    audit: Audit = Audit()
    labels: Labels = Labels()
    sources: list[Source] = Field(default_factory=list)

    @field_validator("sources")
    @classmethod
    def _names_differ(cls, sources: list[Source]) -> list[Source]:
        names = [source.name for source in sources]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two sources share a name: {', '.join(twice)}")
        return sources

    @property
    def root(self) -> Path:
        """Root of the lake, resolved against the config's folder."""
        return (self.folder / self.lake.root).resolve()

    @property
    def models(self) -> Path | None:
        """Folder of the deployment's own bundles, resolved; None for the shipped ones alone."""
        return (self.folder / self.lake.models).resolve() if self.lake.models else None


class Settings(BaseSettings):
    """The environment: TEXTMINE_CONFIG, TEXTMINE_KEY or TEXTMINE_KEY_FILE, TEXTMINE_MODELS."""

    model_config = SettingsConfigDict(env_prefix="TEXTMINE_", env_ignore_empty=True, frozen=True, extra="ignore")

    config: Path = Path("textmine.toml")
    key: str = Field(default="", repr=False)
    key_file: Path | None = None
    models: Path | None = None


def read_settings() -> Settings:
    """The environment, checked.

    Raises
    ------
    ConfigError
        If a variable begins with TEXTMINE_ but is not known; names the nearest.
    """
    known = [f"TEXTMINE_{name.upper()}" for name in Settings.model_fields]
    for name in os.environ:
        if name.startswith("TEXTMINE_") and name not in known:
            close = nearest(name, known)
            raise ConfigError(
                "unknown variable of the environment",
                got=name,
                allowed=known,
                todo=f"did you mean {close!r}?" if close else "take it out",
            )
    return Settings()


def read_config(path: Path) -> Config:
    """The config of a TOML file.

    Raises
    ------
    ConfigError
        If the file is missing or is no TOML, or a key or value is not known; names the nearest known key.
    """
    if not path.is_file():
        raise ConfigError("no config file", where=str(path), todo="run `textmine init` or give --config FILE")
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"not a TOML file ({error})", where=str(path), todo="mend the line named") from error
    try:
        return Config(**raw, folder=path.resolve().parent)
    except (ValidationError, TypeError) as error:
        raise _explained(error, path) from error


def _explained(error: ValidationError | TypeError, path: Path) -> ConfigError:
    if isinstance(error, TypeError):
        return ConfigError(f"a key is not allowed at the top ({error})", where=str(path), allowed=list(Config.model_fields))
    # a slip in a key first: it may be why another one is missing
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] != "extra_forbidden":
        return ConfigError(first["msg"], where=f"{path}: {place}", todo=f"mend {place}")
    known = _known_keys(first["loc"])
    close = nearest(str(first["loc"][-1]), known)
    return ConfigError(
        "unknown key",
        where=f"{path}: {place}",
        got=str(first["loc"][-1]),
        allowed=known,
        todo=f"did you mean {close!r}?" if close else "take the key out",
    )


def _known_keys(location: tuple[Any, ...]) -> list[str]:
    """Keys allowed where the unknown one stood: walks the models along the error's location."""
    model: Any = Config
    rooms: dict[str, Any] = {"lake": Lake, "audit": Audit, "labels": Labels, "sources": Source, "columns": Columns}
    for part in location[:-1]:
        model = rooms.get(str(part), model)
    return sorted(name for name in model.model_fields if name != "folder")
