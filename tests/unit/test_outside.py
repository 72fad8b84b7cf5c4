"""Reaching servers elsewhere: inside one's own network nothing is reached, in whatever way it is written."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.listening import Said, listening
from watercooler.foundation.base.outside import Forbidden, NotReached, addresses, check, door, reach
from watercooler.foundation.base.sealed import CannotUnseal, seal, unseal

CORPUS = """
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1 192.168.255.1
169.254.169.254 169.254.0.1 100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.1 192.0.0.192 192.0.2.1 198.18.0.1
198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::10.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:7f00:1
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::c0a8:1 64:ff9b:1::1 64:ff9b:1::8.8.8.8 2002:7f00:1:: 2002:808:808::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 fc00::1 fd00:ec2::254 fd12:3456::1 fe80::1 fe80::a9fe:a9fe
fec0::1 ff02::1 ff0e::1 100::1 3fff::1 5f00::1 2606:4700::5efe:7f00:1 2606:4700::200:5efe:a00:1
"""
INSIDE = CORPUS.split()
OUTSIDE = ["8.8.8.8", "1.1.1.1", "192.0.66.2", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]

WRITTEN = """
http://example.com/ ftp://example.com/ file:///etc/passwd gopher://127.0.0.1:70/ javascript:alert(1) //example.com/
https:// https:///path https://user:pass@example.com/ https://user@example.com/ https://example.com:22/
https://example.com:6379/ https://example.com:80/ https://example.com:99999/ https://[fe80::1%25eth0]/
https://127.0.0.1/ https://[::1]/ https://[::ffff:127.0.0.1]/ https://169.254.169.254/latest/meta-data/
https://[fd00:ec2::254]/ https://10.0.0.1/ https://0.0.0.0/ https://[::]/ https://[64:ff9b::a9fe:a9fe]/
"""
WRONG = [*WRITTEN.split(), "plain words", "", "https://example.com/\n", "https://exa mple.com/", "https://e\x00.com/"]
# Not addresses as one writes them, but the system's resolver takes them for some.
DISGUISED = [
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "0",
    "localhost",
    "localhost.",
    "①②⑦.⓪.⓪.①",
]


@pytest.fixture
def named(settings):
    """Return a function that names internal hosts."""

    def name(*hosts: str) -> None:
        settings.INTERNAL_HOSTS = frozenset(hosts)

    name()
    return name


@pytest.fixture
def server():
    with listening() as about:
        yield about


def get(address: str, **more):
    return reach("GET", address, **{"headers": {}, "most_bytes": 1000, "seconds": 5, **more})


def resolving(monkeypatch, *answers: list[str]) -> list[str]:
    """Let each look-up of a name give the next of these answers, the last one for ever. Returns the names asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def answer(host, port, *rest, **more):
        try:
            ip_address(host)
        except ValueError:
            asked.append(host)
            now = answers[min(len(asked), len(answers)) - 1]
            return [real(one, port, *rest, **more)[0] for one in now]
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


@pytest.mark.parametrize("text", INSIDE)
def test_what_lies_inside_is_not_public(text):
    assert not addresses.is_public(ip_address(text))


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_is_public_is_public(text):
    assert addresses.is_public(ip_address(text))


@pytest.mark.parametrize("text", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd12::1", "::ffff:10.0.0.1"])
def test_an_internal_server_can_be_named(text):
    assert addresses.is_internal(ip_address(text))


@pytest.mark.parametrize(
    "text", ["169.254.169.254", "fe80::1", "fd00:ec2::254", "224.0.0.1", "0.0.0.1", "::", "100.100.100.200"]
)
def test_what_tells_machines_their_secrets_cannot_even_be_named(text):
    assert not addresses.is_internal(ip_address(text))


@pytest.mark.parametrize("address", WRONG)
def test_an_address_is_refused_by_how_it_is_written(named, address):
    with pytest.raises(Forbidden):
        check(address)


@pytest.mark.parametrize("host", DISGUISED)
def test_a_disguised_address_is_not_reached(named, server, host):
    with pytest.raises(Forbidden):
        get(f"https://{host}/")
    with pytest.raises(Forbidden):
        get(f"http://{host}/", plain=True)
    assert server.asked == []


@pytest.mark.parametrize("host", [*INSIDE, *DISGUISED])
def test_no_connection_is_tried_to_what_lies_inside(named, monkeypatch, host):
    """Even where the port would be allowed, and whatever check came before."""
    tried: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *about, **_more: tried.append(about))
    shown = f"[{host}]" if ":" in host else host
    with pytest.raises(Forbidden):
        get(f"https://{shown}:8443/")
    assert tried == []


