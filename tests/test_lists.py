"""Paper lists: what is read of every known shape, what is refused, and that a list is written again as it was."""

from __future__ import annotations

import csv
import json
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner import text as texts
from planner.errors import MissingFactsError, PlannerError, ReadError
from planner.export import markdown_list
from planner.model import Mark, Slot, fold
from planner.plan import Plan
from planner.readers import lists
from planner.readers.sources import Hints, Part

if TYPE_CHECKING:
    from planner.model import Reading, Talk

HERE = os.path.dirname(__file__)
DATA = os.path.join(HERE, "data", "lists")
SHARED = os.path.join(HERE, "..", "..", "shared")
FOUNDING = "seeds/iclr2020-paper-list.md"

shared = pytest.mark.skipif(not os.path.isdir(SHARED), reason="the shared samples are not beside this checkout")


def hints(**said: str | int | None) -> Hints:
    """Hints of a fixed day, many years after the lists."""
    return Hints(now=datetime(2031, 2, 3, tzinfo=UTC), **said)  # type: ignore[arg-type]


def part_of(path: str) -> Part:
    """A file under its own name, as the command line gives it."""
    with open(path, "rb") as file:
        return Part(path, file.read())


def read_part(part: Part, **said: str | int | None) -> Reading:
    """A part read as the package reads it, once claimed."""
    text = texts.decode(part.data)
    assert lists.claims(text, part)
    return lists.read(text, part, hints(**said))


def read_data(file: str, **said: str | int | None) -> Reading:
    """One of the small lists kept beside the tests."""
    return read_part(part_of(os.path.join(DATA, file)), **said)


def read_text(text: str, path: str = "iclr2020.md", **said: str | int | None) -> Reading:
    """A list written in a test."""
    return read_part(Part(path, text.encode()), **said)


def talks(reading: Reading) -> tuple[Talk, ...]:
    """The talks of a reading."""
    return reading.conference.talks


# The small lists


def test_the_founding_shape() -> None:
    """Titles in the column of links, reasons, degrees, LaTeX, escaped back-ticks and pipes: field by field."""
    reading = read_data("founding.md")
    assert (reading.conference.slug, reading.conference.name) == ("iclr-2020", "ICLR 2020")
    assert (reading.format, reading.scope, reading.year, reading.warnings) == ("list-markdown", "list", 2020, ())
    first, second, third, last = talks(reading)
    assert first.title == "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes"
    assert first.speakers == ("Yang You", "Jing Li", "Sashank J. Reddi")
    assert (
        first.abstract == "LAMB, a layerwise optimizer for batches of 32,868; less than 0.4% is lost at a rate of O(1/√(T))."
    )
    assert (first.source_id, first.url) == ("Syx4wnEtvH", "https://openreview.net/forum?id=Syx4wnEtvH")
    assert (first.degree, first.reason, first.organisations) == ("0", "", ())
    assert second.title == "Gradient ℓ_1 Regularization for Quantization Robustness"
    assert (second.degree, second.reason) == ("5", "first author was here | ask")
    assert second.organisations == ("Qualcomm", "University of Oxford")
    assert third.abstract == "Here “Learn to Improve” (L2I) meets |x| and more."
    assert last.speakers == ("Lasse Espeholt", "Raphaël Marinier")
    assert last.raw.startswith("| 681 |  |  [SEED RL")
    assert all((talk.kind, talk.slot, talk.scheduled) == ("paper", Slot(), False) for talk in talks(reading))


def test_english_heads_without_outer_pipes() -> None:
    """The same columns in English; a table in a code fence and one of other things are not read."""
    reading = read_data("english.md")
    first, second = talks(reading)
    assert reading.conference.name == "NeurIPS 2023"
    assert first.title == "Path following algorithms"
    assert first.speakers == ("Yunzhang Zhu", "Renxiong Liu")
    assert (first.url, first.reason, first.degree) == ("https://example.org/1", "on my topic", "4")
    assert first.organisations == ("Ohio State University",)
    assert (second.title, second.url) == ("Bootstrapping [again]", "https://example.org/2.pdf")
    assert (second.reason, second.degree, second.abstract) == ("", "", "")


