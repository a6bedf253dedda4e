"""A long complaint against a bare canvas that draws the same text: 8 plaintiffs, 5 defendants, 300 rows of wages."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from kiosk.documents import to_unicode
from kiosk.documents.asked import Asked, Catalogue, Scope
from kiosk.documents.complaint import paper_pdf
from kiosk.documents.filled import Filler
from kiosk.documents.font_runs import Fonts, machine_fonts
from kiosk.documents.layout import lay_out
from kiosk.documents.pages import HIGH, WIDE, Words
from kiosk.documents.paper import Paper, read_paper
from kiosk.law.tables import Tables, read_tables
from resources import folder

GENDER = Asked("choice", (("m", "男"), ("f", "女")))
YES_NO = Asked("yes_no", (("yes", "是"), ("no", "否")))
PERSON = {
    "name": Asked("name"),
    "gender": GENDER,
    "birth": Asked("date"),
    "phone": Asked("phone"),
    "home": Asked("text"),
}
ASKED = {
    **{f"plaintiff/{name}": asked for name, asked in PERSON.items()},
    "defendant/name": Asked("text"),
    "defendant/home": Asked("text"),
    "defendant/rep": Asked("name"),
    "wage/month": Asked("text"),
    "wage/who": Asked("name"),
    "wage/due": Asked("money"),
    "wage/paid": Asked("money"),
    "wage/note": Asked("text"),
    "story": Asked("longtext"),
    "arbitrated": YES_NO,
    "total": Asked("money"),
    "day": Asked("date"),
    "court": Asked("text"),
}
LAYOUT: dict[str, Any] = {
    "sheets": [
        {
            "name": "complaint",
            "title": "民事起诉状",
            "subtitle": "（追索劳动报酬纠纷）",
            "sections": [
                {
                    "heading": "当事人信息",
                    "rows": [
                        {
                            "label": "原告{#}（自然人）",
                            "each": "plaintiff",
                            "lines": [
                                "姓名：{name}",
                                "性别：{gender:boxes}",
                                "出生日期：{birth} | 联系电话：{phone}",
                                "住所地（户籍所在地）：{home}",
                            ],
                        },
                        {
                            "label": "被告{#}\n（法人、非法人组织）",
                            "each": "defendant",
                            "lines": ["名称：{name}", "住所地（主要办事机构所在地）：{home}", "法定代表人：{rep}"],
                        },
                    ],
                },
                {
                    "heading": "诉讼请求",
                    "rows": [
                        {
                            "number": "1",
                            "label": "工资明细",
                            "each": "wage",
                            "columns": [
                                {"head": "月份", "text": "{month}", "share": 12},
                                {"head": "姓名", "text": "{who}", "share": 14},
                                {"head": "应发工资（元）", "text": "{due}", "share": 18},
                                {"head": "已发工资（元）", "text": "{paid}", "share": 18},
                                {"head": "说明", "text": "{note}", "share": 38},
                            ],
                        },
                        {"number": "2", "label": "合计", "lines": ["{total}元", "大写：{total:capitals}"]},
                        {"number": "3", "label": "是否经过仲裁", "lines": ["{arbitrated:boxes}"]},
                    ],
                },
                {"heading": "事实与理由", "rows": [{"number": "1", "label": "经过", "lines": ["{story}"]}]},
            ],
            "closing": {
                "lead": "此致",
                "court": "{court}",
                "signed_by": "具状人（签名、盖章）",
                "each": "plaintiff",
                "signer": "{name}",
                "date": "{day}",
            },
        }
    ]
}


def answers(rows: int = 300) -> dict[str, Any]:
    """Nobody's data: names are counted, not invented."""
    numbers = "甲乙丙丁戊己庚辛"
    people = [
        {
            "name": f"张测试{one}",
            "gender": "mf"[n % 2],
            "birth": f"19{70 + n}-03-0{n + 1}",
            "phone": f"1380013800{n}",
            "home": f"北京市朝阳区测试路{n + 1}号院{n + 3}号楼{n + 101}室",
        }
        for n, one in enumerate(numbers)
    ]
    firms = [
        {"name": f"测试建筑劳务{one}有限公司", "home": f"北京市朝阳区测试大街{n + 1}号", "rep": f"李测试{one}"}
        for n, one in enumerate(numbers[:5])
    ]
    wages = [
        {
            "month": f"{2023 + n // 8 // 12}年{n // 8 % 12 + 1}月",
            "who": people[n % 8]["name"],
            "due": f"{6000 + n * 7}.50",
            "paid": f"{n * 3}.00",
            "note": f"第{n + 1}笔：三号楼木工班组，出勤{20 + n % 11}天，考勤表与工资单均由班组长签字确认",
        }
        for n in range(rows)
    ]
    return {
        "plaintiff": people,
        "defendant": firms,
        "wage": wages,
        "story": "原告受被告雇用在工地做木工，双方口头约定按月结算工资，被告至今没有付清。" * 30,
        "arbitrated": "no",
        "total": "1234567.89",
        "day": "2026-11-23",
        "court": "北京市朝阳区人民法院",
    }


CATALOGUE = Catalogue(ASKED, frozenset({"plaintiff", "defendant", "wage"}))


@dataclass
class LongPaper:
    """Milliseconds of each round."""

    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    pages: int = 0


def long_paper(rounds: int = 15) -> LongPaper:
    """Both in turn, after one round that only warms up."""
    tables, fonts, paper = read_tables(folder("tables")), machine_fonts(), read_paper(LAYOUT)
    pages = words(paper, tables, fonts)
    found = LongPaper(pages=len(pages))
    for counted in (False, *([True] * rounds)):
        start = time.perf_counter()
        paper_pdf(read_paper(LAYOUT), CATALOGUE, answers(), {}, tables, fonts)
        middle = time.perf_counter()
        bare_canvas(pages)
        end = time.perf_counter()
        if counted:
            found.ours.append((middle - start) * 1000)
            found.bare.append((end - middle) * 1000)
    return found


def words(paper: Paper, tables: Tables, fonts: Fonts) -> list[list[Words]]:
    """Every text of the paper with its place, page by page."""
    filler = Filler(paper, Scope.whole(CATALOGUE, answers()), {}, tables)
    pages = [page for sheet in filler.sheets() for page in lay_out(sheet, fonts)]
    return [[mark for mark in page if isinstance(mark, Words)] for page in pages]


def bare_canvas(pages: list[list[Words]]) -> bytes:
    """What anybody would write who has the places already: no lines, no boxes, nothing measured."""
    to_unicode.put_right()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDE, HIGH), invariant=1, pageCompression=1)
    for page in pages:
        for one in page:
            canvas.setFont(one.face, one.size)
            canvas.drawString(one.x, one.y, one.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


if __name__ == "__main__":
    import cProfile
    import pstats
    import statistics

    found = long_paper()
    ours, bare = statistics.median(found.ours), statistics.median(found.bare)
    print(f"{found.pages} pages: ours {ours:.1f} ms, bare {bare:.1f} ms, {ours / bare:.2f} x")
    tables, fonts = read_tables(folder("tables")), machine_fonts()
    with cProfile.Profile() as profile:
        paper_pdf(read_paper(LAYOUT), CATALOGUE, answers(), {}, tables, fonts)
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)
