"""inbox.whatsapp.downloads: files come from Meta's host only, and not without end"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import httpx
import pytest

from inbox.whatsapp import ErrorClass, GraphError, MediaRefused, NoAnswer, downloads
from inbox.whatsapp.downloads import is_allowed

from .graph import TOKEN, Graph

URL = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=x"
META = "https://graph.facebook.com/v26.0"
SIMULATOR = "http://127.0.0.1:8123/v26.0"


def test_a_file_is_fetched_with_its_fingerprint() -> None:
    content = b"\x89PNG" * 50_000
    answer = httpx.Response(200, content=content, headers={"Content-Type": "image/png"})
    graph, file = Graph(answer), io.BytesIO()

    got = graph.client.download_media(URL, file, token=TOKEN)

    assert file.getvalue() == content
    assert (got.size, got.mime_type) == (len(content), "image/png")
    assert got.sha256 == hashlib.sha256(content).hexdigest()
    assert graph.request.headers["authorization"] == f"Bearer {TOKEN}"
    assert graph.request.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com.evil.example/x",
        "https://evilfbsbx.com/x",
        "https://fbsbx.com.evil.example/x",
        "https://lookaside.fbsbx.com@evil.example/x",
        "https://user:pw@lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://evil.example/lookaside.fbsbx.com",
        "https://evil.example\\@lookaside.fbsbx.com/x",
        "https://graph.facebook.com/v26.0/me",
        "https://127.0.0.1/x",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:8123/x",
        "file:///etc/passwd",
        "ftp://lookaside.fbsbx.com/x",
        "//lookaside.fbsbx.com/x",
        "https://",
        "",
        "https://[::1",
        "https://lookaside.fbsbx.com\x00.evil.example/",
    ],
)
def test_from_nowhere_else_and_the_token_does_not_leave(url: str) -> None:
    graph = Graph()

    with pytest.raises(MediaRefused) as caught:
        graph.client.download_media(url, io.BytesIO(), token=TOKEN)

    assert caught.value.reason == "address"
    assert graph.requests == []


@pytest.mark.parametrize(
    ("url", "root", "allowed"),
    [
        (URL, META, True),
        ("https://scontent.xx.fbsbx.com/f", META, True),
        (URL, SIMULATOR, True),
        ("http://127.0.0.1:8123/media/1", SIMULATOR, True),
        ("http://127.0.0.1:8124/media/1", SIMULATOR, False),
        ("http://localhost:8123/media/1", SIMULATOR, False),
        ("https://127.0.0.1:8123/media/1", SIMULATOR, False),
    ],
)
def test_the_simulator_serves_its_own_files(url: str, root: str, allowed: bool) -> None:
    assert is_allowed(url, root) is allowed


def test_no_redirect_is_followed() -> None:
    graph = Graph(httpx.Response(302, headers={"Location": "https://evil.example/"}))

    with pytest.raises(GraphError):
        graph.client.download_media(URL, io.BytesIO(), token=TOKEN)

    assert [request.url.host for request in graph.requests] == ["lookaside.fbsbx.com"]


def _endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 1000


def test_a_file_without_end_is_given_up() -> None:
    graph, file = Graph(httpx.Response(200, content=_endless())), io.BytesIO()

    with pytest.raises(MediaRefused) as caught:
        graph.client.download_media(URL, file, token=TOKEN, max_bytes=200_000)

    assert caught.value.reason == "size"
    assert len(file.getvalue()) <= 200_000


def test_a_file_announced_as_too_large_is_not_begun() -> None:
    graph, file = Graph(httpx.Response(200, content=b"x" * 11)), io.BytesIO()

    with pytest.raises(MediaRefused):
        graph.client.download_media(URL, file, token=TOKEN, max_bytes=10)

    assert file.getvalue() == b""


def test_a_file_of_exactly_the_size_is_taken() -> None:
    graph = Graph(httpx.Response(200, content=b"x" * 10))

    assert graph.client.download_media(URL, io.BytesIO(), token=TOKEN, max_bytes=10).size == 10


def test_a_trickle_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MAX_SECONDS", -1.0)
    graph = Graph(httpx.Response(200, content=b"x"))

    with pytest.raises(MediaRefused) as caught:
        graph.client.download_media(URL, io.BytesIO(), token=TOKEN)

    assert caught.value.reason == "time"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, ErrorClass.MEDIA),
        (401, ErrorClass.AUTH),
        (429, ErrorClass.RETRY_SAFE),
        (500, ErrorClass.RETRY_DOUBTFUL),
    ],
)
def test_failures_say_what_to_do(status: int, kind: ErrorClass) -> None:
    with pytest.raises(GraphError) as caught:
        Graph(httpx.Response(status)).client.download_media(URL, io.BytesIO(), token=TOKEN)

    assert caught.value.kind is kind
    assert caught.value.http_status == status


def test_a_cut_connection_is_no_file() -> None:
    with pytest.raises(NoAnswer):
        Graph(httpx.ReadError("cut")).client.download_media(URL, io.BytesIO(), token=TOKEN)
