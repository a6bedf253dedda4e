"""HTTPS to the pinned court only, also with a clock that is wrong by years."""

from __future__ import annotations

import ipaddress
import threading
from datetime import UTC, datetime, timedelta

import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.errors import KioskTrouble
from kiosk.sealing.keys import read_court_keys, read_device_key
from kiosk.store.receipts import Receipts
from sync.courier import Courier, connect
from sync.intake.app import intake
from sync.messenger import Messenger, Outcome

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)


def certificate(folder, name: str, issuer=None, host: str = "127.0.0.1", begins=NOW - YEAR, ends=NOW + YEAR):
    """A certificate and its key as files; signed by itself, or by the issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False
        )
    made = builder.sign(issuer[1] if issuer else key, hashes.SHA256())
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made, key, paths


@pytest.fixture
def serve(court, tmp_path):
    """The court behind TLS on a real socket, with the certificate it is given."""
    running = []

    def start(paths) -> str:
        config = uvicorn.Config(
            intake(court.bench), port=0, ws="none", lifespan="off", log_config=None,
            ssl_certfile=str(paths[0]), ssl_keyfile=str(paths[1]),
        )  # fmt: skip
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            thread.join(0.01)
        return f"https://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


def one_round(kiosk, client, floor=None) -> Outcome:
    keys, key = read_court_keys(kiosk.state), read_device_key(kiosk.state)
    head = kiosk.courier(client)._head
    try:
        messenger = Messenger(kiosk.db, kiosk.state, keys, Courier(client, key, keys, head, floor), kiosk.clock)
        return messenger.round()
    finally:
        client.close()


def trouble(kiosk) -> str:
    return Receipts(kiosk.db).contact("https").trouble


def test_the_pinned_court_is_trusted_and_any_other_is_not(kiosk, serve, tmp_path):
    kiosk.file()
    ca = certificate(tmp_path, "court-ca")
    other = certificate(tmp_path, "other-ca")
    url = serve(certificate(tmp_path, "court", ca)[2])
    assert one_round(kiosk, connect(url, other[2][0])) is Outcome.STOPPED
    assert trouble(kiosk) == "sync.tls_wrong"
    assert one_round(kiosk, connect(url, ca[2][0])) is Outcome.NOTHING_WAITS


def test_a_certificate_for_another_host_is_refused(kiosk, serve, tmp_path):
    kiosk.file()
    ca = certificate(tmp_path, "court-ca")
    url = serve(certificate(tmp_path, "court", ca, host="127.0.0.2")[2])
    assert one_round(kiosk, connect(url, ca[2][0])) is Outcome.STOPPED


def test_dates_are_held_against_the_courts_last_signed_time_when_our_clock_is_wrong(kiosk, serve, tmp_path):
    kiosk.file()
    ca = certificate(tmp_path, "court-ca", begins=NOW - 9 * YEAR, ends=NOW + 9 * YEAR)
    span = {"begins": NOW - 5 * YEAR, "ends": NOW - 3 * YEAR}
    url = serve(certificate(tmp_path, "court", ca, **span)[2])
    assert one_round(kiosk, connect(url, ca[2][0])) is Outcome.STOPPED
    late = NOW - 2 * YEAR
    assert one_round(kiosk, connect(url, ca[2][0], late), late) is Outcome.STOPPED
    inside = NOW - 4 * YEAR
    assert one_round(kiosk, connect(url, ca[2][0], inside), inside) is Outcome.NOTHING_WAITS


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://court.example", "url_not_secure"),
        ("http://10.0.0.1", "url_not_secure"),
        ("ftp://127.0.0.1", "url_not_secure"),
        ("court", "url_not_secure"),
        ("https://[", "url_wrong"),
        ("https://", "url_wrong"),
        ("https://court:99999999", "url_wrong"),
    ],
)
def test_only_https_or_this_machine_itself_is_spoken_to(url, key):
    with pytest.raises(KioskTrouble, match=key):
        connect(url, None)


def test_a_ca_file_that_is_none_is_named(tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")
    for path in (tmp_path / "ca.pem", tmp_path / "missing.pem"):
        with pytest.raises(KioskTrouble, match="ca_unreadable"):
            connect("https://127.0.0.1", path)
