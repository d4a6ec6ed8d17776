"""inbox.whatsapp.templates"""

from __future__ import annotations

from typing import Any

import pytest

from inbox.whatsapp import NotSendable, outgoing
from inbox.whatsapp.templates import components_for_sending, problems, read_shape, render

POSITIONAL: list[dict[str, Any]] = [
    {
        "type": "HEADER",
        "format": "TEXT",
        "text": "Auftrag {{1}}",
        "example": {"header_text": ["A-17"]},
    },
    {
        "type": "BODY",
        "text": "Hallo {{1}}, Ihr Rad kostet {{2}} Euro. Bis bald, {{1}}!",
        "example": {"body_text": [["Ida", "89"]]},
    },
    {"type": "FOOTER", "text": "Ihr Radhaus"},
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Abmelden"},
            {
                "type": "URL",
                "text": "Zum Auftrag",
                "url": "https://rad.example/a/{{1}}",
                "example": ["https://rad.example/a/17"],
            },
            {"type": "PHONE_NUMBER", "text": "Anrufen", "phone_number": "+4930555010"},
            {"type": "COPY_CODE", "text": "Code", "example": "HERBST"},
        ],
    },
]
VALUES = {
    "header.1": "A-18",
    "body.1": "Kim",
    "body.2": "75",
    "button.1": "18",
    "button.3": "WINTER",
}
NAMED: list[dict[str, Any]] = [
    {
        "type": "BODY",
        "text": "Hallo {{first_name}}, Termin am {{ day }}.",
        "example": {
            "body_text_named_params": [
                {"param_name": "first_name", "example": "Ida"},
                {"param_name": "day", "example": "Montag"},
            ]
        },
    }
]


def test_it_lists_what_has_to_be_filled_in() -> None:
    shape = read_shape(POSITIONAL)

    assert [(v.key, v.example) for v in shape.variables] == [
        ("header.1", "A-17"),
        ("body.1", "Ida"),
        ("body.2", "89"),
        ("button.1", "17"),
        ("button.3", "HERBST"),
    ]
    assert [str(v.label) for v in shape.variables] == [
        *("Value in the heading", "Value 1", "Value 2", "Zum Auftrag", "Code")
    ]
    assert not shape.named
    assert not shape.unsupported


def test_named_values_carry_their_names() -> None:
    shape = read_shape(NAMED)

    assert shape.named
    assert [(v.key, str(v.label), v.example) for v in shape.variables] == [
        ("body.first_name", "First name", "Ida"),
        ("body.day", "Day", "Montag"),
    ]


def test_the_preview_shows_what_the_person_will_read() -> None:
    preview = render(read_shape(POSITIONAL), VALUES)

    assert preview.header == "Auftrag A-18"
    assert preview.body == "Hallo Kim, Ihr Rad kostet 75 Euro. Bis bald, Kim!"
    assert preview.buttons == ("Abmelden", "Zum Auftrag", "Anrufen", "Code")
    assert preview.text == f"{preview.header}\n\n{preview.body}\n\nIhr Radhaus"


def test_what_is_missing_keeps_its_braces() -> None:
    body = render(read_shape(NAMED), {"body.first_name": "Kim"}).body

    assert body == "Hallo Kim, Termin am {{ day }}."


def test_braces_inside_a_value_stay_what_they_are() -> None:
    body = render(read_shape(POSITIONAL), {"body.1": "{{2}}", "body.2": "75"}).body

    assert body.startswith("Hallo {{2}}, Ihr Rad kostet 75 Euro.")


def test_the_values_go_out_in_order_and_in_place() -> None:
    assert components_for_sending(read_shape(POSITIONAL), VALUES) == (
        {"type": "header", "parameters": [{"type": "text", "text": "A-18"}]},
        {
            "type": "body",
            "parameters": [{"type": "text", "text": "Kim"}, {"type": "text", "text": "75"}],
        },
        {
            "type": "button",
            "sub_type": "url",
            "index": "1",
            "parameters": [{"type": "text", "text": "18"}],
        },
        {
            "type": "button",
            "sub_type": "copy_code",
            "index": "3",
            "parameters": [{"type": "coupon_code", "coupon_code": "WINTER"}],
        },
    )


def test_numbers_count_and_not_the_order_in_the_text() -> None:
    body = {"type": "BODY", "text": "{{2}} vor {{1}}, {{10}} und {{3}}"}
    values = {f"body.{n}": f"v{n}" for n in (1, 2, 3, 10)}

    (component,) = components_for_sending(read_shape([body]), values)

    assert [p["text"] for p in component["parameters"]] == ["v1", "v2", "v3", "v10"]


def test_named_values_go_out_with_their_names() -> None:
    values = {"body.first_name": "Kim", "body.day": "Freitag"}

    (component,) = components_for_sending(read_shape(NAMED), values)

    assert component["parameters"] == [
        {"type": "text", "parameter_name": "first_name", "text": "Kim"},
        {"type": "text", "parameter_name": "day", "text": "Freitag"},
    ]


