from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from textmine.errors import ContractError
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.units import Unit

AT = datetime(2026, 9, 3, 17, 30, 0, 5, tzinfo=UTC)
ONE, TWO, THREE, FOUR = (date(2026, 9, day) for day in (1, 2, 3, 4))
UNIT = Unit("crm", "d1", "cases.csv", 120, AT, "run3", THREE)


@pytest.fixture
def ledger(lake: Lake) -> Iterator[Ledger]:
    with Ledger(lake) as opened:
        yield opened


def test_a_unit_comes_back_as_it_was_added(ledger: Ledger) -> None:
    assert ledger.unit_known("crm", "d1") is None
    assert ledger.add_unit(UNIT) == UNIT == ledger.unit_known("crm", "d1")


def test_a_unit_delivered_again_keeps_its_first_landing(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    again = UNIT._replace(name="copy.csv", landed_at=AT + timedelta(days=1), landed_run="run4", landed_night=FOUR)
    assert ledger.add_unit(again) == UNIT


def test_the_same_content_from_another_source_is_another_unit(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    ledger.add_unit(UNIT._replace(source="chat"))
    assert [unit.source for unit in ledger.units_for_night(THREE)] == ["chat", "crm"]


def test_a_record_joins_its_own_night_unless_that_is_published_already(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    joined = ledger.assign_nights(UNIT, {ONE: 5, TWO: 2, THREE: 9, FOUR: 1}, published=[ONE])
    assert joined == {ONE: THREE, TWO: TWO, THREE: THREE, FOUR: FOUR}
    assert ledger.night_counts("crm", "d1") == {TWO: 2, THREE: 14, FOUR: 1}


def test_an_assignment_stays_when_more_nights_are_published(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    first = ledger.assign_nights(UNIT, {ONE: 5, TWO: 2, THREE: 9}, published=[ONE])
    assert ledger.assign_nights(UNIT, {ONE: 5, TWO: 2, THREE: 9}, published=[ONE, TWO, THREE]) == first


def test_a_rerun_of_the_landing_night_keeps_its_own_records(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    assert ledger.assign_nights(UNIT, {THREE: 9}, published=[THREE]) == {THREE: THREE}


def test_a_better_parser_changes_the_counts_but_no_assignment(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    ledger.assign_nights(UNIT, {ONE: 5, TWO: 2}, published=[ONE])
    ledger.assign_nights(UNIT, {}, published=[ONE, TWO])
    assert ledger.night_counts("crm", "d1") == {}
    assert ledger.assign_nights(UNIT, {TWO: 3}, published=[ONE, TWO]) == {TWO: TWO}
    assert ledger.night_counts("crm", "d1") == {TWO: 3}


def test_a_night_has_the_units_it_landed_and_those_with_records_for_it(ledger: Ledger) -> None:
    later = Unit("crm", "d0", "later.csv", 1, AT + timedelta(hours=1), "run4", FOUR)
    for unit in (UNIT, later):
        ledger.add_unit(unit)
    ledger.assign_nights(UNIT, {THREE: 1, FOUR: 2}, published=[])
    assert ledger.units_for_night(THREE) == [UNIT]
    assert ledger.units_for_night(FOUR) == [UNIT, later]
    assert ledger.units_for_night(ONE) == []


def test_the_state_of_a_unit_is_one_of_four(ledger: Ledger) -> None:
    ledger.add_unit(UNIT)
    ledger.set_unit_state("crm", "d1", "expired")
    assert ledger.add_unit(UNIT).state == "expired"
    with pytest.raises(ContractError, match="landed, read, quarantined, expired"):
        ledger.set_unit_state("crm", "d1", "gone")
