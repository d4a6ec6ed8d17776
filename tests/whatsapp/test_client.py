"""inbox.whatsapp.client: what is asked of the Graph API"""

from __future__ import annotations

import io
import logging
from datetime import UTC, datetime

import httpx
import pytest

from inbox.whatsapp import (
    Access,
    ErrorClass,
    GraphError,
    Outgoing,
    Profile,
    Recipient,
    client_for,
    outgoing,
)

from .graph import NUMBER, TOKEN, Graph, ok, refused

WAMID = "wamid.VEVTVA=="
ACCEPTED = {"contacts": [{"input": "+491", "wa_id": "491"}], "messages": [{"id": WAMID}]}
HELLO = Outgoing(to=Recipient(phone="491"), content=outgoing.Text("Hallo"))


def test_no_redirect_is_followed_and_the_token_stays() -> None:
    elsewhere = httpx.Response(307, headers={"Location": "https://evil.example/steal"})
    graph = Graph(elsewhere)

    with pytest.raises(GraphError):
        graph.client.send(NUMBER, HELLO, token=TOKEN)

    assert [request.url.host for request in graph.requests] == ["graph.facebook.com"]


def test_a_next_page_elsewhere_is_not_visited() -> None:
    paging = {"next": "https://evil.example/?after=2", "cursors": {"after": "c1"}}
    graph = Graph(
        ok({"data": [{"id": "1", "name": "a"}], "paging": paging}),
        ok({"data": [{"id": "2", "name": "b"}], "paging": {"cursors": {"after": "c2"}}}),
    )

    templates = list(graph.client.templates("881", token=TOKEN))

    assert [template.template_id for template in templates] == ["1", "2"]
    assert {request.url.host for request in graph.requests} == {"graph.facebook.com"}
    assert graph.requests[1].url.params["after"] == "c1"


def test_pages_that_go_round_in_circles_end() -> None:
    page = {"data": [], "paging": {"next": "x", "cursors": {"after": "same"}}}
    graph = Graph(ok(page), ok(page))

    assert list(graph.client.templates("881", token=TOKEN)) == []


@pytest.mark.parametrize("hostile", ["../me", "..", "", "1/accounts", "1?fields=token", "1#x"])
def test_an_id_cannot_climb_out_of_its_place(hostile: str) -> None:
    graph = Graph(ok({"id": "1"}))

    try:
        graph.client.media_info(hostile, phone_number_id=NUMBER, token=TOKEN)
    except GraphError as error:
        assert error.kind is ErrorClass.BAD_REQUEST
    else:
        path = graph.request.url.raw_path.partition(b"?")[0]
        assert path.count(b"/") == 2
        assert set(graph.request.url.params) == {"phone_number_id"}


@pytest.mark.parametrize("token", ["", "with space\n", "tökén"])
def test_a_token_that_cannot_be_one_is_an_access_problem(token: str) -> None:
    graph = Graph()

    with pytest.raises(GraphError) as caught:
        graph.client.send(NUMBER, HELLO, token=token)

    assert caught.value.kind is ErrorClass.AUTH


def test_proof_of_the_app_secret_goes_along_if_asked_for() -> None:
    graph = Graph(ok(ACCEPTED))

    graph.client.send(NUMBER, HELLO, token=Access("EAAt", app_secret="app-secret"))

    proof = graph.request.url.params["appsecret_proof"]
    assert proof == "a337af50eb85bfbf396b7c75507c3dc9a6522d7547ec5c21786b4e53c07b622d"


def test_a_token_does_not_show() -> None:
    shown = repr(Access("EAAt", app_secret="app-secret"))

    assert "EAAt" not in shown
    assert "app-secret" not in shown


def test_logs_tell_neither_addresses_nor_tokens(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    graph = Graph(ok(ACCEPTED), refused(131026))

    graph.client.send(NUMBER, HELLO, token=TOKEN)
    with pytest.raises(GraphError):
        graph.client.send(NUMBER, HELLO, token=TOKEN)

    assert caplog.text == ""


def test_reading_is_shown_and_typing_if_wished() -> None:
    graph = Graph(ok({"success": True}))

    graph.client.mark_read(NUMBER, "wamid.IN", token=TOKEN, typing=True)

    assert graph.sent == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.IN",
        "typing_indicator": {"type": "text"},
    }


