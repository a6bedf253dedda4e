"""批量立案 as a clerk would see it, a page a moment. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, option = w.t, w.option
    frame = p.Frame(w.language, next_label=t("下一步", "Next"))
    sheets = tuple(
        p.Option(f"sheet {n}", t(f"物业费 2026年{n}月 3号楼.xlsx", f"property fees 2026-{n:02d} block 3.xlsx"), f"{n * 37} KB, 2026-11-{n:02d} 09:12")
        for n in range(1, 9)
    )  # fmt: skip
    kinds = (
        option("property_service", "物业费、物业服务", "Estate management fees", "民事起诉状（物业服务合同纠纷）", "Complaint (property service contract)"),
        option("credit_card", "信用卡欠款", "Credit card debt", "民事起诉状（信用卡纠纷）", "Complaint (credit card)"),
        option("financial_loan", "银行贷款", "Bank loan", "民事起诉状（金融借款合同纠纷）", "Complaint (financial loan contract)"),
    )  # fmt: skip
    faults = tuple(
        p.Row(
            t(f"案件!{'DGK'[n % 3]}{n + 5} 欠交物业费数额", f"cases!{'DGK'[n % 3]}{n + 5} Sum of the fees owed"),
            (t("请填写金额，例如 1280.50。", "Write a sum such as 1280.50.") if n % 2 else t("还没有填。请填写，或者写“不知道”。", "Nothing is written. Fill it in, or write: unknown."),),
        )
        for n in range(9)
    )  # fmt: skip
    told = tuple(
        p.Row(t(zh, en), (value,))
        for zh, en, value in (
            ("新立", "Filed", "187"),
            ("以前已立", "Filed before", "4"),
            ("有错，没有立", "With errors, not filed", "9"),
            ("结果表", "Result table", t("在表格旁边：物业费 2026年3月 3号楼.result.csv", "Beside the sheet: property fees 2026-03 block 3.result.csv")),
            ("汇总单", "Summary slip", t("凭条等待打印", "Your ticket is waiting to print.")),
        )
    )  # fmt: skip
    onward = frame._replace(next_label=t("去立案", "File them"))
    again = frame._replace(next_label=t("再找一遍", "Look again"))
    sheets_head = p.Heading(
        t("批量立案", "Import cases"),
        t("选一份表格。先检查，确认以后才立案。", "Choose a sheet. It is checked first; nothing is filed yet."),
    )
    no_folder = t(
        "没有找到导入文件夹。请插好U盘，再点“再找一遍”。",
        "No import folder. Plug in the stick, then touch Look again.",
    )
    confirm = (
        option("not yet", "先不立案", "Not yet"),
        option("file", "立案 187 件", "File 187", "不打凭条，凭条编号在结果表里", "No paper; the ticket numbers are in the result table"),
        option("file and slip", "立案，打一张汇总单", "File, one summary slip", "一张纸写明件数和编号，不是每件一张", "One paper for all of them, not one each"),
    )  # fmt: skip
    bare = p.Frame(w.language)
    return {
        "clerk-sheets": p.ClerkChoicePage(again, sheets_head, "", sheets),
        "clerk-no-folder": p.ClerkChoicePage(again, sheets_head._replace(hint=""), no_folder, ()),
        "clerk-kind": p.ClerkChoicePage(bare, p.Heading(t("是哪一类案件？", "What kind of case?"), t("一份表格只装一类案件。", "One sheet holds one kind of case.")), "", kinds),
        "clerk-progress": p.ClerkProgressPage(bare._replace(back=False), t("正在立案", "Filing"), t("第 112 行，共 200 行", "Row 112 of 200"), 112, 200, t("停下", "Stop")),
        "clerk-report": p.ClerkReportPage(onward, p.Heading(t("检查结果", "What was found")), t("可以立案 191 件，有错 9 行。其中 4 件以前已立，不会再立。", "191 may be filed, 9 have errors. 4 were filed before."), "warn", faults),
        "clerk-confirm": p.ClerkChoicePage(bare, p.Heading(t("把 187 件立案？", "File 187 cases?"), t("立了不能撤回，更正要到窗口。有错的行不立。", "They cannot be taken back. Rows with errors are left out.")), "", confirm, safe_first=True),
        "clerk-told": p.ClerkReportPage(frame._replace(next_label=t("再导一份", "Another")), p.Heading(t("批量立案结果", "What was filed")), t("办完了。还要签名盖章的，写在结果表里。", "Done. The result table says what is still to be signed."), "good", told),
    }  # fmt: skip
