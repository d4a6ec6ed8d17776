"""inbox.whatsapp.client.GraphClient.send, and how any call may fail"""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from inbox.whatsapp import (
    Accepted,
    ErrorClass,
    GraphClient,
    GraphError,
    NoAnswer,
    NoConnection,
    NotSendable,
    Outgoing,
    Recipient,
    outgoing,
)

from .graph import BASE, NUMBER, TOKEN, Graph, ok, refused

WAMID = "wamid.VEVTVA=="
ACCEPTED = {"contacts": [{"input": "+491", "wa_id": "491"}], "messages": [{"id": WAMID}]}
HELLO = Outgoing(to=Recipient(phone="491"), content=outgoing.Text("Hallo"))


def test_a_message_is_sent_and_its_id_returned() -> None:
    graph = Graph(ok(ACCEPTED))

    accepted = graph.client.send(NUMBER, HELLO, token=TOKEN)

    assert accepted == Accepted(wamid=WAMID, phone="491")
    assert str(graph.request.url) == f"{BASE}/v26.0/{NUMBER}/messages"
    assert graph.request.headers["authorization"] == f"Bearer {TOKEN}"
    assert graph.request.headers["user-agent"].startswith("Supportdesk")
    assert graph.sent == HELLO.to_body()


def test_a_template_may_be_held_back() -> None:
    message = {"id": WAMID, "message_status": "held_for_quality_assessment"}
    contact = {"input": "DE.1", "user_id": "DE.1"}
    graph = Graph(ok({"contacts": [contact], "messages": [message]}))

    accepted = graph.client.send(NUMBER, HELLO, token=TOKEN)

    assert accepted.message_status == "held_for_quality_assessment"
    assert (accepted.phone, accepted.bsuid) == ("", "DE.1")


def test_what_cannot_be_sent_is_not_even_tried() -> None:
    graph = Graph()

    with pytest.raises(NotSendable):
        empty = Outgoing(to=Recipient(phone="491"), content=outgoing.Text(" "))
        graph.client.send(NUMBER, empty, token=TOKEN)

    assert graph.requests == []


@pytest.mark.parametrize(
    ("failure", "raised", "kind"),
    [
        (httpx.ConnectError("refused"), NoConnection, ErrorClass.RETRY_SAFE),
        (httpx.ConnectTimeout("slow"), NoConnection, ErrorClass.RETRY_SAFE),
        (httpx.PoolTimeout("busy"), NoConnection, ErrorClass.RETRY_SAFE),
        (httpx.ReadTimeout("slow"), NoAnswer, ErrorClass.RETRY_DOUBTFUL),
        (httpx.WriteTimeout("slow"), NoAnswer, ErrorClass.RETRY_DOUBTFUL),
        (httpx.ReadError("reset"), NoAnswer, ErrorClass.RETRY_DOUBTFUL),
        (httpx.RemoteProtocolError("cut"), NoAnswer, ErrorClass.RETRY_DOUBTFUL),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_it_is_known_whether_the_message_may_have_left(
    failure: Exception, raised: type[GraphError], kind: ErrorClass
) -> None:
    graph = Graph(failure)

    with pytest.raises(raised) as caught:
        graph.client.send(NUMBER, HELLO, token=TOKEN)

    assert caught.value.kind is kind
    assert caught.value.http_status == 0
    assert len(graph.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"messages": []}),
        httpx.Response(200, json={"messages": [{"id": None}]}),
        httpx.Response(200, text="[" * 100_000),
    ],
    ids=["html", "list", "no message", "no id", "endless"],
)
def test_an_unreadable_yes_leaves_us_in_doubt(answer: httpx.Response) -> None:
    with pytest.raises(NoAnswer) as caught:
        Graph(answer).client.send(NUMBER, HELLO, token=TOKEN)

    assert caught.value.kind is ErrorClass.RETRY_DOUBTFUL


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused(131047), ErrorClass.NEED_TEMPLATE),
        (refused(190, status=401, error_subcode=463), ErrorClass.AUTH),
        (refused(131056), ErrorClass.RETRY_SAFE),
        (httpx.Response(500, text="oops"), ErrorClass.RETRY_DOUBTFUL),
        (httpx.Response(502, json={"error": "bad gateway"}), ErrorClass.RETRY_DOUBTFUL),
        (httpx.Response(400, text=""), ErrorClass.UNKNOWN),
        (httpx.Response(200, json={"error": {"code": 100}}), ErrorClass.BAD_REQUEST),
    ],
)
def test_a_refusal_says_what_to_do(answer: httpx.Response, kind: ErrorClass) -> None:
    with pytest.raises(GraphError) as caught:
        Graph(answer).client.send(NUMBER, HELLO, token=TOKEN)

    assert caught.value.kind is kind


def test_a_refusal_keeps_what_support_will_ask_for() -> None:
    answer = refused(132000, error_subcode=7, error_data={"details": "1 of 2 values"})

    with pytest.raises(GraphError) as caught:
        Graph(answer).client.send(NUMBER, HELLO, token=TOKEN)

    error = caught.value
    assert (error.code, error.subcode, error.details) == (132000, 7, "1 of 2 values")
    assert (error.fbtrace_id, error.http_status) == ("Az81", 400)


def _wait(**headers: str) -> float | None:
    answer = refused(130429)
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    with pytest.raises(GraphError) as caught:
        Graph(answer).client.send(NUMBER, HELLO, token=TOKEN)
    return caught.value.retry_after


USAGE = '{"881": [{"type": "messages", "estimated_time_to_regain_access": 3}]}'


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "-7"}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "999999999"}, 86400),
        ({"X_Business_Use_Case_Usage": USAGE}, 180),
        ({"X_Business_Use_Case_Usage": USAGE, "Retry_After": "7"}, 180),
        ({"X_Business_Use_Case_Usage": "{"}, None),
        ({"X_Business_Use_Case_Usage": '{"1": [null, {"a": 1}], "2": 3}'}, None),
    ],
)
def test_it_waits_as_long_as_meta_asks(headers: dict[str, str], seconds: float | None) -> None:
    assert _wait(**headers) == seconds


def test_a_date_to_wait_for_is_understood() -> None:
    from inbox.whatsapp.refusals import wait_from

    now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    header = {"retry-after": "Sat, 21 Nov 2026 12:00:30 GMT"}

    assert wait_from(header, now=now) == 30
    assert wait_from({"retry-after": "Sat, 21 Nov 2026 12:00:30"}, now=now) == 30


def test_a_base_address_that_is_none_is_found_out_before_anything_leaves() -> None:
    client = GraphClient("graph.facebook.com", "v26.0")

    with pytest.raises(NoConnection) as caught:
        client.send(NUMBER, HELLO, token=TOKEN)

    assert caught.value.kind is ErrorClass.BAD_REQUEST
