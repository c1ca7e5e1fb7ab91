"""What the documents promise: names, links, commands, snippets and the rows of the sample are those of the code."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import shutil
import tomllib
from datetime import date
from pathlib import Path

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from textmine.categories.flags import FLAGS
from textmine.channels.formats import FORMATS
from textmine.cli.main import COMMANDS, cli
from textmine.measure.metrics import METRICS
from textmine.policy import read_policy
from textmine.settings import Audit, Columns, Labels, Lake, Settings, Source, read_config
from textmine.tables import CHANNELS, INTENTS, TABLES, VALIDITIES
from textmine.taxonomy import read_taxonomy

PROJECT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
PAGES = (*READMES, "CHANGELOG.md", *(f"docs/{page.name}" for page in sorted((PROJECT / "docs").glob("*.md"))))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
TREE_PATH = re.compile(r"^(\S+) {2,}\S", re.MULTILINE)

readme = pytest.mark.parametrize("page", READMES)
every_page = pytest.mark.parametrize("page", PAGES)


def text(page: str) -> str:
    return (PROJECT / page).read_text("utf-8")


def fences(page: str, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(text(page)) if kind == language]


def shell_lines(page: str, first: str) -> list[list[str]]:
    """Words of each command of the page's bash fences that begins with ``first``, comments left out."""
    lines = (shlex.split(line, comments=True) for code in fences(page, "bash") for line in code.splitlines())
    return [words for words in lines if words[:1] == [first]]


# ---------------------------------------------------------------- names


@readme
def test_every_command_is_named(page):
    assert [name for name in COMMANDS if f"`textmine {name}" not in text(page)] == []


@readme
def test_every_channel_format_and_table_is_named(page):
    assert [name for name in (*CHANNELS, *FORMATS, *TABLES) if f"`{name}`" not in text(page)] == []


@readme
def test_every_exit_code_has_its_row(page):
    rows = re.findall(r"^\| (\d) \|", text(page), re.MULTILINE)
    assert rows == ["0", "1", "2", "3", "4", "5"]