def test_blocks_of_labels() -> None:
    """Headings with labelled fields below them; the abstract takes all its paragraphs, and nothing after the rule."""
    first, second = talks(read_data("blocks.md"))
    assert first.title.startswith("Modelling Cellular Perturbations with the Sparse")
    assert (
        first.abstract == "A latent variable for each perturbation, kept sparse. Code: see the page.\nWith a second paragraph."
    )
    assert first.speakers == ("Michael Bereket", "Theofanis Karaletsos")
    assert (second.url, second.abstract) == ("http://papers.nips.cc/b.html", "Curricula across episodes.")
    assert "next page" not in second.raw


def test_bold_titles() -> None:
    """Bold titles with links below or beside them, under headings that are their tracks; news and contents are not papers."""
    reading = read_data("bold.md")
    found = {talk.title: talk for talk in talks(reading)}
    assert list(found) == [
        "Scaffold-GS: Structured 3D Gaussians for View-Adaptive Rendering",
        "Real-Time Simulated Avatar from Head-Mounted Sensors",
        "Second Style",
        "Third Style",
    ]
    scaffold = found["Scaffold-GS: Structured 3D Gaussians for View-Adaptive Rendering"]
    assert scaffold.url == "https://arxiv.org/abs/2312.00109"
    assert scaffold.links == ("https://city-super.github.io/scaffold-gs/", "https://github.com/city-super/Scaffold-GS")
    assert scaffold.track == "3DGS"
    assert found["Second Style"].speakers == ("Ann Lee", "Bob Wu")
    assert found["Third Style"].speakers == ("Cy Ng",)
    assert found["Third Style"].track == "Avatars"


def test_csv() -> None:
    """Quoted commas, quotes and line ends; an empty record is skipped, one without a title is a warning with its line."""
    reading = read_data("papers2020.csv", name="ICLR 2020")
    first, last = talks(reading)
    assert reading.format == "list-csv"
    assert first.title == "Enabling Deep Spiking, Neural Networks"
    assert first.abstract == 'Two lines\n\nof an "abstract"'
    assert first.speakers == ("Nitin Rathi", "Kaushik Roy")
    assert first.source_id == "B1xSperKvH"
    assert (last.title, last.abstract) == ("Dynamics-Aware Unsupervised Skill Discovery", "")
    assert reading.warnings == ("Line 6 names no paper; it was left out.",)
    assert first.raw.count("\n") == 2


def test_authors_with_commas_in_their_brackets() -> None:
    """CMT writes where an author works behind the name: a comma in there parts no names."""
    text = 'title,authors,abstract\nAnts,"Ada Ek (University of California, Davis)*; Bo Fuchs (LTU)",a\n'
    assert talks(read_text(text, "iclr2020.csv"))[0].speakers == ("Ada Ek", "Bo Fuchs")


def test_a_name_beside_a_title_is_the_authors() -> None:
    """In a list with profiles the name is a person's."""
    text = "id,name,title,abstract,profile\n104,Ada Ek,Ants,How,Ada is\n"
    assert [(talk.title, talk.speakers) for talk in talks(read_text(text, "iclr2020.csv"))] == [("Ants", ("Ada Ek",))]


def test_ratings_without_titles() -> None:
    """A table of ids and decisions: the ids stand for the titles, and that is said."""
    reading = read_data("iclr2021_ratings.tsv")
    first, last = talks(reading)
    assert (reading.format, reading.conference.name) == ("list-tsv", "ICLR 2021")
    assert (first.title, first.source_id, first.degree, first.track) == (
        "1Fqg133qRaI",
        "1Fqg133qRaI",
        "7.0, 7.0",
        "Accept (Poster)",
    )
    assert last.track == "Reject"
    assert len(reading.warnings) == 2


def test_json() -> None:
    """OpenReview notes of both interfaces and flat records; one paper twice is two talks that know each other."""
    reading = read_data("notes.json")
    first, second, oral, poster = talks(reading)
    assert (reading.conference.name, reading.format) == ("ICLR 2020", "list-json")
    assert (first.title, first.abstract) == ("Curriculum Loss", "A bound for ℓ_0.")
    assert (first.source_id, first.url) == ("rkgt0REKwS", "https://openreview.net/forum?id=rkgt0REKwS")
    assert (second.title, second.speakers) == ("Deformable Kernels", ("Hang Gao", "Jifeng Dai"))
    assert second.links == ("https://github.com/hangg7/deformable-kernels/",)
    assert oral.source_id == poster.source_id == "TwiceTwice"
    assert (oral.also, poster.also) == ((poster.uid,), (oral.uid,))
    assert oral.speakers == poster.speakers == ("Ann Lee", "Bob Wu")
    assert reading.warnings == ("Record 3 names no paper; it was left out.",)