def test_a_file_is_uploaded_in_parts() -> None:
    graph = Graph(ok({"id": "7001"}))

    media_id = graph.client.upload_media(
        NUMBER, io.BytesIO(b"%PDF"), mime_type="application/pdf", filename="a.pdf", token=TOKEN
    )

    assert media_id == "7001"
    assert graph.request.headers["content-type"].startswith("multipart/form-data")
    body = graph.request.content
    for part in (b"whatsapp", b'name="type"', b"application/pdf", b'filename="a.pdf"', b"%PDF"):
        assert part in body


def test_where_a_file_lies_is_asked_for_our_number() -> None:
    document = {"id": "7001", "url": "https://lookaside.fbsbx.com/x", "file_size": "303833"}
    graph = Graph(ok(document))

    info = graph.client.media_info("7001", phone_number_id=NUMBER, token=TOKEN)

    assert (info.url, info.size) == ("https://lookaside.fbsbx.com/x", 303833)
    assert graph.request.url.params["phone_number_id"] == NUMBER


def test_a_template_is_read_with_all_that_matters() -> None:
    document = {
        "id": "55",
        "name": "abholung",
        "language": "de",
        "status": "approved",
        "category": "UTILITY",
        "parameter_format": "NAMED",
        "components": [{"type": "BODY", "text": "Hallo"}, "odd"],
        "quality_score": {"score": "GREEN", "date": 1},
    }
    graph = Graph(ok({"data": [document]}))

    (template,) = graph.client.templates("881", token=TOKEN)

    assert (template.status, template.quality) == ("APPROVED", "GREEN")
    assert template.components == ({"type": "BODY", "text": "Hallo"},)
    assert "components" in graph.request.url.params["fields"]


def test_the_health_of_a_number_is_read() -> None:
    problem = {"error_code": 1, "error_description": "No payment method"}
    document = {
        "id": NUMBER,
        "display_phone_number": "+49 30 555010",
        "quality_rating": "GREEN",
        "throughput": {"level": "STANDARD"},
        "health_status": {"can_send_message": "BLOCKED", "entities": [{"errors": [problem]}]},
        "webhook_configuration": {"application": "https://desk.example/hook"},
    }
    number = Graph(ok(document)).client.phone_number(NUMBER, token=TOKEN)

    assert number.can_send == "BLOCKED"
    assert number.health_problems == ("No payment method",)
    assert number.throughput == "STANDARD"
    assert number.webhooks == (("application", "https://desk.example/hook"),)


def test_account_and_its_numbers_are_read() -> None:
    account = Graph(ok({"id": "881", "name": "Radhaus", "currency": "EUR"}))
    numbers = Graph(ok({"data": [{"id": NUMBER}, {"id": "2"}]}))

    assert account.client.account("881", token=TOKEN).name == "Radhaus"
    found = numbers.client.phone_numbers("881", token=TOKEN)
    assert [number.phone_number_id for number in found] == [NUMBER, "2"]


def test_an_app_is_subscribed_with_or_without_an_address_of_its_own() -> None:
    plain, special = Graph(ok({"success": True})), Graph(ok({"success": True}))

    plain.client.subscribe_app("881", token=TOKEN)
    special.client.subscribe_app(
        "881", token=TOKEN, address="https://d.example", verify_token="v"
    )

    assert plain.request.content == b""
    assert special.sent == {
        "override_callback_uri": "https://d.example",
        "verify_token": "v",
    }


def test_subscribed_apps_are_listed() -> None:
    app = {"whatsapp_business_api_data": {"id": "31", "name": "Desk"}}
    (found,) = Graph(ok({"data": [app]})).client.subscribed_apps("881", token=TOKEN)

    assert (found.app_id, found.name) == ("31", "Desk")


def test_a_token_tells_its_rights_and_its_end() -> None:
    data = {
        "is_valid": True,
        "app_id": 31,
        "scopes": ["whatsapp_business_messaging"],
        "granular_scopes": [{"scope": "x", "target_ids": ["881"]}],
        "expires_at": 0,
        "data_access_expires_at": 1800000000,
    }
    info = Graph(ok({"data": data})).client.debug_token(TOKEN)

    assert info.is_valid
    assert info.expires_at is None
    assert info.target_ids == {"881"}
    assert info.data_access_expires_at == datetime.fromtimestamp(1800000000, UTC)


