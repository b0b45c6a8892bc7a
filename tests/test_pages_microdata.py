"""Events that a page marks with schema.org's words: their times carry their date and offset, and are taken before the text."""

from __future__ import annotations

from datetime import UTC, datetime

from planner.readers import Hints, Part, read

NOW = datetime(2026, 11, 22, tzinfo=UTC)
EVENTS = """<div itemscope itemtype="https://schema.org/Event"><h1 itemprop="name">ICRA 2024</h1>
<meta itemprop="startDate" content="2024-05-14"></div>
<div itemscope itemtype="http://schema.org/EducationEvent"><h3 itemprop="name"><a href="https://a.example/t/1">Bees</a></h3>
<time itemprop="startDate" datetime="2024-05-14T09:00:00+09:00">9am</time>
<time itemprop="endDate" datetime="2024-05-14T10:00:00+09:00">10am</time>
<span itemprop="performer" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ann Lee</span></span>
<span itemprop="location">Hall A</span></div>
<div itemscope itemtype="http://schema.org/Event"><span itemprop="name">Wasps</span>
<meta itemprop="startDate" content="2024-05-14T14:00+09:00"><p itemprop="description">All of it.</p></div>
<div vocab="https://schema.org/" typeof="Event"><span property="name">Ants</span>
<span property="startDate" content="2024-05-15T08:30+09:00">half past eight</span></div>"""


def rows(body: str) -> list[tuple[object, ...]]:
    """Title, start and end in UTC, room and speakers of each talk."""
    page = f"<html><head><title>ICRA 2024</title></head><body><p>Timezone: Asia/Tokyo</p>{body}</body></html>"
    return [
        (
            talk.title,
            *(at.strftime("%d %H:%M") if at else "-" for at in (talk.start, talk.slot.end)),
            talk.slot.room or "-",
            talk.speakers,
        )
        for talk in read([Part("icra-2024.html", page.encode())], Hints(now=NOW, zone="Asia/Tokyo")).conference.talks
    ]


def test_events_of_microdata_and_rdfa() -> None:
    """Each event with a clock is a talk with its end, room and speaker; the conference, which has a date only, is none."""
    assert rows(EVENTS) == [
        ("Bees", "14 00:00", "14 01:00", "Hall A", ("Ann Lee",)),
        ("Wasps", "14 05:00", "-", "-", ()),
        ("Ants", "14 23:30", "-", "-", ()),
    ]


def test_a_programme_beside_a_few_events_is_read() -> None:
    """Where the text of the page has more times than its marked events, those are a list beside the programme."""
    programme = "<h2>May 16, 2024</h2>" + "".join(f"<p>{hour}:00 - {hour}:30 Talk {hour}</p>" for hour in range(8, 18))
    assert [row[0] for row in rows(programme + EVENTS)][:10] == [f"Talk {hour}" for hour in range(8, 18)]


def test_a_page_that_marks_some_of_its_talks_is_read_as_text() -> None:
    """Two talks that are marked beside two that are not: none is lost, nor one at the hour of a marked one."""
    one = '<div itemscope itemtype="https://schema.org/Event"><b itemprop="name">{0}</b>'
    one += '<time itemprop="startDate" content="2024-05-14T{1}"> {1}</time></div>'
    page = "<h2>May 14, 2024</h2>" + one.format("EST Bees", "09:00") + one.format("PM Wasps", "14:00")
    assert [row[:2] for row in rows(page)] == [("EST Bees", "14 00:00"), ("PM Wasps", "14 05:00")]
    more = "<p>10:00 - 10:30 Ants</p><p>14:00 Flies</p>"
    expected = [("EST Bees", "14 00:00"), ("PM Wasps", "14 05:00"), ("Ants", "14 01:00"), ("Flies", "14 05:00")]
    assert [row[:2] for row in rows(page + more)] == expected
    table = "<table>{}</table>".format(
        "".join(f"<tr><td>{at}:00<td>{one.format(f'Bees {at}', at + ':00')}" for at in ("09", "14"))
    )
    assert [row[:2] for row in rows(table)] == [("Bees 09", "14 00:00"), ("Bees 14", "14 05:00")]
