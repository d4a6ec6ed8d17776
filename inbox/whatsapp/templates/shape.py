"""What a template consists of, and what an author has to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from inbox.whatsapp.payloads.reading import elements, obj, text, texts

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
MEDIA_HEADERS = frozenset({"IMAGE", "VIDEO", "DOCUMENT", "GIF"})

_LENGTHS = {"header": 60, "body": 1024, "url": 2000, "code": 15}
_PLACE_PARTS = ("latitude", "longitude", "name", "address")
_KNOWN_COMPONENTS = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS"})
_KNOWN_BUTTONS = frozenset(
    {"QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "REQUEST_CONTACT_INFO"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    key: str
    """'body.1', 'body.first_name', 'header.1', 'button.0', 'header.latitude'."""
    label: str | Promise
    name: str
    """As it stands between the braces."""
    example: str = ""
    max_length: int = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonShape:
    index: int
    type: str
    text: str = ""
    url: str = ""
    variable: Variable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateShape:
    header_format: str = ""
    """'', TEXT, IMAGE, VIDEO, DOCUMENT, GIF or LOCATION."""
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[ButtonShape, ...] = ()
    header_variables: tuple[Variable, ...] = ()
    body_variables: tuple[Variable, ...] = ()
    named: bool = False
    unsupported: str = ""
    """The type of a part we cannot fill in (CAROUSEL, FLOW, …); '' if all is well."""

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Everything to fill in, in reading order."""
        on_buttons = tuple(b.variable for b in self.buttons if b.variable)
        return self.header_variables + self.body_variables + on_buttons

    @property
    def needs_file(self) -> bool:
        return self.header_format in MEDIA_HEADERS


def read_shape(components: Iterable[object]) -> TemplateShape:
    """Total, like the reading of webhooks: components come from Meta's API."""
    by_type = {text(obj(c).get("type")).upper(): obj(c) for c in components}
    header, body = by_type.get("HEADER", {}), by_type.get("BODY", {})
    buttons = tuple(_buttons(by_type.get("BUTTONS", {})))
    body_text = text(body.get("text"))
    body_variables = _body_variables(body, body_text)
    return TemplateShape(
        header_format=text(header.get("format")).upper(),
        header=text(header.get("text")),
        body=body_text,
        footer=text(by_type.get("FOOTER", {}).get("text")),
        buttons=buttons,
        header_variables=_header_variables(header),
        body_variables=body_variables,
        named=any(not variable.name.isdigit() for variable in body_variables),
        unsupported=_unsupported(by_type, buttons),
    )


def _unsupported(by_type: Mapping[str, object], buttons: tuple[ButtonShape, ...]) -> str:
    odd_parts = (kind for kind in by_type if kind not in _KNOWN_COMPONENTS)
    odd_buttons = (b.type for b in buttons if b.type not in _KNOWN_BUTTONS)
    return next(odd_parts, "") or next(odd_buttons, "")


def names_in(template_text: str) -> list[str]:
    """Each placeholder once, in order of appearance."""
    return list(dict.fromkeys(PLACEHOLDER.findall(template_text)))


def _body_variables(body: dict[str, object], body_text: str) -> tuple[Variable, ...]:
    example = obj(body.get("example"))
    # A list of lists: one inner list for each complete example.
    first = next(iter(elements(example.get("body_text"))), None)
    positional = texts(first if isinstance(first, list) else example.get("body_text"))
    named = _named_examples(example.get("body_text_named_params"))
    return _variables("body", names_in(body_text), positional, named)


def _header_variables(header: dict[str, object]) -> tuple[Variable, ...]:
    if text(header.get("format")).upper() == "LOCATION":
        return tuple(_place_variable(part) for part in _PLACE_PARTS)
    example = obj(header.get("example"))
    named = _named_examples(example.get("header_text_named_params"))
    names = names_in(text(header.get("text")))
    return _variables("header", names, texts(example.get("header_text")), named)


def _place_variable(part: str) -> Variable:
    labels = {
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "name": _("Name of the place"),
        "address": _("Address"),
    }
    return Variable(key=f"header.{part}", label=labels[part], name=part)


def _named_examples(params: object) -> dict[str, str]:
    entries = [obj(entry) for entry in elements(params)]
    return {text(entry.get("param_name")): text(entry.get("example")) for entry in entries}


def _variables(
    place: str, names: list[str], positional: tuple[str, ...], named: dict[str, str]
) -> tuple[Variable, ...]:
    def example_of(name: str) -> str:
        number = int(name) - 1 if name.isdigit() and len(name) < 4 else -1
        return named.get(name) or (positional[number] if 0 <= number < len(positional) else "")

    return tuple(
        Variable(
            key=f"{place}.{name}",
            label=_label(place, name),
            name=name,
            example=example_of(name),
            max_length=_LENGTHS[place],
        )
        for name in names
    )


def _label(place: str, name: str) -> str | Promise:
    if name.isdigit() and place == "header":
        return _("Value in the heading")  # there is only one
    if name.isdigit():
        return format_lazy(_("Value {number}"), number=name)
    return name.replace("_", " ").strip().capitalize()


def _buttons(component: dict[str, object]) -> Iterator[ButtonShape]:
    for index, item in enumerate(elements(component.get("buttons"))):
        button = obj(item)
        kind = text(button.get("type")).upper()
        url = text(button.get("url"))
        yield ButtonShape(
            index=index,
            type=kind,
            text=text(button.get("text")),
            url=url,
            variable=_button_variable(index, kind, url, button),
        )


def _button_variable(
    index: int, kind: str, url: str, button: dict[str, object]
) -> Variable | None:
    example = next(iter(texts(button.get("example"))), "")
    key, label = f"button.{index}", text(button.get("text"))
    if kind == "OTP" or (kind == "URL" and PLACEHOLDER.search(url)):
        # The example is a whole address; what is asked for is only its end.
        ending = example.removeprefix(PLACEHOLDER.split(url)[0]) if url else example
        length = _LENGTHS["url"]
        return Variable(key=key, label=label, name="1", example=ending, max_length=length)
    if kind == "COPY_CODE":
        code = label or _("Code")
        length = _LENGTHS["code"]
        return Variable(key=key, label=code, name="1", example=example, max_length=length)
    return None
