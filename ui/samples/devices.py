"""The clerk's pages about devices, and the last page without a slip: drawn by their own step functions. Made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import resources
from kiosk.slips.job import JobRecord, JobState
from kiosk.visit import device_pages as d
from kiosk.visit import pages as p
from kiosk.visit.device_events import DeviceState
from kiosk.visit.guide import Guide
from kiosk.wording import load_wording
from ui.samples.after import pages as last_pages
from ui.samples.words import SampleWords

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
DEVICES = (
    DeviceState("devices.printer", "printer.paper_out"),
    DeviceState("devices.a4", "printer.ready"),
    DeviceState("devices.reader", "devices.reader_ready"),
)


def pages(w: SampleWords) -> dict[str, p.Page]:
    guide = Guide({}, load_wording(resources.folder("wording")), None, "", "110105", "1号窗口", NOW)
    language = w.language if w.language in guide.wording.codes else "en"
    jobs = (
        _job(7, "offline_slip", "0105-261124-0007-K3", JobState.UNKNOWN, "paper_out", sent=1020),
        _job(6, "a4:complaint", "0105-261124-0007-K3", JobState.WAITING, "paper_out", sent=0),
        _job(5, "offline_slip", "0105-261124-0006-K9", JobState.PRINTED, "marker"),
        _job(4, "offline_slip", "0105-261124-0005-K1", JobState.PRINTED, "person"),
        _job(3, "test_page", "T1124-093012", JobState.PRINTED, "unconfirmed"),
    )
    at = d.AtDevices(devices=DEVICES, jobs=jobs)
    M = d.DeviceMoment
    drawn = {
        "devices": at,
        "devices-jobs": replace(at, moment=M.JOBS),
        "devices-job": replace(at, moment=M.JOB, job_id=7),
        "devices-roll": replace(at, moment=M.ROLL),
        "devices-rom": replace(at, moment=M.ROM, matching=frozenset({"1", "2"})),
    }
    found: dict[str, p.Page] = {name: _of(d.page_of(one, language, guide), w) for name, one in drawn.items()}
    done = last_pages(w)["done"]
    assert isinstance(done, p.DonePage)
    t = w.t
    found["done-no-slip"] = replace(
        done,
        paper=t("无法确认凭条是否打印，请问工作人员", "We cannot tell if the ticket printed. Ask the staff."),
        code="CK1:T:0105-261123-0007-K3:7F3A",
    )
    found["done-slip-asked"] = replace(
        done,
        paper=t("凭条已发送打印，请看是否出纸", "The ticket was sent. Check that it came out."),
        question=t("凭条取到了吗？", "Did your ticket come out?"),
        ratings=(p.Option("slip yes", t("取到了", "Yes")), p.Option("slip no", t("没有", "No"))),
        a4_label=t("打印起诉状等材料（A4）", "Print the papers (A4)"),
    )
    return found


def _of(page: p.Page, w: SampleWords) -> p.Page:
    """The page in the sample's language: the words of one that nobody has written yet are the English ones."""
    frame = page.frame._replace(language=w.language)
    return page._replace(frame=frame) if isinstance(page, p.WelcomePage) else replace(page, frame=frame)


def _job(job_id: int, kind: str, key: str, state: JobState, reason: str, sent: int = 1180) -> JobRecord:
    return JobRecord(job_id, kind, key, 1, state, reason, NOW, 1 if sent else 0, sent, 1180, False)
