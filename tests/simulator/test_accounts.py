"""Numbers, accounts, apps: reading, registering, subscribing, second numbers, state."""

from __future__ import annotations

import httpx
import pytest

from simulator.options import DEMO_ACCOUNT, DEMO_APP, DEMO_NUMBER
from simulator.remote import Remote
from tests.simulator.conftest import Graph, error_of
from tests.simulator.desk import Desk, Json


def test_the_numbers_of_an_account_are_listed(graph: Graph) -> None:
    fields = "id,display_phone_number,verified_name,quality_rating,status"

    [number] = graph.get(f"{DEMO_ACCOUNT}/phone_numbers", fields=fields).json()["data"]

    assert number == {
        "id": DEMO_NUMBER,
        "display_phone_number": "+49 30 901820",
        "verified_name": "Möbelhaus Alma",
        "quality_rating": "GREEN",
        "status": "CONNECTED",
    }


def test_the_account_says_what_is_asked(graph: Graph) -> None:
    record = graph.get(DEMO_ACCOUNT, fields="id,name,currency").json()

    assert record == {"id": DEMO_ACCOUNT, "name": "Möbelhaus Alma", "currency": "EUR"}


def test_registering_needs_the_right_pin(graph: Graph) -> None:
    first = graph.post(f"{DEMO_NUMBER}/register", messaging_product="whatsapp", pin="123456")
    wrong = graph.post(f"{DEMO_NUMBER}/register", messaging_product="whatsapp", pin="654321")

    assert first.json() == {"success": True}
    assert error_of(wrong)["code"] == 133005


def test_the_profile_is_kept_and_checked(graph: Graph) -> None:
    path = f"{DEMO_NUMBER}/whatsapp_business_profile"
    about = {"messaging_product": "whatsapp", "about": "Wir sind da."}

    assert graph.post(path, **about).json() == {"success": True}
    assert error_of(graph.post(path, **{**about, "about": "x" * 140}))["code"] == 100
    assert graph.get(path, fields="about").json()["data"][0]["about"] == "Wir sind da."


def test_short_links_are_made_listed_and_deleted(graph: Graph) -> None:
    path = f"{DEMO_NUMBER}/message_qrdls"
    made = graph.post(path, prefilled_message="Hallo", generate_qr_image="SVG").json()

    assert made["deep_link_url"].endswith(made["code"])
    assert graph.get(path).json()["data"] == [made]
    assert graph.http.delete(f"/{path}/{made['code']}").json() == {"success": True}
    assert error_of(graph.get(f"{path}/{made['code']}"))["error_subcode"] == 33


def test_conversational_components_are_kept(graph: Graph) -> None:
    path = f"{DEMO_NUMBER}/conversational_automation"

    assert graph.post(path, prompts=["Öffnungszeiten?"]).json() == {"success": True}

    kept = graph.get(DEMO_NUMBER, fields="conversational_automation").json()
    assert kept["conversational_automation"]["prompts"] == ["Öffnungszeiten?"]
    assert error_of(graph.post(path, prompts=["x"] * 5))["code"] == 100


