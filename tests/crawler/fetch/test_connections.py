"""Connections through proxies and with TLS."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from archive.core.model import Link
from archive.warc import read
from crawler.sources.sources import Source
from crawler.worker.messages import Job
from tests.support.owner import Owner, page
from tests.support.rawserver import Peer, RawServer
from tests.support.rawserver import page as response


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a name, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names: list[x509.GeneralName] = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption())
    )
    return file


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A TLS server that answers every request with one page: its port, and its certificate."""
    file = certificate(tmp_path, "newsroom.invalid")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    listening = socket.create_server(("127.0.0.1", 0))

    def answer(plain: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
            connection.recv(65536)
            connection.sendall(response(b"<p>behind TLS</p>"))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield listening.getsockname()[1], file
    listening.close()


def test_a_page_is_fetched_over_tls_if_its_certificate_is_trusted(
    tmp_path: Path, secured: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, file = secured
    url = f"https://127.0.0.1:{port}/"
    with Owner(tmp_path / "strict") as owner:
        told = owner.crawl(Job(Source("tls", url, feeds=(url + "none",), delay=0)))
        assert "TLS: self-signed certificate" in told.outcomes["tls"].message
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with Owner(tmp_path / "trusting") as owner:
        told = owner.crawl(Job(Source("tls", url, feeds=(url + "none",), delay=0), pending=(Link(url + "a"),)))
        assert read(owner.directory, page(told)).body == b"<p>behind TLS</p>"


def test_a_proxy_opens_a_tunnel_for_https(
    tmp_path: Path, secured: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, file = secured

    def tunnel(peer: Peer) -> None:
        with socket.create_connection(("127.0.0.1", port)) as far:
            peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
            threading.Thread(target=pump, args=(far, peer.connection), daemon=True).start()
            pump(peer.connection, far)

    with RawServer({"newsroom.invalid:443": tunnel}) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url.replace("http://", "http://ida:wren@"))
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        monkeypatch.delenv("no_proxy", raising=False)
        url = "https://newsroom.invalid/"
        with Owner(tmp_path) as owner:
            told = owner.crawl(Job(Source("far", url, feeds=(url + "none",), delay=0), pending=(Link(url + "a"),)))
            assert read(owner.directory, page(told)).body == b"<p>behind TLS</p>"
    assert {head.splitlines()[0] for head in proxy.asked} == {"CONNECT newsroom.invalid:443 HTTP/1.1"}
    assert all("Proxy-Authorization: Basic aWRhOndyZW4=" in head for head in proxy.asked)


def test_a_proxy_that_refuses_a_tunnel_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer() as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        with Owner(tmp_path) as owner:
            told = owner.crawl(Job(Source("far", "https://newsroom.invalid/", delay=0)))
    assert "the proxy answered 404 Not Found" in told.outcomes["far"].message


def pump(one: socket.socket, other: socket.socket) -> None:
    """Pass on what comes until either end goes."""
    with contextlib.suppress(OSError):
        while content := one.recv(65536):
            other.sendall(content)
        other.shutdown(socket.SHUT_WR)
