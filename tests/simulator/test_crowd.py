"""The demo's customers, hurried up so that a minute passes in a moment."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.remote import Remote
from tests.simulator.conftest import Graph
from tests.simulator.desk import Desk, Json, Post

CAST = json.loads(
    (Path(__file__).parents[2] / "simulator" / "data" / "crowd.json").read_text("utf-8")
)


@pytest.fixture
def crowd(whatsapp: Remote, desk: Desk) -> Iterator[Callable[[float], None]]:
    def gather(hurry: float) -> None:
        whatsapp.ask("POST", "/crowd", {"hurry": hurry})

    yield gather
    whatsapp.ask("POST", "/crowd", {"running": False})


def _until(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def _statuses_of(desk: Desk, phone: str) -> list[str]:
    return [s["status"] for s in desk.statuses if s.get("recipient_id") == phone]


def _is_quiet(whatsapp: Remote, phone: str) -> bool:
    person = whatsapp.ask("GET", f"/people/{phone}")["id"]
    return person not in whatsapp.ask("GET", "/crowd")["busy"]


def test_customers_of_all_kinds_write(crowd: Callable[[float], None], desk: Desk) -> None:
    crowd(400)

    _until(lambda: len(desk.messages) > 60)

    kinds = {message["type"] for message in desk.messages}
    assert {
        "text",
        "image",
        "video",
        "audio",
        "document",
        "location",
        "contacts",
        "sticker",
    } <= kinds
    assert {"order", "unsupported", "revoke"} <= kinds
    texts = {message["text"]["body"] for message in desk.messages if "text" in message}
    assert "STOPP" in texts
    assert any(len(text) > 3500 for text in texts)
    contacts = [contact for value in desk.values for contact in value.get("contacts", [])]
    assert any("wa_id" not in contact for contact in contacts)
    assert any("يوسف" in contact["profile"]["name"] for contact in contacts)


def test_they_read_and_answer_what_the_desk_writes(
    crowd: Callable[[float], None], whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    crowd(50)
    _until(lambda: len(desk.messages) >= 2)
    lena = desk.messages[0]["from"]
    whatsapp.clock(advance=10)  # an answer at once would be taken for a machine's

    graph.send(lena, part={"body": "Das tut mir leid!"})

    def answers() -> list[Json]:
        return [m for m in desk.messages if m.get("from") == lena][2:]

    _until(answers)
    assert answers()[0]["text"]["body"].startswith("Das ist nett, danke!")
    assert "read" in [status["status"] for status in desk.statuses]


def test_greeting_machines_are_read_but_not_answered(
    crowd: Callable[[float], None], whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    greeted: list[str] = []

    def greet(post: Post) -> None:
        for value in post.values:
            for message in value.get("messages", []):
                sender = message.get("from", "")
                if sender and sender not in greeted:
                    greeted.append(sender)
                    graph.send(sender, part={"body": "Wir melden uns gleich."})

    desk.while_taking = greet
    crowd(40)
    _until(lambda: "read" in _statuses_of(desk, "4917139200011"))
    _until(lambda: _is_quiet(whatsapp, "4917139200011"))

    lena = [message for message in desk.messages if message.get("from") == greeted[0]]
    assert len(lena) == 2


def test_a_phone_used_by_hand_is_left_alone(
    crowd: Callable[[float], None], whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    crowd(50)
    _until(lambda: len(desk.messages) >= 2)
    lena = desk.messages[0]["from"]
    whatsapp.says(lena, "Jetzt schreibe ich selbst")
    whatsapp.clock(advance=10)

    graph.send(lena)
    _until(lambda: "delivered" in _statuses_of(desk, lena))
    _until(lambda: _is_quiet(whatsapp, lena))

    assert len([m for m in desk.messages if m.get("from") == lena]) == 3


def test_every_script_can_be_played() -> None:
    people = {person["key"] for person in CAST["people"]}
    assert {key for _, key in CAST["first_minute"]} <= people
    moments = [moment for moment, _ in CAST["first_minute"]]
    assert moments == sorted(moments)
    assert moments[0] < 3
    assert moments[-1] < 60
    for person in CAST["people"]:
        assert person["language"] in ("de", "en")
        assert bool(person.get("phone")) != bool(person.get("bsuid_only"))
        assert person["opening"]
