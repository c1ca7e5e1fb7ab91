"""The backfill as a flow: the same as without Prefect, errors as states, the exit code of the worst night."""

from __future__ import annotations

import shutil

from pipelines.backfill import backfill, main
from tests.night.small import KEY, NIGHT, config_of, digest
from tests.pipelines.lakes import DEAD, write_lake
from textmine.backfill import backfill as run_nights
from textmine.settings import Settings


def test_the_flow_publishes_what_the_same_call_without_prefect_publishes(prefect_home, tmp_path):
    config = write_lake(tmp_path / "flow")
    shutil.copytree(tmp_path / "flow", tmp_path / "plain")
    state = backfill(first=NIGHT, last=NIGHT, config=str(config), return_state=True)
    assert state.is_completed()
    assert state.result() == {"exit_code": 0, "published": 1}
    run_nights(config_of(tmp_path / "plain"), settings=Settings(key=KEY), first=NIGHT, last=NIGHT)
    assert digest(tmp_path / "flow" / "lake") == digest(tmp_path / "plain" / "lake")


def test_by_hand_it_tells_night_by_night_and_gives_the_worst_exit_code(prefect_home, tmp_path, capsys):
    config = write_lake(tmp_path, more=DEAD)
    arguments = ["--from", str(NIGHT), "--to", str(NIGHT), "--config", str(config)]
    assert main(arguments) == 3
    assert f"{NIGHT}  published 10 records" in capsys.readouterr().out
    assert main([*arguments, "--bundle", "nothing"]) == 1
    assert "no such bundle" in capsys.readouterr().err


def test_a_config_that_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["--from", str(NIGHT), "--to", str(NIGHT), "--config", str(tmp_path / "nothing.toml")]) == 2
    assert "no config file" in capsys.readouterr().err
