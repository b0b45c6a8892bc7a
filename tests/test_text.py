"""Text cleaning: what may leave :mod:`planner.text`, and what it makes of LaTeX, HTML, bytes and lines of names."""

from __future__ import annotations

import csv
import logging
import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner import text

SHARED = os.path.join(os.path.dirname(__file__), "..", "..", "shared")
DEMO = os.path.join(SHARED, "samples", "B", "miniconf-demo_papers.csv")

signs = st.characters(codec=None)  # every code point, lone surrogates too
hostile = st.text(
    st.one_of(
        signs,
        st.sampled_from(
            "\x00\x07\x1b\x7f\x85\x9b\u2028\u2029\u202a\u202e\u2066\u2069\ud800\udfff\ufeff\u200b\u00ad\t\r\n\xa0\u0301"
        ),
    )
)
latexy = st.text(st.one_of(st.sampled_from("\\${}%&#_^~[]()'`\" abcx"), signs), max_size=80)
pieces = st.lists(
    st.sampled_from(
        [
            "\\emph",
            "{",
            "}",
            "$",
            "$$",
            "\\frac",
            "\\begin{a}",
            "\\end{a}",
            "\\'",
            "\\href",
            "\\item",
            "\\",
            "%",
            "_",
            "x",
            " ",
            "\\verb|",
        ]
    ),
    max_size=30,
).map("".join)


def forbidden(sign: str) -> bool:
    """Whether Unicode itself calls a sign a control, a surrogate, a separator of lines or a bidirectional override."""
    return (
        unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    )  # fmt: skip


@given(hostile, st.booleans())
def test_clean_is_idempotent(given_text: str, lines: bool) -> None:
    """Cleaning a clean text changes nothing."""
    once = text.clean(given_text, lines=lines)
    assert text.clean(once, lines=lines) == once


@given(hostile)
def test_clean_lets_nothing_dangerous_through(given_text: str) -> None:
    """No control sign, C1, line separator, bidirectional override or surrogate leaves the boundary."""
    assert not any(forbidden(sign) for sign in text.clean(given_text))
    assert not any(forbidden(sign) for sign in text.clean(given_text, lines=True) if sign != "\n")


@given(hostile)
def test_clean_is_tidy_and_composed(given_text: str) -> None:
    """The result is in NFC, stripped, can be encoded, and no two blanks meet."""
    tidy = text.clean(given_text)
    assert unicodedata.is_normalized("NFC", tidy)
    assert tidy == tidy.strip()
    assert "  " not in tidy
    tidy.encode()


@pytest.mark.ci
def test_every_sign_on_its_own() -> None:
    """Each of the 1,114,112 code points alone: what is dangerous never comes back, and cleaning twice is cleaning once."""
    for value in range(0x110000):
        once = text.clean(chr(value))
        if once and (forbidden(once[0]) or text.clean(once) != once):
            pytest.fail(f"U+{value:04X} gives {once!r}")


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("  a \t b\xa0\u2009c  ", "a b c"),
        ("one\r\ntwo\rthree\x0bfour", "one two three four"),
        ("Talk\x1b]2;CANARY\x07", "Talk\ufffd]2;CANARY\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("a\ud800b", "a\ufffdb"),
        ("soft\u00adhyphen zero\u200bwidth\ufeff", "softhyphen zerowidth"),
        ("Cafe\u0301", "Café"),
        ("family \U0001f468\u200d\U0001f469\u200d\U0001f467", "family \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("[/b] [@click=app.exit]x[/]", "[/b] [@click=app.exit]x[/]"),
        ("论文 列表", "论文 列表"),
    ],
)
def test_clean_in_examples(given_text: str, expected: str) -> None:
    """What becomes of each kind of sign."""
    assert text.clean(given_text) == expected


def test_lines_stay_lines_where_asked() -> None:
    """Newlines of every kind stay newlines, at most one empty line in a row, none at the ends."""
    assert text.clean("\n a  b \r\n\r\n\r\n\tc\x85d\u2029e\n", lines=True) == "a b\n\nc\nd\ne"


def test_no_pile_of_accents() -> None:
    """A letter keeps thirty combining signs at most, however many come (NFC takes time in the square of them)."""
    assert len(text.clean("a" + "\u0316\u0301" * 100_000 + "b")) <= 32


@given(st.one_of(hostile, latexy, pieces))
def test_latex_never_raises(given_text: str) -> None:
    """LaTeX or what looks like it never raises, and what has neither backslash, dollar nor back-ticks is not touched."""
    read = text.latex(given_text)
    if not any(sign in given_text for sign in "\\$`"):
        assert read == given_text


def test_broken_latex_is_silent(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    """A macro without its argument prints nothing on anybody's screen."""
    with caplog.at_level(logging.DEBUG):
        text.latex("\\frac \\href{a}{b} \\begin{x} $\\frac$")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "given_text",
    ["{" * 19_000 + "\\", "$" * 19_999, "\\begin{a}" * 2_000, "\\" * 19_999, "\\'" * 9_999, "``" * 9_999, "\\emph{" * 3_000],
    ids=["braces", "dollars", "environments", "backslashes", "accents", "quotes", "nested"],
)
def test_hostile_latex_comes_back(given_text: str) -> None:
    """Depth and length neither raise nor hang."""
    assert isinstance(text.latex(given_text), str)