@readme
def test_every_environment_variable_is_named(page):
    names = [f"TEXTMINE_{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in text(page)] == []


def test_every_label_is_explained(vocabulary):
    categories = [category.code for category in read_taxonomy(vocabulary / "taxonomy.toml").categories]
    red_lines = [line.code for line in read_policy(vocabulary / "policy.toml").red_line]
    codes = (*VALIDITIES, *INTENTS, *FLAGS, *METRICS, *categories, *red_lines)
    assert [code for code in codes if f"`{code}`" not in text("docs/labels.md")] == []


# ---------------------------------------------------------------- files


@readme
def test_the_make_commands_exist_and_run_and_test_are_among_them(page):
    named = {words[1] for words in shell_lines(page, "make")} | set(re.findall(r"`make (\w+)`", text(page)))
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    assert {"run", "test"} <= named <= targets


@every_page
def test_every_relative_link_leads_somewhere(page):
    folder = (PROJECT / page).parent
    assert [link for link in LINK.findall(text(page)) if not (folder / link).exists()] == []


@readme
def test_every_path_of_the_tree_exists(page):
    tree = next(code for code in fences(page, "text") if "Makefile" in code)
    paths = TREE_PATH.findall(tree)
    assert len(paths) > 20
    assert [path for path in paths if not (PROJECT / path).exists()] == []


@readme
def test_every_folder_of_the_package_is_in_the_tree(page):
    tree = next(code for code in fences(page, "text") if "Makefile" in code)
    folders = [path.parent for path in (PROJECT / "src" / "textmine").glob("*/__init__.py")]
    assert [folder.name for folder in folders if f"src/textmine/{folder.name}/" not in tree] == []


@every_page
def test_every_source_file_that_is_named_exists(page):
    named = re.findall(r"`((?:src|tests|pipelines|docs|notebooks|benchmarks)/[\w./-]+)`", text(page))
    assert [path for path in named if not (PROJECT / path).exists()] == []


@readme
def test_what_the_page_says_to_edit_is_in_the_file_it_names(page):
    for name, path in (
        ("METRICS", "measure/metrics.py"),
        ("METRIC_NAMES", "report/names.py"),
        ("TABLES", "tables.py"),
        ("_tables", "night/publishing.py"),
        ("FORMATS", "channels/formats.py"),
        ("Format", "settings.py"),
        ("CHANNELS", "channels/readers.py"),
        ("CHANNELS", "tables.py"),
        ("Channel", "settings.py"),
        ("CODES", "night/discovery.py"),
    ):
        assert f"`{name}`" in text(page)
        assert f"`src/textmine/{path}`" in text(page)
        assert re.search(rf"^(?:def )?{name}\b", text(f"src/textmine/{path}"), re.MULTILINE), f"{name} is not in {path}"


# ---------------------------------------------------------------- commands


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help(name):
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


@readme
def test_every_example_of_the_command_line_is_a_valid_call(page):
    examples = shell_lines(page, "textmine")
    assert len(examples) > 5
    assert [(shlex.join(words), wrong) for words in examples if (wrong := parsed(words[1:]))] == []


@every_page
def test_every_command_and_option_in_running_text_exists(page):
    spans = re.findall(r"`textmine ([^`]+)`", text(page))
    told = {span: parsed(shlex.split(span.replace("--night D", "--night 2026-11-21"))) for span in spans}
    assert {span: wrong for span, wrong in told.items() if wrong and not wrong.startswith("missing")} == {}


def test_a_wrong_example_would_be_found():
    assert "--nigth" in parsed(["nightly", "--nigth", "2026-11-21"])
    assert "no such command" in parsed(["nigthly"])
    assert "IN" in parsed(["label"])
    assert "2026-13-01" in parsed(["nightly", "--night", "2026-13-01"])


def parsed(words: list[str]) -> str:
    """What is wrong with a call, '' if nothing; files need not exist and nothing is run."""
    command: click.Command = cli
    context = click.Context(cli, info_name="textmine")
    while isinstance(command, click.Group):
        if not words:
            return f"missing: a command of {context.info_name}"
        name, *words = words
        found = command.get_command(context, name)
        if found is None:
            return f"no such command: {name}"
        command, context = found, click.Context(found, parent=context, info_name=name)
    try:
        values, left, _ = command.make_parser(context).parse_args(args=list(words))
        for parameter in command.params:
            given = values.get(parameter.name) if parameter.name in values else None
            given = None if not isinstance(given, (str, tuple, list)) else given
            if parameter.required and not given:
                return f"missing: {parameter.make_metavar(context)}"
            if isinstance(given, str) and not isinstance(parameter.type, click.Path):
                parameter.type.convert(given, parameter, context)
    except click.UsageError as error:
        return error.format_message()
    return f"too many words: {left}" if left else ""


@readme
def test_the_flows_that_are_named_exist(page):
    modules = {words[2] for words in shell_lines(page, "python") if words[1] == "-m"}
    assert modules == {"pipelines.serve", "pipelines.nightly", "pipelines.retrain", "pipelines.backfill"}
    assert all((PROJECT / f"{module.replace('.', '/')}.py").is_file() for module in modules)


# ---------------------------------------------------------------- config and snippets


@readme
def test_the_config_example_is_valid_and_shows_every_key(page, tmp_path):
    [example] = fences(page, "toml")
    (tmp_path / "textmine.toml").write_text(example, "utf-8")
    read_config(tmp_path / "textmine.toml")
    shown = tomllib.loads(example)
    [source] = shown["sources"]
    assert set(shown["lake"]) == set(Lake.model_fields)
    assert set(shown["audit"]) == set(Audit.model_fields)
    assert set(shown["labels"]) == set(Labels.model_fields)
    assert set(source) == set(Source.model_fields)
    assert set(source["columns"]) == set(Columns.model_fields)


@readme
def test_the_labelling_snippet_runs(page, capsys):
    [snippet] = [code for code in fences(page, "python") if "Labeller" in code]
    exec(snippet, {})
    shown = capsys.readouterr().out
    assert "快递太慢了，客服态度也差。" in shown
    assert "neg" in shown


# ---------------------------------------------------------------- what a run gives


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Config of a copy of the sample whose night 2026-11-21 is published."""
    from textmine.night import run_night

    folder = tmp_path_factory.mktemp("sample") / "data" / "sample"
    shutil.copytree(PROJECT / "data" / "sample", folder)
    config = read_config(folder / "textmine.toml")
    alone = config.model_copy(update={"lake": config.lake.model_copy(update={"workers": 1, "backend": "sequential"})})
    run_night(alone, settings=Settings(key="5e" * 32), night=date(2026, 11, 21))
    return folder / "textmine.toml"


@pytest.fixture
def in_sample(sample, monkeypatch):
    monkeypatch.setenv("TEXTMINE_CONFIG", str(sample))
    return sample


@pytest.mark.slow
@readme
def test_the_table_of_rows_is_what_the_sample_gives_today(page, in_sample):
    import textmine

    build = runpy.run_path(str(PROJECT / "docs" / "build.py"))
    made = {"sample": build["sample_table"](textmine.read_table("labelled_feedback"))}
    assert build["filled"](text(page), made) == text(page), "run `make run`, then `python docs/build.py`"


@pytest.mark.slow
@readme
def test_the_reading_snippet_runs(page, in_sample):
    [snippet] = [code for code in fences(page, "python") if "read_table" in code]
    names: dict[str, pd.DataFrame] = {}
    exec(snippet, names)
    assert "P0" in set(names["feedback"]["priority"])


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_top_to_bottom(path, in_sample):
    names: dict[str, object] = {}
    for cell in code_cells(path):
        exec("".join(cell["source"]), names)
    assert len(names["feedback"]) > 0


@pytest.mark.parametrize("path", sorted((PROJECT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_its_outputs(path):
    assert [cell["id"] for cell in code_cells(path) if cell["outputs"] or cell["execution_count"] is not None] == []


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]