def test_json_in_other_wrappings() -> None:
    """Records keyed by id, in an envelope, and one a line, are the same papers."""
    papers = [{"title": f"Paper {number}", "authors": ["Ann Lee"], "UID": f"u{number}"} for number in range(3)]
    texts_of = [
        json.dumps({paper["UID"]: paper for paper in papers}),
        json.dumps({"count": 3, "data": {"papers": papers}}),
        "\n".join(map(json.dumps, papers)),
    ]
    for text in texts_of:
        assert [talk.source_id for talk in talks(read_text(text))] == ["u0", "u1", "u2"]


# Names, identity, degrees


@pytest.mark.parametrize(
    ("heading", "path", "said", "expected"),
    [
        ("# ICLR2020", "list.md", {}, "ICLR 2020"),
        ("# CVPR 2024 论文和开源项目合集", "list.md", {}, "CVPR 2024"),
        ("# Crawl and Visualize ICLR 2020 OpenReview Data", "x.md", {}, "ICLR 2020"),
        ("# nips 2023 papers", "x.md", {}, "NeurIPS 2023"),
        ("# Accepted papers of 2024", "lists/icml2024/papers.md", {}, "ICML 2024"),
        ("# ICLR2020", "icml2024.md", {"name": "My Own 1999"}, "My Own 1999"),
        ("# ICLR accepted papers", "x.md", {"year": 2022}, "ICLR 2022"),
    ],
)
def test_names(heading: str, path: str, said: dict[str, str | int], expected: str) -> None:
    """The conference is what --conference says, else the list's heading, else the file or folder."""
    table = f"{heading}\n\n| Title | Authors |\n|---|---|\n| A | B C |\n"
    assert read_text(table, path, **said).conference.name == expected


def test_a_list_without_a_name_is_refused() -> None:
    """A list that nowhere says its conference asks for it, and for nothing that a list does not need."""
    with pytest.raises(MissingFactsError, match="--conference") as refusal:
        read_text("| Title | Authors |\n|---|---|\n| A | B C |\n", "list.md")
    assert refusal.value.conference
    assert not refusal.value.zone


def test_identity_is_the_source_s_own() -> None:
    """One paper has one uid in every list of its conference, whatever the format; equal titles without ids stay apart."""
    in_markdown = talks(read_data("founding.md"))[0]
    as_csv = "UID,title,authors\nSyx4wnEtvH,Large Batch Optimization,Yang You\n"
    assert talks(read_text(as_csv, "iclr2020.csv"))[0].uid == in_markdown.uid
    twins = talks(read_text("| Title | Authors |\n|---|---|\n| Welcome! | A |\n| welcome | B |\n"))
    assert len({talk.uid for talk in twins}) == 2
    assert [talk.also for talk in twins] == [(), ()]


def test_degrees_are_kept_as_read() -> None:
    """A degree stays as it stands; only a reviewers' average on a longer scale must not be taken for stars."""
    stars = "| Title | 推荐度 |\n|---|---|\n| A | 4 |\n| B | 8.75 |\n| C | ★★★ |\n"
    assert [talk.degree for talk in talks(read_text(stars))] == ["4", "8.75", "★★★"]
    head = "| Rank | AvgRating | Title | Ratings |\n|--|--|--|--|\n"
    averages = f"{head}| 1 | 8.75 | A | 9, 8.5 |\n| 2 | 4 | B | 4, 4 |\n| 3 |nan| C ||\n"
    assert [talk.degree for talk in talks(read_text(averages))] == ["8.75", "4 of 10", ""]


def test_rejected_papers_are_told() -> None:
    """Rows that the list itself calls rejected, or strikes out, are read, told by their track and counted in a warning."""
    table = "| Title | Decision |\n|--|--|\n| A | Accept (Oral) |\n| B | Reject |\n| ~~C~~ | N/A |\n"
    reading = read_text(table)
    assert [(talk.title, talk.track) for talk in talks(reading)] == [
        ("A", "Accept (Oral)"),
        ("B", "Reject"),
        ("C", "Withdrawn"),
    ]
    assert reading.warnings[0].startswith("2 of 3 papers are rejected or withdrawn")


# Broken rows


