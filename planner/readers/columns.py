"""What the columns of a table hold by the words at their heads, and which times are those of its talks."""

from __future__ import annotations

import re

from planner.readers.abroad import bare
from planner.readers.json_times import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "title": (
        "title talk talktitle proposaltitle presentationtitle papertitle sessiontitle eventtitle name eventname event"
        " presentation activity item titel titre titulo titolo tytul 标题 题目 タイトル 演題 題目 subject summary"
        " veranstaltung vortrag programmpunkt thema activite intitule actividad ponencia charla atividade palestra attivita"
    ),
    "date": "date startdate eventdate sessiondate day startday datum fecha data jour tag 日期 日付",
    "start": (
        "start starttime timestart time begin begins begintime from startsat startdatetime startdateandtime starts timeslot"
        " when hour hours starthour slottime sessionstart sessionstarttime scheduledat"
        " beginn uhrzeit zeit von heure heures heuredebut heurededebut debut horaire hora"
        " horainicio horadeinicio inicio horario orario orainizio ora inizio tijd begintijd aanvang godzina"
        " 开始时间 时间 開始 開始時刻 時間"
    ),
    "end": (
        "end endtime timeend endhour to until till finish finishtime endsat enddatetime enddateandtime ends stop sessionend"
        " sessionendtime ende bis fin heurefin heuredefin horafin horadefin orafine fine eindtijd 结束时间 終了 終了時刻"
    ),
    "enddate": "enddate endday",
    "duration": "duration length minutes durationmin durationminutes mins dauer duree scheduledduration",
    "allday": "alldayevent allday",
    "room": (
        "room roomname roomlocation location venue place hall stage where sessionroom raum ort saal salle lieu sala"
        " lugar luogo local zaal locatie 地点 会场 会場 場所 教室"
    ),
    "people": (
        "speakers speaker speakernames speakername presenter presenters authors author persons person organiser organisers"
        " organizer organizers host hosts instructor instructors panelists speakerfullname"
        " referent referentin referenten vortragende vortragender intervenant intervenants orateur ponente ponentes relatore"
        " relatori palestrante palestrantes spreker sprekers prelegent contributors presentingauthor paperauthors owner"
        " 作者 主讲人"
        " 演讲者 报告人 発表者 講演者 登壇者"
    ),
    "first": "firstname givenname",
    "last": "lastname familyname surname",
    "track": "track tracks trackname topic theme stream",
    "type": "type sessiontype sessionformat format kind eventtype category presentationtype submissiontype",
    "session": "session sessionname sessions block sessionid paneltitle sesion sessione sessao seance",
    "chairs": "chair chairs chair1 sessionchair sessionchairs moderator moderators",
    "text": "abstract description details summary abstractshort shortdescription longdescription",
    "id": "id uid code guid uuid eventid talkid paperid submissionid",
    "url": "url link href website weblink page permalink",
    "zone": "timezone tz zone",
    "state": "state status published active",
    "organisation": (
        "affiliation affiliations organisation organisations organization organizations institution company"
        " organiseraffiliation presenteraffiliation"
    ),
    "sub": "sessionorsubsession sessionorsubsessionsub subsession",
    "board": "board boardnumber posternumber posterboard posterid",
}
"""What a column holds, and the words at its head, without case and signs."""

_ROLES = {bare(word): role for role, words in WORDS.items() for word in words.split()}
_OF_WHAT = re.compile(r"^(?:(talk|presentation|paper)|session|event|slot)(?=[a-z])")


def role_of(head: str) -> str:
    """The role of a column: by its whole head, else without a bracket (``Start (PT)``), else as ``Presentation Start``."""
    whole = bare(plain(head))
    short = bare(plain(head.partition("(")[0].partition("[")[0]))
    return next((_ROLES[word] for word in (whole, short, _OF_WHAT.sub("", short)) if word in _ROLES), "")


def own_times(heads: Sequence[str], roles: Sequence[str], start: str = "start", left: str = "") -> list[str]:
    """The roles, with ``left`` for the times of what the talks are in (``Session Start``) where they have their own.

    ``Talk Start`` goes before ``Start``, and that before a session's, an event's or a slot's. An end or a length goes with
    the start that is called like it: a session's is none of the talks that begin by themselves.
    """
    found = [(role, _rank(head)) for head, role in zip(heads, roles, strict=True)]
    starts = {rank for role, rank in found if role == start}
    ends = {min(starts), *({0, 1} - starts)} if starts else {0, 1, 2}
    fit = {start: {0, 1, 2}, "date": {0, 1, 2}, "end": ends, "duration": ends, "length": ends}
    best = {role: min({rank for one, rank in found if one == role} & fit[role], default=None) for role in fit}
    return [left if role in fit and rank != best[role] else role for role, rank in found]


def _rank(head: str) -> int:
    """How near a time is to the talk: named as the talk's (0), by nothing (1), or as that of what the talk is in (2)."""
    named = _OF_WHAT.match(plain(head))
    return 1 if named is None else 0 if named[1] else 2