def test_latex_reads_no_file_and_no_clock() -> None:
    r"""``\input`` and ``\today`` stay text."""
    assert "root" not in text.latex(r"\input{/etc/passwd}")
    assert text.latex(r"\today") == r"\today"


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        (r"Gradient $\ell_1$ Regularization", "Gradient ℓ_1 Regularization"),
        (r"all adversarial $l_p$-perturbations for $p\geq 1$", "all adversarial l_p-perturbations for p≥ 1"),
        (r"\textquotedblleft better inductive bias.\textquotedblright\ Here", "“better inductive bias.” Here"),
        (
            r"called {\em Misclassification Aware} and {\it non-convex concave}",
            "called Misclassification Aware and non-convex concave",
        ),
        (r"less than 0.4\% drop, 50% of 3 & 4", "less than 0.4% drop, 50% of 3 & 4"),
        (r"rate $\mathcal{O}(n^2)$", "rate 𝒪(n^2)"),
        (r"Polyak-\L{}ojasiewicz", "Polyak-Łojasiewicz"),
        (r"Fr\'{e}chet, \v{S}irok\'y, Fran\c{c}ois, M\"uller, \o", "Fréchet, Široký, François, Müller, ø"),
        ("so-called ``Learn to Improve''", "so-called “Learn to Improve”"),
        (r"$10^{-4}$ and $x_{ij}^{2k}$", "10^(-4) and x_(ij)^(2k)"),
        (r"$\widetilde{O}(n)$ and $\hat\theta$", "Õ(n) and θ̂"),
        (r"by $\frac{1}{\sqrt{T}}$", "by 1/√(T)"),
        (r"English $\to$ German, p $<$ 0.05", "English → German, p < 0.05"),
        ("costs $5 to $10, from $5M-$10M", "costs $5 to $10, from $5M-$10M"),
        ("100% of AT&T, #1, snake_case, ~50", "100% of AT&T, #1, snake_case, ~50"),
        (r"our \ours{} beats \kappax", r"our \ours beats \kappax"),
        (r"\foo{bar}", r"\foo bar"),
        (r"LKH3 \citep{helsgaun2017extension} is", "LKH3 [helsgaun2017extension] is"),
        (r"at \url{https://a.b/c_d} or \href{https://a.b}{here}", "at https://a.b/c_d or here"),
        (r"C:\Users\ada", r"C:\Users\ada"),
        (r"the rate $O(1/\log T}$ holds", "the rate O(1/log T holds"),
    ],
)
def test_latex_in_examples(given_text: str, expected: str) -> None:
    """What real titles and abstracts hold, as a person would read it aloud."""
    assert text.clean(text.latex(given_text)) == expected


@given(st.binary())
def test_decode_never_raises(data: bytes) -> None:
    r"""Any bytes are some text, with ``\n`` alone at line ends."""
    assert "\r" not in text.decode(data)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff\0")), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_decode_reads_what_was_written(given_text: str, codec: str) -> None:
    """UTF-8 with and without its mark, and UTF-16 with it, come back exactly."""
    assert text.decode(given_text.encode(codec)) == given_text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Müller – “x”".encode("cp1252"), "Müller – “x”"),
        (b"Fran\xe7ois\x81", "François\x81"),
        ("a café, naïve, Zürich, 中".encode()[:-1], "a café, naïve, Zürich, \ufffd"),
        ("caf中".encode()[:-1], "caf\ufffd"),
        ("Ökonomie ünd ärger \xff".encode("latin-1"), "Ökonomie ünd ärger ÿ"),
        (b"a\r\nb\rc", "a\nb\nc"),
        (b"\xfe\xff\x00a\x00", "a\ufffd"),
        (b"", ""),
    ],
)
def test_decode_in_examples(data: bytes, expected: str) -> None:
    """Old encodings, pages cut in mid-sign and line ends."""
    assert text.decode(data) == expected


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"%PDF-1.5\n1 0 obj", True),
        (b"PK\x03\x04rest", True),
        (b"\x1f\x8b\x08", True),
        (b"text\x00text", True),
        (bytes(range(1, 32)) * 9, True),
        (b"", False),
        ("中文, ü, tab\t\n".encode(), False),
        ("Zürich".encode("utf-16"), False),
        (b"Talk \x1b]2;x\x07 in a long enough line of text", False),
    ],
)
def test_looks_binary(data: bytes, binary: bool) -> None:
    """Pictures, archives and PDFs are told from text in any encoding."""
    assert text.looks_binary(data) is binary


def test_entities_are_read_once() -> None:
    """An entity needs its semicolon, and an escaped one stays escaped."""
    assert (
        text.entities("Johns &amp; Hopkins &#8211; &#x2F; &amp;lt; AT&T &copy x &nosuch;")
        == "Johns & Hopkins – / &lt; AT&T &copy x &nosuch;"
    )


