"""Photographing materials: live, taken, doubtful, without a camera. The papers are drawn here and nobody's."""

from __future__ import annotations

from functools import cache

from kiosk.visit import pages as p
from kiosk.visit.capture_state import Picture
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, head = w.t, w.head
    heading = head(
        "拍一下：借条、欠条或合同",
        "Photograph: IOU or contract",
        "把纸平放在镜头下，四边都要看得到。",
        "Lay the paper flat. All four edges in view.",
    )
    shoot = w.option("shoot", "拍", "Take the picture")
    more = w.option("more", "再拍一页", "Add a page")
    again = w.option("again", "重拍这一页", "Take it again")
    turn = w.option("turn", "转一下", "Turn")
    drop = w.option("drop", "删掉这一页", "Delete this page")
    earlier, later = w.option("earlier", "上一页", "Page before"), w.option("later", "下一页", "Page after")
    clerk = w.option("by clerk", "请工作人员取扫描件", "Staff: take a scan")
    skip, done = w.frame(4, next_label=t("以后再交", "Later")), w.frame(4, next_label=t("拍好了", "Done"))
    blurred = t("有点模糊，建议放稳后重拍。也可以就用这张。", "It is blurred. Take it again, or keep it.")
    gone = w.frame(
        4,
        t("拍过的页没有随凭条保存，需要时请重拍。", "Photographed pages were not kept. Take them again."),
        next_label=t("以后再交", "Later"),
    )
    return {
        "capture-live": p.CapturePage(skip, heading, True, "", "plain", drawn_page(True), main=shoot, tools=(clerk,)),
        "capture-looking": p.CapturePage(skip, heading, True, t("正在看拍得清不清楚……", "Looking whether it can be read …"), "plain", drawn_page(True)),
        "capture-good": p.CapturePage(done, heading, False, t("拍清楚了。", "This page can be read."), "good", drawn_page(False), main=more, tools=(again, turn, drop, clerk)),
        "capture-doubt": p.CapturePage(done, heading, False, blurred, "warn", drawn_page(False), 90, t("第 2 页，共 3 页", "Page 2 of 3"), more, (again, turn, drop, earlier, later, clerk)),
        "capture-no-camera": p.CapturePage(skip, heading, True, t("现在没有摄像头画面。可以直接点下一步，以后再交。", "No camera picture now. Go on, and bring it later."), "warn", tools=(clerk,)),
        "card-by-picture": p.CardPage(w.frame(1), head("请放身份证", "Put your ID card down", "也可以手动填写。", "Or fill in by hand."), p.CardMoment.WAITING, t("可以拍身份证，也可以手动填写。", "Photograph your ID card, or fill in by hand."), (), t("手动填写", "Fill in by hand"), t("拍身份证", "Photograph the card")),
        "capture-card": p.CapturePage(w.frame(1, next_label=t("不拍了", "No picture")), head("拍一下身份证", "Photograph your ID card", "把有照片的一面朝上，平放在镜头下。", "The side with your picture up, flat."), True, t("正在读身份证……", "Reading the card …"), "plain", drawn_page(True)),
        "capture-gone": p.CapturePage(gone, heading, True, "", "plain", main=shoot),
    }  # fmt: skip


@cache
def drawn_page(on_desk: bool) -> Picture:
    """A sheet with lines instead of words, on a desk or by itself."""
    width, height = (600, 450) if on_desk else (420, 594)
    desk, paper, ink = bytes((96, 70, 48)), bytes((238, 237, 232)), bytes((52, 54, 62))
    left, right, top, end = (190, 410, 40, 410) if on_desk else (0, width, 0, height)
    rows = []
    for y in range(height):
        inside = top <= y < end
        row = bytearray((paper if inside and not on_desk else desk) * width)
        if inside:
            row[left * 3 : right * 3] = paper * (right - left)
            along = (y - top) * 594 // (end - top)
            margin = (right - left) // 8
            if 70 < along < 540 and along % 26 < 7:
                row[(left + margin) * 3 : (right - margin) * 3] = ink * (right - left - 2 * margin)
        rows.append(bytes(row))
    return Picture(width, height, b"".join(rows))