def test_broken_rows_are_warnings_with_their_line() -> None:
    """Rows without a title, with too many cells or cut off are told by line; every other row is read."""
    table = (
        "| Title | Authors | Link |\n|---|---|---|\n"
        "| A | Ann | [x](https://a.b/1) |\n"
        "|  | Bob | |\n"
        "stray text\n"
        "| B [or|and] $|x|$ | Bob | [x](https://a.b/2) |\n"
        "| C | Cy | [x](https://a.b/3) | more |\n"
        "\n"
        "| D | Di | |\n"
        "| [Cut off in the mid"
    )
    reading = read_text(table)
    assert [talk.title for talk in talks(reading)] == ["A", "B [or|and] |x|", "C", "D", "Cut off in the mid"]
    assert reading.warnings == (
        "Line 4 names no paper; it was left out.",
        "Line 5 is no row of the table; it was left out.",
        "Line 7 has 4 cells in a table of 3 columns; what is too much was not read.",
        "Line 10 is cut off after 1 of 3 cells.",
    )
    assert talks(reading)[1].url == "https://a.b/2"


def test_many_broken_rows_are_counted() -> None:
    """A thousand bad rows do not fill the screen."""
    reading = read_text("| Title | Authors |\n|--|--|\n| A | Ann |\n" + "|  | Bob |\n" * 1000)
    assert len(reading.warnings) == lists.MOST_WARNINGS + 1
    assert reading.warnings[-1] == "980 more rows were like these."


def test_an_open_quote_is_told() -> None:
    """A CSV whose quote is never closed swallows rows; that is said."""
    reading = read_text('title,authors\nA,Ann\n"B,Bob\n' + "C,Cy\n" * 500, "iclr2020.csv")
    assert any("line 3" in warning.casefold() and "quote" in warning for warning in reading.warnings)


def test_hostile_text_is_made_safe() -> None:
    """Control signs, overrides, surrogates and scripts of a list reach no field but the raw one; no link but http(s)."""
    record = {
        "title": "T\x1b]2;x\x07 \ud800 \u202e<script>x</script>",
        "authors": ["A\x9b", "B\x00"],
        "url": "javascript:alert(1)",
    }
    talk = talks(read_text(json.dumps([record])))[0]
    assert (talk.title, talk.speakers, talk.url) == (
        "T\ufffd]2;x\ufffd \ufffd \ufffd<script>x</script>",
        ("A\ufffd", "B\ufffd"),
        None,
    )
    talk.raw.encode()


# What is no list


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# ICLR 2020\n\nSee the accepted papers at https://openreview.net.",
        "| Name | Size |\n|---|---|\n| a | 1 |\n",
        "| Time (PT) | Title | Speakers |\n|---|---|---|\n| 08:15 -- 08:30 | Welcome | A |\n",
        "| Title | Authors |\n| A | B |\n",
        "title,date,start,abstract\nA,2020-01-01,10:00,B\n",
        "UID,title,speaker,abstract,bio\n1,A,B,C,D\n",
        '[{"title": "A", "start": "2020-01-01T10:00:00+00:00", "authors": ["B"]}]',
        '{"schedule": {"conference": {"title": "A"}}}',
        "<!doctype html><table><tr><th>Title</th></tr></table>\n| Title | Authors |\n|--|--|\n| A | B |\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Title, Authors\n",
        "**Monday**\n\n**Talk one** 10:00 - 11:00 [paper](https://a.b/1.pdf)\n\n**Talk two** 11:00 [paper](https://a.b/2.pdf)\n",
        "```\n| Title | Authors |\n|--|--|\n| A | B |\n```\n",
        "## Install\n\n- Paper: https://a.b\n\n## Use\n\nAuthors are welcome.\n",
    ],
    ids=str,
)
def test_what_is_no_paper_list_is_not_claimed(text: str) -> None:
    """Schedules with times, other tables, other formats and ordinary pages are left to other readers."""
    assert not lists.claims(text, Part("iclr2020.md", text.encode()))


@pytest.mark.parametrize("name", lists.FORMATS)
def test_a_forced_format_that_is_not_there(name: str) -> None:
    """--format on something else is a sentence, not an empty conference."""
    with pytest.raises(ReadError, match=r"[Nn]othing was found|not JSON"):
        lists.read("Hello, world.\nNothing here.", Part("iclr2020.txt", b""), hints(format=name))


@pytest.mark.parametrize(
    "text", ['{"title": 1,', "[" * 100_000, '[{"title": ' + "9" * 5000 + "}]", "[]", "{}", "[[]]", "null", "7"]
)
def test_broken_json_is_a_sentence(text: str) -> None:
    """Cut off, too deep, a number of 5,000 digits, or nothing in it."""
    with pytest.raises(ReadError, match=r"^iclr2020\.json is "):
        lists.read(text, Part("iclr2020.json", text.encode()), hints(format="list-json"))


