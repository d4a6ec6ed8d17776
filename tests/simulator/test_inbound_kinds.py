"""POST /control/people/{key}/messages: every kind of message as WhatsApp words it."""

from __future__ import annotations

import pytest

from simulator.remote import ControlError, Remote
from tests.simulator.conftest import Graph
from tests.simulator.desk import Desk, Json


@pytest.mark.parametrize(
    ("what", "kind", "keys"),
    [
        ({"type": "image"}, "image", {"id", "mime_type", "sha256", "url"}),
        ({"type": "video"}, "video", {"id", "mime_type", "sha256", "url"}),
        ({"type": "audio"}, "audio", {"id", "mime_type", "sha256", "url", "voice"}),
        ({"type": "document"}, "document", {"id", "mime_type", "sha256", "url", "filename"}),
        ({"type": "sticker"}, "sticker", {"id", "mime_type", "sha256", "url", "animated"}),
        (
            {"type": "location", "name": "Filiale"},
            "location",
            {"latitude", "longitude", "name"},
        ),
        ({"type": "order"}, "order", {"catalog_id", "text", "product_items"}),
        ({"type": "hologram", "content": {"a": 1}}, "hologram", {"a"}),
        ({"type": "unsupported"}, "unsupported", {"type"}),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else "",
)
def test_kinds_have_metas_shape(
    whatsapp: Remote, desk: Desk, what: Json, kind: str, keys: set[str]
) -> None:
    whatsapp.says(whatsapp.person(), **what)
    whatsapp.settle()

    [message] = desk.messages
    assert message["type"] == kind
    assert set(message[kind]) == keys


def test_contacts_are_a_list(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.says(whatsapp.person(), type="contacts")
    whatsapp.settle()

    assert desk.messages[0]["contacts"][0]["name"]["formatted_name"] == "Tischlerei Ahrens"


def test_unsupported_messages_carry_the_error(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.says(whatsapp.person(), type="unsupported", unsupported="poll_creation")
    whatsapp.settle()

    [message] = desk.messages
    assert message["errors"][0]["code"] == 131051
    assert message["unsupported"] == {"type": "poll_creation"}


def test_request_welcome_has_no_part_of_its_own(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.says(whatsapp.person(), type="request_welcome")
    whatsapp.settle()

    assert "request_welcome" not in desk.messages[0]


def test_a_quote_names_its_author(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    ours = graph.send(lena["phone"])["messages"][0]["id"]
    theirs = whatsapp.says(lena, "Ja", quote=ours)
    whatsapp.says(lena, "Noch etwas", quote=theirs, forwarded=True)
    whatsapp.settle()

    first, second = desk.messages
    assert first["context"] == {"from": "4930901820", "id": ours}
    assert second["context"] == {"from": lena["phone"], "id": theirs, "forwarded": True}


def test_a_reaction_is_given_and_taken_back(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    ours = graph.send(lena["phone"])["messages"][0]["id"]
    whatsapp.says(lena, type="reaction", emoji="👍")
    whatsapp.says(lena, type="reaction")
    whatsapp.settle()

    given, taken_back = desk.messages
    assert given["reaction"] == {"message_id": ours, "emoji": "👍"}
    assert taken_back["reaction"] == {"message_id": ours}


def test_our_reaction_only_ever_gets_sent(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    theirs = whatsapp.says(lena, "Danke!")
    graph.send(lena["phone"], "reaction", {"message_id": theirs, "emoji": "❤️"})
    whatsapp.settle()

    assert [status["status"] for status in desk.statuses] == ["sent"]


def test_edits_and_revocations_point_at_the_original(whatsapp: Remote, desk: Desk) -> None:
    person = whatsapp.person()
    original = whatsapp.says(person, "Hallo Wlt")
    whatsapp.says(person, type="edit", text="Hallo Welt")
    whatsapp.says(person, type="revoke")
    whatsapp.settle()

    _, edit, revoke = desk.messages
    assert edit["edit"]["original_message_id"] == original
    assert edit["edit"]["message"]["text"]["body"] == "Hallo Welt"
    assert revoke["revoke"] == {"original_message_id": original}


def test_list_rows_and_reply_buttons_can_be_pressed(
    whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    rows = [
        {"id": "row-1", "title": "Dienstag", "description": "9 bis 12 Uhr"},
        {"id": "row-2", "title": "Mittwoch"},
    ]
    part = {
        "type": "list",
        "body": {"text": "Wann passt es?"},
        "action": {"button": "Termin wählen", "sections": [{"rows": rows}]},
    }
    ours = graph.send(lena["phone"], "interactive", part)["messages"][0]["id"]

    whatsapp.presses(lena, "row-1")
    whatsapp.settle()

    [message] = desk.messages
    assert message["context"]["id"] == ours
    assert message["interactive"] == {"type": "list_reply", "list_reply": rows[0]}
    with pytest.raises(ControlError, match="not among"):
        whatsapp.presses(lena, "Sonntag")


def test_a_time_can_be_given(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.says(whatsapp.person(), "Gestern", at=1795000000)
    whatsapp.settle()

    assert desk.messages[0]["timestamp"] == "1795000000"


def test_a_call_opens_the_window(whatsapp: Remote, desk: Desk, graph: Graph) -> None:
    person = whatsapp.person()

    whatsapp.does(person, "call")
    whatsapp.settle()

    events = [value["calls"][0]["event"] for value in desk.values]
    assert events == ["connect", "terminate"]
    graph.send(person["phone"])


def test_half_a_surrogate_pair_survives_the_journey(whatsapp: Remote, desk: Desk) -> None:
    whatsapp.says(whatsapp.person(), "kaputt \ud83d NUL \x00")
    whatsapp.settle()

    assert b"\\ud83d NUL \\u0000" in desk.posts[0].raw


def test_unknown_people_and_types_are_explained(whatsapp: Remote) -> None:
    with pytest.raises(ControlError, match="there is nobody"):
        whatsapp.says("nobody", "x")
    with pytest.raises(ControlError, match="type is missing"):
        whatsapp.says(whatsapp.person())