def test_html_to_lines() -> None:
    """Blocks begin lines, inline tags vanish, scripts, styles and comments are not read."""
    page = (
        "<p>One &amp; <b>two</b>\nthree</p><ul><li>four<li>five</ul>six<br/>seven<!-- x --><script>8()</script> 1 < 2 <style>"
    )
    assert text.html(page) == "One & two three\nfour\nfive\nsix\nseven 1 < 2"


@pytest.mark.parametrize("part", ["<div>", "<p ", "<!--", "<", "<script>", "&amp", "</", "<a b='", "<![x"])
def test_html_is_linear(part: str) -> None:
    """A million signs of any broken markup are read and hold no tag that a browser would act on."""
    assert "<script>" not in text.html(part * (1_000_000 // len(part)))


def test_pipelines() -> None:
    """Titles and abstracts go through entities, tags, LaTeX and the boundary, in this order."""
    assert text.read_title(" <b>Opening</b><br>AT&amp;T \\emph{now}\x1b ") == "Opening AT&T now\ufffd"
    assert text.read_title("x<y and y>z, A&lt;B") == "x<y and y>z, A<B"
    assert text.read_abstract("<p>One $\\alpha$</p><p>Two</p>") == "One α\nTwo"
    assert text.read_abstract("One\n\n\nTwo") == "One\n\nTwo"


@given(hostile)
def test_pipelines_end_at_the_boundary(given_text: str) -> None:
    """Whatever entities and LaTeX make of it, nothing dangerous comes out."""
    assert not any(forbidden(sign) for sign in text.read_title(given_text + "&#27;&#x9b;&#8238;\\char27"))


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Yang You, Jing Li, Sashank J. Reddi", ("Yang You", "Jing Li", "Sashank J. Reddi")),
        ("Ada Byron · Grace Hopper", ("Ada Byron", "Grace Hopper")),
        ("Ada Byron ⋅ Grace Hopper", ("Ada Byron", "Grace Hopper")),
        ("Nitin Rathi|Gopalakrishnan Srinivasan|Kaushik Roy", ("Nitin Rathi", "Gopalakrishnan Srinivasan", "Kaushik Roy")),
        ("I (Eli) Chien; Huozhi Zhou; Pan Li", ("I (Eli) Chien", "Huozhi Zhou", "Pan Li")),
        ("Zhang, Yixiao*; Jiang, Junyan; Xia, Gus", ("Yixiao Zhang", "Junyan Jiang", "Gus Xia")),
        ("Wu, Jr., Ann Lee", ("Wu, Jr.", "Ann Lee")),
        ("Bob Wu, Jr.; Ann Lee, III", ("Bob Wu, Jr.", "Ann Lee, III")),
        ("Ann Lee, Bob Wu, and Cy Ng", ("Ann Lee", "Bob Wu", "Cy Ng")),
        ("Veronika Cheplygina & Francesco Ciompi", ("Veronika Cheplygina", "Francesco Ciompi")),
        ("Carlo D'Eramo, Raphaël Marinier", ("Carlo D'Eramo", "Raphaël Marinier")),
        ("张三，李四、王五", ("张三", "李四", "王五")),
        ("Fran\\c{c}ois Ch\\^{a}lons, M&uuml;ller", ("François Châlons", "Müller")),
        ("Alexander Anderson, Brand Sandford", ("Alexander Anderson", "Brand Sandford")),
        ("Gal·la Roca · Ann Lee", ("Gal·la Roca", "Ann Lee")),
        ("", ()),
        (" , ; ", ()),
    ],
)
def test_names(given_text: str, expected: tuple[str, ...]) -> None:
    """Lines of authors as the sources join them."""
    assert text.names(given_text) == expected


@pytest.mark.skipif(not os.path.exists(DEMO), reason="the shared samples are not beside this checkout")
def test_names_of_a_whole_conference() -> None:
    """687 author lines joined by bars hold as many names as bars and one, however they are joined."""
    with open(DEMO, encoding="utf-8", newline="") as file:
        lines = [row["authors"] for row in csv.DictReader(file)]
    for line in lines:
        expected = tuple(" ".join(name.rstrip("*†").split()) for name in line.replace(" and ", "|").split("|"))
        assert text.names(line) == expected
        assert text.names(line.replace("|", " · ")) == expected
        if "," not in line:
            assert text.names(line.replace("|", ", ")) == expected


def test_what_is_pasted_keeps_its_layout() -> None:
    """Blanks, tabs and lines stay; escapes, C1, overrides and surrogates do not; every line end is a newline."""
    assert text.harmless("a  b\tc\r\nd\re\u2028f") == "a  b\tc\nd\ne\nf"
    assert text.harmless("\x1b]2;x\x07\x9b2J\u202ex\ud800\x00\x7f") == "�]2;x��2J�x���"
    assert text.harmless("👩\u200d💻 é 你好 \u00a0") == "👩\u200d💻 é 你好 \u00a0"
