"""Media that are fetched: from the public web alone, of known kinds, once each."""

import ssl
import struct
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from archive.importers import run
from archive.importers.fetching import Fetcher
from archive.importers.fetching.fetcher import Limits
from archive.importers.fetching.guard import FetchError, is_public, target
from archive.models import Article, FetchFailure, ImportBatch, Media

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480) + b"\x00" * 64
MP3 = b"ID3\x04\x00" + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


class Server(ThreadingHTTPServer):
    """Answers with what `answers` has for a path: a body, or a status with a place to go to."""

    daemon_threads = True
    answers: dict[str, Any]
    asked: Counter[str]
    agents: set[str]

    def handle_error(self, *_: Any) -> None:
        """Some tests hang up on it."""

    @property
    def endpoint(self) -> tuple[str, int]:
        return ("127.0.0.1", self.server_port)

    def address(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        answer = self.server.answers.get(self.path, (404, ""))
        if callable(answer):
            answer(self)
        elif isinstance(answer, bytes):
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        else:
            self.send_response(answer[0])
            self.send_header("Location", answer[1])
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.answers, made.asked, made.agents = {}, Counter(), set()
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def fetch(server: Server, tmp_path: Path):
    return Fetcher(tmp_path, allowed={server.endpoint}).fetch


def why(fetch: Any, address: str, kind: str = "photo") -> str:
    with pytest.raises(FetchError) as caught:
        fetch(address, kind)
    return str(caught.value)


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "224.0.0.1",
        "239.1.1.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "::", "::1",
        "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:4136:e378::",
    ],
)  # fmt: skip
def test_what_is_not_of_the_public_internet_is_refused(inside):
    assert not is_public(ip_address(inside))


@pytest.mark.parametrize("outside", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
def test_what_is_public_is_let_through(outside):
    assert is_public(ip_address(outside))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a", "http://localhost/a", "http://[::1]/a", "http://2130706433/a",
        "http://0x7f.1/a", "http://127.1/a", "http://[::ffff:127.0.0.1]/a", "http://0/a",
    ],
)  # fmt: skip
def test_however_this_machine_is_called_it_is_refused(address):
    with pytest.raises(FetchError):
        target(address)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://93.184.216.34/a", "only http and https"),
        ("gopher://93.184.216.34/a", "only http and https"),
        ("http://user:secret@93.184.216.34/a", "user name"),
        ("http:///a", "no web address"),
        ("http://93.184.216.34:99999/a", "no web address"),
        ("http://a b/c", "no web address"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(address, reason):
    with pytest.raises(FetchError, match=reason):
        target(address)


def test_a_name_of_which_one_address_is_inside_is_refused(monkeypatch):
    answers = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_options: answers)
    with pytest.raises(FetchError, match="private network"):
        target("http://courier.port-almond.example/a.jpg")


def test_a_request_holds_no_line_that_an_address_smuggles_in():
    path = target("http://93.184.216.34/a\r\nX: y/é?b c#d").path
    assert path == "/aX:%20y/%C3%A9?b%20c"


def test_a_server_of_ones_own_is_not_asked(server, tmp_path):
    server.answers["/a.png"] = PNG
    assert "private network" in why(Fetcher(tmp_path).fetch, server.address("/a.png"))
    assert not server.asked


def test_a_photo_is_fetched_under_what_its_bytes_say(server, fetch):
    server.answers["/story.php?id=7"] = PNG
    fetched = fetch(server.address("/story.php?id=7"), "photo")
    assert (fetched.ending, fetched.path.read_bytes()) == (".png", PNG)
    assert "Backfile" in server.agents.pop()


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(server, fetch, monkeypatch):
    """A name that leads to another place when it is asked again leads nowhere."""
    server.answers["/a.png"] = PNG
    found = [(2, 1, 6, "", ("127.0.0.1", server.server_port))]
    asked: list[str] = []

    def look_up(host: str, *_args: Any, **_options: Any) -> Any:
        asked.append(host)
        assert host in ("127.0.0.1", "media.example"), host
        return found

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    fetch(server.address("/a.png", "media.example"), "photo")
    assert asked.count("media.example") == 1


@pytest.mark.parametrize("to", ["http://169.254.169.254/latest/meta-data", "file:///etc/passwd"])
def test_where_an_answer_leads_is_looked_at_again(server, fetch, to):
    server.answers["/a.png"] = (302, to)
    assert why(fetch, server.address("/a.png"))