# Written again


def plan_of(reading: Reading, *marks: Mark) -> Plan:
    """The plan of a reading with marks."""
    return Plan({reading.conference.slug: reading.conference}, {mark.uid: mark for mark in marks})


@pytest.mark.parametrize("name", ["founding.md", "english.md", "blocks.md", "bold.md"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_untouched_list_comes_back(name: str, newline: str) -> None:
    """Export gives the same bytes, whatever stands around the rows, for Unix and Windows files."""
    data = part_of(os.path.join(DATA, name)).data.replace(b"\n", newline.encode())
    reading = read_part(Part(name, data))
    assert markdown_list(plan_of(reading), reading.conference.slug).encode() == data


def test_notes_and_ratings_fill_their_cells() -> None:
    """A note is the reason, a rating the degree; every other cell of every row stays, also when the uid was another."""
    reading = read_data("founding.md")
    first, second, third, _ = talks(reading)
    plan = plan_of(reading, Mark(first.uid, starred=True, rating=4, note="two\nlines | pipe"), Mark(third.uid, note="read"))
    before = part_of(os.path.join(DATA, "founding.md")).data.decode().split("\n")
    after = markdown_list(plan, "iclr-2020").split("\n")
    assert after[8] == before[8].replace(") |  | 0 |", ") | two lines \\| pipe | 4 |")
    assert after[10] == before[10].replace(") |  | 0 |", ") | read | 0 |")
    assert [line for number, line in enumerate(after) if number not in {8, 10}] == [
        line for number, line in enumerate(before) if number not in {8, 10}
    ]
    moved = reading.conference._replace(talks=(second._replace(uid="other"), first._replace(uid="new", source_id="")))
    again = markdown_list(
        Plan({"iclr-2020": moved}, {"new": Mark("new", rating=1), "other": Mark("other", rating=2)}), "iclr-2020"
    )
    assert ") |  | 1 |" in again.split("\n")[8]
    assert "| ask | 2 |" in again.split("\n")[9]


def test_other_formats_have_no_table_to_come_back() -> None:
    """A CSV is not written as Markdown cell for cell."""
    reading = read_data("papers2020.csv", name="ICLR 2020")
    assert markdown_list(plan_of(reading), "iclr-2020") == ""


# Fuzzing

DATA_FILES = [part_of(os.path.join(DATA, name)) for name in sorted(os.listdir(DATA))]
FRAGMENTS = [
    *(
        "| Title | Authors | Link | 摘要 |",
        "|---|---|---|---|",
        "| [",
        "](https://a.b/paper.pdf)",
        "**",
        "**Authors**:",
        "Ann Lee",
    ),
    *("# ICLR 2020", "## [0] A", "- Paper:", "```", "----", "title,authors,abstract", '[{"title": "A", "authors":', '"}]'),
]
fragments = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(list('\n\n\n\n||\\[]()$`~\t;",:{}<>\x00\x1b\ud800*_ a1.'))),
    max_size=60,
).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """One of the small lists with a stretch cut out, doubled or overwritten."""
    part = draw(st.sampled_from(DATA_FILES))
    text = texts.decode(part.data)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 400)))
    return part.name, text[:start] + draw(st.one_of(fragments, st.just(text[start:end] * 2), st.just(""))) + text[end:]


def survives(name: str, text: str) -> None:
    """Claiming never raises, reading raises only what a user may see, and what is read is safe."""
    part = Part(name, text.encode(errors="replace"))
    lists.claims(text, part)
    for format_name in ("", *lists.FORMATS):
        try:
            reading = lists.read(text, part, hints(name="Fuzz 2020", format=format_name))
        except PlannerError:
            continue
        assert len({talk.uid for talk in talks(reading)}) == len(talks(reading))
        assert all(talk.title and talk.title == texts.clean(talk.title) for talk in talks(reading))
        if reading.conference.layout and "\r" not in text:
            assert markdown_list(plan_of(reading), "fuzz-2020") == text


@given(fragments)
@example("title,authors,abstract\n\\")
def test_any_text_survives(text: str) -> None:
    """Pieces of every format in any order."""
    survives("iclr2020.md", text)


@given(damaged())
def test_damaged_lists_survive(damage: tuple[str, str]) -> None:
    """Lists with stretches lost or doubled."""
    survives(*damage)


