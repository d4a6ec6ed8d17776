"""Who customers are: telephone numbers, BSUIDs, user names, and how they change."""

from __future__ import annotations

import pytest

from simulator.options import DEMO_NUMBER
from simulator.remote import ControlError, Remote
from tests.simulator.conftest import Graph, error_of
from tests.simulator.desk import Desk, Json


def test_somebody_without_a_phone_number_is_known_by_their_user_id(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    guest = whatsapp.person(name="Lucía", username="lucia_prueba", bsuid_only=True)
    whatsapp.says(guest, "Buenas")
    whatsapp.settle()

    [value] = desk.values
    [message] = value["messages"]
    assert "from" not in message
    assert message["from_user_id"] == guest["user_id"]
    assert value["contacts"] == [
        {
            "profile": {"name": "Lucía", "username": "lucia_prueba"},
            "user_id": guest["user_id"],
        }
    ]

    answer = graph.send(guest["user_id"])
    whatsapp.settle()

    contact = {"input": guest["user_id"], "user_id": guest["user_id"]}
    assert answer["contacts"] == [contact]
    assert "recipient_id" not in desk.statuses[-1]
    assert desk.statuses[-1]["recipient_user_id"] == guest["user_id"]


def test_an_unknown_user_id_is_refused(graph: Graph) -> None:
    assert error_of(graph.try_to_send("DE.1"))["code"] == 131009


def test_to_wins_over_recipient(whatsapp: Remote, graph: Graph, lena: Json) -> None:
    other = whatsapp.person()

    answer = graph.send(lena["phone"], recipient=other["user_id"])

    assert answer["contacts"][0]["wa_id"] == lena["phone"]


def test_a_new_number_also_means_a_new_user_id(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    changed = whatsapp.does(lena, "change-number", phone="4917000000001")
    whatsapp.settle()

    number, user_id = desk.messages
    assert number["type"] == user_id["type"] == "system"
    assert number["from"] == lena["phone"]
    assert number["system"]["type"] == "user_changed_number"
    assert number["system"]["wa_id"] == "4917000000001"
    assert user_id["system"]["type"] == "user_changed_user_id"
    assert user_id["system"]["previous_user_id"] == lena["user_id"]
    assert user_id["system"]["user_id"] == changed["user_id"] != lena["user_id"]
    assert "contacts" not in desk.values[0]
    graph.send("4917000000001")  # the window moved along


def test_a_number_can_be_recycled(whatsapp: Remote, desk: Desk, lena: Json) -> None:
    with pytest.raises(ControlError, match="409"):
        whatsapp.person(name="Neuer Besitzer", phone=lena["phone"])

    newcomer = whatsapp.person(name="Neuer Besitzer", phone=lena["phone"], recycle=True)
    whatsapp.says(newcomer, "Hallo")
    whatsapp.settle()

    [message] = desk.messages
    assert message["from"] == lena["phone"]
    assert message["from_user_id"] != lena["user_id"]
    assert whatsapp.ask("GET", f"/people/{lena['id']}")["phone"] == ""


def test_sending_to_an_unknown_number_makes_a_person_or_fails(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    template = {"name": "reengagement", "language": {"code": "de"}}
    graph.send("4915100000003", "template", template)
    whatsapp.rules(unknown_recipients="fail")
    graph.send("4915100000004", "template", template)
    whatsapp.settle()

    outcomes = {s["recipient_id"]: s["status"] for s in desk.statuses}
    assert outcomes == {"4915100000003": "delivered", "4915100000004": "failed"}


def test_sharing_the_number_answers_the_request_for_it(whatsapp: Remote, desk: Desk) -> None:
    guest = whatsapp.person(name="Gast", phone="4915100000005", hides_phone=True)

    whatsapp.says(guest, type="share_phone")
    whatsapp.settle()

    [message] = desk.messages
    assert message["type"] == "contacts"
    assert message["contacts"][0]["origin"] == "contact_request"
    assert message["contacts"][0]["phones"][0]["wa_id"] == "4915100000005"


def test_blocking_by_the_business_silences_a_customer(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    stranger = whatsapp.person()
    users = [{"user": f"+{lena['phone']}"}, {"user_id": stranger["user_id"]}]
    path = f"/{DEMO_NUMBER}/block_users"
    body = {"messaging_product": "whatsapp", "block_users": users}

    answer = graph.http.post(path, json=body)
    whatsapp.says(lena, "Hört mich jemand?")
    whatsapp.settle()

    assert answer.status_code == 400
    assert error_of(answer)["code"] == 139100
    lists = answer.json()["block_users"]
    assert [user["wa_id"] for user in lists["added_users"]] == [lena["phone"]]
    assert [user["input"] for user in lists["failed_users"]] == [stranger["user_id"]]
    assert desk.messages == []
    assert error_of(graph.try_to_send(lena["phone"]))["code"] == 130403
    listed = graph.get(f"{DEMO_NUMBER}/block_users").json()["data"]
    assert listed[0]["block_users"][0]["wa_id"] == lena["phone"]

    body["block_users"] = users[:1]
    freed = graph.http.request("DELETE", path, json=body).json()["block_users"]
    assert freed["removed_users"][0]["wa_id"] == lena["phone"]
    graph.send(lena["phone"])