def test_five_steps_are_followed_and_no_more(server, fetch):
    server.answers |= {f"/{n}": (301, f"/{n - 1}") for n in range(1, 10)} | {"/0": PNG}
    assert fetch(server.address("/5"), "photo").ending == ".png"
    assert "leads on more than 5 times" in why(fetch, server.address("/6"))


@pytest.mark.parametrize("body", [SVG, b"<!DOCTYPE html><p>Not found", b"", b"%PDF-1.7", MP3])
def test_what_is_no_photo_is_not_kept_whatever_the_server_calls_it(server, fetch, tmp_path, body):
    server.answers["/a.png"] = body
    assert "no photo" in why(fetch, server.address("/a.png"))
    assert not list(tmp_path.iterdir())


def test_a_recording_is_fetched_where_one_is_meant(server, fetch):
    server.answers |= {"/a.mp3": MP3, "/b.mp3": PNG}
    assert fetch(server.address("/a.mp3"), "audio").ending == ".mp3"
    assert "no audio" in why(fetch, server.address("/b.mp3"), "audio")
    assert "no video" in why(fetch, server.address("/b.mp3"), "video")


def _without_length(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(PNG + bytes(3 * 1024 * 1024))


def _cut_short(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.wfile.write(PNG)


@pytest.mark.parametrize("answer", [_without_length, PNG + bytes(3 * 1024 * 1024)])
def test_what_is_too_large_is_not_kept(server, tmp_path, answer):
    server.answers["/a.png"] = answer
    small = Fetcher(tmp_path, allowed={server.endpoint}, limits=Limits(size=2 * 1024 * 1024))
    assert "larger than 2 MB" in why(small.fetch, server.address("/a.png"))
    assert not list(tmp_path.iterdir())


def test_what_does_not_come_whole_is_not_kept(server, fetch, tmp_path):
    server.answers["/a.png"] = _cut_short
    assert "did not come whole" in why(fetch, server.address("/a.png"))
    assert not list(tmp_path.iterdir())


def test_who_is_slow_without_end_is_cut_off(server, tmp_path):
    go_on = threading.Event()

    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(PNG)
        go_on.wait(30)

    server.answers["/a.png"] = drip
    hasty = Fetcher(tmp_path, allowed={server.endpoint}, limits=Limits(silence=0.2, whole=0.2))
    assert "took longer" in why(hasty.fetch, server.address("/a.png"))
    go_on.set()


def test_a_status_is_said(server, fetch):
    assert why(fetch, server.address("/gone.jpg")) == "the server answered 404"


@pytest.fixture
def secured(server: Server, tmp_path: Path) -> ssl.SSLContext:
    """Let the server speak TLS for media.example; what trusts it."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {key} -out {certificate}"
    names = ["-subj", "/CN=media.example", "-addext", "subjectAltName=DNS:media.example"]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate, key)
    server.socket = own.wrap_socket(server.socket, server_side=True)
    return ssl.create_default_context(cafile=str(certificate))


def test_a_certificate_is_checked_for_the_name_that_was_asked(
    server, tmp_path, secured, monkeypatch
):
    server.answers["/a.png"] = PNG
    found = [(2, 1, 6, "", ("127.0.0.1", server.server_port))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_options: found)
    options = {"allowed": {server.endpoint}}
    trusting, usual = Fetcher(tmp_path, trusted=secured, **options), Fetcher(tmp_path, **options)
    address = server.address("/a.png", "media.example", "https")
    assert trusting.fetch(address, "photo").ending == ".png"
    assert "certificate" in why(usual.fetch, address)
    other = server.address("/a.png", "other.example", "https")
    assert "certificate" in why(trusting.fetch, other)


@pytest.fixture
def import_fetching(import_articles, server, monkeypatch):
    """Import with --fetch-media, from the server of the test alone."""
    monkeypatch.setattr(run, "Fetcher", partial(Fetcher, allowed={server.endpoint}))
    return lambda path, *more: import_articles(path, "--fetch-media", *more)


def story(number: int, *addresses: str) -> dict[str, Any]:
    media = [{"url": address, "caption": f"An arch, {number}"} for address in addresses]
    return {"external_id": f"pac-{number}", "headline": f"Bridge {number}", "media": media}


def test_nothing_is_fetched_unless_it_is_asked_for(import_articles, server, jsonl):
    import_articles(jsonl(story(1, server.address("/a.png"))))
    assert not server.asked


def test_nor_is_it_on_a_trial_run(import_fetching, server, jsonl):
    import_fetching(jsonl(story(1, server.address("/a.png"))), "--dry-run")
    assert not server.asked


def test_each_address_is_fetched_once_and_kept_under_a_name_of_our_own(
    import_fetching, server, jsonl
):
    server.answers["/../evil.html"] = PNG
    address = server.address("/../evil.html")
    answer = import_fetching(jsonl(story(1, address), story(2, address)))
    assert answer.tally == (2, 0, 0, 0)
    (name,) = set(Media.objects.values_list("file", flat=True))
    assert name.startswith("fetched/")
    assert name.endswith(".png")
    with default_storage.open(name) as file:
        assert file.read() == PNG
    assert server.asked == {"/../evil.html": 1}


def test_what_is_there_is_not_fetched_again_and_what_is_missing_is(import_fetching, server, jsonl):
    server.answers["/a.png"] = PNG
    path = jsonl(story(1, server.address("/a.png"), server.address("/b.png")))
    import_fetching(path)
    server.answers["/b.png"] = PNG
    assert import_fetching(path).tally == (0, 0, 1, 0)
    assert server.asked == {"/a.png": 1, "/b.png": 2}
    assert not Media.objects.filter(file="").exists()


def test_only_the_articles_of_this_import_are_completed(
    import_articles, import_fetching, server, jsonl
):
    server.answers |= {"/a.png": PNG, "/b.png": PNG}
    import_articles(jsonl(story(1, server.address("/a.png")), name="one.jsonl"))
    import_fetching(jsonl(story(2, server.address("/b.png")), name="two.jsonl"))
    assert set(server.asked) == {"/b.png"}


def test_the_article_goes_in_and_the_batch_says_what_could_not_be_fetched(
    import_fetching, server, jsonl, admin_client
):
    path = jsonl(story(1, server.address("/gone.jpg"), "http://10.0.0.1/a.jpg"))
    answer = import_fetching(path)
    assert answer.tally == (1, 0, 0, 0)
    assert "0 files fetched, 2 not" in answer.told
    reasons = dict(FetchFailure.objects.values_list("url", "reason"))
    assert reasons == {
        server.address("/gone.jpg"): "the server answered 404",
        "http://10.0.0.1/a.jpg": "10.0.0.1 leads into a private network (10.0.0.1)",
    }
    batch = ImportBatch.objects.get()
    assert batch.state == "finished"
    page = admin_client.get(reverse("admin:archive_importbatch_change", args=[batch.pk]))
    assert "http://10.0.0.1/a.jpg: 10.0.0.1 leads into a private network" in page.text


def test_stopped_while_it_fetches_it_goes_on_there(import_fetching, server, jsonl, monkeypatch):
    server.answers |= {f"/{n}.png": PNG + bytes([n]) for n in range(8)}
    path = jsonl(*(story(n, server.address(f"/{n}.png")) for n in range(8)))
    monkeypatch.setattr("archive.importers.fetching.missing.PART", 3)
    fetch = Fetcher.fetch

    def stop_at_the_fifth(self: Fetcher, address: str, kind: str) -> Any:
        if address.endswith("/5.png"):
            raise KeyboardInterrupt
        return fetch(self, address, kind)

    with monkeypatch.context() as patch:
        patch.setattr(Fetcher, "fetch", stop_at_the_fifth)
        assert import_fetching(path).code == 130
    assert import_fetching(path).code == 0
    assert not Media.objects.filter(file="").exists()
    assert ImportBatch.objects.count() == 1
    assert all(server.asked[f"/{n}.png"] == 1 for n in range(3))


def test_what_was_fetched_is_no_editors_change(import_fetching, server, jsonl):
    server.answers |= {"/a.png": PNG, "/b.png": PNG}
    import_fetching(jsonl(story(1, server.address("/a.png"))))
    import_fetching(jsonl(story(1, server.address("/b.png"))))
    assert [one.url for one in Article.objects.get().media.all()] == [server.address("/b.png")]


def test_a_server_that_is_silent_three_times_is_not_asked_a_fourth(
    import_fetching, jsonl, server, monkeypatch
):
    looked_up: list[str] = []

    def unknown(host: str, *_args: Any, **_options: Any) -> Any:
        looked_up.append(host)
        raise OSError("not known")

    path = jsonl(story(1, *(f"http://gone.example/{n}.jpg" for n in range(9))))
    monkeypatch.setattr("socket.getaddrinfo", unknown)
    import_fetching(path)
    assert len(looked_up) == 3
    assert FetchFailure.objects.count() == 9
