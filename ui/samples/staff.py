"""The clerk's pages. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t = w.t
    frame = p.Frame(w.language, next_label=t("下一步", "Next"))
    states = (
        t("已存本机，尚未上传", "Saved here, not yet sent"),
        t("提交中", "Sending"),
        t("法院已接收（待审核）", "Received by the court (under review)"),
    )
    recent = tuple(p.Option(f"0105-261123-{n:04d}-K{n}", f"王** / 张*{n}", states[n % 3]) for n in range(1, 10))
    rows = tuple(
        p.Row(t(zh, en), (value,))
        for zh, en, value in (
            ("当事人", "Parties", "王** / 张*"),
            ("案由", "Cause", "民间借贷纠纷"),
            ("取号时间", "Ticket time", "2026-11-23 09:41"),
            ("法院回执", "Receipt", "—"),
            ("已打印", "Printed", "1"),
        )
    )
    title = t("工作人员登录", "Staff sign-in")
    return {
        "clerk-number": p.ClerkSignInPage(frame, title, "1024", 0, False, t("请输入工号", "Enter your staff number")),
        "clerk-pin": p.ClerkSignInPage(frame, title, "1024", 4, True, t("密码不对，请 30 秒后再试。", "Wrong PIN. Try again in 30 seconds.")),
        "clerk-find": p.ClerkFindPage(frame, t("查找立案", "Find a filing"), "0105-2611", t("输入或扫描凭条上的号码", "Type or scan the number on the slip"), recent, (t("打印机：正常", "Printer: ready"), t("法院：已连接", "Court: connected"), t("存储：正常", "Store: fine")), t("退出登录", "Sign out"), t("批量立案", "Import cases"), t("设备", "Devices")),
        "clerk-filing": p.ClerkFilingPage(p.Frame(w.language), "0105-261123-0007-K3", rows, states[2], t("已排队补打", "Reprint queued"), t("补打", "Reprint"), t("返回", "Back")),
        "clerk-receipt": p.ClerkFilingPage(p.Frame(w.language), "0105-261123-0007-K3", (*rows[:3], p.Row(rows[3].label, ("110105-1-00000012",)), rows[4]), states[2], t("回执副联等待打印", "The receipt slip is waiting to print."), t("补打凭条", "Reprint slip"), t("返回", "Back"), t("打印回执", "Print receipt"), t("打印回执（A4）", "Print receipt (A4)")),
    }  # fmt: skip
