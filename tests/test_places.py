"""The zone of a conference's city."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import times
from planner.dates import places


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Vancouver", "America/Vancouver"),
        ("Vancouver, Canada", "America/Vancouver"),
        ("Vancouver Convention Center", "America/Vancouver"),
        ("San Diego", "America/Los_Angeles"),
        ("San Diego Convention Center, USA", "America/Los_Angeles"),
        ("Long Beach, CA", "America/Los_Angeles"),
        ("Seattle, WA, USA", "America/Los_Angeles"),
        ("Montreal", "America/Toronto"),
        ("Montréal, Canada", "America/Toronto"),
        ("Philadelphia", "America/New_York"),
        ("Baltimore, Maryland", "America/New_York"),
        ("Washington, D.C.", "America/New_York"),
        ("New Orleans", "America/Chicago"),
        ("Honolulu, Hawaii, USA", "Pacific/Honolulu"),
        ("Rio de Janeiro, Brazil", "America/Sao_Paulo"),
        ("Rio", "America/Sao_Paulo"),
        ("Vienna, Austria", "Europe/Vienna"),
        ("Kigali", "Africa/Kigali"),
        ("Addis Ababa, Ethiopia", "Africa/Addis_Ababa"),
        ("Bengaluru", "Asia/Kolkata"),
        ("Abu Dhabi", "Asia/Dubai"),
        ("Singapore", "Asia/Singapore"),
        ("Seoul, South Korea", "Asia/Seoul"),
        ("  tel  AVIV ", "Asia/Jerusalem"),
        ("Zürich", "Europe/Zurich"),
        ("Barcelona", "Europe/Madrid"),
        ("Berlin, DE", "Europe/Berlin"),
        ("Tbilisi, Georgia", "Asia/Tbilisi"),
        ("Atlanta, Georgia", "America/New_York"),
        ("Villach, Austria", "Europe/Vienna"),
        ("Cancún", "America/Cancun"),
        ("St. John's, Newfoundland", "America/St_Johns"),
    ],
)
def test_a_place_that_conferences_go_to_has_its_zone(place: str, zone: str) -> None:
    """By the city, with or without its state and country; else by a country that has one zone."""
    assert places.zone_of_city(place) == zone


@pytest.mark.parametrize(
    "place",
    [
        "",
        "Hall 5",
        "Exhibit Hall C,D,E #2504",
        "London, Ontario",
        "Paris, Texas",
        "Paris, Las Vegas",
        "Athens, GA",
        "Berlin, NH",
        "Vienna, Virginia",
        "Melbourne, Florida",
        "Santiago, Spain",
        "Portland",
        "Portland, Maine",
        "Cambridge",
        "Victoria",
        "Georgia",
        "USA",
        "Chicago, Berlin",
        "Europe",
        "x" * 5000,
        "Berlin " * 20,
    ],
)
def test_a_place_that_could_be_two_or_none_has_no_zone(place: str) -> None:
    """The user is asked, nothing is guessed."""
    assert places.zone_of_city(place) is None


def test_every_zone_that_a_place_leads_to_is_one_of_the_database() -> None:
    """And a zone that some country has, so that its name is checked against the country beside it."""
    zones = {zone for _, of_country in times.countries().values() for zone in of_country}
    assert set(places._cities().values()) <= zones


@given(st.text(max_size=130))
def test_any_text_is_a_place_or_none(text: str) -> None:
    """No text makes anything but a zone of the database or None."""
    zone = places.zone_of_city(text)
    assert zone is None or times.is_zone(zone)
