"""Dates and times of day as tables and pages write them in other languages, in the forms that the scanner of dates knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MONTHS = (
    "januar jan janvier janv enero ene gennaio gen janeiro januari styczen stycznia ocak",
    "februar feber fevrier fevr fev febrero febbraio fevereiro februari luty lutego subat",
    "marz maerz mars marzo mar marco maart mrt marzec marca mart",
    "april avril avr abril abr aprile apr kwiecien kwietnia nisan",
    "mai mayo maggio mag maio mei maj maja mayis",
    "juni juin junio jun giugno giu junho czerwiec czerwca haziran",
    "juli juillet juil julio jul luglio lug julho lipiec lipca temmuz",
    "august aout agosto ago augustus augusti sierpien sierpnia agustos",
    "september septembre septiembre setiembre sept settembre set setembro wrzesien wrzesnia eylul",
    "oktober octobre octubre oct okt ottobre ott outubro out pazdziernik pazdziernika ekim",
    "november novembre noviembre nov novembro listopad listopada kasim",
    "dezember decembre diciembre dic dicembre dezembro dez december grudzien grudnia aralik",
)
_ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
_MONTH_OF = {word: english for english, words in zip((*_ENGLISH, "December"), _MONTHS, strict=True) for word in words.split()}
_WEEKDAYS = (
    "montag lundi lunes lunedi segunda segunda-feira maandag poniedzialek pazartesi 月",
    "dienstag mardi martes martedi terca terca-feira dinsdag wtorek 火",
    "mittwoch mercredi miercoles mercoledi quarta quarta-feira woensdag sroda 水",
    "donnerstag jeudi jueves giovedi quinta quinta-feira donderdag czwartek 木",
    "freitag vendredi viernes venerdi sexta sexta-feira vrijdag piatek 金",
    "samstag sonnabend samedi sabado sabato zaterdag sobota 土",
    "sonntag dimanche domingo domenica zondag niedziela 日",
)
_SHORT_WEEKDAYS = (
    "mo lun",
    "di mar",
    "mi mer mie wo",
    "do jeu jue gio",
    "fr ven vie vr",
    "sa sam sab za",
    "so dim dom zo",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY_OF = {word: english for english, words in zip(_DAYS, _WEEKDAYS, strict=True) for word in words.split()}
_OWN_DAYS = {
    word for english in _DAYS for word in (english.lower(), english[:3].lower(), english[:4].lower(), english[:5].lower())
}
_OWN_MONTHS = {month[:count].lower() for month in (*_ENGLISH, "December") for count in (3, 4)}
_BEFORE_A_DAY = {word: english for english, words in zip(_DAYS, _SHORT_WEEKDAYS, strict=True) for word in words.split()} | {
    word: english for english in _DAYS for word in _OWN_DAYS if english.lower().startswith(word)
}
_WHOLE_DAYS = {word for word in _WEEKDAY_OF if len(word) > 1} - {"segunda", "terca", "quarta", "quinta", "sexta"} | _OWN_DAYS
_WHOLE_CHINESE = re.compile(r"([0-9]{4})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日?[^0-9]{0,12}")
_SHORT_CHINESE = re.compile(r"([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日[^0-9]{0,12}")
_AFTER_WEEKDAY = re.compile(r"([^\W\d_]{2,14}(?:-[Ff]eira)?)\.?,?\s{1,3}([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4})")
_BEFORE_WEEKDAY = re.compile(r"([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4})\s{0,3}[(（]?[^\W\d_]{1,10}\.?[)）]?")
_WORD = re.compile(r"[^\W\d_]{1,20}\.?")
_EASTERN_DAY = re.compile(r"(?:[(（]\s?(?:星期|周)?|星期)([月火水木金土日])")
_FIRST_WORD = re.compile(r"\W{0,6}([^\W\d_]{2,14}(?:-[Ff]eira)?)\.?,?\s{1,3}(?=[0-9])")
_DAY_AND_YEAR = re.compile(r"(?<!\d)[0-9]{1,2}(?!\d).{0,20}?(?:(?:19|20)[0-9]{2}|$)")
_HOUR_AND_MINUTE = re.compile(r"(?<!\d)([01]?[0-9]|2[0-4])\s?(?:[hH時点]|[.](?=[0-5][0-9](?![.0-9])))\s?([0-5][0-9])?分?")
_HOUR_WORD = re.compile(r"(?<![\d:])(?<!\.)([01]?[0-9]|2[0-4])\s?(?:[uU]hr|[uU]ur|godz\.?)(?![^\W_])")
_TO = re.compile(r"(?<=[0-9])\s{1,3}(?:bis|à|às|as|a|hasta|tot|até|till|al)\s{1,3}(?=[0-9])", re.IGNORECASE)
_FRAME = re.compile(r"^(?:von|de|das|da|van|dalle|ab|om|um|od)\s{1,3}|\s{0,3}(?:[uU]hr|[uU]ur|hrs?\.?)$", re.IGNORECASE)
_LONGEST = 200
_DAY_AT_HEAD = re.compile(
    r"^(?P<lead>\W{0,6})(?:(?P<weekday>[^\W\d_]{2,14}(?:-[Ff]eira)?)(?:\.,?|,)?\s{1,3}\(?(?:(?:den|dem|der|le|el|il|dia)\s)?)?"
    r"(?P<day>[0-3]?[0-9])(?P<mark>\.|er|º|°)?\s{1,3}(?:d[ei]\s)?(?P<month>[^\W\d_]{3,14})(?![^\W_])\.?"
    r"(?:,?\s{1,3}(?:del?\s)?(?P<year>(?:19|20)[0-9]{2})(?![0-9]))?",
    re.IGNORECASE,
)
_CHINESE_AT_HEAD = re.compile(
    r"^(?P<lead>\W{0,6})(?:(?P<year>20[0-9]{2})\s?年\s?)?(?P<month>1[0-2]|[1-9])\s?月\s?(?P<day>[0-3]?[0-9])\s?(?P<mark>日)"
    r"(?:\s?[(（]\s?(?:星期|周)?(?P<weekday>[月火水木金土日])曜?日?\s?[)）])?"
)
_FIGURES_AT_HEAD = re.compile(
    r"^(?P<lead>\W{0,6})(?P<weekday>[^\W\d_]{2,14}(?:-[Ff]eira)?)\.?,?\s{1,3}(?=\(?[0-9]{1,2}[./-][0-9]{1,2}(?![0-9]))"
)
_WHOLE_FIGURES = re.compile(r"^.{2,20}\s\(?[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})?(?![0-9])")
_WEEKDAY_AT_HEAD = re.compile(r"^(?P<lead>\W{0,6})(?P<weekday>[^\W\d_]{5,14}(?:-[Ff]eira)?)(?P<tail>\W{0,3})$")
_ONE_CLOCK = (
    r"(?:[01]?[0-9]|2[0-4])(?:\s?[hH時](?:\s?[0-5][0-9])?分?|[.:][0-5][0-9])?(?:\s?[uU]hr|(?<=[0-9]{2})\s?h(?![^\W_]))?"
)
_CLOCKS_AT_HEAD = re.compile(
    rf"^(?P<lead>\W{{0,4}})(?:(?:de|von|da|das|dalle|van|ab|um)\s)?(?P<start>{_ONE_CLOCK})"
    rf"(?:\s{{0,3}}(?:[-–—~〜]{{1,3}}|(?P<word>bis|à|às|as|a|hasta|alle|tot|do)(?=\s))\s{{0,3}}(?P<end>{_ONE_CLOCK}))?"
    r"(?![0-9A-Za-zÀ-ÿ%]|[.:][0-9])(?P<tail>\s{0,3}(?P<sign>\S?))"
)
_FIGURES = re.compile(r"[0-9]{1,2}")
_TIME_LABEL = re.compile(r"^\W{0,4}(?:time|heure|horaire|zeit|uhrzeit|hora|horario|orario)\s?:\W{0,4}(?=[0-9])", re.IGNORECASE)
_WIDE = str.maketrans("０１２３４５６７８９：～〜－", "0123456789:~~-")
_HEAD = 60  # signs at the head of a line in which a date or a time can stand


def bare(word: str) -> str:
    """A word without case and accents: ``Février`` is ``fevrier``."""
    split = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", word[:_LONGEST]).casefold()
    )  # a sign may be a capital of another
    return "".join(sign for sign in split if not unicodedata.combining(sign))


@lru_cache(maxsize=1024)  # a schedule has a dozen dates
def day_in_english(text: str) -> str:
    """A date with its weekday and its month in English, or in figures alone; a text that is none as it is."""
    text = text.strip()[:_LONGEST]
    if found := _WHOLE_CHINESE.fullmatch(text):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if (found := _SHORT_CHINESE.fullmatch(text)) and 1 <= int(found[1]) <= len(_MONTHS):
        return f"{weekday_in(text)} {found[2]} {(*_ENGLISH, 'December')[int(found[1]) - 1]}".strip()
    if found := _AFTER_WEEKDAY.fullmatch(text):
        return found[2]
    if found := _BEFORE_WEEKDAY.fullmatch(text):
        return found[1]
    words = [bare(one[0]).rstrip(".") for one in _WORD.finditer(text)]
    months = [word for word in words if word in _MONTH_OF]
    if len(months) != 1 or not _DAY_AND_YEAR.search(text):
        return text
    english = " ".join(_WORD.sub(_in_english, text).replace(".", " ").split())
    return f"{weekday} {english.strip('/|–—-:(), ')}" if (weekday := weekday_in(text)) else english


def weekday_in(text: str) -> str:
    """The one weekday that stands beside a date, in English; "" where there is none or two.

    Short words and those that count (``Sexta``) are one before a figure only, and ``mar`` where the month is another word.
    """
    if found := _EASTERN_DAY.search(text):
        return _WEEKDAY_OF[found[1]]
    named = [bare(one[0]).rstrip(".") for one in _WORD.finditer(text)]
    days = {_WEEKDAY_OF.get(word) or _BEFORE_A_DAY[word] for word in named if word in _WHOLE_DAYS}
    if not days and (first := _FIRST_WORD.match(text)):
        word = bare(first[1])
        known = (_WEEKDAY_OF | _BEFORE_A_DAY).get(word, "")
        days = {known} if known and (word not in _MONTH_OF or sum(one in _MONTH_OF for one in named) != 1) else set()
    return days.pop() if len(days) == 1 else ""


def _in_english(found: re.Match[str]) -> str:
    """A month in English; weekdays and small words are dropped."""
    return _MONTH_OF.get(bare(found[0]).rstrip("."), "")


@lru_cache(maxsize=1024)
def clock_in_figures(text: str) -> str:
    """A time of day or a range with colons and a hyphen: ``9h``, ``14h15``, ``9.30``, ``9時30分``, ``09h00 às 10h00``."""
    text = _FRAME.sub("", _FRAME.sub("", text.strip()[:_LONGEST])).strip()
    text = _TO.sub(" - ", _HOUR_WORD.sub(r"\1:00", text))
    return _HOUR_AND_MINUTE.sub(lambda one: f"{one[1]}:{one[2] or '00'}", text)


def is_month(word: str) -> bool:
    """Whether a word is a month, in English or another language, whole or short."""
    plain = bare(word).rstrip(".,")
    return plain in _MONTH_OF or plain in _OWN_MONTHS or plain in {english.lower() for english in (*_ENGLISH, "December")}


def head_in_english(text: str) -> str:
    """A line with the date or the time of day at its head as English pages write it; any other line as it is.

    ``Mercredi 19 nov.`` is ``Wednesday 19 November``, ``10–12.15 Uhr`` is ``10:00 - 12:15``, ``9 h 30 Accueil`` is
    ``9:30 Accueil``, ``Time: 9.30`` is ``9.30``.
    """
    text = _TIME_LABEL.sub("", text)
    wide = text[:_HEAD].translate(_WIDE)
    text = wide + text[_HEAD:] if wide != text[:_HEAD] else text
    if ((found := _DAY_AT_HEAD.match(text)) or (found := _CHINESE_AT_HEAD.match(text))) and (date := _date(found, text)):
        return f"{found['lead']}{date}{text[found.end() :]}"
    whole = _WEEKDAY_OF | _BEFORE_A_DAY if _WHOLE_FIGURES.search(text) else _WEEKDAY_OF  # "So 3/4 of them" is none
    if (found := _FIGURES_AT_HEAD.match(text)) and (english := whole.get(bare(found["weekday"]))):
        return f"{found['lead']}{english} {text[found.end() :]}"
    if found := _WEEKDAY_AT_HEAD.match(text):
        english = _WEEKDAY_OF.get(bare(found["weekday"]))
        return f"{found['lead']}{english}{found['tail']}" if english else text
    found = _CLOCKS_AT_HEAD.match(text)
    if found is None or not (_is_ranged(found) or any(map(_is_foreign, (found["start"], found["end"] or "")))):
        return text
    written = re.search(r"[0-9]{1,2}\D{1,3}[0-9]|[uU]hr", found["start"])
    if not found["end"] and not written and found["sign"] not in "-–—:|":
        return text  # "24h Hackathon" is a title
    clocks = " - ".join(map(_with_colon, filter(None, (found["start"], found["end"]))))
    return f"{found['lead']}{clocks}{text[found.start('tail') :]}"


def _date(found: re.Match[str], text: str) -> str:
    """The date in English; "" for words that are none, are English already, or may be a title (``3 Mai Linh Tran``)."""
    figures = found["month"].isdigit()
    month = (*_ENGLISH, "December")[int(found["month"]) - 1] if figures else _MONTH_OF.get(bare(found["month"]))
    word = bare(found["weekday"] or "")
    weekday = (_WEEKDAY_OF | _BEFORE_A_DAY).get(word, "")
    own = not figures and bare(found["month"])[:4] in _OWN_MONTHS and (not word or word in _OWN_DAYS)
    alone = not (word or found["year"] or figures) and text[found.end() :].strip()[:1].isalnum()
    if month is None or alone or (word and not weekday) or (own and not found["mark"]):
        return ""
    return " ".join(filter(None, (weekday, str(int(found["day"])), month, found["year"])))


def _is_ranged(found: re.Match[str]) -> bool:
    """Whether two whole clocks are joined by a word of another language: ``9:00 a 9:30``."""
    return bool(found["word"]) and ":" in found["start"] and ":" in found["end"]


def _is_foreign(clock: str) -> bool:
    """Whether a clock is written as only other languages do: ``9h``, ``9 h 30``, ``9 Uhr``."""
    return any(sign in clock for sign in "hH時")


def _with_colon(clock: str) -> str:
    """``9 h 30`` as ``9:30``, ``9 Uhr`` as ``9:00``."""
    hour, *minute = _FIGURES.findall(clock)
    return f"{hour}:{minute[0] if minute else '00'}"