def test_one_address_inside_refuses_the_whole_name(named, monkeypatch):
    tried: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda *about, **_more: tried.append(about))
    for found in (["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["8.8.8.8", "::1"]):
        resolving(monkeypatch, found)
        with pytest.raises(Forbidden):
            get("https://both.example/")
    assert tried == []


def test_a_name_is_looked_up_once_and_only_what_was_found_is_connected_to(named, monkeypatch):
    """A name that leads outside when looked at, and inside a moment later, gets nowhere."""
    tried: list[str] = []

    def connect(address, *_rest, **_more):
        tried.append(address[0])
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    asked = resolving(monkeypatch, ["8.8.8.8", "1.1.1.1"], ["127.0.0.1"])
    with pytest.raises(NotReached):
        get("https://rebinding.example/")
    assert asked == ["rebinding.example"]
    assert tried == ["8.8.8.8", "1.1.1.1"]


def test_the_connection_goes_to_the_address_and_the_certificate_is_of_the_name(named, monkeypatch, tmp_path):
    """A server on loopback with a certificate for hooks.example, found by looking that name up."""
    key, path = certificate("hooks.example", tmp_path)
    trusted = ssl.create_default_context(cafile=str(path))

    monkeypatch.setattr(door, "certificates", lambda: trusted)
    resolving(monkeypatch, ["127.0.0.1"])
    with SpeaksTLS(key, path) as port:
        named(f"hooks.example:{port}", f"other.example:{port}")
        assert get(f"https://hooks.example:{port}/").body == b"hello"
        with pytest.raises(NotReached, match="certificate"):
            get(f"https://other.example:{port}/")


def certificate(name: str, folder):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.KeyUsage(True, False, False, False, False, True, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    key_path, path = folder / "key.pem", folder / "certificate.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    key_path.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return key_path, path


class SpeaksTLS:
    """One thread that answers two connections and ends."""

    def __init__(self, key, path) -> None:
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(path, key)

    def __enter__(self) -> int:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()
        return self.socket.getsockname()[1]

    def answer(self) -> None:
        for _ in range(2):
            there, _where = self.socket.accept()
            try:
                with self.context.wrap_socket(there, server_side=True) as safe:
                    safe.recv(1000)
                    safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
            except OSError:
                there.close()

    def __exit__(self, *_about: object) -> None:
        self.thread.join()
        self.socket.close()


def test_a_named_host_is_reached_on_its_named_port_only(named, server):
    with pytest.raises(Forbidden):
        get(server.address())
    named(f"127.0.0.1:{server.port}")
    assert get(server.address()).status == 200
    named("127.0.0.1:1")
    with pytest.raises(Forbidden):
        get(server.address())
    assert len(server.asked) == 1


def test_a_redirect_is_an_answer_and_not_a_way(named, server):
    named(server.place)
    server.answers = lambda asked: Said(302, b"", {"Location": "http://169.254.169.254/latest/meta-data/"})
    answer = get(server.address())
    assert answer.status == 302
    assert not answer.is_good
    assert len(server.asked) == 1


def test_only_the_beginning_of_a_long_answer_is_read(named, server):
    named(server.place)
    server.answers = lambda asked: Said(200, b"x" * 5_000_000)
    answer = get(server.address())
    assert answer.body == b"x" * 1000
    assert answer.is_cut


def test_a_server_that_speaks_a_letter_at_a_time_is_left(named):
    """Each letter comes before any time-out of a single read; the whole still ends."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as there:

        def drip() -> None:
            caller, _where = there.accept()
            with caller:
                caller.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not stop.wait(0.05):
                    try:
                        caller.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        port = there.getsockname()[1]
        named(f"127.0.0.1:{port}")
        with pytest.raises(NotReached, match="No answer"):
            get(f"http://127.0.0.1:{port}/", seconds=0.4)
        stop.set()
        thread.join()


def test_nothing_of_this_server_travels_along(named, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    named(server.place)
    server.answers = lambda asked: Said(200, b"", {"Set-Cookie": "a=b"})
    get(server.address())
    get(server.address())
    assert [("cookie" in asked.headers, "authorization" in asked.headers) for asked in server.asked] == [
        (False, False),
        (False, False),
    ]


def test_a_server_that_is_not_there_is_a_sentence(named, server):
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = there.getsockname()[1]
    named(f"127.0.0.1:{port}")
    with pytest.raises(NotReached, match="refused"):
        get(f"http://127.0.0.1:{port}/")


def test_what_is_sealed_opens_for_its_purpose_only(settings):
    sealed = seal("whsec_abc", "webhooks")
    assert "whsec" not in sealed
    assert unseal(sealed, "webhooks") == "whsec_abc"
    assert seal("whsec_abc", "webhooks") != sealed
    with pytest.raises(CannotUnseal):
        unseal(sealed, "codes")
    with pytest.raises(CannotUnseal):
        unseal(sealed[:-4] + "AAA=", "webhooks")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    with pytest.raises(CannotUnseal):
        unseal(sealed, "webhooks")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed, "webhooks") == "whsec_abc"