def test_a_template_without_variables_needs_no_components() -> None:
    shape = read_shape([{"type": "BODY", "text": "Wir haben geöffnet."}])

    assert components_for_sending(shape, {}) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body.1": ""}, "Fill this in."),
        ({"body.1": "   "}, "Fill this in."),
        ({"body.1": "x" * 1025}, "At most 1024 characters."),
        ({"body.1": "a\nb"}, "No line breaks"),
        ({"body.1": "a\tb"}, "No line breaks"),
        ({"body.1": "a     b"}, "No line breaks"),
        ({"button.1": "18 b"}, "No spaces"),
        ({"button.3": "X" * 16}, "At most 15 characters."),
        ({"header.1": "x" * 61}, "At most 60 characters."),
    ],
)
def test_it_says_what_is_wrong_with_which_value(change: dict[str, str], sentence: str) -> None:
    (key,) = change

    found = problems(read_shape(POSITIONAL), {**VALUES, **change})

    assert list(found) == [key]
    assert str(found[key]).startswith(sentence)


@pytest.mark.parametrize(("key", "length"), [("header.1", 55), ("body.2", 1000)])
def test_values_may_be_too_long_together(key: str, length: int) -> None:
    found = problems(read_shape(POSITIONAL), {**VALUES, key: "x" * length})

    (sentence,) = found.values()
    assert str(sentence).startswith("Together with the values")


def test_nothing_is_sent_half_filled() -> None:
    with pytest.raises(NotSendable):
        components_for_sending(read_shape(POSITIONAL), {})


def _with_header(kind: str) -> list[dict[str, Any]]:
    return [{"type": "HEADER", "format": kind}, {"type": "BODY", "text": "Da."}]


@pytest.mark.parametrize(
    ("kind", "file", "parameter"),
    [
        ("IMAGE", outgoing.Image(media_id="7"), {"type": "image", "image": {"id": "7"}}),
        ("VIDEO", outgoing.Video(media_id="7"), {"type": "video", "video": {"id": "7"}}),
        ("GIF", outgoing.Video(media_id="7"), {"type": "gif", "gif": {"id": "7"}}),
        (
            "DOCUMENT",
            outgoing.Document(media_id="7", filename="a.pdf", caption="no"),
            {"type": "document", "document": {"id": "7", "filename": "a.pdf"}},
        ),
    ],
)
def test_a_file_in_the_heading_goes_along(
    kind: str, file: outgoing.Image | outgoing.Video | outgoing.Document, parameter: object
) -> None:
    shape = read_shape(_with_header(kind))

    assert shape.needs_file
    (component,) = components_for_sending(shape, {}, file=file)
    assert component == {"type": "header", "parameters": [parameter]}


@pytest.mark.parametrize("file", [None, outgoing.Video(media_id="7")])
def test_a_heading_without_its_file_is_not_sent(file: outgoing.Video | None) -> None:
    with pytest.raises(NotSendable) as caught:
        components_for_sending(read_shape(_with_header("IMAGE")), {}, file=file)

    assert caught.value.field == "media"


def test_a_place_in_the_heading_is_filled_in() -> None:
    shape = read_shape(_with_header("LOCATION"))
    place = {"latitude": "48.2", "longitude": "16.3", "name": "Rad", "address": "Wien"}
    values = {f"header.{key}": value for key, value in place.items()}

    (component,) = components_for_sending(shape, values)

    assert component["parameters"] == [{"type": "location", "location": place}]
    assert "header.latitude" in problems(shape, {**values, "header.latitude": "north"})


@pytest.mark.parametrize(
    "component",
    [
        {"type": "CAROUSEL", "cards": []},
        {"type": "LIMITED_TIME_OFFER"},
        {"type": "BUTTONS", "buttons": [{"type": "FLOW", "text": "Start"}]},
    ],
)
def test_what_we_cannot_fill_in_is_said_beforehand(component: dict[str, Any]) -> None:
    shape = read_shape([{"type": "BODY", "text": "Da."}, component])

    assert shape.unsupported in {"CAROUSEL", "LIMITED_TIME_OFFER", "FLOW"}
    with pytest.raises(NotSendable):
        components_for_sending(shape, {})


def test_a_one_time_code_goes_into_its_button() -> None:
    button = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Kopieren"}
    shape = read_shape([{"type": "BUTTONS", "buttons": [button]}])

    (component,) = components_for_sending(shape, {"button.0": "123456"})

    assert component["sub_type"] == "url"


@pytest.mark.parametrize(
    "components",
    [
        [],
        [None, 7, "x", [], {}],
        [{"type": "BODY"}, {"type": "BUTTONS", "buttons": "x"}],
        [{"type": "BODY", "text": "{{1}}", "example": {"body_text": [[]]}}],
        [{"type": "BODY", "text": "{{1}}", "example": {"body_text": "x"}}],
        [{"type": "HEADER", "format": 7, "text": ["{{1}}"]}],
        [{"type": ["BODY"], "text": "{{1}}"}],
        [{"type": "BODY", "text": "{{99999999999}}", "example": []}],
    ],
)
def test_components_of_any_shape_can_be_read(components: list[object]) -> None:
    shape = read_shape(components)

    assert render(shape, {}) is not None
    assert all(isinstance(v.example, str) for v in shape.variables)
