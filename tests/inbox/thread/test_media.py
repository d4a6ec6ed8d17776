"""GET /media/<code>/ and /media/<code>/thumbnail/"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from inbox.models import Attachment
from tests.factories import make_channel, make_conversation, make_message, make_team
from tests.inbox.thread.messages import make_file

pytestmark = pytest.mark.django_db


def _file(content: bytes = b"0123456789", **fields: object) -> Attachment:
    message = make_message(make_conversation(), "", kind="document")
    return make_file(message, content, **fields)


def _url(file: Attachment) -> str:
    return reverse("inbox:media", args=[file.code])


def _body(response: Any) -> bytes:
    body: bytes = response.getvalue() if response.streaming else response.content
    return body


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answers close their files when a server has sent them; here when the test is over."""
    answers: list[Any] = []
    get = Client.get

    def remember(*args: Any, **kwargs: Any) -> Any:
        answers.append(get(*args, **kwargs))
        return answers[-1]

    monkeypatch.setattr(Client, "get", remember)
    yield
    for answer in answers:
        answer.close()


@pytest.mark.parametrize(
    "mime_type",
    ["image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg",
     "video/mp4", "video/3gpp", "application/pdf"],
)  # fmt: skip
def test_what_cannot_run_is_shown(agent_client: Client, mime_type: str) -> None:
    file = _file(mime_type=mime_type, filename="a.bin")

    r = agent_client.get(_url(file))

    assert _body(r) == b"0123456789"
    assert r.headers["Content-Type"] == mime_type
    assert r.headers["Content-Disposition"].startswith("inline; ")


@pytest.mark.parametrize(
    "mime_type",
    ["image/svg+xml", "text/html", "application/xhtml+xml", "text/xml", "text/plain", "",
     "application/javascript", "application/zip", "image/jpeg; charset=x", "video/x-evil",
     "multipart/x-mixed-replace"],
)  # fmt: skip
def test_everything_else_is_only_a_download(agent_client: Client, mime_type: str) -> None:
    file = _file(mime_type=mime_type, claimed_type="image/jpeg", filename="a.jpg")

    r = agent_client.get(_url(file))

    assert r.headers["Content-Type"] == "application/octet-stream"
    assert r.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize("mime_type", ["image/jpeg", "text/html", "application/pdf"])
def test_no_answer_may_run_anything_or_be_guessed_at(
    agent_client: Client, mime_type: str
) -> None:
    r = agent_client.get(_url(_file(mime_type=mime_type)))

    assert r.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in r.headers["Content-Security-Policy"]
    assert "script-src" not in r.headers["Content-Security-Policy"]
    assert r.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert r.headers["Cache-Control"].startswith("private")
    if mime_type != "application/pdf":
        assert r.headers["Content-Security-Policy"].startswith("sandbox;")


def test_a_download_can_be_asked_for(agent_client: Client) -> None:
    r = agent_client.get(_url(_file()), {"download": "1"})

    assert r.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("filename", "plain", "real"),
    [
        ("Angebot März.pdf", "Angebot M_rz.pdf", "Angebot%20M%C3%A4rz.pdf"),
        ('a"; filename="b.html', "a__ filename__b.html", "a%22%3B%20filename%3D%22b.html"),
        ("../../etc/passwd", ".._.._etc_passwd", "..%2F..%2Fetc%2Fpasswd"),
        ("a\r\nSet-Cookie: x", "a__Set-Cookie_ x", "a%0D%0ASet-Cookie%3A%20x"),
    ],
)
def test_names_of_files_cannot_break_out(
    agent_client: Client, filename: str, plain: str, real: str
) -> None:
    r = agent_client.get(_url(_file(filename=filename)))

    expected = f"inline; filename=\"{plain}\"; filename*=UTF-8''{real}"
    assert r.headers["Content-Disposition"] == expected


@pytest.mark.parametrize(
    ("asked", "body", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=8-100", b"89", "bytes 8-9/10"),
        ("bytes=-100", b"0123456789", "bytes 0-9/10"),
    ],
)
def test_players_get_the_part_they_ask_for(
    agent_client: Client, asked: str, body: bytes, told: str
) -> None:
    r = agent_client.get(_url(_file()), headers={"Range": asked})

    assert r.status_code == 206
    assert _body(r) == body
    assert r.headers["Content-Range"] == told
    assert r.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=5-2", "bytes=-0", "bytes=99-100"])
def test_a_part_that_is_not_there(agent_client: Client, asked: str) -> None:
    r = agent_client.get(_url(_file()), headers={"Range": asked})

    assert r.status_code == 416
    assert r.headers["Content-Range"] == "bytes */10"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", ""])
def test_what_is_no_part_is_all(agent_client: Client, asked: str) -> None:
    r = agent_client.get(_url(_file()), headers={"Range": asked})

    assert r.status_code == 200
    assert _body(r) == b"0123456789"
    assert r.headers["Accept-Ranges"] == "bytes"


def test_a_part_of_another_version_is_all(agent_client: Client) -> None:
    file = _file(sha256="a" * 64)
    asked = {"Range": "bytes=0-3", "If-Range": '"other"'}

    assert agent_client.get(_url(file), headers=asked).status_code == 200


def test_what_the_browser_has_is_not_sent_again(agent_client: Client) -> None:
    file = _file(sha256="a" * 64)
    tag = agent_client.get(_url(file)).headers["ETag"]

    r = agent_client.get(_url(file), headers={"If-None-Match": tag})

    assert r.status_code == 304
    assert r.content == b""


def test_head_tells_the_size(agent_client: Client) -> None:
    r = agent_client.head(_url(_file()))
    r.close()

    assert r.headers["Content-Length"] == "10"


def test_thumbnails(agent_client: Client) -> None:
    file, picture = _file(), io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "WEBP")
    file.thumbnail.save("", ContentFile(picture.getvalue()))

    r = agent_client.get(reverse("inbox:media_thumbnail", args=[file.code]))

    assert r.headers["Content-Type"] == "image/webp"
    assert _body(r) == picture.getvalue()
    assert r.headers["Content-Security-Policy"].startswith("sandbox;")


def test_a_file_without_thumbnail_has_none(agent_client: Client) -> None:
    r = agent_client.get(reverse("inbox:media_thumbnail", args=[_file().code]))

    assert r.status_code == 404


@pytest.mark.parametrize("state", ["pending", "failed"])
def test_a_file_that_is_not_there_is_a_404(agent_client: Client, state: str) -> None:
    assert agent_client.get(_url(_file(state=Attachment.State(state)))).status_code == 404


def test_a_file_that_storage_lost_is_a_404(agent_client: Client) -> None:
    file = _file()
    file.file.storage.delete(str(file.file.name))

    assert agent_client.get(_url(file)).status_code == 404


def test_files_of_deleted_messages_are_for_team_leads(
    agent_client: Client, lead_client: Client
) -> None:
    file = _file()
    file.message.revoked_at = timezone.now()
    file.message.save(update_fields=["revoked_at"])

    assert agent_client.get(_url(file)).status_code == 404
    assert lead_client.get(_url(file)).status_code == 200


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(_url(_file())).status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    channel = make_channel()
    channel.teams.add(make_team())
    hidden = make_file(make_message(make_conversation(channel=channel)))

    for code in (hidden.code, uuid4()):
        for name in ("media", "media_thumbnail"):
            assert agent_client.get(reverse(f"inbox:{name}", args=[code])).status_code == 404


def test_it_rejects_post(agent_client: Client) -> None:
    assert agent_client.post(_url(_file())).status_code == 405
