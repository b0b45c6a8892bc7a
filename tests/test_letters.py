"""Abbreviations of time zones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from time_table import oracle

from planner import times
from planner.dates import letters
from planner.errors import MissingFactsError, ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Answer

JULY = datetime(2026, 7, 10, 10, 0)
DECEMBER = datetime(2026, 12, 10, 10, 0)


@pytest.mark.parametrize(
    ("said", "zones"),
    [
        ("CST", {"America/Chicago", "America/Havana", "Asia/Shanghai", "Australia/Adelaide"}),
        ("CDT", {"America/Chicago", "America/Havana", "Australia/Adelaide"}),
        ("IST", {"Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"}),
        ("AST", {"America/Halifax", "Asia/Riyadh"}),
        ("SST", {"Pacific/Pago_Pago", "Asia/Singapore"}),
        ("AMT", {"America/Manaus", "Asia/Yerevan"}),
        ("WST", {"Australia/Perth", "Pacific/Apia"}),
    ],
)
def test_letters_with_several_families_are_asked(said: str, zones: set[str]) -> None:
    """With nothing known, and with a venue that uses none of them, the readings are named and none is taken."""
    for known in (None, "Europe/Berlin"):
        with pytest.raises(MissingFactsError, match="--zone") as asked:
            letters.choose(said, JULY, known)
        assert set(asked.value.zones) == zones
        assert asked.value.zone
        assert asked.value.exit_code == 3
        for zone in zones:
            assert letters.choose(said, JULY, zone)[0] == zone


@pytest.mark.parametrize("said", ["XYZ", "PDX", "LUNCH", "", "P", "+", "UTC-10:00", "ПДТ", "Q" * 500])
def test_unknown_letters_are_refused(said: str) -> None:
    """Letters that nobody uses are an error with the letters in it, never UTC."""
    with pytest.raises(ReadError) as refused:
        letters.choose(said, JULY, "America/Los_Angeles")
    assert not isinstance(refused.value, MissingFactsError)
    assert said[:20] in str(refused.value)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("PST", "America/Los_Angeles"),
        ("PDT", "America/Los_Angeles"),
        ("EST", "America/New_York"),
        ("EDT", "America/New_York"),
        ("GMT", "Etc/GMT"),
        ("UTC", "UTC"),
        ("BST", "Europe/London"),
        ("CET", "Europe/Berlin"),
        ("CEST", "Europe/Berlin"),
        ("JST", "Asia/Tokyo"),
        ("KST", "Asia/Seoul"),
        ("AEST", "Australia/Sydney"),
        ("AEDT", "Australia/Sydney"),
        ("NZST", "Pacific/Auckland"),
        ("NZDT", "Pacific/Auckland"),
        ("PT", "America/Los_Angeles"),
        ("ET", "America/New_York"),
        ("CT", "America/Chicago"),
        ("MT", "America/Denver"),
        ("AoE", "Etc/GMT+12"),
        ("pst", "America/Los_Angeles"),
    ],
)
def test_letters_have_a_usual_region(said: str, zone: str) -> None:
    """With nothing known these are never asked."""
    assert letters.choose(said, JULY)[0] == zone


@pytest.mark.parametrize("known", ["Europe/Berlin", "Asia/Tokyo", "UTC", "America/Phoenix"])
def test_letters_with_one_family_stay_there_whatever_the_venue(known: str) -> None:
    """A page printed for a reader elsewhere stays right."""
    assert letters.choose("PDT", JULY, known) == ("America/Los_Angeles", "")
    assert letters.choose("CEST", JULY, "America/Chicago") == ("Europe/Berlin", "")


def test_the_precise_zone_of_the_family_is_the_known_one() -> None:
    """EST at a venue in Cancun is Cancun's, MST in Phoenix is Phoenix's, and neither is warned about."""
    assert letters.choose("EST", JULY, "America/Cancun") == ("America/Cancun", "")
    assert letters.choose("MST", JULY, "America/Phoenix") == ("America/Phoenix", "")
    assert letters.choose("CET", JULY, "Africa/Tunis") == ("Africa/Tunis", "")


def test_a_contradiction_is_one_sentence_for_the_whole_month() -> None:
    """An import of a hundred such lines says it once."""
    said = {letters.choose("PST", datetime(2026, 7, day, hour, 0))[1] for day in range(1, 31) for hour in (0, 12)}
    assert said == {"The page says PST, but America/Los_Angeles has PDT then (July 2026); the wall clock there is taken."}


def test_generic_letters_never_contradict_the_date() -> None:
    """PT is Pacific time in every month, in Vancouver too, whatever the database calls it there."""
    for wall in (JULY, DECEMBER):
        assert letters.choose("PT", wall) == ("America/Los_Angeles", "")
        assert letters.choose("PT", wall, "America/Vancouver") == ("America/Vancouver", "")


def test_what_people_say_and_the_database_does_not_is_warned_about_only_where_it_could_be_another() -> None:
    """AST in Riyadh is said to be a choice; SGT has no other meaning."""
    assert "AST" in letters.choose("AST", JULY, "Asia/Riyadh")[1]
    assert letters.choose("SGT", JULY) == ("Asia/Singapore", "")


def test_every_family_of_the_database_has_its_letters_and_offsets() -> None:
    """What the table says of letters is what the second database shows in some month of 2016 to 2026."""
    months = [datetime(year, month, 15, tzinfo=UTC) for year in range(2016, 2027) for month in range(1, 13)]
    for family in letters.FAMILIES:
        shown = {
            (at.astimezone(oracle(family.zone)).tzname(), at.astimezone(oracle(family.zone)).utcoffset()) for at in months
        }
        offsets = {offset for _, offset in shown}
        known = {str(name).upper(): offset for name, offset in shown}
        for said, minutes in family.uses.items():
            if said in known and not family.folk:
                assert known[said] == timedelta(minutes=minutes), (family.zone, said)
            elif said not in {"HDT", "BRST", "IRDT", "PKST"}:  # abolished, or used in another zone of the family
                assert timedelta(minutes=minutes) in offsets, (family.zone, said)


def test_every_abbreviation_of_the_database_is_known() -> None:
    """No letters that a clock can show in 2026 or 2027 are refused, and each leads back to its own zone."""
    seasons = [datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC), datetime(2027, 1, 15, tzinfo=UTC)]
    for name in times.zone_names():
        for at in seasons:
            here = times.local(at, name)
            said = here.tzname() or ""
            if not said.isalpha() or name in {"Etc/UCT", "UCT"}:
                continue
            zone, warning = letters.choose(said, here.replace(tzinfo=None), name)
            assert (zone, warning) == (name, "") or times.local(at, zone).utcoffset() == here.utcoffset(), (name, said)


@given(st.text(max_size=12))
def test_letters_of_any_kind_are_read_or_refused(said: str) -> None:
    """No text makes anything but a zone of the database or a sentence."""
    try:
        zone, _ = letters.choose(said, JULY)
    except ReadError:
        return
    assert times.is_zone(zone)


def test_written_out_names_lead_to_letters_that_are_known() -> None:
    """``central european summer time`` is CEST."""
    assert all(letters.known_letters(said) for said in letters.PHRASES.values())
    assert all(letters.known_letters(said) for said in letters.WORDLIKE)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("EST", ["America/New_York keeps EST and EDT", "Etc/GMT+5 for a fixed offset"]),
        ("MST", ["America/Denver", "Etc/GMT+7"]),
        ("HST", ["Pacific/Honolulu", "Etc/GMT+10"]),
        ("PST", ["America/Los_Angeles", "Asia/Manila"]),
        ("pdt", ["America/Los_Angeles"]),
        ("IST", ["Europe/Dublin", "Asia/Jerusalem", "Asia/Kolkata"]),
        ("ET", ["America/New_York"]),
    ],
)
def test_letters_said_by_hand_as_a_zone_are_refused_with_zones(said: str, named: list[str]) -> None:
    """They are an hour off in summer, or no zone at all; the fixed offsets named have the offset of the letters."""
    with pytest.raises(UsageError) as refused:
        letters.refuse_letters(said)
    assert all(name in str(refused.value) for name in named)
    for name in (word.rstrip(";,.") for word in str(refused.value).split() if "/" in word):
        assert times.is_zone(name)
    if named[-1].startswith("Etc/"):
        fixed = named[-1].split()[0]
        assert (
            datetime(2026, 1, 1, tzinfo=times.zone(fixed)).utcoffset()
            == datetime(2026, 1, 1, tzinfo=times.zone(said)).utcoffset()
        )


@pytest.mark.parametrize("said", ["UTC", "GMT", "CET", "EST5EDT", "Europe/Berlin", "Nowhere/City", "Japan"])
def test_names_of_zones_pass(said: str) -> None:
    """Also those that look like letters but change their clocks; names that are none are refused elsewhere."""
    letters.refuse_letters(said)


def test_the_flags_for_zones_refuse_letters(planner: Callable[..., Answer], tmp_path: Path) -> None:
    """``--zone`` and ``--tz`` end with exit code 2, and nothing is stored."""
    page = tmp_path / "page.csv"
    page.write_text("title,date,start\nAnts,2026-05-06,09:00\n")
    answer = planner("import", page, "--conference", "RLC 2026", "--zone", "EST")
    assert (answer.code, "America/New_York" in answer.err) == (2, True)
    assert planner("conferences", "--json").document["conferences"] == []
    assert planner("talks", tz="EST").code == 2
    assert planner("talks", tz="CET").code == 0
