"""A template with values: what is wrong with them, what it will look like, what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from inbox.whatsapp import outgoing
from inbox.whatsapp.payloads.reading import decimal

from .shape import PLACEHOLDER, ButtonShape, TemplateShape, Variable

BODY_LENGTH = 1024
HEADER_LENGTH = 60

Values = Mapping[str, str]
HeaderFile = outgoing.Image | outgoing.Video | outgoing.Document


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Preview:
    header: str
    body: str
    footer: str
    buttons: tuple[str, ...]

    @property
    def text(self) -> str:
        parts = (self.header, self.body, self.footer)
        return "\n\n".join(part for part in parts if part)


def render(shape: TemplateShape, values: Values) -> Preview:
    """What is not filled in yet keeps its braces."""
    return Preview(
        header=_filled(shape.header, "header", values),
        body=_filled(shape.body, "body", values),
        footer=shape.footer,
        buttons=tuple(button.text for button in shape.buttons),
    )


def _filled(template_text: str, place: str, values: Values) -> str:
    """In one pass: braces inside a value stay what they are."""
    return PLACEHOLDER.sub(
        lambda found: _value(values, f"{place}.{found[1]}") or found[0], template_text
    )


def _value(values: Values, key: str) -> str:
    return values.get(key, "").strip()


def problems(shape: TemplateShape, values: Values) -> dict[str, Promise]:
    """What the author still has to mend, by the key of the variable; 'body' for all of it."""
    found = {variable.key: _problem(variable, values) for variable in shape.variables}
    wrong = {key: sentence for key, sentence in found.items() if sentence}
    if wrong:
        return wrong
    return _too_long(shape, render(shape, values))


def _problem(variable: Variable, values: Values) -> Promise | None:
    value = _value(values, variable.key)
    if not value:
        return _("Fill this in.")
    if len(value) > variable.max_length:
        return format_lazy(_("At most {limit} characters."), limit=variable.max_length)
    if any(mark in value for mark in ("\n", "\r", "\t", "     ")):
        return _("No line breaks, tabs or long gaps: WhatsApp refuses them here.")
    if variable.name in {"latitude", "longitude"} and decimal(value) is None:
        return _("Enter a number.")
    if variable.key.startswith("button.") and any(mark.isspace() for mark in value):
        return _("No spaces: this becomes part of an address or a code.")
    return None


def _too_long(shape: TemplateShape, preview: Preview) -> dict[str, Promise]:
    """Each value may be short enough and the whole still too long."""
    rendered = {
        "header": (preview.header, HEADER_LENGTH),
        "body": (preview.body, BODY_LENGTH),
    }
    sentence = _("Together with the values the text has more than {limit} characters.")
    return {
        key: format_lazy(sentence, limit=limit)
        for key, (whole, limit) in rendered.items()
        if len(whole) > limit
    }


def components_for_sending(
    shape: TemplateShape, values: Values, *, file: HeaderFile | None = None
) -> tuple[dict[str, Any], ...]:
    """Raise NotSendable if a value or the file of the heading is missing or unfit."""
    for sentence in problems(shape, values).values():
        raise outgoing.NotSendable("template", sentence)
    if shape.unsupported:
        sentence = _("This template has parts that cannot be filled in here. Choose another.")
        raise outgoing.NotSendable("template", sentence)
    parts = [_header(shape, values, file), _body(shape, values)]
    parts += [_button(button, values) for button in shape.buttons]
    return tuple(part for part in parts if part)


def _header(
    shape: TemplateShape, values: Values, file: HeaderFile | None
) -> dict[str, Any] | None:
    if shape.needs_file:
        return {"type": "header", "parameters": [_file_parameter(shape, file)]}
    if shape.header_format == "LOCATION":
        place = {v.name: _value(values, v.key) for v in shape.header_variables}
        return {"type": "header", "parameters": [{"type": "location", "location": place}]}
    if not shape.header_variables:
        return None
    return {"type": "header", "parameters": _parameters(shape.header_variables, values)}


def _file_parameter(shape: TemplateShape, file: HeaderFile | None) -> dict[str, Any]:
    wanted = "video" if shape.header_format == "GIF" else shape.header_format.lower()
    if file is None or file.kind != wanted:
        sentence = _("This template needs a file in its heading.")
        raise outgoing.NotSendable("media", sentence)
    body = file.to_body()
    # The parameter type of a GIF is gif, the file itself an MP4.
    kind = shape.header_format.lower()
    details = {key: value for key, value in body[wanted].items() if key != "caption"}
    return {"type": kind, kind: details}


def _body(shape: TemplateShape, values: Values) -> dict[str, Any] | None:
    if not shape.body_variables:
        return None
    return {"type": "body", "parameters": _parameters(shape.body_variables, values)}


def _parameters(variables: tuple[Variable, ...], values: Values) -> list[dict[str, str]]:
    """Positional ones in the order of their numbers, named ones with their names."""
    ordered = sorted(variables, key=lambda v: int(v.name) if v.name.isdigit() else 0)
    return [_parameter(variable, values) for variable in ordered]


def _parameter(variable: Variable, values: Values) -> dict[str, str]:
    named = {} if variable.name.isdigit() else {"parameter_name": variable.name}
    return {"type": "text", **named, "text": _value(values, variable.key)}


def _button(button: ButtonShape, values: Values) -> dict[str, Any] | None:
    if button.variable is None:
        return None
    value = _value(values, button.variable.key)
    if button.type == "COPY_CODE":
        kind, parameter = "copy_code", {"type": "coupon_code", "coupon_code": value}
    else:
        kind, parameter = "url", {"type": "text", "text": value}
    head = {"type": "button", "sub_type": kind, "index": str(button.index)}
    return {**head, "parameters": [parameter]}
