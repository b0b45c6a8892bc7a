"""What the columns of a paper list are called, in English and in Chinese, and what a list says of one paper."""

from __future__ import annotations

import re

from planner.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Row(NamedTuple):
    """One paper as a list says it: role to text as in the source (never an empty one), and its own text.

    ``where`` is what a warning calls the place ("Line 12"). ``links`` are URLs as they stand. ``lines`` are the first line and
    the line after the last, from 0, and ``columns`` those of the reason and the degree: where the document can be written
    again.
    """

    where: str
    fields: Mapping[str, str]
    raw: str
    links: tuple[str, ...] = ()
    lines: tuple[int, int] | None = None
    columns: tuple[int | None, int | None] = (None, None)


class Found(NamedTuple):
    """What was found in one text: the rows in their order, warnings, and texts that may name the conference, best first."""

    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


_WORDS = {
    "number": "序号 编号 no num number index idx # rank 排名 sno 序",
    "id": "uid id paperid forum openreviewid submissionid papernumber 论文编号 论文id openreview",
    "title": (
        "标题 题目 论文 论文标题 论文题目 论文名称 论文名 文章 文章标题 篇名 title paper papertitle papername "
        "titleofpaper papers"
    ),
    "link": ("链接 论文链接 地址 论文地址 链接地址 link url href paperlink paperurl site siteurl website weblink"),
    "links": (
        "pdf pdfurl pdfpath pdflink arxiv 论文pdf 下载 download 代码 源码 code codelink github project projectpage 项目 "
        "homepage 主页 项目主页 demo demourl video 视频 slides poster material dataset 数据集"
    ),
    "reason": (
        "推荐理由 理由 推荐原因 reason reasons recommendationreason reasonforrecommendation reasontoread why "
        "comment comments 评论 点评 备注 note notes remark remarks"
    ),
    "degree": (
        "推荐度 推荐指数 推荐程度 推荐等级 degree degreeofrecommendation recommendationdegree recommendation stars "
        "star 星级 priority"
    ),
    "average": "averagerating avgrating ratingavg meanrating avgscore averagescore 平均分",
    "ratings": "ratings rating scores score 分数 评分",
    "abstract": "摘要 论文摘要 abstract abstracts summary 简介 description",
    "short": "tldr abstractshort shortabstract 一句话总结",
    "authors": "作者 论文作者 author authors authornames authorlist 作者列表",
    "organisation": (
        "组织 机构 单位 作者单位 organisation organisations organization organizations institution institutions "
        "institute affiliation affiliations aff affs 学校 公司"
    ),
    "track": (
        "track tracks 方向 领域 类别 分类 主题 topic topics category categories area primaryarea subject "
        "primarysubject field 任务 task"
    ),
    "decision": ("decision finaldecision status 录用 决定 结果 录取结果 录用类型 acceptance"),
    "kind": "type kind presentation presentationtype presentationformat papertype",
    "conference": "conference venue 会议 会议名称 booktitle",
    "time": (
        "time date start end starttime endtime startdate enddate startsat endsat begin finish when hour slot "
        "duration 时间 日期 开始 开始时间 结束时间 日程 timept timeslot"
    ),
    "person": "speaker speakers speakernames bio biography",
}
"""What a column holds, and the words at its head, folded by :func:`folded`."""

_AUTHORS = frozenset({"authors", "author", "authornames", "authorlist"})
_OF_PERSON = frozenset({"affiliation", "bio", "biography", "email", "institution", "profile"})
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}

_ABOUT = frozenset((
    "authors", "abstract", "link", "links", "degree", "average", "decision", "kind", "reason", "organisation",
))  # fmt: skip
"""Columns of which a list of papers has at least one beside its titles."""

_NOTHING = frozenset({"", "-", "--", "—", "na", "n/a", "nan", "none", "null", "tbd", "tba", "无", "todo"})


def folded(word: str) -> str:
    """A head as the table of words has it: ``"Paper_Link (URL)"`` is ``paperlink``."""
    bare = re.sub(r"[(（\[].{0,60}?[)）\]]", "", word[:100]).casefold() or word[:100].casefold()
    kept = "".join(sign for sign in bare if sign.isalnum())
    return kept or bare.strip()


def role_of(word: str) -> str:
    """What a column with this head holds; ``""`` for an unknown head."""
    return _ROLES.get(folded(word), "")


def roles_of(head: Sequence[str]) -> list[str]:
    """The role of each column; of two columns that say the same the first counts, except links."""
    seen: set[str] = set()
    roles = []
    words = {folded(word) for word in head}
    for word in head:
        role = role_of(word)
        if folded(word) == "paper" and "title" in words:
            role = "id"  # HotCRP's number of the paper
        elif not role and folded(word) in {"first", "last"} <= words and not words & _AUTHORS:
            role = folded(word)  # the names of one author a line
        elif folded(word) == "name" and "title" in words and words & _OF_PERSON and not words & _AUTHORS:
            role = "authors"
        roles.append("" if role in seen and role != "links" else role)
        seen.add(role)
    return roles


def is_paper_list(head: Iterable[str]) -> bool:
    """Whether columns with these heads hold papers: titles (or ids) and something about them, and no times."""
    roles = set(map(role_of, head))
    if "time" in roles or ("person" in roles and "authors" not in roles):
        return False
    if "title" in roles:
        return bool(roles & _ABOUT)
    return bool({"link", "id"} & roles) and bool(roles & {"abstract", "decision", "kind", "reason", "degree"})


def said(text: str) -> bool:
    """Whether a cell says something: ``NA``, ``nan`` and a dash do not."""
    return text.strip().casefold() not in _NOTHING


def fields_of(roles: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Role to text, for the columns that are known and the cells that say something; links are left to the caller."""
    return {role: cell.strip() for role, cell in zip(roles, cells, strict=False) if role and role != "links" and said(cell)}