def test_taking_a_thread_is_told(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    answer = graph.post(
        f"{DEMO_NUMBER}/thread_control",
        messaging_product="whatsapp",
        recipient="+4915123456789",
        action="take",
    )
    whatsapp.settle()

    assert answer.json() == {"success": True}
    assert desk.values[0]["type"] == "control_taken"


def test_an_override_is_used_after_its_handshake(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    url = desk.url + "override/"
    path = f"{DEMO_ACCOUNT}/subscribed_apps"

    wrong = graph.post(path, override_callback_uri=url, verify_token="wrong")
    right = graph.post(path, override_callback_uri=url, verify_token=desk.verify_token)
    whatsapp.says(whatsapp.person(), "Hallo")
    whatsapp.judge("reengagement", "pause")
    whatsapp.settle()

    assert error_of(wrong)["code"] == 2200
    assert right.json() == {"success": True}
    assert [post.path.endswith("override/") for post in desk.posts] == [True, False]
    [entry] = graph.get(path).json()["data"]
    assert entry["override_callback_uri"] == url


def test_an_unsubscribed_account_hears_nothing(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    graph.http.delete(f"/{DEMO_ACCOUNT}/subscribed_apps")
    whatsapp.says(whatsapp.person(), "Hört mich jemand?")
    whatsapp.settle()
    assert desk.posts == []

    graph.post(f"{DEMO_ACCOUNT}/subscribed_apps")
    whatsapp.says(whatsapp.person(), "Hallo")
    whatsapp.settle()

    assert len(desk.posts) == 1


def test_the_app_subscribes_to_fields_with_its_own_token(
    whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    graph.http.headers["Authorization"] = f"Bearer {DEMO_APP}|simulator-app-secret"
    body = {
        "object": "whatsapp_business_account",
        "callback_url": desk.url,
        "verify_token": desk.verify_token,
        "fields": "messages",
    }

    assert graph.post(f"{DEMO_APP}/subscriptions", **body).json() == {"success": True}
    whatsapp.judge("reengagement", "pause")
    whatsapp.says(whatsapp.person(), "Hallo")
    whatsapp.settle()

    assert [change["field"] for post in desk.posts for change in post.changes] == ["messages"]


def test_the_handshake_can_be_tried(whatsapp: Remote) -> None:
    assert whatsapp.ask("POST", "/handshake")["ok"] is True
    refused = whatsapp.ask("POST", "/handshake", {"verify_token": "wrong"})
    assert (refused["ok"], refused["status"]) == (False, 403)


def test_a_second_number_has_its_own_secret_token_and_window(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    whatsapp.ask(
        "POST",
        "/numbers",
        {
            "id": "200000000000009",
            "account_id": "100000000000009",
            "app_id": "300000000000009",
            "app_secret": "second",
            "callback_url": desk.url,
            "token": "second-token",
        },
    )
    whatsapp.says(lena, "Auch hier?", number="200000000000009")
    whatsapp.settle()

    [post] = desk.posts
    assert post.is_signed("second")
    assert post.body["entry"][0]["id"] == "100000000000009"
    graph.http.headers["Authorization"] = "Bearer second-token"
    body = {
        "messaging_product": "whatsapp",
        "to": f"+{lena['phone']}",
        "text": {"body": "Ja"},
    }
    assert graph.post("200000000000009/messages", **body).status_code == 200


def test_everything_can_be_exported_reset_and_imported(
    whatsapp: Remote, graph: Graph, lena: Json
) -> None:
    graph.send(lena["phone"])
    whatsapp.says(lena, type="image")
    whatsapp.settle()
    before = whatsapp.ask("GET", "/export")

    whatsapp.reset()
    assert whatsapp.ask("GET", "/people")["people"] == []
    whatsapp.ask("POST", "/import", before)

    assert whatsapp.ask("GET", "/export") == before
    graph.send(lena["phone"])  # the window is still open


def test_the_same_seed_gives_the_same_ids(whatsapp: Remote) -> None:
    def ids() -> tuple[str, str]:
        whatsapp.reset(seed="5")
        person = whatsapp.person()
        return str(person["user_id"]), whatsapp.says(person, "Hallo")

    assert ids() == ids()


def test_events_of_any_field_can_be_told(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.event("account_alerts", {"entity_type": "WABA"})
    whatsapp.event("some_field_of_tomorrow", {"a": 1}, number=DEMO_NUMBER)
    whatsapp.settle()

    alert, strange = desk.posts
    assert alert.changes[0] == {"field": "account_alerts", "value": {"entity_type": "WABA"}}
    assert "time" in alert.body["entry"][0]
    assert strange.values[0]["metadata"]["phone_number_id"] == DEMO_NUMBER


def test_other_web_pages_cannot_use_the_controls(whatsapp: Remote) -> None:
    headers = {"Origin": "https://evil.example"}

    answer = httpx.post(f"{whatsapp.url}/control/reset", headers=headers)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/rules", {"ladder": "sent:soon"}),
        ("/rules", {"window": "ajar"}),
        ("/webhooks", {"batch_size": 1001}),
        ("/webhooks", {"paused": "yes"}),
        ("/webhooks", {"nonsense": 1}),
    ],
)
def test_controls_refuse_what_they_do_not_understand(
    whatsapp: Remote, path: str, data: Json
) -> None:
    answer = whatsapp.http.patch(f"/control{path}", json=data)

    assert answer.status_code == 400
    assert answer.json()["error"]
