"""Dates and times of day as tables write them in other languages, brought to the forms that the scanner of dates knows."""

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
_WHOLE_CHINESE = re.compile(r"([0-9]{4})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日?[^0-9]{0,12}")
_SHORT_CHINESE = re.compile(r"([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日[^0-9]{0,12}")
_AFTER_WEEKDAY = re.compile(r"([^\W\d_]{2,14})\.?,?\s{1,3}([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4})")
_BEFORE_WEEKDAY = re.compile(r"([0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4})\s{0,3}[(（]?[^\W\d_]{1,10}\.?[)）]?")
_WORD = re.compile(r"[^\W\d_]{1,20}\.?")
_DAY_AND_YEAR = re.compile(r"(?<!\d)[0-9]{1,2}(?!\d).{0,20}?(?:(?:19|20)[0-9]{2}|$)")
_HOUR_AND_MINUTE = re.compile(r"(?<!\d)([01]?[0-9]|2[0-4])\s?(?:[hH時点]|[.](?=[0-5][0-9](?![.0-9])))\s?([0-5][0-9])?分?")
_HOUR_WORD = re.compile(r"(?<![\d:])(?<!\.)([01]?[0-9]|2[0-4])\s?(?:[uU]hr|[uU]ur|godz\.?)(?![^\W_])")
_TO = re.compile(r"(?<=[0-9])\s{1,3}(?:bis|à|às|as|a|hasta|tot|até|till|al)\s{1,3}(?=[0-9])", re.IGNORECASE)
_FRAME = re.compile(r"^(?:von|de|das|da|van|dalle|ab|om|um|od)\s{1,3}|\s{0,3}(?:[uU]hr|[uU]ur|hrs?\.?)$", re.IGNORECASE)
_LONGEST = 200


def bare(word: str) -> str:
    """A word without case and accents: ``Février`` is ``fevrier``."""
    split = unicodedata.normalize("NFKD", word[:_LONGEST].casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))


@lru_cache(maxsize=1024)  # a schedule has a dozen dates
def day_in_english(text: str) -> str:
    """A date with its month in English or in figures, and without a foreign weekday; a text that is none as it is."""
    text = text.strip()[:_LONGEST]
    if found := _WHOLE_CHINESE.fullmatch(text):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if (found := _SHORT_CHINESE.fullmatch(text)) and 1 <= int(found[1]) <= len(_MONTHS):
        return f"{found[2]} {(*_ENGLISH, 'December')[int(found[1]) - 1]}"
    if found := _AFTER_WEEKDAY.fullmatch(text):
        return found[2]
    if found := _BEFORE_WEEKDAY.fullmatch(text):
        return found[1]
    words = [bare(one[0]).rstrip(".") for one in _WORD.finditer(text)]
    months = [word for word in words if word in _MONTH_OF]
    if len(months) != 1 or not _DAY_AND_YEAR.search(text):
        return text
    return " ".join(_WORD.sub(_in_english, text).replace(".", " ").split())


def _in_english(found: re.Match[str]) -> str:
    """A month in English; a weekday of another language and small words are dropped."""
    return _MONTH_OF.get(bare(found[0]).rstrip("."), "")


@lru_cache(maxsize=1024)
def clock_in_figures(text: str) -> str:
    """A time of day or a range with colons and a hyphen: ``9h``, ``14h15``, ``9.30``, ``9時30分``, ``09h00 às 10h00``."""
    text = _FRAME.sub("", _FRAME.sub("", text.strip()[:_LONGEST])).strip()
    text = _TO.sub(" - ", _HOUR_WORD.sub(r"\1:00", text))
    return _HOUR_AND_MINUTE.sub(lambda one: f"{one[1]}:{one[2] or '00'}", text)
