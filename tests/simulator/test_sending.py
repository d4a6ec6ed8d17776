"""POST /{number}/messages: accepting, refusing, and the ladder of statuses."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from simulator.options import DEMO_NUMBER
from simulator.remote import Remote
from tests.simulator.conftest import Graph, error_of
from tests.simulator.desk import Desk, Json


def test_a_text_is_accepted_and_climbs_the_ladder(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    answer = graph.send(lena["phone"], biz_opaque_callback_data="msg:42")
    whatsapp.settle()

    assert answer["contacts"] == [{"input": "+4915123456789", "wa_id": "4915123456789"}]
    wamid = answer["messages"][0]["id"]
    sent, delivered = desk.statuses
    assert (sent["status"], delivered["status"]) == ("sent", "delivered")
    assert {sent["id"], delivered["id"]} == {wamid}
    assert delivered["recipient_id"] == "4915123456789"
    assert delivered["recipient_user_id"] == lena["user_id"]
    assert delivered["biz_opaque_callback_data"] == "msg:42"
    assert "pricing" not in sent
    assert delivered["pricing"] == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_customer_service",
        "category": "service",
    }
    [message] = whatsapp.sent(to=lena)
    assert (message["text"], message["status"]) == ("Guten Tag", "delivered")


def test_the_versions_in_the_path_do_not_matter(graph: Graph, lena: Json) -> None:
    for prefix in ("", "/v1.0", "/v99.7"):
        assert graph.http.get(f"{prefix}/{DEMO_NUMBER}").json()["id"] == DEMO_NUMBER


def test_service_messages_cost_once_the_allowance_is_used_up(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.rules(free_service_allowance=1)

    for _ in range(2):
        graph.send(lena["phone"])
        whatsapp.settle()

    kinds = [s["pricing"]["type"] for s in desk.statuses if "pricing" in s]
    assert kinds == ["free_customer_service", "regular"]


def test_reading_by_hand_tells_read(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    graph.send(lena["phone"])
    graph.send(lena["phone"])
    whatsapp.settle()
    desk.clear()

    assert whatsapp.reads(lena) == 2
    whatsapp.settle()

    assert [status["status"] for status in desk.statuses] == ["read", "read"]
    assert whatsapp.reads(lena) == 0


def test_a_ladder_may_go_on_to_played_for_voice_notes_only(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.rules(ladder="sent:0,delivered:0,read:0,played:0")
    upload = graph.http.post(
        f"/{DEMO_NUMBER}/media",
        data={"messaging_product": "whatsapp", "type": "audio/ogg; codecs=opus"},
        files={"file": ("note.ogg", b"OggS", "audio/ogg")},
    )

    graph.send(lena["phone"], "audio", {"id": upload.json()["id"], "voice": True})
    graph.send(lena["phone"])
    whatsapp.settle()

    told = [status["status"] for status in desk.statuses]
    assert told.count("played") == 1
    assert told.count("read") == 2


def test_somebody_offline_gets_the_message_later(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.changes(lena, online=False)
    graph.send(lena["phone"])
    whatsapp.settle()
    assert [status["status"] for status in desk.statuses] == ["sent"]

    whatsapp.changes(lena, online=True)
    whatsapp.settle()

    assert [status["status"] for status in desk.statuses] == ["sent", "delivered"]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"reachable": False}, 131026), ({"blocks_business": True}, 130403)],
    ids=["not on WhatsApp", "blocks the business"],
)
def test_some_people_cannot_be_reached(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json, change: Json, code: int
) -> None:
    whatsapp.changes(lena, **change)

    graph.send(lena["phone"])
    whatsapp.settle()

    failed = desk.statuses[-1]
    assert failed["status"] == "failed"
    assert failed["errors"][0]["code"] == code
    assert "recipient_user_id" not in failed
    assert "contacts" not in desk.values[-1]


def test_the_window_closes_a_day_after_the_last_message(
    whatsapp: Remote, graph: Graph, lena: Json
) -> None:
    whatsapp.clock(advance=24 * 3600 + 1)

    refused = graph.try_to_send(lena["phone"])
    template = {"name": "reengagement", "language": {"code": "de"}}
    graph.send(lena["phone"], "template", template)

    assert refused.status_code == 400
    assert error_of(refused)["code"] == 131047
    whatsapp.says(lena, "Da bin ich wieder")
    graph.send(lena["phone"])


def test_a_closed_window_may_also_come_as_a_status(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    whatsapp.rules(window="async")

    graph.send("4915199999999")
    whatsapp.settle()

    [failed] = desk.statuses
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131047)


BUTTON = {"type": "reply", "reply": {"id": "a", "title": "Ja"}}


@pytest.mark.parametrize(
    ("kind", "part", "code"),
    [
        ("text", {"body": "x" * 4097}, 100),
        ("text", {"body": " "}, 131008),
        ("hologram", {"body": "x"}, 100),
        ("image", {"id": "1", "link": "https://a.example/b.jpg"}, 131008),
        ("image", {"link": "ftp://a.example/b.jpg"}, 100),
        ("image", {"id": "4711"}, 100),
        ("image", {"link": "https://a.example/b.jpg", "caption": "x" * 1025}, 131009),
        ("audio", {"link": "https://a.example/b.ogg", "caption": "x"}, 100),
        ("location", {"latitude": 91, "longitude": 0}, 131009),
        ("location", {"latitude": 9}, 131008),
        ("reaction", {"emoji": "👍"}, 131008),
        ("contacts", [{"name": {"first_name": "x"}}], 131008),
        (
            "interactive",
            {"type": "button", "body": {"text": "x"}, "action": {"buttons": [BUTTON] * 4}},
            131009,
        ),
        (
            "interactive",
            {"type": "button", "body": {"text": "x"}, "action": {"buttons": [BUTTON] * 2}},
            131009,
        ),
        (
            "interactive",
            {"type": "button", "body": {"text": "x" * 1025}, "action": {"buttons": [BUTTON]}},
            131009,
        ),
        (
            "interactive",
            {
                "type": "list",
                "body": {"text": "x"},
                "action": {
                    "button": "Wahl",
                    "sections": [
                        {"rows": [{"id": f"{n}", "title": f"{n}"} for n in range(11)]}
                    ],
                },
            },
            131009,
        ),
        ("interactive", {"type": "carousel", "body": {"text": "x"}}, 100),
    ],
)
def test_improper_bodies_are_refused(
    graph: Graph, lena: Json, kind: str, part: Any, code: int
) -> None:
    answer = graph.try_to_send(lena["phone"], kind, part)

    assert answer.status_code == 400
    error = error_of(answer)
    assert error["code"] == code
    assert error["type"] == "OAuthException"
    assert error["fbtrace_id"]
    assert error["error_data"]["details"]


@pytest.mark.parametrize(
    "part",
    [
        {"type": "button", "body": {"text": "Gut?"}, "action": {"buttons": [BUTTON]}},
        {
            "type": "list",
            "body": {"text": "Welcher?"},
            "action": {
                "button": "Wählen",
                "sections": [{"rows": [{"id": "1", "title": "Erster"}]}],
            },
        },
        {
            "type": "cta_url",
            "body": {"text": "Hier"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Zum Shop", "url": "https://a.example/"},
            },
        },
        {
            "type": "location_request_message",
            "body": {"text": "Wo?"},
            "action": {"name": "send_location"},
        },
        {
            "type": "request_contact_info",
            "body": {"text": "Ihre Nummer?"},
            "action": {"name": "request_contact_info"},
        },
    ],
    ids=lambda part: part["type"],
)
def test_interactive_messages_are_accepted(graph: Graph, lena: Json, part: Json) -> None:
    graph.send(lena["phone"], "interactive", part)


def test_a_message_to_the_number_itself_is_refused(graph: Graph) -> None:
    assert error_of(graph.try_to_send("4930901820"))["code"] == 131021


def test_messaging_product_is_needed(graph: Graph, lena: Json) -> None:
    answer = graph.post(f"{DEMO_NUMBER}/messages", to=lena["phone"], text={"body": "x"})

    assert error_of(answer)["code"] == 100


@pytest.mark.parametrize("body", [b"{", b"[]", b"[" * 100_000, b"\xff"])
def test_a_broken_body_is_refused_in_metas_words(graph: Graph, body: bytes) -> None:
    answer = graph.http.post(f"/{DEMO_NUMBER}/messages", content=body)

    assert (answer.status_code, error_of(answer)["code"]) == (400, 100)


def test_speed_limits_can_be_switched_on(whatsapp: Remote, graph: Graph, lena: Json) -> None:
    whatsapp.rules(pair_limit=True)
    whatsapp.clock(frozen=True)

    codes = [graph.try_to_send(lena["phone"]).status_code for _ in range(46)]

    assert codes == [200] * 45 + [400]
    assert error_of(graph.try_to_send(lena["phone"]))["code"] == 131056
    whatsapp.clock(advance=6)
    assert graph.try_to_send(lena["phone"]).status_code == 200


def test_marking_as_read_covers_earlier_messages_and_shows_typing(
    whatsapp: Remote, graph: Graph
) -> None:
    person = whatsapp.person()
    first, second, third = (whatsapp.says(person, text) for text in ("a", "b", "c"))

    answer = graph.post(
        f"{DEMO_NUMBER}/messages",
        messaging_product="whatsapp",
        status="read",
        message_id=second,
        typing_indicator={"type": "text"},
    )

    assert answer.json() == {"success": True}
    records = {r["id"]: r for r in whatsapp.ask("GET", "/export")["messages"]}
    assert "read" in records[first]["statuses"]
    assert "read" in records[second]["statuses"]
    assert "read" not in records[third]["statuses"]
    assert whatsapp.ask("GET", f"/people/{person['id']}")["typing"] is True


def test_marking_an_unknown_message_as_read_is_refused(graph: Graph) -> None:
    answer: httpx.Response = graph.post(
        f"{DEMO_NUMBER}/messages",
        messaging_product="whatsapp",
        status="read",
        message_id="wamid.x",
    )

    assert error_of(answer)["code"] == 100
