"""The zone of a conference's city: the zone database's own cities and countries, and those that conferences go to besides.

A place that could be two (``London, Ontario``) or that nobody lists is None: the user is asked, nothing is guessed.
"""

from __future__ import annotations

import re
from functools import cache

from planner import times

__all__ = ["zone_of_city"]

_CITIES = {
    "America/Los_Angeles": "San Diego, Long Beach, Seattle, San Francisco, San Jose CA, San Jose California, Santa Clara,"
    " Portland OR, Portland Oregon, Las Vegas, Anaheim, Pasadena, Berkeley, Stanford, Palo Alto, Mountain"
    " View, Sacramento, Oakland, Santa Barbara, Santa Cruz, Bellevue, Redmond, Lake Tahoe, Monterey, San"
    " Mateo, Burlingame, Irvine",
    "America/Denver": "Salt Lake City, Boulder, Albuquerque, Santa Fe, Snowbird, Aspen, Park City, Colorado Springs",
    "America/Chicago": "New Orleans, Austin, Dallas, Houston, San Antonio, Minneapolis, Nashville, Memphis, Milwaukee, St."
    " Louis, Saint Louis, Kansas City, Madison, Fort Worth, Oklahoma City, Baton Rouge, Omaha, Saint Paul,"
    " St. Paul",
    "America/New_York": "Philadelphia, Baltimore, Boston, Washington DC, Washington D.C., New York City, NYC, Atlanta, Miami,"
    " Miami Beach, Orlando, Pittsburgh, Charlotte, Raleigh, Cleveland, Columbus, Cincinnati, Tampa, Ann"
    " Arbor, Brooklyn, Manhattan, Providence, Princeton, New Haven, Fort Lauderdale, Buffalo, Ithaca,"
    " Durham NC",
    "America/Toronto": "Montreal, Montréal, Quebec City, Québec, Ottawa, Waterloo, Kingston ON, Quebec",
    "America/Vancouver": "Victoria BC, Victoria British Columbia, Whistler, Burnaby",
    "America/Edmonton": "Calgary, Banff",
    "America/Mexico_City": "Guadalajara, Puebla, Oaxaca",
    "America/Cancun": "Cancún, Playa del Carmen, Tulum",
    "America/Phoenix": "Scottsdale, Tucson, Tempe",
    "Pacific/Honolulu": "Hawaii, Waikiki, Waikoloa, Maui, Kona, Oahu",
    "America/Puerto_Rico": "San Juan PR, San Juan Puerto Rico",
    "America/Costa_Rica": "San José Costa Rica",
    "America/Sao_Paulo": "Rio de Janeiro, Rio, São Paulo, Brasília, Brasilia, Florianópolis, Porto Alegre, Belo Horizonte,"
    " Curitiba, Campinas, Búzios, Salvador BR",
    "America/Argentina/Buenos_Aires": "Buenos Aires",
    "America/Bogota": "Bogotá, Medellín, Medellin, Cartagena CO, Cali",
    "America/Montevideo": "Punta del Este",
    "Europe/London": "Edinburgh, Manchester, Glasgow, Oxford, Cambridge UK, Brighton, Bristol, Birmingham UK, Leeds,"
    " Sheffield, Cardiff, Belfast, Liverpool, Nottingham, St Andrews",
    "Europe/Dublin": "Galway, Cork, Limerick",
    "Europe/Lisbon": "Porto, Coimbra, Braga, Faro",
    "Europe/Madrid": "Barcelona, Sevilla, Seville, Bilbao, Granada, Málaga, Zaragoza, San Sebastián, Donostia, Palma",
    "Europe/Paris": "Lyon, Toulouse, Nice, Marseille, Grenoble, Lille, Nantes, Bordeaux, Strasbourg, Cannes, Montpellier",
    "Europe/Berlin": "Munich, München, Hamburg, Frankfurt, Cologne, Köln, Leipzig, Dresden, Stuttgart, Karlsruhe,"
    " Tübingen, Heidelberg, Darmstadt, Saarbrücken, Bonn, Düsseldorf, Hannover, Nuremberg, Nürnberg,"
    " Bremen, Potsdam, Freiburg, Dagstuhl",
    "Europe/Zurich": "Zürich, Geneva, Genève, Lausanne, Basel, Bern, Lugano, Davos",
    "Europe/Vienna": "Wien, Graz, Salzburg, Linz, Innsbruck, Klagenfurt",
    "Europe/Rome": "Milan, Milano, Florence, Firenze, Venice, Venezia, Turin, Torino, Bologna, Naples, Napoli, Pisa,"
    " Trento, Trieste, Genoa, Genova, Roma, Catania, Padova, Padua, Bari, Como, Sicily, Sardinia,"
    " Cagliari, Siena",
    "Europe/Brussels": "Ghent, Gent, Leuven, Antwerp, Bruges",
    "Europe/Amsterdam": "Rotterdam, Utrecht, Eindhoven, Delft, The Hague, Den Haag, Leiden, Groningen, Maastricht, Nijmegen",
    "Europe/Copenhagen": "Aarhus, Odense, København, Aalborg",
    "Europe/Stockholm": "Gothenburg, Göteborg, Malmö, Uppsala, Lund, Linköping",
    "Europe/Oslo": "Bergen, Trondheim, Tromsø, Stavanger",
    "Europe/Helsinki": "Espoo, Tampere, Turku, Oulu",
    "Europe/Warsaw": "Kraków, Krakow, Cracow, Gdańsk, Gdansk, Wrocław, Wroclaw, Poznań",
    "Europe/Prague": "Brno, Praha",
    "Europe/Athens": "Thessaloniki, Crete, Heraklion, Rhodes, Chania, Corfu, Santorini, Patras",
    "Europe/Kyiv": "Kyiv, Kiev, Lviv",
    "Europe/Bucharest": "Cluj-Napoca, Iași",
    "Europe/Zagreb": "Dubrovnik, Split",
    "Europe/Istanbul": "Antalya, Ankara, İstanbul",
    "Europe/Moscow": "Saint Petersburg, St. Petersburg RU",
    "Africa/Johannesburg": "Cape Town, Durban, Pretoria, Stellenbosch",
    "Africa/Casablanca": "Marrakech, Marrakesh, Rabat, Fez, Agadir",
    "Africa/Addis_Ababa": "Addis Abeba",
    "Asia/Jerusalem": "Tel Aviv, Haifa, Eilat",
    "Asia/Dubai": "Abu Dhabi, Sharjah",
    "Asia/Qatar": "Doha",
    "Asia/Riyadh": "Jeddah",
    "Asia/Kolkata": "Bengaluru, Bangalore, Mumbai, Delhi, New Delhi, Hyderabad, Chennai, Goa, Pune, Ahmedabad, Kanpur",
    "Asia/Singapore": "Sentosa",
    "Asia/Bangkok": "Phuket, Chiang Mai, Pattaya",
    "Asia/Ho_Chi_Minh": "Hanoi, Da Nang, Danang, Saigon",
    "Asia/Makassar": "Bali, Denpasar",
    "Asia/Shanghai": "Beijing, Shenzhen, Hangzhou, Guangzhou, Nanjing, Chengdu, Xi'an, Suzhou, Wuhan, Hefei, Tianjin,"
    " Dalian, Qingdao, Xiamen, Sanya, Chongqing",
    "Asia/Tokyo": "Yokohama, Kyoto, Osaka, Nagoya, Okinawa, Sapporo, Fukuoka, Kobe, Nara, Tsukuba, Sendai, Hiroshima,"
    " Kanazawa, Naha",
    "Asia/Seoul": "Busan, Jeju, Daejeon, Incheon, Daegu, Gyeongju, COEX",
    "Asia/Taipei": "Taichung, Tainan, Kaohsiung, Hsinchu",
    "Asia/Kuala_Lumpur": "Penang, Langkawi, KL",
    "Asia/Kathmandu": "Pokhara",
    "Australia/Sydney": "Wollongong, Newcastle AU",
    "Australia/Brisbane": "Gold Coast, Cairns",
    "Australia/Melbourne": "Geelong",
    "Pacific/Auckland": "Christchurch, Wellington, Dunedin, Queenstown, Rotorua",
}
"""Cities without a zone of their own name, by zone; one that is famous twice is listed with its country or state."""

