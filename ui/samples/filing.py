"""Between the questions: the card, the lists, something to read, the materials. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords

MATERIALS = (
    ("身份证", "ID card", "原件给法官看，复印件 1 份", "Show the original; 1 copy"),
    ("借条、欠条或合同", "IOU or contract", "复印件 2 份", "2 copies"),
    (
        "转账记录或收条",
        "Transfer records or receipts",
        "复印件 2 份，银行盖章更好",
        "2 copies, stamped by the bank if possible",
    ),
    ("微信、短信聊天记录", "Chat messages", "打印出来，不要删手机里的", "Printed. Keep them on your phone"),
)


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, head, frame = w.t, w.head, w.frame
    card = head(
        "请放身份证",
        "Put your ID card on the reader",
        "放在下面亮灯的地方，不要拿开。",
        "On the lit field below. Leave it there.",
    )
    by_hand = t("没有带，自己填", "No card, I will type")
    rows = (
        p.Row(t("姓名", "Name"), ("王秀英",)),
        p.Row(t("住址", "Address"), ("北京市朝阳区建国路88号3号楼1201室",), ref="address"),
        p.Row(t("公民身份号码", "ID number"), ("110105195103080024",), masked=("110***********0024",)),
    )
    items = (
        p.Item("张三", t("一个人", "A person")),
        p.Item("北京某某物业管理有限公司", t("公司或单位", "A company")),
    )
    warn = head("利息超过了上限", "The interest is above the limit")
    materials = tuple(
        p.Material(str(n), t(zh, en), t(zh2, en2), n == 1) for n, (zh, en, zh2, en2) in enumerate(MATERIALS, 1)
    )
    return {
        "card-waiting": p.CardPage(frame(1), card, p.CardMoment.WAITING, t("请把身份证放在读卡器上", "Put the card on the reader"), (), by_hand),
        "card-failed": p.CardPage(frame(1), card, p.CardMoment.FAILED, t("没有读到。请拿开，再放一次。", "Not read. Lift the card and put it down again."), (), by_hand),
        "card-read": p.CardPage(frame(1), head("身份证上的，对不对？", "Is this right?"), p.CardMoment.READ, t("读好了，可以拿走身份证", "Done. Take your card."), rows, ""),
        "list": p.ListPage(frame(), head("被告都在这里吗？", "Are these all the defendants?", "少了就再加一个，多了就删。", "Add one, or remove one."), items, t("再加一个被告", "Add a defendant"), ""),
        "list-sums": p.ListPage(frame(3), head("钱是怎么给的？", "How was it paid?"), tuple(p.Item(f"2024年{n}月1日  {n}0,000.00 元", t("银行转账", "Bank transfer")) for n in range(1, 9)), t("再加一笔", "Add one"), t("合计：360,000.00 元", "Total: 360,000.00 yuan")),
        "note": p.NotePage(frame(4), head("预计诉讼费", "Court fee, estimated"), (t("按五万元计算，诉讼费大约 1,050.00 元。", "For 50,000 yuan the fee is about 1,050.00 yuan."), t("以后由输的一方承担。这里不收钱。", "The losing side bears it. Nothing is paid here."))),
        "note-warn": p.NotePage(frame(3), warn, (t("您写的年利率是 24%。法律保护的上限是 13.8%。", "You wrote 24% a year. The law protects up to 13.8%."), t("超过的部分，法院一般不支持。可以上一步去改。", "The court does not usually grant more. Go back to change it.")), "warn"),
        "materials": p.MaterialsPage(frame(4), head("您带了哪些材料？", "What did you bring?", "带了就点一下。没带的，以后可以补。", "Touch what you have. The rest may come later."), materials),
    }  # fmt: skip