@pytest.mark.parametrize(
    "unit",
    ["[](", "](", "[", "![", "\\", "`", "$|", "http://", "*a", "|", "x, ", "<b>", "<!--", "\u0301\u0316"],
)
def test_long_cells_are_read_in_linear_time(unit: str) -> None:
    """A cell of 200,000 signs of anything neither hangs nor raises."""
    text = f"| Title | Authors |\n|---|---|\n| A {unit * (200_000 // len(unit))} | B |\n| Last | C |\n"
    assert talks(read_text(text))[-1].title == "Last"


# The real files

REAL = """
seeds/iclr2020-paper-list.md | ICLR 2020 | 687
  Large Batch Optimization for Deep Learning: Training BERT in 76 minutes
  Federated Learning with Matched Averaging
samples/D/cvpr2024_papers-with-code.md | CVPR 2024 | 109
  Scaffold-GS: Structured 3D Gaussians for View-Adaptive Rendering
  Contrastive Mean-Shift Learning for Generalized Category Discovery
samples/D/iclr2020_openreviewdata_ranked.md | ICLR 2020 | 2594
  Hyper-sagnn: A Self-attention Based Graph Neural Network For Hypergraphs
  Simuls2s: End-to-end Simultaneous Speech To Speech Translation
samples/D/iclr2020_top-ranked.md | ICLR 2020 | 34
  Differentiable Reasoning over a Virtual Knowledge Base
  On the "steerability" of generative adversarial networks
samples/D/iclr2021_openreviewdata_ranked.md | ICLR 2021 | 2966
  How Neural Networks Extrapolate: From Feedforward to Graph Neural Networks
  Iterated graph neural network system
samples/D/iclr2021_openreviewdata_ratings.tsv | ICLR 2021 | 2966
  1Fqg133qRaI
  POWv6hDd9XH
samples/D/neurips2023_list01_blocks.md | NeurIPS 2023 | 200
  Modelling Cellular Perturbations with the Sparse Additive Mechanism Shift Variational Autoencoder
  Direction-oriented Multi-objective Learning: Simple and Provable Stochastic Algorithms
samples/D/subscribepapers_acl2020.md | ACL 2020 | 872
  Interpretability and Analysis in Neural NLP
  Treebank Embedding Vectors for Out-of-domain Dependency Parsing
samples/D/subscribepapers_iclr2019.md | ICLR 2019 | 501
  BA-Net: Dense Bundle Adjustment Networks
  Learning Multi-Level Hierarchies with Hindsight
samples/D/subscribepapers_iclr2020.md | ICLR 2020 | 686
  Large Batch Optimization for Deep Learning: Training BERT in 76 minutes
  Federated Learning with Matched Averaging
samples/D/subscribepapers_iclr2021.md | ICLR 2021 | 860
  What Matters for On-Policy Deep Actor-Critic Methods? A Large-Scale Study
  Evaluation of Neural Architectures trained with square Loss vs Cross-Entropy in Classification Tasks
samples/B/acl-emnlp_demo_papers.csv | | 29
  The Language Interpretability Tool: Extensible, Interactive Visualizations and Analysis for NLP Models
  ENTYFI: A System for Fine-grained Entity Typing in Fictional Texts
samples/B/acl-emnlp_main_papers.csv | | 781
  AnswerFact: Fact Checking in Product Question Answering
  Syntactic Structure Distillation Pretraining for Bidirectional Encoders
samples/B/colt2020_papers.csv | COLT 2020 | 120
  Asymptotic Errors for High-Dimensional Convex Penalized Linear Regression beyond Gaussian Matrices
  Adaptive Submodular Maximization under Stochastic Item Costs
samples/B/ismir2023_papers.csv | ISMIR 2023 | 113
  Interpreting Song Lyrics with an Audio-Informed Pre-trained Language Model
  On the Impact and Interplay of Input Representations and Network Architectures for Automatic Music Tagging
samples/B/miniconf-demo_papers.csv | | 687
  Enabling Deep Spiking Neural Networks with Hybrid Conversion and Spike Timing Dependent Backpropagation
  Dynamics-Aware Unsupervised Skill Discovery
samples/B/iclr2020_papers.json | ICLR 2020 | 687
  Curriculum Loss: Robust Learning and Generalization against Label Corruption
  Deformable Kernels: Adapting Effective Receptive Fields for Object Deformation
samples/B/midl2024_papers.json | MIDL 2024 | 264
  Efficiently correcting patch-based segmentation errors to control image-level performance in retinal images
  Are we using appropriate segmentation metrics? Identifying correlates of human expert perception for CNN training beyond …
samples/B/papercopilot_aistats2019.json | AISTATS 2019 | 360
  HS^2: Active learning over hypergraphs with pointwise and pairwise queries
  XBART: Accelerated Bayesian Additive Regression Trees
samples/B/papercopilot_corl2024.json | CoRL 2024 | 264
  Provably Safe Online Multi-Agent Navigation in Unknown Environments
  Gentle Manipulation of Tree Branches: A Contact-Aware Policy Learning Approach
"""
"""Path, the name that the file tells (or none) and the number of papers; then the first and the last title."""


