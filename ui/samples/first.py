"""The welcome and what is asked before anything else. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, option = w.t, w.option
    bare = p.Frame(w.language, back=False, leave=False)
    languages = (
        p.Option("zh", "中文", chosen=w.language == "zh"),
        p.Option("en", "English", chosen=w.language == "en"),
    )
    tiles = (
        option(
            "file",
            "我要立案",
            "File a case",
            "有人欠钱不还等纠纷，请带身份证",
            "For example: unpaid loans. Bring your ID",
        ),
        option(
            "about",
            "先看看怎么办",
            "How does it work?",
            "要多久、带什么、收不收钱",
            "How long, what to bring, what it costs",
        ),
        option("reckon", "算一算", "Work it out", "诉讼费、利息、时效、金额大写", "Fees, interest, time limits, sums"),
        option("fetch", "查进度、接着填", "Status, saved form", "有凭条，或者有接续码", "With your slip or your code"),
    )
    welcome = p.WelcomePage(
        bare,
        w.court,
        t("自助立案：一步一步写好起诉状", "File a case here, one step at a time"),
        tiles,
        languages,
        t("工作人员", "Staff"),
    )
    alarm = t(
        "打印机没有纸了。仍可立案，凭条请到1号窗口领取。",
        "No paper. You can still file; get your slip at window 1.",
    )
    return {
        "welcome": welcome,
        "welcome-alarm": welcome._replace(alarm=alarm, tiles=tiles),
        "ask-language": p.AskPage(
            p.Frame(w.language),
            "请选语言 · Choose a language",
            "",
            (p.Option("zh", "中文"), p.Option("en", "English")),
        ),
    }
