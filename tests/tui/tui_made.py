"""Conferences made by hand for the tests of the UI, and how they get into a store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from planner.model import Conference, Mark, Reading, Session, Slot, Talk
from planner.store import Store, open_store

EVE = datetime(2021, 5, 6, 17, 55, tzinfo=UTC)
"""Thu 6 May 2021, 19:55 in Berlin: five minutes before the first talk."""

PACIFIC = "America/Los_Angeles"


def at(hour: int, minute: int = 0, *, day: int = 6) -> datetime:
    """A time on a day of May 2021, in UTC."""
    return datetime(2021, 5, day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)


def talk(number: int, title: str, start: datetime | None, length: int = 15, **fields: object) -> Talk:
    """A talk of the conference ``iclr-2021``."""
    end = start + timedelta(minutes=length) if start else None
    room = fields.pop("room", None)
    slot = Slot(start, end, room=room, zone=PACIFIC)  # type: ignore[arg-type]
    made: dict[str, object] = {"kind": "oral", "slot": slot, **fields}
    return Talk(f"00000000-0000-5000-8000-{number:012}", "iclr-2021", title, **made)  # type: ignore[arg-type]


CHAIRS = ("Adriana Kovashka", "Furong Huang", "Guido Montufar")

ORALS = (
    (
        "VCNet and Functional Targeted Regularization For Learning Causal Effects of Continuous Treatments",
        15,
        "Lizhen Nie,Mao Ye,Qiang Liu,Dan Nicolae",
    ),
    ("SenSeI: Sensitive Set Invariance for Enforcing Individual Fairness", 15, "Mikhail Yurochkin,Yuekai Sun"),
    ("When Do Curricula Work?", 15, "Xiaoxia (Shirley) Wu,Ethan Dyer,Behnam Neyshabur"),
    ("Why Are Convolutional Nets More Sample-Efficient than Fully-Connected Nets?", 15, "Zhiyuan Li,Yi Zhang,Sanjeev Arora"),
    ("", 10, ""),
    ("Correcting experience replay for multi-agent communication", 10, "Sanjeevan Ahilan,Peter Dayan"),
    (
        "Contrastive Behavioral Similarity Embeddings for Generalization in Reinforcement Learning",
        10,
        "Rishabh Agarwal,Marlos C. Machado,Pablo Samuel Castro,Marc G Bellemare",
    ),
    ("", 10, ""),
    (
        "DiffWave: A Versatile Diffusion Model for Audio Synthesis",
        15,
        "Zhifeng Kong,Wei Ping,Jiaji Huang,Kexin Zhao,Bryan Catanzaro",
    ),
    ("Self-training For Few-shot Transfer Across Extreme Task Differences", 15, "Cheng Perng Phoo,Bharath Hariharan"),
)
OTHERS = (
    ("Rethinking Attention with Performers", 15, "Krzysztof Choromanski,Valerii Likhosherstov,David Dohan"),
    (
        "Theoretical Analysis of Self-Training with Deep Networks on Unlabeled Data",
        15,
        "Colin Wei,Kendrick Shen,Yining Chen,Tengyu Ma",
    ),
    ("Dataset Condensation with Gradient Matching", 15, "Bo Zhao,Konda Reddy Mopuri,Hakan Bilen"),
    ("Getting a CLUE: A Method for Explaining Uncertainty Estimates", 15, "Javier Antoran,Umang Bhatt"),
)

ABSTRACTS = {
    "VCNet": "A network whose weights vary with the dose keeps the estimated response curve continuous, and a targeted "
    "regularization makes the whole curve doubly robust.",
    "When Do": "Thousands of runs with examples sorted from easy to hard, from hard to easy or at random show that the order "
    "hardly matters, except when training is short or labels are noisy.",
    "Theoretical": "Under an assumption on how neighbourhoods of the data expand, self-training provably improves on the "
    "labels that it begins with.",
}

ABSTRACT = (
    "Waveforms are made from noise in a few steps of a learned reverse process. One model without autoregression "
    "serves as a vocoder, and makes speech without any condition.\n\nIt is as good as a strong WaveNet and far faster."
)


def _block(first: int, key: str, rows: tuple[tuple[str, int, str], ...], start: datetime) -> list[Talk]:
    made = []
    for number, (title, length, names) in enumerate(rows, first):
        speakers = tuple(name for name in names.split(",") if name)
        abstract = (
            ABSTRACT if "DiffWave" in title else next((text for name, text in ABSTRACTS.items() if title.startswith(name)), "")
        )
        kind = "oral" if title else "untitled"
        made.append(talk(number, title, start, length, session=key, speakers=speakers, abstract=abstract, kind=kind))
        start += timedelta(minutes=length)
    return made


def iclr(*more: Talk) -> Conference:
    """Two parallel sessions on Thursday, a keynote on each day, some papers without a slot."""
    sessions = (
        Session("11", "Oral Session 11", CHAIRS, "oral", at(18), at(21)),
        Session("12", "Oral Session 12", ("Sergey Levine",), "oral", at(18, 15), at(19, 15)),
    )
    talks = _block(1, "11", ORALS, at(18)) + _block(21, "12", OTHERS, at(18, 15))
    talks += [
        talk(40 + day, f"Invited talk {day - 2}", at(15, day=day), 60, kind="keynote", room="Auditorium", speakers=(name,))
        for day, name in ((3, "Timnit Gebru"), (4, "Alex Graves"), (5, "Kyle Cranmer"), (7, "Lourdes Agapito"))
    ]
    talks.append(talk(60, "Late social in the garden", at(5, 30, day=7), 60, kind="social", room="Garden"))
    talks += [talk(70 + n, f"A paper without a slot yet, number {n}", None, kind="paper", degree=str(n)) for n in range(1, 6)]
    return Conference("iclr-2021", "ICLR 2021", PACIFIC, sessions, (*talks, *more), day_change=0)


def uid(number: int) -> str:
    """The uid of the talk of that number."""
    return f"00000000-0000-5000-8000-{number:012}"


MARKS = (
    Mark(uid(1), starred=True, rating=5),
    Mark(uid(3), starred=True),
    Mark(uid(6), starred=True, rating=1, decision="going"),
    Mark(uid(9), starred=True, rating=3, note="ask about the vocoder numbers"),
    Mark(uid(22), starred=True, rating=4),
    Mark(uid(2), decision="skipped"),
)
"""Stars with one clash: numbers 3 and 22 share their quarter of an hour."""


def many(talks: int, *, days: int = 4, rooms: int = 8) -> Conference:
    """A conference of that many talks of a quarter of an hour, in parallel rooms, over some days."""
    made = []
    for number in range(talks):
        day, rest = number % days, number // days
        start = at(7, rest // rooms * 15 % 600, day=3 + day)
        words = ("Learning", "Graphs", "Proteins", "Attention", "Diffusion", "Fair", "Sparse", "Bayesian")
        first, second, third = (words[number // step % 8] for step in (1, 3, 7))
        title = f"{first} {second.lower()} with {third.lower()} models, part {number}"
        room = f"Hall {chr(65 + rest % rooms)}"
        names = (f"Ada Lovelace {number}", "Grace Hopper")
        made.append(talk(1000 + number, title, start, 15, session=room, room=room, speakers=names, abstract=ABSTRACT))
    sessions = tuple(Session(f"Hall {chr(65 + room)}", f"Track {chr(65 + room)}") for room in range(rooms))
    return Conference("iclr-2021", "Large Conference 2021", PACIFIC, sessions, tuple(made))


def pycon() -> Conference:
    """A second conference, later in the year and in another zone, without sessions."""
    start = datetime(2021, 9, 11, 8, tzinfo=UTC)
    talks = tuple(
        Talk(
            f"10000000-0000-5000-8000-{n:012}",
            "pycon-2021",
            f"Python talk {n}",
            "talk",
            slot=Slot(start, start + timedelta(minutes=30), room=f"R{n % 2}"),
        )
        for n in range(4)
    )
    return Conference("pycon-2021", "PyCon 2021", "Europe/London", talks=talks)


def all_day() -> Talk:
    """A workshop day without a clock."""
    return talk(65, "Workshop day: climate and machine learning", None, kind="workshop")._replace(
        slot=Slot(day=date(2021, 5, 7))
    )


def stored(home: str, *conferences: Conference, marks: tuple[Mark, ...] = MARKS, now: datetime = EVE) -> Store:
    """A store in a folder with these conferences, and those of the marks whose talks it has."""
    store = open_store(home, now=now)
    for conference in conferences:
        store.save(Reading(conference, "made by hand"), source="made by hand", now=now)
    known = {one.uid for conference in conferences for one in conference.talks}
    for mark in marks:
        if mark.uid not in known:
            continue
        if mark.starred:
            store.star([mark.uid], rating=mark.rating or None, now=now)
        if mark.decision != "undecided":
            store.decide([mark.uid], mark.decision, now=now)
        if mark.note:
            store.note(mark.uid, mark.note, now=now)
    return store
