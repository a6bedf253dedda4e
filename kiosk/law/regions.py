"""Places: provinces, cities, districts, and addresses that begin with them.

An address is kept as its district's code, a blank and the rest (`110105 建国路88号`); where the district was not
understood the code is left out and nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.law import names
from kiosk.law.tables import ListRow, Tables
from kiosk.law.verdict import Normalised, Verdict, Wrong

LONGEST = 200
SHORTEST_DETAIL = 5
SHORT_ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True, slots=True)
class Address:
    code: str = field(repr=False)  # "" when the district was not understood
    detail: str = field(repr=False)
    region_text: str = field(repr=False)  # 北京市朝阳区

    @property
    def stored(self) -> str:
        return f"{self.code} {self.detail}" if self.code else f"{self.region_text}{self.detail}"


def children(code: str, tables: Tables) -> tuple[ListRow, ...]:
    """The places right below; "" has the provinces. Municipalities go straight to their districts."""
    return tables.region_children.get(code, ())


def is_leaf(code: str, tables: Tables) -> bool:
    return code in tables.region_rows and code not in tables.region_children


def way_to(code: str, tables: Tables) -> tuple[ListRow, ...]:
    """From the province down to this place; empty for an unknown code."""
    way: list[ListRow] = []
    while code:
        row = tables.region_rows.get(code)
        if row is None:
            return ()
        way.insert(0, row)
        code = row.parent
    return tuple(way)


def region_name(code: str, tables: Tables) -> str:
    """`北京市朝阳区`; "" for an unknown code."""
    return "".join(row.zh for row in way_to(code, tables))


def address_text(stored: str, tables: Tables) -> str:
    """A kept address as people read it."""
    code, blank, detail = stored.partition(" ")
    if blank and code in tables.region_rows:
        return region_name(code, tables) + detail
    return stored


def address_code(stored: str, tables: Tables) -> str:
    """The district's code of a kept address, "" when it has none."""
    code, blank, _ = stored.partition(" ")
    return code if blank and code in tables.region_rows else ""


def split_address(text: str, tables: Tables) -> Address:
    """Find province, city and district at the head of an address as a card prints it."""
    text = address_text(text, tables)
    place, rest = _strip_head(text, children("", tables), short=True)
    if place is None:
        return Address("", text, "")
    way = [place]
    while not is_leaf(way[-1].code, tables):
        found, after = _strip_head(rest, children(way[-1].code, tables))
        if found is None and len(way) == 1:
            found, after = _skip_city(rest, way[0].code, tables)
        if found is None:
            return Address("", rest, "".join(row.zh for row in way))
        way, rest = list(way_to(found.code, tables)), after
    return Address(way[-1].code, rest.strip(), "".join(row.zh for row in way))


def after_city(text: str, tables: Tables) -> str:
    """What follows city and district in an address without its province; the whole text when none is understood."""
    cities = tuple(row for row in tables.regions.rows if row.parent and not tables.region_rows[row.parent].parent)
    city, rest = _strip_head(text, cities)
    if city is None:
        return text
    district, after = _strip_head(rest, children(city.code, tables))
    return (rest if district is None else after).strip()


def check_address(text: str, tables: Tables) -> Verdict:
    """An address to be kept: a district where one is understood, and at least five characters behind it."""
    if len(text) > LONGEST:
        return Wrong("law.address_too_long")
    if not text.strip():
        return Wrong("law.address_missing")
    words = names.modern(" ".join(text.split()))
    if not names.is_plain(words):
        return Wrong("law.address_character")
    found = split_address(words, tables)
    if len(found.detail.replace(" ", "")) < SHORTEST_DETAIL:
        return Wrong("law.address_too_short")
    return Normalised(found.stored, {"region": found.code, "province": found.code[:2]})


def _strip_head(text: str, rows: tuple[ListRow, ...], short: bool = False) -> tuple[ListRow | None, str]:
    text = text.strip()
    for row in sorted(rows, key=lambda row: -len(row.zh)):
        if text.startswith(row.zh):
            return row, text[len(row.zh) :]
    if short:
        for row in rows:
            for ending in SHORT_ENDINGS:
                name = row.zh.removesuffix(ending)
                if name != row.zh and text.startswith(name):
                    return row, text[len(name) :]
    return None, text


def _skip_city(text: str, province: str, tables: Tables) -> tuple[ListRow | None, str]:
    """Cards often name the county right after the province. Taken only when one county fits."""
    fits = []
    for city in children(province, tables):
        found, rest = _strip_head(text, children(city.code, tables))
        if found is not None:
            fits.append((found, rest))
    longest = max((len(row.zh) for row, _ in fits), default=0)
    fits = [(row, rest) for row, rest in fits if len(row.zh) == longest]
    return fits[0] if len(fits) == 1 else (None, text)
