"""Filings reach the court, each once, and only a verified receipt makes one received."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx2
import pytest

from kiosk.filings.canonical import parse
from kiosk.filings.status import FilingStatus
from kiosk.store.receipts import Receipts
from sync.intake.opening import open_filing
from sync.messenger import Outcome

STORED, RECEIVED, HELD = FilingStatus.STORED, FilingStatus.RECEIVED, FilingStatus.HELD
HTTPS = "https"


def received(ledger) -> list[str]:
    return [row[0] for row in ledger.all("SELECT filing_id FROM filing ORDER BY log_index")]


def test_what_was_filed_arrives_in_order_and_the_court_can_open_it(kiosk, court, ledger):
    filings = [kiosk.file() for _ in range(5)]
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert received(ledger) == filings
    _, opened = open_filing(ledger, court.bench.served.blobs, court.keys.opening, filings[2])
    assert opened.header["name"] == "张三"
    assert opened.attachments[0].data == filings[2].encode() * 2000


def test_the_receipt_is_kept_as_the_court_signed_it(kiosk, court):
    filing = kiosk.file()
    kiosk.round(court)
    told = parse(Receipts(kiosk.db).get(filing).body, 10_000)["body"]
    assert (told["filing_id"], told["envelope_sha256"]) == (filing, kiosk.outbox.get(filing).envelope_sha256)
    assert (told["receipt_number"], told["received_at"]) == ("110105-1-00000001", "2026-11-23T04:00:00Z")


def test_sending_again_gives_the_same_receipt_byte_for_byte(kiosk, court, ledger):
    filing = kiosk.file()
    kiosk.round(court)
    first = Receipts(kiosk.db).get(filing).body
    kiosk.db.execute("UPDATE filing SET status = 'stored', receipt_came_at = NULL")
    kiosk.db.execute("DELETE FROM receipt")
    court.restart()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert Receipts(kiosk.db).get(filing).body == first
    assert received(ledger) == [filing]


@pytest.mark.parametrize("answer", ["hello", "offer", "frames"])
def test_an_answer_lost_on_its_way_back_is_harmless(kiosk, court, ledger, answer):
    filing = kiosk.file()
    court.lose_the_answer_of(f"/v1/{answer}")
    assert kiosk.round(court) is Outcome.SOMETHING_WAITS
    assert kiosk.status(filing) is STORED
    assert received(ledger) == ([filing] if answer == "frames" else [])
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert received(ledger) == [filing]


def test_days_without_a_line_lose_nothing_and_the_waits_grow_to_a_limit(kiosk, court, ledger, clock):
    court.go_away()
    filings, waits = [], []
    with court.client() as client:
        messenger = kiosk.messenger(client)
        messenger.wake()
        for _ in range(120):
            filings += [kiosk.file()] if len(filings) < 40 else []
            if not messenger.due():
                wait = Receipts(kiosk.db).contact(HTTPS).next_try_at - clock.now()
                clock.pass_seconds(wait.total_seconds())
            assert messenger.due()
            before = clock.now()
            assert messenger.round() is Outcome.SOMETHING_WAITS
            waits.append((Receipts(kiosk.db).contact(HTTPS).next_try_at - before).total_seconds())
        assert waits[:9] == [2, 4, 8, 16, 32, 64, 128, 256, 512]
        assert set(waits[9:]) == {900}
        court.come_back()
        while not messenger.due():
            clock.pass_seconds(60)
        assert messenger.round() is Outcome.NOTHING_WAITS
    assert received(ledger) == filings


def test_a_clock_set_back_by_years_does_not_stop_the_tries(kiosk, court, clock):
    kiosk.file()
    court.go_away()
    with court.client() as client:
        messenger = kiosk.messenger(client)
        messenger.round()
        clock.moment -= timedelta(days=3 * 365)  # what counts from the start of the machine goes on
        kiosk.file()
        assert messenger.due()


def portal(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, html="<html>Welcome to free Wi-Fi. Please sign in.</html>")


def json_portal(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, json={"status": "received"})


def elsewhere(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(302, headers={"location": "https://portal.example/login"})


def nothing_here(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(404)


def endless(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, content=b"{" * 5_000_000)


@pytest.mark.parametrize("stranger", [portal, json_portal, elsewhere, nothing_here, endless])
def test_whoever_is_not_our_court_gets_no_filing_and_staff_are_told(kiosk, court, ledger, stranger):
    filing = kiosk.file()
    court.asked.clear()
    court.answer_with(stranger)
    assert kiosk.round(court) is Outcome.STOPPED
    assert (kiosk.status(filing), received(ledger)) == (STORED, [])
    assert [path for path, _ in court.asked] == ["/v1/hello"]
    court.come_back()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert received(ledger) == [filing]


@pytest.mark.parametrize("stranger", [portal, json_portal])
@pytest.mark.parametrize("path", ["/v1/offer", "/v1/frames"])
def test_a_stranger_in_the_middle_of_a_round_cannot_make_a_filing_received(kiosk, court, path, stranger):
    filing = kiosk.file()
    court.answer_with(stranger, only=path)
    assert kiosk.round(court) is Outcome.STOPPED
    assert kiosk.status(filing) is STORED


@pytest.mark.parametrize(
    ("status", "header", "wait"), [(429, "120", 120), (503, "9999", 3600), (500, "", 2), (503, "soon", 2)]
)
def test_a_busy_court_is_given_the_time_it_asks_for_but_an_hour_at_most(kiosk, court, clock, status, header, wait):
    filing = kiosk.file()
    court.answer_with(lambda _: httpx2.Response(status, headers={"retry-after": header} if header else {}))
    assert kiosk.round(court) is Outcome.SOMETHING_WAITS
    contact = Receipts(kiosk.db).contact(HTTPS)
    assert (contact.next_try_at - clock.now()).total_seconds() == wait
    assert kiosk.status(filing) is STORED


def test_a_refused_request_holds_only_the_filing_it_is_about(kiosk, court, ledger):
    good, bad, fine = kiosk.file(), kiosk.file(), kiosk.file()

    def picky(request: httpx2.Request) -> httpx2.Response | None:
        body = request.read()
        named = [item["filing_id"] for item in json.loads(body)["items"]] if request.url.path == "/v1/offer" else []
        return httpx2.Response(422) if bad in named else None

    court.answer_with(picky)
    assert kiosk.round(court) is Outcome.STAFF_NEEDED
    assert [kiosk.status(one) for one in (good, bad, fine)] == [RECEIVED, HELD, RECEIVED]
    assert received(ledger) == [good, fine]
    assert kiosk.outbox.get(bad).hold_reason == "http 422"


def test_a_kiosk_the_court_has_struck_off_stops_and_keeps_its_filings(kiosk, court, clock):
    filing = kiosk.file()
    court.revoke(kiosk.settings.kiosk_id)
    assert kiosk.round(court) is Outcome.STOPPED
    assert (kiosk.status(filing), Receipts(kiosk.db).contact(HTTPS).trouble) == (STORED, "sync.kiosk_unknown")
    kiosk.enrol(court)
    assert kiosk.round(court) is Outcome.NOTHING_WAITS


def test_a_damaged_sealed_file_is_held_and_its_neighbours_go_on(kiosk, court, ledger):
    first, cut, flipped, gone, last = (kiosk.file() for _ in range(5))
    path = kiosk.files.path(cut, 1)
    path.write_bytes(path.read_bytes()[:1000])
    data = bytearray(kiosk.files.path(flipped, 1).read_bytes())
    data[100] ^= 1
    kiosk.files.path(flipped, 1).write_bytes(data)
    kiosk.files.path(gone, 1).unlink()
    assert kiosk.round(court) is Outcome.STAFF_NEEDED
    assert received(ledger) == [first, last]
    assert [kiosk.status(one) for one in (cut, flipped, gone)] == [HELD, HELD, HELD]


def test_a_filing_larger_than_the_courts_window_arrives_in_several_bundles(kiosk, court, ledger):
    filing = kiosk.file(pages=400)  # about 28 MB sealed, the window is 16
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert received(ledger) == [filing]
    assert len([path for path, _ in court.asked if path == "/v1/frames"]) == 2


def test_only_missing_chunks_are_sent_after_a_cut(kiosk, court, ledger):
    filing = kiosk.file(pages=100)
    whole = kiosk.files.path(filing, 1).stat().st_size
    court.cut_the_next_bundle_at(whole // 2)
    assert kiosk.round(court) is Outcome.SOMETHING_WAITS
    court.asked.clear()
    assert kiosk.round(court) is Outcome.NOTHING_WAITS
    assert received(ledger) == [filing]
    sent = sum(size for path, size in court.asked if path == "/v1/frames")
    assert sent < whole // 2 + 2 * 256 * 1024
