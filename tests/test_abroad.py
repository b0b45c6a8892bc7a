"""Dates and times of day in other languages, each with the form that is meant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.readers import abroad, csv_schedule
from planner.readers.sources import Hints, Part

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("lundi 19 mai 2025", "Monday 19 May 2025"),
        ("Dienstag, 1. März 2022", "Tuesday 1 March 2022"),
        ("19 de mayo de 2025", "19 May 2025"),
        ("maandag 19 mei 2025", "Monday 19 May 2025"),
        ("segunda-feira, 3 de fevereiro de 2025", "Monday 3 February 2025"),
        ("Mo., 19.05.2025", "19.05.2025"),
        ("19/05/2025 (lun.)", "19/05/2025"),
        ("2025年5月19日(月)", "2025-05-19"),
        ("5月19日", "19 May"),
        ("A talk about Mars and its moons", "A talk about Mars and its moons"),
        ("13月19日", "13月19日"),
    ],
)
def test_a_date_is_brought_to_english(said: str, meant: str) -> None:
    """Months of nine languages are read; what is no date stays as it is."""
    assert abroad.day_in_english(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("9h", "9:00"),
        ("14h15", "14:15"),
        ("9.30", "9:30"),
        ("09h00 às 10h00", "09:00 - 10:00"),
        ("von 9 Uhr bis 10.30 Uhr", "9:00 - 10:30"),
        ("9時30分", "9:30"),
        ("9:00", "9:00"),
        ("Hall 9", "Hall 9"),
    ],
)
def test_a_time_of_day_is_brought_to_figures(said: str, meant: str) -> None:
    """Hours and minutes are parted by a colon, whatever stood between them."""
    assert abroad.clock_in_figures(said) == meant


@given(st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    """Any text is answered with a text."""
    assert isinstance(abroad.day_in_english(text), str)
    assert isinstance(abroad.clock_in_figures(text), str)


TABLES = {
    "de": (
        "Datum;Beginn;Ende;Titel;Referent;Raum\nMo., 19.05.2025;09:00 Uhr;10.30;Eröffnung;Ada Ek;Aula\n",
        "Eröffnung",
        9,
        90,
    ),
    "fr": (
        "Date,Heure de début,Heure de fin,Titre,Intervenant,Salle\nlundi 19 mai 2025,9h,10h30,Ouverture,Ada Ek,Aula\n",
        "Ouverture",
        9,
        90,
    ),
    "es": ("Fecha,Hora,Título,Ponente,Lugar\n19/05/2025,16:00 - 17:00,Cierre,Ada Ek,Aula\n", "Cierre", 16, 60),
    "it": ("Data,Ora inizio,Ora fine,Titolo,Relatore,Sala\n19/05/2025,9.30,10.15,Avvio,Ada Ek,Aula\n", "Avvio", 9.5, 45),
    "pt": ("Data;Horário;Título;Palestrante;Sala\n19/05/2025;09h00 às 10h00;Abertura;Ada Ek;Aula\n", "Abertura", 9, 60),
    "nl": ("Datum\tTijd\tTitel\tSpreker\tZaal\nmaandag 19 mei 2025\t09:00 - 09:30\tBegin\tAda Ek\tAula\n", "Begin", 9, 30),
    "ja": ("日付,開始,終了,タイトル,発表者,会場\n2025年5月19日,13:30,14:00,開会,Ada Ek,Aula\n", "開会", 13.5, 30),
    "zh": ("日期,时间,标题,主讲人,地点\n2025年5月19日,14:00-15:00,报告,Ada Ek,Aula\n", "报告", 14, 60),
}


@pytest.mark.parametrize("language", TABLES)
def test_a_table_in_another_language(language: str) -> None:
    """Heads, dates and hours of a sheet are read in eight languages: title, instant by zoneinfo, length, speaker and room."""
    text, title, hour, minutes = TABLES[language]
    part = Part("conf-2025.csv", text.encode())
    assert csv_schedule.claims(text, part)
    (talk,) = csv_schedule.read(text, part, Hints(now=NOW, zone="Europe/Rome", name="Conf 2025")).conference.talks
    start = datetime(2025, 5, 19, int(hour), int(hour % 1 * 60), tzinfo=ZoneInfo("Europe/Rome"))
    assert (talk.title, talk.start, talk.speakers, talk.slot.room) == (title, start, ("Ada Ek",), "Aula")
    assert talk.start
    assert talk.end
    assert (talk.end - talk.start).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("Mercredi 19 nov", "Wednesday 19 November"),
        ("JEUDI 6 OCTOBRE", "Thursday 6 October"),
        ("Dienstag, 12. März 2024: Tutorien", "Tuesday 12 March 2024: Tutorien"),
        ("Mi., 13. März 2024", "Wednesday 13 March 2024"),
        ("lunes 3 de junio de 2024", "Monday 3 June 2024"),
        ("mar. 12 mars", "Tuesday 12 March"),
        ("1er juin 2023", "1 June 2023"),
        ("8月3日（月）", "Monday 3 August"),
        ("Samstag:", "Saturday:"),
        ("9 Uhr", "9:00"),
        ("10–12.15 Uhr", "10:00 - 12:15"),
        ("13.30–15 Uhr Mensa", "13:30 - 15:00 Mensa"),
        ("09 h 15 à 10 h 30", "09:15 - 10:30"),
        ("16h00 à 16h30 – Aula", "16:00 - 16:30 – Aula"),
        ("de 9h à 10h : Accueil", "9:00 - 10:00 : Accueil"),
        ("9h - Accueil", "9:00 - Accueil"),
        ("９：００～１０：００ 開会", "9:00~10:00 開会"),
        ("| 9h00 | Accueil |", "| 9:00 | Accueil |"),
        ("09H00-10H15: Accueil", "09:00 - 10:15: Accueil"),
        ("Heure : 9h30 à 10h", "9:30 - 10:00"),
        ("Time: 9.30", "9.30"),
        ("9:00 a 9:30 h  Registro", "9:00 - 9:30  Registro"),
        ("de 9:00 a 9:30 Registro", "9:00 - 9:30 Registro"),
        ("13:30 h Comida", "13:30 Comida"),
        ("9:00 bis 9:30 Kaffee", "9:00 - 9:30 Kaffee"),
    ],
)
def test_the_head_of_a_line_in_another_language(line: str, english: str) -> None:
    """A date or a time of day at the head of a line is put as English pages write it; what is behind stays."""
    assert abroad.head_in_english(line) == english


@pytest.mark.parametrize(
    "line",
    [
        "24h Hackathon",
        "5 à 7 facultaire",
        "3 Mai Linh Tran on bees",
        "10 Mar Menor talks",
        "WED 36 JUL",
        "Tue 7 Dec. 0:00 - 0:15 PST",
        "12 July 2024",
        "9:00 - 10:30 Opening",
        "14 Days of Mars",
        "Time: A Traveller's Guide",
        "10 a 12 cosas",
        "9:00 a new start",
        "9:30 hello",
    ],
)
def test_english_and_titles_stay_as_they_are(line: str) -> None:
    """What English pages write is not touched, nor a title that begins with a number."""
    assert abroad.head_in_english(line) == line
