"""What happened, in one's own words; what it is like; what is told; who is served first. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, head, option = w.t, w.head, w.option
    frame = p.Frame(w.language, next_label=t("下一步", "Next"))
    posts = (
        option(
            "0",
            "干活没拿到工钱",
            "Wages not paid",
            "您说到了：包工头、不给、工钱",
            "You said: foreman, wages, not paid",
        ),
        option("1", "给私人干活受伤", "Hurt working for a person", "您说到了：包工头", "You said: foreman"),
        option("2", "辞退、合同、加班费", "Dismissal, contract, overtime", "您说到了：半年", "You said: half a year"),
        option("tell", "都不像，再说一遍", "None of these, say it again"),
        option("ask me", "都不像，问我问题", "None of these, ask me"),
    )
    passages = (
        p.Passage(t("法律上叫", "In law"), (t("追索劳动报酬纠纷", "Recovery of labour remuneration"),)),
        p.Passage(
            t("先看这里", "Read this first"),
            (
                t(
                    "有工资欠条、又不争别的事，不用仲裁，可以直接起诉。",
                    "With a written wage IOU and no other dispute you may sue without arbitration.",
                ),
                t(
                    "劳动争议要先申请劳动仲裁。不服裁决，收到后15日内起诉；仲裁委不受理或者到期没有裁决，也可以起诉。",
                    "Labour arbitration comes first. Sue within 15 days of the award, or when they refuse or do not decide in time.",
                ),
            ),
            "warn",
        ),
        p.Passage(
            t("填什么表", "Which form"),
            (t("民事起诉状（追索劳动报酬）。这台机器可以填。", "Complaint (wages). You can fill it in here."),),
        ),
        p.Passage(
            t("带什么", "What to bring"),
            (
                t("身份证原件和复印件", "Your ID and a copy"),
                t("工资欠条、工资表、银行流水", "Wage IOU, wage slips, bank records"),
                t("考勤、工牌、工作照、微信群记录", "Attendance, work badge, photos, group chats"),
            ),
        ),
        p.Passage(
            t("交多少钱", "What it costs"),
            (t("劳动争议每件 10元；讨薪可以不预交。", "10 yuan a case; no prepayment for wages."),),
        ),
        p.Passage(
            t("还可以找谁", "Who else can help"),
            (
                t("劳动监察、劳动仲裁 12333", "Labour inspection 12333"),
                t("法律援助 12348：不查收入", "Legal aid 12348, no income check"),
            ),
        ),
    )
    groups = (
        option(
            "elderly",
            "60岁以上",
            "60 or older",
            "写字不方便可以口头说",
            "You may tell staff instead of writing",
            True,
        ),
        option("disabled", "残疾人", "Living with a disability"),
        option(
            "military", "军人军属、退役军人", "Military or veteran family", "也包括烈属", "Also families of martyrs"
        ),
        option("low_income", "低保、特困、失业", "On basic support, jobless"),
        option("domestic_violence", "在家里不安全", "Not safe at home"),
        option("none", "都不是，或不想说", "None, or rather not say"),
    )
    like = head(
        "您说的像哪一种？",
        "Which of these is it like?",
        "点一个最像的。只是帮您找表，不是判断对错。",
        "Tap the closest. This finds the form; it judges nothing.",
    )
    told = head(
        "干活没拿到工钱",
        "Wages not paid",
        "老板、包工头、平台欠工资、工钱、劳务费。",
        "An employer, foreman or platform owes you for work.",
    )
    return {
        "tell": p.WordsPage(frame, head("您遇到了什么事？", "What happened to you?", "像跟人说话一样写，例如：老板不给工资。", "As you would say it: my boss does not pay me."), t("包工头不给工钱，我们干了半年", "The foreman does not pay, half a year"), p.Keys.WRITING, long=True),
        "signposts": p.ChoicePage(frame, like, posts),
        "signpost": p.SignpostPage(frame._replace(next_label=t("填这张表", "Fill it in")), told, passages, t("不是这个，再问一次", "Not this, ask again")),
        "signpost-hide": p.SignpostPage(frame._replace(next_label=t("去窗口", "To window"), hide=True), head("家里人打人、威胁", "Violence or threats at home"), passages[:3], t("不是这个，再问一次", "Not this, ask again")),
        "channels": p.ChoicePage(w.frame(1), head("您属于下面的情形吗？", "Does any of this apply to you?", "选了可以优先办理或得到帮助。不选、不说都可以。", "It may bring priority or help. You need not say."), groups, many=True),
        "ask-larger": p.AskPage(p.Frame(w.language, back=False), t("字要放大吗？", "Larger letters?"), t("以后也可以点右上角的“大字”。", "You can also tap Text size at the top any time."), (p.Option("stay", t("这样就好", "Keep it like this")), p.Option("larger", t("放到最大", "The largest letters")))),
    }  # fmt: skip
