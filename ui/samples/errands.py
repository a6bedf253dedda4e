"""Beside a filing: what helps, coming back, how a filing stands, a sum worked out, what is left, a form kept for later."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    return {**_front(w), **_coming_back(w), **_reckoned(w), **_in_a_filing(w)}


def _front(w: SampleWords) -> dict[str, p.Page]:
    t, head, option = w.t, w.head, w.option
    plain = p.Frame(w.language, next_label=t("下一步", "Next"))
    needs = (
        option("large", "大字", "Large letters", "字和按钮都大一些", "Larger letters on every page", chosen=True),
        option("contrast", "高对比", "Strong contrast", "黑底白字，更清楚", "White on black"),
        option("low", "低位", "Low position", "按钮都在下面，坐着也够得到", "Everything within reach when seated"),
        option(
            "voice",
            "朗读",
            "Read aloud",
            "每一页读给您听，插上耳机更清楚",
            "Every page is spoken; headphones help",
        ),
    )
    about = (
        p.Passage(
            t("今天请注意", "Today please note"),
            (
                t(
                    "打印机没有纸了。可以立案，凭条到1号窗口补打。",
                    "Out of paper. You can file; get the slip at window 1.",
                ),
            ),
            "warn",
        ),
        p.Passage(
            t("这台机器能做什么", "What this machine can do"),
            (
                t(
                    "写起诉状、交给法院；查进度；算诉讼费、利息和时效。",
                    "Write a complaint and send it; say how it stands; work out fees, interest and time limits.",
                ),
                t(
                    "借钱不还、拖欠工资、离婚、交通事故、劳动争议、租房纠纷",
                    "A loan was not repaid; Wages not paid; Divorce; Traffic accident; Labour dispute; Renting a home",
                ),
            ),
        ),
        p.Passage(
            t("请带什么", "What to bring"),
            (
                t("身份证。没带也能填，自己写号码。", "Your ID card. Without it you type the number."),
                t(
                    "证据：借条、合同、转账记录、聊天记录。没带以后再交。",
                    "Evidence: IOU, contract, transfers, chats. What is missing can come later.",
                ),
            ),
        ),
    )
    told = head("立案怎么办", "How filing works", "大约需要二十到四十分钟。", "It takes about 20 to 40 minutes.")
    return {
        "needs": p.ChoicePage(
            plain,
            head(
                "您需要什么帮助？",
                "What would help you?",
                "点一下就打开，再点一下就关上。都不需要就点“下一步”。",
                "Touch to switch on or off. If nothing, touch Next.",
            ),
            needs,
            many=True,
        ),
        "about": p.SignpostPage(plain._replace(next_label=t("开始", "Start")), told, about, ""),
        "coming-back": p.AskPage(
            p.Frame(w.language),
            t("您要办哪一件？", "What have you come back for?"),
            "",
            (
                option(
                    "progress",
                    "查进度",
                    "How does it stand?",
                    "凭条编号和证件号后四位",
                    "With the slip and the last four",
                ),
                option(
                    "resume",
                    "接着填",
                    "Go on with a form",
                    "上次先存了一下，有接续码",
                    "You saved it and have its code",
                ),
                option("fetch", "找回中断的表", "An interrupted form", "机器停过电？", "After a power cut"),
            ),
        ),
    }


def _coming_back(w: SampleWords) -> dict[str, p.Page]:
    t, head = w.t, w.head
    plain = p.Frame(w.language, next_label=t("下一步", "Next"))
    wrong = t(
        "编号和后四位对不上。请再看一遍，或者拨打 12368。", "Number and last four do not fit. Check, or call 12368."
    )
    number = head(
        "请扫凭条，或者输入编号",
        "Scan the slip or type its number",
        "凭条编号或者查询码，横线不用输。",
        "Slip number or query code; no hyphens needed.",
    )
    rows = (
        p.Row(t("凭条编号", "Slip number"), ("0105-261123-0007-K3",)),
        p.Row(t("提交时间", "Handed in"), ("2026-11-23 10:05",)),
        p.Row(t("法院收到时间", "Received by the court"), ("2026-11-23 10:06",)),
        p.Row(t("最后一天", "Last day"), ("2026-12-03",)),
        p.Row(t("去哪里", "Where to go"), (t("诉讼服务中心1号窗口", "Filing hall, window 1"),)),
    )
    passages = (
        p.Passage(
            t("这是什么意思", "What this means"),
            (
                t(
                    "材料要补正。法院一次告诉您要补什么、哪天前补好。",
                    "Something must be put right. The court tells you once what, and by when.",
                ),
            ),
            "warn",
        ),
        p.Passage(
            t("要补正的", "What to put right"),
            (
                t("1. 借条复印件不清楚 — 请重新复印", "1. The copy of the IOU cannot be read — copy it again"),
                t("2. 被告住址不全 — 写到门牌号", "2. The defendant's address is not whole — add the number"),
            ),
            "warn",
        ),
        p.Passage(
            t("接下来", "What comes next"),
            (
                t(
                    "请在最后一天之前，带补好的材料和凭条到1号窗口。过期不补，材料会退回。",
                    "Take what is missing and the slip to window 1 before the last day. After it the papers are returned.",
                ),
            ),
        ),
    )
    title = head("需补正", "To be corrected")._replace(second="")
    finish = plain._replace(next_label=t("结束", "Finish"))
    return {
        "progress-number": p.WordsPage(
            plain._replace(objection=wrong), number, "", p.Keys.LATIN, max_characters=64, scans=True
        ),
        "progress-told": p.OutcomePage(finish, title, rows, passages, words_first=True),
    }


def _reckoned(w: SampleWords) -> dict[str, p.Page]:
    t, head = w.t, w.head
    finish = p.Frame(w.language, next_label=t("结束", "Finish"))
    rows = (
        p.Row(t("天数", "Days"), (t("365 天", "365 days"),)),
        p.Row(t("利率上限（四倍LPR）", "Cap on the rate (four times the LPR)"), (t("一年 12%", "12% a year"),)),
        p.Row(t("约定的利率", "The rate agreed"), (t("一年 24%", "24% a year"),)),
        p.Row(t("利息", "Interest"), (t("6,000.00 元", "6,000.00 yuan"),)),
    )
    passages = (
        p.Passage(
            t("超过上限了", "Above the cap"),
            (
                t(
                    "超过上限的部分法院不支持，上面只算到上限。",
                    "A court does not award what is above the cap; it is left out here.",
                ),
            ),
            "warn",
        ),
        p.Passage(
            t("依据", "By which rule"),
            (
                t(
                    "2020年8月20日以后借的，上限是借款那天一年期LPR的四倍。以前借的，看起诉那天。",
                    "Lent since 20 August 2020: four times the LPR of that day. Before: of the day of suit.",
                ),
                t("按一年 365 天算。", "A year has 365 days here."),
            ),
        ),
    )
    title = head(
        "利息和利率上限", "Interest and its cap", "这是估算，以法院的决定为准。", "An estimate. The court decides."
    )
    return {"reckoned": p.OutcomePage(finish, title, rows, passages, t("再算一个", "Work out something else"))}


def _in_a_filing(w: SampleWords) -> dict[str, p.Page]:
    t, head = w.t, w.head
    states = {
        "done": t("做完了", "Done"),
        "here": t("正在填", "You are here"),
        "missing": t("还缺一些", "Something is missing"),
        "todo": t("还没填", "To do"),
        "later": t("前面填完才能做", "After the parts above"),
    }
    parts = (
        ("plaintiff", "原告信息", "The plaintiff", "done"),
        ("agent", "谁替您打官司", "Who acts for you", "missing"),
        ("defendant", "被告信息", "The defendant", "here"),
        ("claims", "诉讼请求", "What you ask the court for", "todo"),
        ("facts", "事实和理由", "What happened and why", "todo"),
        ("papers", "材料和核对", "Papers and check", "later"),
        ("told", "告知和调解", "Notices and mediation", "later"),
        ("sign", "送达地址和签名", "Address and signature", "later"),
    )
    tasks = tuple(p.Task(code, t(zh, en), states[tone], tone) for code, zh, en, tone in parts)
    on = p.Frame(w.language, next_label=t("接着填", "Go on"))
    count = ("做完 1 部分，一共 8 部分。点哪里去哪里。", "1 of 8 parts done. Touch one to go there.")
    kept = (
        t("保存到 2026-11-30 10:05，到时自动删除。", "Kept until 2026-11-30 10:05, then removed by itself."),
        t("接着填时，还要您证件号码的后四位。", "To go on you also need the last four of your ID number."),
        t(
            "在首页点“查进度、接着填”。之后填的也会存在这个码下。",
            "Start with Status, saved form on the first page. What you add now is kept too.",
        ),
    )
    masked = p.Row(
        t("公民身份号码", "Citizen ID number"), ("11010519491231002X",), "/data/plaintiff[1]/person/id_number"
    )
    question = head(
        "您的身份证号码是多少？",
        "What is your ID number?",
        "十八位，最后一位可能是 X。",
        "Eighteen signs; the last may be X.",
        "公民身份号码",
    )
    return {
        "tasks": p.TasksPage(
            on, head("填到哪里了", "What is done, what is left", *count), tasks, t("先存一下", "Save for later")
        ),
        "kept": p.KeptPage(
            on._replace(back=False, leave=False),
            head(
                "存好了，请记下接续码",
                "Saved. Write the code down",
                "凭条上也有。丢了就打不开，只能重新填。",
                "It is on the slip too. Without it nobody can open it.",
            ),
            "7F3A-K2M9-XQ4T",
            t("正在打印凭条", "Your ticket is printing."),
            kept,
            t("离开", "Leave"),
        ),
        "masked": p.MaskedPage(
            w.frame(tasks=True), question, p.Row(masked.label, masked.lines, masked.ref, masked=("110***********002X",))
        ),
    }