def test_a_number_is_registered_where_its_data_shall_lie() -> None:
    graph = Graph(ok({"success": True}))

    graph.client.register(NUMBER, pin="123456", token=TOKEN, region="DE")

    assert graph.sent["data_localization_region"] == "DE"
    assert graph.sent["pin"] == "123456"


def test_a_profile_is_read_and_written() -> None:
    document = {"data": [{"about": "Räder", "websites": ["https://rad.example"]}]}
    reading, writing = Graph(ok(document)), Graph(ok({"success": True}))

    profile = reading.client.profile(NUMBER, token=TOKEN)
    writing.client.set_profile(NUMBER, Profile(email="a@rad.example"), token=TOKEN)

    assert profile == Profile(about="Räder", websites=("https://rad.example",))
    assert writing.sent["email"] == "a@rad.example"
    assert "about" not in writing.sent
    assert writing.sent["websites"] == []


def test_blocking_tells_who_was_and_who_was_not() -> None:
    outcome = {
        "added_users": [{"input": "+491", "wa_id": "491"}],
        "failed_users": [{"input": "DE.2", "errors": [{"code": 139103}]}],
    }
    error = {"code": 139100, "message": "Some failed"}
    graph = Graph(httpx.Response(400, json={"block_users": outcome, "error": error}))

    people = [Recipient(phone="491"), Recipient(bsuid="DE.2")]
    result = graph.client.block(NUMBER, people, token=TOKEN)

    assert graph.sent["block_users"] == [{"user": "+491"}, {"user_id": "DE.2"}]
    assert [person.phone for person in result.done] == ["491"]
    assert [(p.bsuid, p.errors[0].code) for p in result.failed] == [("DE.2", 139103)]


@pytest.mark.parametrize("key", ["removed_users", "added_users"])
def test_unblocking_is_understood_in_both_wordings(key: str) -> None:
    graph = Graph(ok({"block_users": {key: [{"input": "+491", "wa_id": "491"}]}}))

    result = graph.client.unblock(NUMBER, [Recipient(phone="491")], token=TOKEN)

    assert graph.request.method == "DELETE"
    assert graph.sent["block_users"] == [{"user": "+491"}]
    assert len(result.done) == 1


def test_a_block_that_failed_altogether_is_an_error() -> None:
    with pytest.raises(GraphError) as caught:
        Graph(refused(139101)).client.block(NUMBER, [Recipient(phone="1")], token=TOKEN)

    assert caught.value.kind is ErrorClass.BLOCK


def test_blocked_people_are_listed_nested_or_flat() -> None:
    nested = {"block_users": [{"wa_id": "491"}, {"user_id": "DE.2"}]}
    graph = Graph(ok({"data": [nested, {"wa_id": "493"}]}))

    people = list(graph.client.list_blocked(NUMBER, token=TOKEN))

    assert [(p.phone, p.bsuid) for p in people] == [("491", ""), ("", "DE.2"), ("493", "")]


def test_a_conversation_is_taken_over() -> None:
    graph = Graph(ok({"success": True}))

    graph.client.thread_control(NUMBER, "take", Recipient(phone="491"), token=TOKEN)

    assert graph.sent == {
        "messaging_product": "whatsapp",
        "action": "take",
        "recipient": "+491",
    }


def test_a_file_is_deleted() -> None:
    graph = Graph(ok({"success": True}))

    graph.client.delete_media("7001", token=TOKEN)

    assert graph.request.method == "DELETE"


def test_a_process_has_one_pool_for_each_address() -> None:
    one, same = (
        client_for("http://127.0.0.1:9", "v26.0"),
        client_for("http://127.0.0.1:9", "v26.0"),
    )
    other = client_for("http://127.0.0.1:9", "v25.0")

    assert one is same
    assert one is not other


def test_the_client_keeps_no_token() -> None:
    graph = Graph(ok(ACCEPTED))
    graph.client.send(NUMBER, HELLO, token=TOKEN)

    assert TOKEN not in str(vars(graph.client)) + str(vars(graph.client._graph.http))
    assert "authorization" not in graph.client._graph.http.headers
