"""The last steps: check, notices, signature, hand in. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, head, frame = w.t, w.head, w.frame
    notice = (
        t("您有权委托一至二人作为诉讼代理人。", "You may appoint one or two people to act for you."),
        t("当事人对自己提出的主张，有责任提供证据。", "Each side must give evidence for what it claims."),
        t(
            "请如实填写。故意提供虚假信息的，要承担法律责任。",
            "Tell the truth. False statements on purpose have legal consequences.",
        ),
    )
    return {
        "check": p.CheckPage(frame(4), head("请核对您填的内容", "Please check your answers", "有错就点“改”。没有错就点“下一步”。", "Touch Change where something is wrong."), _check_rows(w)),
        "notice": p.NoticePage(frame(5), head("您的权利和义务", "Your rights and duties", "请看完，再打勾。", "Read all of it, then tick."), notice, t("我看完了，明白了", "I have read this"), False),
        "notice-error": p.NoticePage(frame(5, t("还没有打勾。看完后请点下面的方框。", "Not ticked yet. Touch the box below when you have read it.")), head("您的权利和义务", "Your rights and duties", "请看完，再打勾。", "Read all of it, then tick."), notice * 3, t("我看完了，明白了", "I have read this"), False),
        "sign": p.SignPage(frame(6), head("请您签名", "Please sign", "用手指写，要看得清。", "With your finger, clearly."), "王秀英", False, t("重签", "Sign again"), t("我不能手写", "I cannot write by hand")),
        "sign-witness": p.SignPage(frame(6), head("请您签名", "Please sign", "用手指写，要看得清。", "With your finger, clearly."), "王秀英", True, t("重签", "Sign again"), t("我不能手写", "I cannot write by hand"), t("工作人员1001已见证。打印后请到窗口捺印。", "Witnessed by clerk 1001. Once printed, put your seal or fingerprint on it at the window.")),
        "sign-error": p.SignPage(frame(6, t("还没有签名。请在框里写您的名字。", "Not signed yet. Write your name in the field.")), head("请您签名", "Please sign"), "王秀英", False, t("重签", "Sign again"), t("我不能手写", "I cannot write by hand")),
        "hand-in": _hand_in(w, t("共 5 页，已签名", "5 pages, signed")),
        "hand-in-being-made": _hand_in(w, t("已签名，正在排版……", "Signed, being laid out …")),
    }  # fmt: skip


def _hand_in(w: SampleWords, complaint: str) -> p.HandInPage:
    t = w.t
    rows = (
        p.Row(t("交给哪个法院", "Court"), (w.court,)),
        p.Row(t("什么纠纷", "Kind of case"), (t("民间借贷纠纷", "Private lending dispute"),)),
        p.Row(t("起诉状和其他文书", "Complaint and other papers"), (complaint,)),
    )
    hint = ("看一看，没有错就点“提交”。", "Look once more, then touch Submit.")
    reminder = t(
        "现在还没有提交。点“提交”以后，机器打印凭条。",
        "Nothing is submitted yet. After Submit you get a printed slip.",
    )
    frame = w.frame(6, next_label=t("提交", "Submit"))
    return p.HandInPage(frame, w.head("可以提交了", "Ready to submit", *hint), rows, reminder)


def _check_rows(w: SampleWords) -> tuple[p.Row, ...]:
    t = w.t
    return (
        p.Row(t("原告", "Plaintiff"), (t("王秀英，女，1951年3月8日出生", "王秀英, female, born 8 March 1951"),), "1"),
        p.Row(t("原告的身份证号码", "Plaintiff's ID number"), ("110105195103080024",), "2", masked=("110***********0024",)),
        p.Row(t("原告的电话", "Plaintiff's phone"), ("13812348000",), "3", masked=("138****8000",)),
        p.Row(t("被告", "Defendant"), (t("张三（一个人）", "张三 (a person)"),), "4"),
        p.Row(t("借款金额", "Sum lent"), ("50,000.00 元", "人民币伍万元整"), "5", by_clerk=True),
        p.Row(t("借款日期", "Lent on"), (t("2024年5月1日", "1 May 2024"),), "6"),
        p.Row(t("您的请求", "What you ask for"), (t("1. 还钱 50,000 元", "1. 50,000 yuan back"), t("2. 付利息", "2. interest"), t("3. 被告承担诉讼费", "3. the court fee")), "7"),
        p.Row(t("事实和理由", "What happened"), ("2024年5月1日，张三说家里装修急用钱，向我借了五万元，说好一年后还，写了借条。到期以后我打了很多次电话，他总说再等等，后来电话也不接了。" * 4,), "8"),
    )  # fmt: skip
