"""A row of a small-claims table: a province, a day, and a sum or a kind of case, in plain words or both."""

from __future__ import annotations

import re
from decimal import Decimal

from kiosk.law import small_claims
from kiosk.law.small_claims import SmallClaims
from kiosk.law.tables import Tables
from kiosk.rules_file import cells
from kiosk.rules_file.reading import CellWrong, Row

_SUM = re.compile(r"^(-?[0-9][0-9,]*(?:\.[0-9]{1,2})?)(?:元|yuan)?")

# Words that name an excluded kind (CPL art.166), in either language.
WORDS = (
    (
        "personal_status",
        "divorce|personal.?status|personal.?relation|adoption|custody|paternity|parentage|marriage|guardian|title|"
        "ownership|property.?right|confirmation|离婚|人身关系|收养|监护|亲子|婚姻|确权|确认",
    ),
    ("foreign", "foreign|hong.?kong|macao|macau|taiwan|涉外|涉港|涉澳|涉台|外国"),
    ("appraisal", "apprais|expert|评估|鉴定"),
    ("missing_party", "missing|whereabouts|absent|下落不明"),
    ("counterclaim", "counter.?claim|反诉"),
    ("other", "other.*unsuitable|unsuitable|not suitable|不宜"),
)


def small_claims_row(row: Row, tables: Tables) -> tuple[str, str, str]:
    """mandatory yes/no, what is left to the parties, and a remark."""
    text = row.need("amount_or_kind")
    found = _SUM.match(text)
    amount = cells.in_range(Decimal(found[1].replace(",", "")), "amount_or_kind") if found else None
    words = text[found.end() :] if found else text
    kinds = frozenset(kind for kind, pattern in WORDS if re.search(pattern, words, re.IGNORECASE))
    if amount is None and not kinds:
        raise CellWrong("amount_or_kind", "unknown_kind")
    province, day = cells.province(row, "province", tables), cells.day(row, "date")
    answer = small_claims.small_claims(amount, province, day, tables, kinds)
    line = small_claims.line_for(province, day, tables)
    match answer:
        case None:
            return "", "", f"no_line_known {day}"
        case SmallClaims.MANDATORY:
            said = ("yes", "")
        case SmallClaims.BY_AGREEMENT:
            said = ("no", "by agreement")
        case _:
            said = ("no", "not available")
    stale = not kinds and line is not None and not small_claims.is_fresh(line, day)
    return *said, f"line_may_be_old {line.since}" if stale and line else ""
