"""inbox.whatsapp.outgoing: what goes out, and what would be refused"""

from __future__ import annotations

import math
import pickle
from typing import Any

import pytest

from inbox.whatsapp import NotSendable, Outgoing, Recipient
from inbox.whatsapp import outgoing as o

BUTTON = o.Button("b:1", "Ja")
ROW = o.Row("r:1", "Linz", "Hauptplatz")


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (o.Text("Hallo"), {"type": "text", "text": {"body": "Hallo", "preview_url": False}}),
        (
            o.Image(media_id="7", caption="Hier"),
            {"type": "image", "image": {"id": "7", "caption": "Hier"}},
        ),
        (
            o.Image(link="https://x.example/a.png"),
            {"type": "image", "image": {"link": "https://x.example/a.png"}},
        ),
        (o.Video(media_id="7"), {"type": "video", "video": {"id": "7"}}),
        (
            o.Audio(media_id="7", voice=True),
            {"type": "audio", "audio": {"id": "7", "voice": True}},
        ),
        (o.Audio(media_id="7"), {"type": "audio", "audio": {"id": "7"}}),
        (
            o.Document(media_id="7", filename="a.pdf", caption="Angebot"),
            {
                "type": "document",
                "document": {"id": "7", "filename": "a.pdf", "caption": "Angebot"},
            },
        ),
        (o.Sticker(media_id="7"), {"type": "sticker", "sticker": {"id": "7"}}),
        (
            o.Location(latitude=48.2, longitude=-16.3, name="Werkstatt"),
            {
                "type": "location",
                "location": {"latitude": "48.2", "longitude": "-16.3", "name": "Werkstatt"},
            },
        ),
        (
            o.ContactCards(
                (
                    o.Card(
                        formatted_name="Opa Franz",
                        phones=(o.CardPhone(phone="+43 660"),),
                        emails=("f@x.example",),
                        organisation="Huber",
                    ),
                )
            ),
            {
                "type": "contacts",
                "contacts": [
                    {
                        "name": {"formatted_name": "Opa Franz", "first_name": "Opa Franz"},
                        "phones": [{"phone": "+43 660", "type": "WORK"}],
                        "emails": [{"email": "f@x.example", "type": "WORK"}],
                        "org": {"company": "Huber"},
                    }
                ],
            },
        ),
        (
            o.Reaction("wamid.1", "👍"),
            {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": "👍"}},
        ),
        (
            o.Reaction("wamid.1"),
            {"type": "reaction", "reaction": {"message_id": "wamid.1", "emoji": ""}},
        ),
        (
            o.Buttons(body="Passt?", buttons=(BUTTON,), header="Termin", footer="Radhaus"),
            {
                "type": "interactive",
                "interactive": {
                    "type": "button",
                    "header": {"type": "text", "text": "Termin"},
                    "body": {"text": "Passt?"},
                    "footer": {"text": "Radhaus"},
                    "action": {
                        "buttons": [{"type": "reply", "reply": {"id": "b:1", "title": "Ja"}}]
                    },
                },
            },
        ),
        (
            o.ListMessage(body="Wo?", button="Filialen", sections=(o.Section("", (ROW,)),)),
            {
                "type": "interactive",
                "interactive": {
                    "type": "list",
                    "body": {"text": "Wo?"},
                    "action": {
                        "button": "Filialen",
                        "sections": [
                            {
                                "rows": [
                                    {"id": "r:1", "title": "Linz", "description": "Hauptplatz"}
                                ]
                            }
                        ],
                    },
                },
            },
        ),
        (
            o.LinkButton(body="Hier", text="Öffnen", url="https://x.example"),
            {
                "type": "interactive",
                "interactive": {
                    "type": "cta_url",
                    "body": {"text": "Hier"},
                    "action": {
                        "name": "cta_url",
                        "parameters": {"display_text": "Öffnen", "url": "https://x.example"},
                    },
                },
            },
        ),
        *(
            (
                request("Bitte"),
                {
                    "type": "interactive",
                    "interactive": {
                        "type": kind,
                        "body": {"text": "Bitte"},
                        "action": {"name": action},
                    },
                },
            )
            for request, kind, action in (
                (o.LocationRequest, "location_request_message", "send_location"),
                (o.ContactInfoRequest, "request_contact_info", "request_contact_info"),
                (
                    o.CallPermissionRequest,
                    "call_permission_request",
                    "call_permission_request",
                ),
            )
        ),
        (
            o.Template(name="abholung", language="de", components=({"type": "body"},)),
            {
                "type": "template",
                "template": {
                    "name": "abholung",
                    "language": {"code": "de"},
                    "components": [{"type": "body"}],
                },
            },
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, dict) else "",
)
def test_each_kind_knows_its_body(content: o.Content, body: dict[str, Any]) -> None:
    assert content.to_body() == body


def _rows(count: int) -> tuple[o.Row, ...]:
    return tuple(o.Row(f"r{n}", "x") for n in range(count))


def _buttons(*titles: str) -> o.Buttons:
    buttons = tuple(o.Button(f"b{n}", title) for n, title in enumerate(titles))
    return o.Buttons(body="x", buttons=buttons)


def _list(*sections: o.Section, button: str = "x", body: str = "x") -> o.ListMessage:
    return o.ListMessage(body=body, button=button, sections=sections)