def real() -> list[tuple[str, str, int, str, str]]:
    """The table above, taken apart."""
    lines = REAL.strip().split("\n")
    rows = []
    for head, first, last in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        path, name, count = (each.strip() for each in head.split("|"))
        rows.append((path, name, int(count), first.strip(), last.strip()))
    return rows


def counted(path: str) -> int:
    """How many papers a file has, by other means than the reader's."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        if path.endswith(".json"):
            return len(json.load(file))
        if path.endswith((".csv", ".tsv")):
            return len(list(csv.DictReader(file, delimiter="\t" if path.endswith("tsv") else ",")))
        lines = file.read().split("\n")
    piped = sum(line.startswith("|") for line in lines)
    bold = sum(re.fullmatch(r" ?\*\*.+\*\* *\r?", line) is not None for line in lines)
    return piped - 2 if piped else sum(line.startswith("**Authors**") for line in lines) or bold


@shared
@pytest.mark.parametrize(("path", "name", "count", "first", "last"), real())
def test_real_lists(path: str, name: str, count: int, first: str, last: str) -> None:
    """Every real paper list: its name or the refusal, as many papers as another count finds, the first and last title."""
    whole = os.path.join(SHARED, path)
    part = part_of(whole)
    if not name:
        with pytest.raises(MissingFactsError):
            read_part(part)
        name = "Said 2020"
        reading = read_part(part, name=name)
    else:
        reading = read_part(part)
    found = talks(reading)
    assert reading.conference.name == name
    assert len(found) == counted(whole) == count
    assert found[0].title == first
    assert found[-1].title.startswith(last.rstrip("…"))
    assert len({talk.uid for talk in found}) == count
    assert not any("left out" in warning or "cells" in warning for warning in reading.warnings)
    if path.endswith(".md"):
        assert markdown_list(plan_of(reading), reading.conference.slug).encode() == part.data


@shared
def test_the_founding_list_in_full() -> None:
    """687 rows, 94 with an abstract, 4 quotations behind 8 escaped back-ticks; counted by an expression of its own."""
    part = part_of(os.path.join(SHARED, FOUNDING))
    text = part.data.decode()
    shape = re.compile(r"^\| (\d+) \|  \|  \[(.*)\]\((\S+)\) \|  \| 0 \| (.*?) ?\| ([^|]*) \|  \|$", re.MULTILINE)
    rows = shape.findall(text)
    found = talks(read_part(part))
    assert len(rows) == len(found) == 687
    assert sum(bool(row[3].strip()) for row in rows) == sum(bool(talk.abstract) for talk in found) == 94
    assert text.count("\\`") == 8
    assert sum(talk.abstract.count("“") for talk in found if "\\`" in talk.raw) == 4
    assert not any("`" in talk.abstract for talk in found if "\\`" in talk.raw)
    for row, talk in zip(rows, found, strict=True):
        assert row[2] == talk.url
        assert [name.strip() for name in row[4].split(",")] == list(talk.speakers)
        assert talk.degree == "0"
        if "$" not in row[1] and "\\" not in row[1]:
            assert row[1] == talk.title


@shared
def test_the_founding_list_and_the_conference_s_own_agree() -> None:
    """The 687 papers of the list are those of the site's CSV and JSON: the same uids and, but for 4, the same titles."""
    by_list = {talk.uid: talk for talk in talks(read_part(part_of(os.path.join(SHARED, FOUNDING))))}
    for path in ("samples/B/miniconf-demo_papers.csv", "samples/B/iclr2020_papers.json"):
        by_site = {talk.uid: talk for talk in talks(read_part(part_of(os.path.join(SHARED, path)), name="ICLR 2020"))}
        assert by_site.keys() == by_list.keys()
        differing = [uid for uid, talk in by_list.items() if fold(talk.title) != fold(by_site[uid].title)]
        assert len(differing) == 4


