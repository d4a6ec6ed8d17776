"""Access tokens are taken seriously."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from simulator.options import DEMO_ACCOUNT, DEMO_APP, DEMO_NUMBER
from simulator.remote import Remote
from tests.simulator.conftest import Graph, error_of


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic simulator-token"])
def test_a_missing_or_unknown_token_is_refused(graph: Graph, header: str) -> None:
    graph.http.headers["Authorization"] = header

    answer = graph.get(DEMO_NUMBER)

    assert answer.status_code == 401
    assert error_of(answer)["code"] == 190


@pytest.mark.parametrize(
    ("state", "subcode"), [("expired", 463), ("revoked", 467), ("password_changed", 460)]
)
def test_a_dead_token_says_how_it_died(
    whatsapp: Remote, graph: Graph, state: str, subcode: int
) -> None:
    whatsapp.ask("POST", "/tokens", {"value": "simulator-token", "state": state})

    answer = graph.get(DEMO_NUMBER)

    assert answer.status_code == 401
    assert (error_of(answer)["code"], error_of(answer)["error_subcode"]) == (190, subcode)


def test_a_token_of_another_account_does_not_even_see_the_number(
    whatsapp: Remote, graph: Graph
) -> None:
    whatsapp.ask("POST", "/tokens", {"value": "theirs", "account_ids": ["1"]})
    graph.http.headers["Authorization"] = "Bearer theirs"

    assert error_of(graph.get(DEMO_NUMBER))["error_subcode"] == 33


def test_a_token_without_the_scope_is_refused(whatsapp: Remote, graph: Graph) -> None:
    data = {"value": "narrow", "scopes": ["whatsapp_business_messaging"]}
    whatsapp.ask("POST", "/tokens", data)
    graph.http.headers["Authorization"] = "Bearer narrow"

    answer = graph.get(f"{DEMO_ACCOUNT}/message_templates")

    assert (answer.status_code, error_of(answer)["code"]) == (403, 200)


def test_an_appsecret_proof_must_be_right_if_given(graph: Graph) -> None:
    right = hmac.new(b"simulator-app-secret", b"simulator-token", hashlib.sha256).hexdigest()

    assert graph.get(DEMO_NUMBER, appsecret_proof=right).status_code == 200
    assert graph.get(DEMO_NUMBER, appsecret_proof="ä").status_code == 400


def test_debug_token_tells_scopes_and_accounts(whatsapp: Remote, graph: Graph) -> None:
    data = graph.get("debug_token", input_token="simulator-token").json()["data"]

    assert data["is_valid"] is True
    assert data["app_id"] == DEMO_APP
    assert "whatsapp_business_management" in data["scopes"]
    assert data["granular_scopes"][0]["target_ids"] == [DEMO_ACCOUNT]
    unknown = graph.get("debug_token", input_token="x").json()["data"]
    assert unknown["is_valid"] is False


def test_unknown_objects_and_edges_are_told_apart(graph: Graph) -> None:
    unknown = graph.get("4711")
    strange = graph.get(f"{DEMO_NUMBER}/nonsense")

    assert (unknown.status_code, error_of(unknown)["code"]) == (400, 100)
    assert error_of(unknown)["error_subcode"] == 33
    assert error_of(strange)["code"] == 2500