_COUNTRIES = {
    "uk": "GB",
    "united kingdom": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "great britain": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "us": "US",
    "u.s.": "US",
    "united states": "US",
    "united states of america": "US",
    "south korea": "KR",
    "korea": "KR",
    "republic of korea": "KR",
    "czech republic": "CZ",
    "czechia": "CZ",
    "uae": "AE",
    "united arab emirates": "AE",
    "vietnam": "VN",
    "russia": "RU",
    "the netherlands": "NL",
    "holland": "NL",
    "taiwan": "TW",
    "turkey": "TR",
    "türkiye": "TR",
    "macau": "MO",
    "hong kong": "HK",
    "puerto rico": "PR",
    "deutschland": "DE",
    "italia": "IT",
    "españa": "ES",
    "brasil": "BR",
    "méxico": "MX",
    "schweiz": "CH",
    "österreich": "AT",
}
"""Country names that pages use and the database writes otherwise, in small letters."""

_STATES = {
    "US": "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois"
    " indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri"
    " montana nebraska nevada new-hampshire new-jersey new-mexico new-york north-carolina north-dakota ohio oklahoma"
    " oregon pennsylvania rhode-island south-carolina south-dakota tennessee texas utah vermont virginia washington"
    " west-virginia wisconsin wyoming al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt"
    " ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc d.c.",
    "CA": "ontario quebec québec british-columbia alberta manitoba saskatchewan nova-scotia new-brunswick newfoundland bc"
    " ab mb sk on qc ns nb nl pe",
}
"""States and provinces: a city of the same name elsewhere is not the one that is meant."""

