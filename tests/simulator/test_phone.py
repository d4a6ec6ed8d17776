"""The telephone in the browser: its page, its data and its live line."""

from __future__ import annotations

import json
import threading

import httpx
import pytest

from simulator.phone.words import choose_language, words
from simulator.remote import Remote
from tests.simulator.conftest import Graph
from tests.simulator.desk import Desk, Json

NASTY = "</script><img src=x onerror=alert(1)>"


def test_the_page_speaks_the_browsers_language(whatsapp: Remote) -> None:
    german = whatsapp.http.get("/", headers={"Accept-Language": "de-AT,en;q=0.5"})
    english = whatsapp.http.get("/", headers={"Accept-Language": "fr,en;q=0.5"})
    chosen = whatsapp.http.get("/?lang=de", headers={"Accept-Language": "en"})

    assert "Neues Telefon" in german.text
    assert "New telephone" in english.text
    assert "Neues Telefon" in chosen.text
    assert "Neues Telefon" in whatsapp.http.get("/").text  # the choice is remembered


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "de", "de"),
        ("", "en;q=0.4, de;q=0.9", "de"),
        ("", "nonsense;q=x", "en"),
        ("en", "de", "en"),
        ("xx", "de", "de"),
    ],
)
def test_the_language_is_chosen_sensibly(asked: str, accepted: str, language: str) -> None:
    assert choose_language(asked, accepted) == language


def test_both_languages_say_everything() -> None:
    english, german = words("en"), words("de")

    assert all(english.values())
    assert all(german.values())
    for key, text in english.items():
        assert ("{name}" in text) == ("{name}" in german[key]), key


def test_every_word_the_page_asks_for_exists(whatsapp: Remote) -> None:
    assert "[[" not in whatsapp.http.get("/").text


def test_the_page_runs_only_its_own_scripts(whatsapp: Remote) -> None:
    answer = whatsapp.http.get("/")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert " onclick=" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_names_and_texts_are_data_and_never_markup(whatsapp: Remote) -> None:
    person = whatsapp.person(name=NASTY)
    whatsapp.says(person, NASTY)

    listed = whatsapp.http.get("/phone/people")
    thread = whatsapp.http.get(f"/phone/people/{person['id']}/messages")

    for answer in (listed, thread):
        assert answer.headers["content-type"] == "application/json"
    assert listed.json()["people"][0]["name"] == NASTY
    assert thread.json()["messages"][0]["text"] == NASTY
    assert NASTY not in whatsapp.http.get("/").text


def test_no_script_of_the_page_builds_markup_from_text(whatsapp: Remote) -> None:
    for name in ("main", "dom", "bubble", "thread", "people", "composer", "menu", "dialogs"):
        script = whatsapp.http.get(f"/phone/static/{name}.js").text
        assert "innerHTML" not in script
        assert "insertAdjacentHTML" not in script


def test_what_the_desk_sends_appears_once_it_is_delivered(
    whatsapp: Remote, graph: Graph, lena: Json
) -> None:
    whatsapp.changes(lena, online=False)
    wamid = graph.send(lena["phone"])["messages"][0]["id"]
    whatsapp.settle()

    def shown() -> list[str]:
        data = whatsapp.http.get(f"/phone/people/{lena['id']}/messages").json()
        return [message["id"] for message in data["messages"] if message["incoming"]]

    assert shown() == []
    whatsapp.changes(lena, online=True)
    assert shown() == [wamid]


def test_dangerous_files_are_only_ever_downloaded(whatsapp: Remote) -> None:
    person = whatsapp.person()
    files = {"file": ("evil.html", b"<script>alert(1)</script>", "text/html")}
    whatsapp.http.post(f"/control/people/{person['id']}/file", files=files)
    data = whatsapp.http.get(f"/phone/people/{person['id']}/messages").json()

    answer = whatsapp.http.get(data["messages"][0]["media"]["url"])

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("mime", "kind"),
    [
        ("image/png", "image"),
        ("image/svg+xml", "document"),
        ("video/mp4", "video"),
        ("audio/mpeg", "audio"),
        ("application/zip", "document"),
    ],
)
def test_a_file_goes_out_as_what_it_is(
    whatsapp: Remote, desk: Desk, mime: str, kind: str
) -> None:
    person = whatsapp.person()

    files = {"file": ("Datei ä.bin", b"bytes", mime)}
    whatsapp.http.post(f"/control/people/{person['id']}/file", files=files)
    whatsapp.settle()

    assert desk.messages[0]["type"] == kind


def test_an_open_phone_hears_what_happens(whatsapp: Remote, desk: Desk) -> None:
    heard: list[Json] = []
    listening, done = threading.Event(), threading.Event()

    def listen() -> None:
        with httpx.stream("GET", f"{whatsapp.url}/phone/live", timeout=30) as answer:
            for line in answer.iter_lines():
                if line.startswith("data: "):
                    heard.append(json.loads(line[6:]))
                    listening.set()
                if any(news.get("message", {}).get("tick") == "delivered" for news in heard):
                    break
        done.set()

    ear = threading.Thread(target=listen)
    ear.start()
    assert listening.wait(30)
    person = whatsapp.person(name="Lena")
    whatsapp.says(person, "Hallo")
    assert done.wait(30)
    ear.join()

    assert heard[0]["kind"] == "hello"
    assert heard[-1]["person"]["name"] == "Lena"
    assert heard[-1]["message"]["text"] == "Hallo"