@shared
def test_rejected_papers_of_a_real_list() -> None:
    """Of 2,594 submissions to ICLR 2020, 687 were accepted: the list's own figures."""
    warning = read_part(part_of(os.path.join(SHARED, "samples/D/iclr2020_openreviewdata_ranked.md"))).warnings[0]
    assert warning.startswith("1907 of 2594 ")


@shared
@pytest.mark.parametrize("folder", ["A", "C", "E"])
def test_nothing_else_is_claimed(folder: str) -> None:
    """No page, schedule or calendar of the other families is taken for a paper list."""
    root = os.path.join(SHARED, "samples", folder)
    for name in sorted(os.listdir(root)):
        part = part_of(os.path.join(root, name))
        assert not lists.claims(texts.decode(part.data), part), name


@shared
def test_timed_files_of_the_same_family_are_left() -> None:
    """Calendars, keynotes and papers with dates of MiniConf sites are a schedule, not a list."""
    names = "icwsm2021_papers.csv ismir2023_events.csv miniconf-demo_speakers.csv miniconf-demo_main_calendar.json"
    for name in names.split():
        part = part_of(os.path.join(SHARED, "samples", "B", name))
        assert not lists.claims(texts.decode(part.data), part), name


KIND_CELLS = [  # a cell under Type, and the kind and track that it gives
    ("oral", "oral", None),
    ("Poster", "poster", None),
    ("Spotlights", "spotlight", None),
    ("Oral presentation", "oral", None),
    ("Tutorial", "tutorial", None),
    ("Long paper", "paper", "Long paper"),
    ("", "paper", None),
]


@pytest.mark.parametrize("head", ["Type", "Kind", "Presentation"])
@pytest.mark.parametrize(("cell", "kind", "track"), KIND_CELLS)
def test_a_column_of_kinds_gives_the_kind(head: str, cell: str, kind: str, track: str | None) -> None:
    """A kind is no track; a type of paper stays one; a row that says neither is a paper."""
    text = f"Title,Authors,{head}\nOf Maps,Ann Bee,{cell}\n"
    (talk,) = talks(read_text(text, "iclr2021.csv"))
    assert (talk.kind, talk.track, talk.scheduled) == (kind, track, False)


def test_kind_decision_and_track_stand_side_by_side() -> None:
    """Each of three columns goes where it belongs."""
    text = "Title,Decision,Type,Track\nOf Maps,Accept,Poster,Theory\nOf Nets,Accept,Poster,\n"
    found = talks(read_text(text, "iclr2021.csv"))
    assert [(talk.kind, talk.track) for talk in found] == [("poster", "Theory"), ("poster", "Accept")]


def test_hotcrp_has_a_line_for_each_author() -> None:
    """``paper`` is the number where ``title`` is there too, and the authors of a paper's lines are those of one talk."""
    text = (
        "paper,title,first,last,email,affiliation\n1,Hot Paper,Ada,Ek,a@x,Uni X\n1,Hot Paper,Bo,Fuchs,b@x,Uni Y\n"
        "2,Cold Paper,Cy,Ulm,c@x,Uni Z\n"
    )
    part = Part("hot-2024.csv", text.encode())
    found = lists.read(text, part, Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Hot 2024")).conference
    assert [(talk.source_id, talk.title, talk.speakers, talk.organisations) for talk in found.talks] == [
        ("1", "Hot Paper", ("Ada Ek", "Bo Fuchs"), ("Uni X", "Uni Y")),
        ("2", "Cold Paper", ("Cy Ulm",), ("Uni Z",)),
    ]


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        ("Accept (Oral)", "oral"),
        ("accept as poster", "poster"),
        ("Accepted: Spotlight", "spotlight"),
        ("ACCEPT", "paper"),
        ("Accept (Findings)", "paper"),
    ],
)
def test_a_decision_may_name_the_kind(decision: str, kind: str) -> None:
    """CMT's and OpenReview's decisions say how a paper is given; the decision itself stays as its track."""
    text = f"Paper ID,Paper Title,Abstract,Authors,Status\n5,Kites,abs,Ada Ek,{decision}\n"
    part = Part("kites-2024.csv", text.encode())
    (talk,) = lists.read(text, part, Hints(now=datetime(2026, 11, 22, tzinfo=UTC), name="Kites 2024")).conference.talks
    assert (talk.kind, talk.track) == (kind, decision)