_NO_CITY = frozenset(
    {
        "center",
        "cordoba",
        "easter",
        "knox",
        "la rioja",
        "merida",
        "midway",
        "petersburg",
        "san juan",
        "troll",
        "victoria",
        "wake",
    }
)
"""Last parts of zone names that are no city, or one that is as famous elsewhere."""

_VENUE = re.compile(
    r" (?:international )?(?:convention|congress|conference|exhibition)(?: and exhibition)? (?:center|centre)$"
)


def zone_of_city(text: str) -> str | None:
    """The zone of the city that a short text names, ``Rio de Janeiro``, ``Vienna, Austria``, ``Vancouver Convention Center``.

    A country with a single zone will do (``Villach, Austria``). None where nothing is known, or where the parts of the text
    disagree (``London, Ontario``; ``Paris, Las Vegas`` names two cities).
    """
    if len(text) > 120:  # noqa: PLR2004  (a place, not a paragraph)
        return None
    parts = [part for part in (_plain(piece) for piece in re.split(r"[,;()/|\n]", text)) if part]
    if whole := _cities().get(" ".join(parts)):
        return whole
    named = {zone for part in parts if (zone := _cities().get(part))}
    countries = [codes for part in parts if (codes := _countries(part))]
    if named:
        zone = min(named)
        agreed = all(any(zone in _zones(code) for code in codes) for codes in countries)
        return zone if len(named) == 1 and agreed else None
    zones = {_zones(code) for codes in countries for code in codes}
    only = min(zones, default=())
    return only[0] if len(zones) == len(only) == 1 else None


def _zones(code: str) -> tuple[str, ...]:
    """The zones of a country by its code."""
    return times.countries()[code][1] if code in times.countries() else ()


def _plain(text: str) -> str:
    """A place without case, accents, dots and the word for its venue."""
    import unicodedata  # only a place read from a page asks

    letters = unicodedata.normalize("NFKD", text.casefold().translate({ord(sign): None for sign in ".'’"}))
    return _VENUE.sub("", " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split()))


@cache
def _cities() -> dict[str, str]:
    """Every city that is known, plain, with its zone."""
    found: dict[str, str] = {}
    for _, zones in times.countries().values():
        for zone in zones:
            found[_plain(zone.rpartition("/")[2].replace("_", " "))] = zone
    for name in _NO_CITY:
        found.pop(name, None)
    for zone, names in _CITIES.items():
        for name in names.split(","):
            found[_plain(name)] = zone
    return found


def _countries(part: str) -> frozenset[str]:
    """The codes of the countries that a part of a place may name: itself, or the one that a state or province is in."""
    return _codes().get(part, frozenset())


@cache
def _codes() -> dict[str, frozenset[str]]:
    """Names and codes of countries, states and provinces, plain, with the countries that each may mean."""
    found: dict[str, set[str]] = {}
    for code, (name, _) in times.countries().items():
        found.setdefault(_plain(name), set()).add(code)
        found.setdefault(code.lower(), set()).add(code)
    for name, code in _COUNTRIES.items():
        found.setdefault(_plain(name), set()).add(code)
    for code, states in _STATES.items():
        for state in states.split():
            found.setdefault(_plain(state.replace("-", " ")), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
