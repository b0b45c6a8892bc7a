"""Saved HTML pages as lines: what would take the parser minutes is refused before it is parsed."""

from __future__ import annotations

import pytest

from planner.errors import ReadError
from planner.readers.markup import DEPTH_CAP, FORMATS_CAP
from planner.readers.pages_html import html_page

HEAD = "<!doctype html><html><body>"
DEEP = [
    "<div>",
    "<main>",
    "<x-card>",
    "<DIV CLASS='a'>",
    "<q\n>",
    "<div/>",
    "<label></p>",
    "<li><ul>",
    "<td><table>",
    "<a><section>",
]


@pytest.mark.parametrize("piece", DEEP)
def test_elements_nested_beyond_any_page_are_refused(piece: str) -> None:
    """Of whatever name and however written; the refusal names the page."""
    with pytest.raises(ReadError, match=r"^page\.html has more than 1000 elements inside each other"):
        html_page(HEAD + piece * (DEPTH_CAP + 1), "page.html")


def test_formats_that_never_end_are_refused() -> None:
    """The parser would begin each of them anew in every block that follows."""
    with pytest.raises(ReadError, match="100 that never end"):
        html_page(HEAD + "".join(f"<div><b id={number}>x</div>" for number in range(FORMATS_CAP + 1)), "page.html")


FLAT = {
    "paragraphs without an end": "<p>One",
    "rows and cells without an end": "<tr><td>One",
    "list items without an end": "<li>One",
    "pictures and line breaks": "<img src=x><br>",
    "drawings": '<svg viewBox="0 0 1 1"><path d="M0 0"/><circle r="1"/></svg>',
    "elements that end": "<div><span><b>One</b></span></div>",
    "ends of nothing": "</div></span>One",
    "signs that are no tags": "1<2 a<b; i<n.length <3",
}


@pytest.mark.parametrize("way", FLAT)
def test_long_pages_are_not_deep(way: str) -> None:
    """What a page repeats a thousand times side by side is no depth."""
    page = html_page(f"{HEAD}<h1>Title</h1>{FLAT[way] * (DEPTH_CAP * 3)}<h2>End</h2>", "page.html")
    texts = [line.text for line in page.lines]
    assert texts[0] == "Title"
    assert "End" in texts[-1]


def test_a_page_of_a_hundred_levels_is_read() -> None:
    """Real pages have up to forty."""
    page = html_page(f"{HEAD}{'<div>' * 100}Title{'</div>' * 100}", "page.html")
    assert [line.text for line in page.lines] == ["Title"]


def table(rows: str) -> list[str]:
    """The lines of a page that is one table."""
    return [line.text for line in html_page(f"{HEAD}<table>{rows}</table></body></html>", "page.html").lines]


def test_a_time_over_several_rows_ends_with_its_table_and_its_rows() -> None:
    """A site that gives each talk a time over more rows than its table has does not hand that time to the next talk."""
    one = "<tr><td rowspan=3>8:30</td><td>Bees</td></tr><tr><td>Ann Lee</td></tr>"
    two = "<tr><td rowspan=2>9:00</td><td>Wasps</td></tr><tr><td>Bob Ray</td></tr><tr><td>9:30</td><td>Ants</td></tr>"
    found = table(f"{one}</table><table>{two}")
    assert found == ["| 8:30 | Bees |", "Ann Lee", "| 9:00 | Wasps |", "Bob Ray", "| 9:30 | Ants |"]


def test_a_cell_alone_below_a_time_over_several_rows_is_one_more_talk() -> None:
    """Names, a cell of another class, or sentences belong to the talk above."""
    rows = "<tr><td rowspan=2>9:00</td><td>Bees</td></tr><tr><td>Wasps at night</td></tr><tr><td>10:00</td><td>Ants</td></tr>"
    assert table(rows) == ["| 9:00 | Bees |", "| 9:00 | Wasps at night |", "| 10:00 | Ants |"]
    for below in ('<td class="room">Hall</td>', "<td>All about wasps.</td>", "<td>Speaker: Bob</td>"):
        assert len([line for line in table(rows.replace("<td>Wasps at night</td>", below)) if line.startswith("| 9:00")]) == 1


def test_a_cell_over_several_rows_keeps_its_column_and_ends() -> None:
    """The cells behind it stay in their columns, and the rows below it have none too many."""
    rows = "<tr><td>9:00</td><td>Bees</td><td rowspan=2>Ants</td></tr><tr><td>10:00</td><td>Wasps</td></tr>"
    rows += "<tr><td>11:00</td><td>Moths</td><td>Flies</td></tr>"
    assert table(rows) == ["| 9:00 | Bees | Ants |", "| 10:00 | Wasps | 〃 |", "| 11:00 | Moths | Flies |"]


def test_people_by_the_class_of_their_element() -> None:
    """Authors above their title, as one system prints them, are told by the element's class and are no title."""
    cell = '<td><div class="authors"><a>Ann Lee</a> and <a>Bob Ray</a></div><div class="title">Deep Hives</div></td>'
    assert table(f"<tr><td>9:00</td>{cell}</tr>") == ["| 9:00 | Speaker: Ann Lee and Bob Ray⏎Deep Hives |"]
