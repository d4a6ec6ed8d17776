"""Media in two hops, uploads, and the media host."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from pathlib import Path

import httpx
import pytest

from simulator.options import DEMO_APP, DEMO_NUMBER
from simulator.remote import Remote
from simulator.samples.documents import pdf
from simulator.samples.pictures import picture
from simulator.samples.video import film
from simulator.samples.voice import voice_note
from tests.simulator.conftest import Graph, error_of
from tests.simulator.desk import Desk, Json


def _upload(graph: Graph, content: bytes, mime: str = "image/png") -> httpx.Response:
    return graph.http.post(
        f"/v26.0/{DEMO_NUMBER}/media",
        data={"messaging_product": "whatsapp", "type": mime},
        files={"file": ("file", content, mime)},
    )


def _told_image(whatsapp: Remote, desk: Desk) -> Json:
    whatsapp.says(whatsapp.person(), type="image", caption="Kratzer", subject="scratch")
    whatsapp.settle()
    image: Json = desk.messages[0]["image"]
    return image


def test_an_inbound_picture_is_fetched_in_two_hops(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    image = _told_image(whatsapp, desk)

    record = graph.get(image["id"], phone_number_id=DEMO_NUMBER).json()
    answer = graph.http.get(record["url"])

    assert image["id"].isdigit()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8")
    assert record["file_size"] == str(len(answer.content))
    digest = hashlib.sha256(answer.content)
    assert record["sha256"] == digest.hexdigest()
    assert image["sha256"] == base64.b64encode(digest.digest()).decode()
    assert image["caption"] == "Kratzer"
    assert graph.http.get(image["url"]).content == answer.content


def test_the_media_host_wants_the_token(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    url = _told_image(whatsapp, desk)["url"]

    assert httpx.get(url).status_code == 401
    assert httpx.get(url, headers={"Authorization": "Bearer x"}).status_code == 401


def test_part_of_a_file_can_be_asked_for(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    url = _told_image(whatsapp, desk)["url"]
    whole = graph.http.get(url).content

    part = graph.http.get(url, headers={"Range": "bytes=10-19"})

    assert part.status_code == 206
    assert part.content == whole[10:20]
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"


def test_an_address_lives_five_minutes_and_the_id_gives_a_new_one(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    image = _told_image(whatsapp, desk)

    whatsapp.clock(advance=301)

    assert graph.http.get(image["url"]).status_code == 404
    fresh = graph.get(image["id"]).json()["url"]
    assert graph.http.get(fresh).status_code == 200


def test_inbound_media_is_gone_after_a_week(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    image = _told_image(whatsapp, desk)

    whatsapp.clock(advance=7 * 86400 + 1)

    assert error_of(graph.get(image["id"]))["error_subcode"] == 33


def test_a_forged_address_is_refused(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    url = _told_image(whatsapp, desk)["url"]

    assert graph.http.get(url[:-1] + ("0" if url[-1] != "0" else "1")).status_code == 404
    assert graph.http.get(url.replace("hash=", "hash=%C3%A4")).status_code == 404


def test_an_uploaded_file_can_be_sent_fetched_and_deleted(
    whatsapp: Remote, graph: Graph, lena: Json
) -> None:
    media_id = _upload(graph, picture("chair", form="PNG")).json()["id"]

    graph.send(lena["phone"], "image", {"id": media_id, "caption": "So sieht er aus"})
    assert graph.http.delete(f"/{media_id}").json() == {"success": True}

    assert graph.get(media_id).status_code == 400
    [message] = whatsapp.sent(to=lena)
    assert message["text"] == "So sieht er aus"


def test_a_file_of_the_wrong_kind_fails_later(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    media_id = _upload(graph, b"%PDF-1.4", "application/pdf").json()["id"]

    graph.send(lena["phone"], "image", {"id": media_id})
    whatsapp.settle()

    [failed] = desk.statuses
    assert failed["errors"][0]["code"] == 131053


@pytest.mark.parametrize(
    ("content", "mime", "code"),
    [
        (b"x" * (5 * 2**20 + 1), "image/jpeg", 131053),
        (b"x", "image/gif", 100),
        (b"x", "nonsense", 100),
        (b"", "image/png", 100),
    ],
    ids=["too large", "gif", "no type", "empty"],
)
def test_improper_files_are_refused(graph: Graph, content: bytes, mime: str, code: int) -> None:
    assert error_of(_upload(graph, content, mime))["code"] == code


def test_a_resumable_upload_can_be_continued(graph: Graph) -> None:
    begun = graph.http.post(
        f"/v26.0/{DEMO_APP}/uploads",
        params={"file_name": "a.jpg", "file_length": "10", "file_type": "image/jpeg"},
    ).json()
    headers = {"Authorization": "OAuth simulator-token", "file_offset": "0"}
    graph.http.post(f"/v26.0/{begun['id']}", content=b"12345", headers=headers)

    offset = graph.get(begun["id"]).json()["file_offset"]
    headers["file_offset"] = str(offset)
    done = graph.http.post(f"/v26.0/{begun['id']}", content=b"67890", headers=headers).json()

    assert offset == 5
    assert done["h"].startswith("4::aW1hZ2UvanBlZw==:")


def _probe(path: Path) -> Json:
    command = [
        "ffprobe",
        "-v",
        "error",
        "-show_format",
        "-show_streams",
        "-of",
        "json",
        str(path),
    ]
    try:
        result = subprocess.run(command, capture_output=True, check=True, text=True)
    except FileNotFoundError:
        pytest.skip("ffprobe is not installed")
    assert result.stderr == ""
    data: Json = json.loads(result.stdout)
    return data


def test_voice_notes_are_real_opus(tmp_path: Path) -> None:
    note = tmp_path / "note.ogg"
    note.write_bytes(voice_note(4))

    probed = _probe(note)

    [stream] = probed["streams"]
    assert (stream["codec_name"], stream["channels"]) == ("opus", 1)
    assert 3.9 < float(probed["format"]["duration"]) < 4.1


def test_films_are_real_h264(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(film(2))

    [stream] = _probe(path)["streams"]

    assert (stream["codec_name"], stream["nb_frames"]) == ("h264", "20")
    assert (stream["width"], stream["height"]) == (160, 96)


def test_documents_are_real_pdf() -> None:
    content = pdf(["Rechnung (1)", "Grüße"])

    assert content.startswith(b"%PDF-1.4")
    start = int(content.split(b"startxref\n")[1].split()[0])
    assert content[start:].startswith(b"xref")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_real_and_repeatable(form: str) -> None:
    assert picture("lamp", seed=3, form=form) == picture("lamp", seed=3, form=form)
    assert picture("lamp", seed=3, form=form) != picture("lamp", seed=4, form=form)
