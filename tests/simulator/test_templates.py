"""Templates: sending them filled in, listing, making and judging them."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.options import DEMO_ACCOUNT
from simulator.remote import Remote
from tests.simulator.conftest import Graph, error_of
from tests.simulator.desk import Desk, Json


def _named(**values: str) -> list[Json]:
    return [
        {"type": "text", "parameter_name": key, "text": text} for key, text in values.items()
    ]


def _numbered(*values: str) -> list[Json]:
    return [{"type": "text", "text": text} for text in values]


def _template(name: str, *components: Json, language: str = "de") -> Json:
    return {"name": name, "language": {"code": language}, "components": list(components)}


def _body(parameters: list[Json]) -> Json:
    return {"type": "body", "parameters": parameters}


def _url_button(index: int, text: str) -> Json:
    parameters = [{"type": "text", "text": text}]
    return {
        "type": "button",
        "sub_type": "url",
        "index": str(index),
        "parameters": parameters,
    }


ORDER = _body(_named(first_name="Lena", order_number="B-1"))


def test_a_named_template_is_filled_in(whatsapp: Remote, graph: Graph) -> None:
    answer = graph.send(
        "4915100000002",
        "template",
        _template("order_confirmation", ORDER, _url_button(0, "B-1")),
    )

    assert answer["messages"][0]["message_status"] == "accepted"
    [sent] = whatsapp.sent(to="4915100000002")
    assert sent["text"].startswith("Hallo Lena, vielen Dank für Ihre Bestellung B-1.")
    assert sent["choices"][0]["id"] == "https://moebelhaus-lindner.example/bestellung/B-1"


def test_a_numbered_template_has_buttons_the_customer_can_press(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    payload = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "1",
        "parameters": [{"type": "payload", "payload": "move:17"}],
    }
    header = {"type": "header", "parameters": _numbered("24. November")}
    body = _body(_numbered("Frau Hofmann", "14:30"))
    answer = graph.send(
        lena["phone"], "template", _template("appointment_reminder", header, body, payload)
    )
    whatsapp.settle()
    desk.clear()

    whatsapp.presses(lena, "Verschieben")
    whatsapp.settle()

    [message] = desk.messages
    assert message["type"] == "button"
    assert message["button"] == {"payload": "move:17", "text": "Verschieben"}
    assert message["context"] == {"from": "4930901820", "id": answer["messages"][0]["id"]}


@pytest.mark.parametrize(
    ("part", "code", "http"),
    [
        (_template("nonsense"), 132001, 404),
        (_template("order_confirmation", language="fr"), 132001, 404),
        (_template("feedback_request", _body(_numbered("x"))), 132001, 404),
        (_template("newsletter_invite"), 132015, 400),
        (_template("order_confirmation", _body(_named(first_name="Lena"))), 132000, 400),
        (_template("order_confirmation", _body(_named(a="x", b="y"))), 132012, 400),
        (_template("order_confirmation", ORDER), 131008, 400),
        (_template("delivery_update", _body(_numbered("a", "b", "c"))), 132012, 400),
        (_template("reengagement", _body(_numbered("a"))), 132000, 400),
        (
            _template(
                "order_confirmation",
                _body(_named(first_name="a\nb", order_number="x")),
                _url_button(0, "x"),
            ),
            132018,
            400,
        ),
        (
            _template(
                "order_confirmation",
                _body(_named(first_name="x" * 1024, order_number="x")),
                _url_button(0, "x"),
            ),
            132005,
            400,
        ),
    ],
    ids=[
        "unknown",
        "not in this language",
        "pending",
        "paused",
        "too few",
        "wrong names",
        "url without parameter",
        "header missing",
        "too many",
        "line break",
        "too long",
    ],
)
def test_what_does_not_fit_is_refused(graph: Graph, part: Any, code: int, http: int) -> None:
    answer = graph.try_to_send("4915100000002", "template", part)

    assert (error_of(answer)["code"], answer.status_code) == (code, http)


def test_marketing_to_somebody_who_stopped_it_fails(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.does(lena, "preference", value="stop")
    whatsapp.settle()
    [preference] = desk.values[0]["user_preferences"]
    body = _body(_named(first_name="Lena", discount="20"))
    coupon = {
        "type": "button",
        "sub_type": "copy_code",
        "index": "2",
        "parameters": [{"type": "coupon_code", "coupon_code": "HERBST20"}],
    }

    graph.send(lena["phone"], "template", _template("autumn_sale", body, coupon))
    whatsapp.settle()

    assert (preference["value"], preference["user_id"]) == ("stop", lena["user_id"])
    assert desk.statuses[-1]["errors"][0]["code"] == 131050


def test_the_list_pages_by_cursor_and_gives_the_fields_asked_for(graph: Graph) -> None:
    names: list[str] = []
    after = ""
    while True:
        page = graph.get(
            f"{DEMO_ACCOUNT}/message_templates", fields="name,status", limit="3", after=after
        ).json()
        assert all(set(item) == {"id", "name", "status"} for item in page["data"])
        names += [item["name"] for item in page["data"]]
        if "next" not in page["paging"]:
            break
        after = page["paging"]["cursors"]["after"]

    everything = graph.get(f"{DEMO_ACCOUNT}/message_templates", limit="100").json()["data"]
    assert names == [item["name"] for item in everything]
    assert len(names) == 10


def test_the_next_page_can_be_fetched_by_its_address(graph: Graph) -> None:
    first = graph.get(f"{DEMO_ACCOUNT}/message_templates", limit="9").json()

    second = graph.http.get(first["paging"]["next"]).json()

    assert len(second["data"]) == 1
    assert "next" not in second["paging"]


NEW = {
    "name": "pickup",
    "language": "de",
    "category": "UTILITY",
    "components": [
        {
            "type": "BODY",
            "text": "Guten Tag {{1}}, Ihre Ware liegt zur Abholung bereit.",
            "example": {"body_text": [["Frau Hofmann"]]},
        }
    ],
}


def test_a_new_template_is_pending_until_it_is_approved(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    made = graph.post(f"{DEMO_ACCOUNT}/message_templates", **NEW).json()
    part = _template("pickup", _body(_numbered("Lena")))
    assert made["status"] == "PENDING"
    assert error_of(graph.try_to_send(lena["phone"], "template", part))["code"] == 132001

    whatsapp.judge("pickup", "approve")
    whatsapp.settle()

    [post] = desk.posts
    [change] = post.changes
    assert change["field"] == "message_template_status_update"
    assert change["value"]["event"] == "APPROVED"
    assert change["value"]["message_template_id"] == int(made["id"])
    assert isinstance(post.body["entry"][0]["time"], int)
    graph.send(lena["phone"], "template", part)


def test_approval_can_come_by_itself(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    whatsapp.rules(approve_templates_ms=0)

    graph.post(f"{DEMO_ACCOUNT}/message_templates", **NEW)
    desk.wait_for_posts(1)

    assert desk.values[0]["event"] == "APPROVED"


def test_rejecting_gives_a_reason_and_languages_are_written_differently(
    whatsapp: Remote, desk: Desk
) -> None:
    whatsapp.judge("appointment_reminder", "reject", language="en_US", reason="SCAM")
    whatsapp.settle()

    [value] = desk.values
    assert (value["event"], value["reason"]) == ("REJECTED", "SCAM")
    assert value["message_template_language"] == "en-US"


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Großschrift"},
        {"category": "NONSENSE"},
        {"components": []},
        {"components": [{"type": "BODY", "text": "{{1}} am Anfang ist nicht erlaubt"}]},
        {"components": [{"type": "BODY", "text": "Ein {{1}} ohne Beispiel geht nicht gut"}]},
        {"components": [{"type": "BODY", "text": "x" * 1025}]},
        {"name": "reengagement"},
    ],
    ids=["name", "category", "empty", "edge", "example", "long", "taken"],
)
def test_improper_templates_are_refused(graph: Graph, change: Json) -> None:
    answer = graph.post(f"{DEMO_ACCOUNT}/message_templates", **{**NEW, **change})

    assert (answer.status_code, error_of(answer)["code"]) == (400, 100)


def test_deleting_by_name_deletes_all_languages(graph: Graph) -> None:
    url = f"/{DEMO_ACCOUNT}/message_templates"

    answer = graph.http.delete(url, params={"name": "order_confirmation"})

    assert answer.json() == {"success": True}
    assert graph.get(url[1:], name="order_confirmation").json()["data"] == []
