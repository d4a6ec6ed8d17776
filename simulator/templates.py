"""Message templates: what Meta keeps of one, and filling one in with Meta's complaints."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field

from simulator.errors import GraphError
from simulator.shapes import Json, json_object

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
_BAD_SPACING = re.compile(r"[\n\t]| {5,}")
MAX_FILLED = 1024


@dataclass(slots=True)
class Template:
    id: str
    account_id: str
    name: str
    language: str
    category: str = "UTILITY"
    status: str = "APPROVED"
    parameter_format: str = "POSITIONAL"
    components: list[Json] = field(default_factory=list)
    quality: str = "UNKNOWN"
    rejected_reason: str = "NONE"
    previous_category: str = ""

    def part(self, kind: str) -> Json:
        return next((c for c in self.components if c.get("type") == kind), {})

    @property
    def buttons(self) -> list[Json]:
        return list(self.part("BUTTONS").get("buttons", []))

    def as_json(self) -> Json:
        data = asdict(self)
        del data["account_id"], data["quality"]
        if not data["previous_category"]:
            del data["previous_category"]
        return {**data, "quality_score": {"score": self.quality}}


def placeholders(text: str) -> list[str]:
    """Names or numbers of the variables, each once, in order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(template: Template, sent: Json) -> Json:
    """The message as the customer sees it. Raises GraphError as Meta refuses."""
    given = [json_object(c) for c in sent.get("components") or []]
    of_kind = {str(c.get("type", "")).lower(): c for c in given if c.get("type") != "button"}
    header = _fill_header(template, _parameters(of_kind.get("header", {})))
    body_text = str(template.part("BODY").get("text", ""))
    body = _fill_text(template, "body", body_text, _parameters(of_kind.get("body", {})))
    if len(body) > MAX_FILLED:
        raise GraphError(132005, "body: the filled-in text is too long")
    shown: Json = {"name": template.name, "language": template.language, "body": body}
    if header:
        shown["header"] = header
    if footer := template.part("FOOTER").get("text"):
        shown["footer"] = footer
    if template.buttons:
        shown["buttons"] = _fill_buttons(template, given)
    return shown


def _parameters(component: Json) -> list[Json]:
    return [json_object(p) for p in component.get("parameters") or []]


def _fill_header(template: Template, given: list[Json]) -> Json:
    header = template.part("HEADER")
    if not header:
        if given:
            raise GraphError(132000, _count("header", len(given), 0))
        return {}
    form = str(header.get("format", "TEXT"))
    if form == "TEXT":
        text = _fill_text(template, "header", str(header.get("text", "")), given)
        return {"type": "text", "text": text}
    received = str(given[0].get("type", "UNKNOWN")).upper() if given else "UNKNOWN"
    if received != form:
        raise GraphError(
            132012, f"header: Format mismatch, expected {form}, received {received}"
        )
    return {"type": form.lower(), form.lower(): json_object(given[0].get(form.lower()))}


def _count(where: str, given: int, expected: int) -> str:
    return (
        f"{where}: number of localizable_params ({given}) does not match the expected "
        f"number of params ({expected})"
    )


def _fill_text(template: Template, where: str, text: str, given: list[Json]) -> str:
    names = placeholders(text)
    if len(given) != len(names):
        raise GraphError(132000, _count(where, len(given), len(names)))
    if template.parameter_format == "NAMED":
        values = {str(p.get("parameter_name", "")): _value(where, p) for p in given}
        if missing := [name for name in names if name not in values]:
            raise GraphError(132012, f"{where}: parameter '{missing[0]}' was not given by name")
    else:
        if any("parameter_name" in p for p in given):
            raise GraphError(132012, f"{where}: this template has numbered parameters")
        values = {name: _value(where, p) for name, p in zip(names, given, strict=True)}
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], text)


def _value(where: str, parameter: Json) -> str:
    kind = parameter.get("type")
    if kind == "text":
        text = parameter.get("text")
    elif kind in ("currency", "date_time"):
        text = json_object(parameter.get(kind)).get("fallback_value")
    else:
        raise GraphError(132012, f"{where}: Format mismatch, expected TEXT, received {kind}")
    if not isinstance(text, str) or not text:
        raise GraphError(131008, f"{where}: Parameter of type {kind} is missing its value")
    if where == "body" and _BAD_SPACING.search(text):
        raise GraphError(
            132018,
            "body: Param text cannot have new-line/tab characters or more than 4 "
            "consecutive spaces",
        )
    return text


def _fill_buttons(template: Template, given: list[Json]) -> list[Json]:
    by_index = {str(c.get("index")): c for c in given if c.get("type") == "button"}
    shown = []
    for index, button in enumerate(template.buttons):
        component = by_index.pop(str(index), {})
        shown.append({"index": index, **_fill_button(index, button, component)})
    if by_index:
        raise GraphError(131009, f"buttons: there is no button at index {min(by_index)}")
    return shown


def _fill_button(index: int, button: Json, component: Json) -> Json:
    kind, text = str(button.get("type")), button.get("text", "")
    parameters = _parameters(component)
    wanted = {"QUICK_REPLY": "quick_reply", "URL": "url", "COPY_CODE": "copy_code"}.get(kind)
    if component and component.get("sub_type") != wanted:
        raise GraphError(132012, f"buttons: Button at index {index} is of type {kind.title()}")
    if kind == "QUICK_REPLY":
        payload = parameters[0].get("payload") if parameters else text
        return {"type": "quick_reply", "text": text, "payload": payload}
    if kind == "URL":
        return {"type": "url", "text": text, "url": _fill_url(index, button, parameters)}
    if kind == "COPY_CODE":
        if not parameters:
            raise _needs_parameter(index, kind)
        return {"type": "copy_code", "text": text, "code": parameters[0].get("coupon_code")}
    return {"type": kind.lower(), "text": text, "phone_number": button.get("phone_number", "")}


def _fill_url(index: int, button: Json, parameters: list[Json]) -> str:
    url = str(button.get("url", ""))
    if not placeholders(url):
        if parameters:
            raise GraphError(132000, _count("buttons", len(parameters), 0))
        return url
    if not parameters:
        raise _needs_parameter(index, "Url")
    return _PLACEHOLDER.sub(lambda _: str(parameters[0].get("text", "")), url)


def _needs_parameter(index: int, kind: str) -> GraphError:
    return GraphError(
        131008, f"buttons: Button at index {index} of type {kind} requires a parameter"
    )