TWICE = (o.Row("r", "x"), o.Row("r", "y"))


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("body", o.Text("")),
        ("body", o.Text(" \n ")),
        ("body", o.Text("x" * 4097)),
        ("media", o.Image()),
        ("caption", o.Video(media_id="1", caption="x" * 1025)),
        ("caption", o.Document(media_id="1", caption="x" * 1025)),
        ("filename", o.Document(media_id="1", filename="x" * 241)),
        ("latitude", o.Location(latitude=90.1, longitude=0)),
        ("latitude", o.Location(latitude=math.nan, longitude=0)),
        ("longitude", o.Location(latitude=0, longitude=-181)),
        ("cards", o.ContactCards(())),
        ("cards", o.ContactCards((o.Card(formatted_name="x"),) * 258)),
        ("name", o.ContactCards((o.Card(formatted_name=""),))),
        ("target", o.Reaction("")),
        ("buttons", _buttons()),
        ("buttons", _buttons("1", "2", "3", "4")),
        ("button", _buttons("x" * 21)),
        ("button", _buttons("")),
        ("button", _buttons("Ja", "Ja")),
        ("button_id", o.Buttons(body="x", buttons=(o.Button("x" * 257, "x"),))),
        ("body", o.Buttons(body="x" * 1025, buttons=(BUTTON,))),
        ("header", o.Buttons(body="x", buttons=(BUTTON,), header="x" * 61)),
        ("footer", o.Buttons(body="x", buttons=(BUTTON,), footer="x" * 61)),
        ("sections", _list()),
        ("sections", _list(*(o.Section("x", (o.Row(f"r{n}", "x"),)) for n in range(11)))),
        ("rows", _list(o.Section("a", _rows(6)), o.Section("b", _rows(6)))),
        ("rows", _list(o.Section("a", ()))),
        ("row_id", _list(o.Section("a", TWICE))),
        ("section_title", _list(o.Section("a", _rows(1)), o.Section("", (o.Row("z", "x"),)))),
        ("section_title", _list(o.Section("x" * 25, _rows(1)))),
        ("row_title", _list(o.Section("", (o.Row("r", "x" * 25),)))),
        ("row_id", _list(o.Section("", (o.Row("x" * 201, "x"),)))),
        ("row_description", _list(o.Section("", (o.Row("r", "x", "x" * 73),)))),
        ("button", _list(o.Section("", _rows(1)), button="x" * 21)),
        ("body", _list(o.Section("", _rows(1)), body="x" * 4097)),
        ("url", o.LinkButton(body="x", text="x", url="javascript:alert(1)")),
        ("url", o.LinkButton(body="x", text="x", url="https://")),
        ("url", o.LinkButton(body="x", text="x", url="https://[::1")),
        ("url", o.LinkButton(body="x", text="x", url="")),
        ("body", o.LocationRequest("")),
        ("template", o.Template(name="", language="de")),
    ],
)
def test_what_would_be_refused_is_refused_here(field: str, content: o.Content) -> None:
    with pytest.raises(NotSendable) as caught:
        content.to_body()

    assert caught.value.field == field
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        o.Text("x" * 4096),
        o.Image(media_id="1", caption="x" * 1024),
        _buttons("x" * 20, "y", "z"),
        _list(o.Section("a", _rows(10))),
        o.Location(latitude=90, longitude=-180),
    ],
)
def test_what_just_fits_goes_out(content: o.Content) -> None:
    assert content.to_body()


def test_a_refusal_survives_a_queue_and_speaks_plainly() -> None:
    with pytest.raises(NotSendable) as caught:
        o.Text("x" * 5000).to_body()

    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes

    assert str(again) == "The text is too long: 5000 of at most 4096 characters."
    assert again.field == "body"


def _body(**more: Any) -> dict[str, Any]:
    message = {"to": Recipient(phone="491"), "content": o.Text("Hallo"), **more}
    return Outgoing(**message).to_body()


def test_a_phone_always_gets_its_plus() -> None:
    assert _body()["to"] == "+491"
    assert _body(to=Recipient(phone="+491"))["to"] == "+491"


def test_the_phone_wins_over_the_user_id() -> None:
    body = _body(to=Recipient(phone="491", bsuid="DE.1"))

    assert body["to"] == "+491"
    assert "recipient" not in body


def test_someone_without_a_phone_is_addressed_by_user_id() -> None:
    body = _body(to=Recipient(bsuid="DE.1"))

    assert body["recipient"] == "DE.1"
    assert "to" not in body


def test_nobody_cannot_be_written_to() -> None:
    with pytest.raises(NotSendable) as caught:
        _body(to=Recipient())

    assert caught.value.field == "recipient"


def test_quote_and_reference_travel_along() -> None:
    body = _body(reply_to="wamid.Q", callback_data="msg:1", identity_hash="h=")

    assert body["messaging_product"] == "whatsapp"
    assert body["context"] == {"message_id": "wamid.Q"}
    assert body["biz_opaque_callback_data"] == "msg:1"
    assert body["recipient_identity_key_hash"] == "h="


def test_a_reaction_quotes_nothing() -> None:
    assert "context" not in _body(content=o.Reaction("wamid.1", "👍"), reply_to="wamid.Q")


def test_a_reference_has_an_end() -> None:
    with pytest.raises(NotSendable):
        _body(callback_data="x" * 513)
