"""Meta's side of a new template: the checks when it is handed in, and the verdict later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.errors import GraphError
from simulator.shapes import Json, json_object
from simulator.templates import Template, placeholders
from simulator.world import World

CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
MOST_TEMPLATES = 250
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_EDGE_VARIABLE = re.compile(r"^\s*\{\{[^{}]+\}\}|\{\{[^{}]+\}\}\s*$")
_MOST_BUTTONS = {"QUICK_REPLY": 10, "URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1}


def check_new(known: Sequence[Template], account_id: str, body: Json) -> Template:
    """A template in review, or GraphError."""
    name, language = str(body.get("name", "")), str(body.get("language", ""))
    category = str(body.get("category", "")).upper()
    if not _NAME.fullmatch(name) or not language:
        raise GraphError(100, "name: lower-case letters, digits and _ only; language is needed")
    if category not in CATEGORIES:
        raise GraphError(100, f"Param category must be one of {{{', '.join(CATEGORIES)}}}")
    if any((t.name, t.language) == (name, language) for t in known):
        raise GraphError(100, "Content in this language already exists", subcode=2388024)
    if len(known) >= MOST_TEMPLATES:
        raise GraphError(100, "Message template limit exceeded", subcode=2388019)
    components = [json_object(c) for c in body.get("components") or []]
    for component in components:
        component["type"] = str(component.get("type", "")).upper()
    template = Template(
        id="",
        account_id=account_id,
        name=name,
        language=language,
        category=category,
        status="PENDING",
        parameter_format=str(body.get("parameter_format") or "POSITIONAL").upper(),
        components=components,
    )
    _check_body(template)
    _check_rest(template)
    _check_buttons(template.buttons)
    return template


def _check_body(template: Template) -> None:
    part = template.part("BODY")
    text = str(part.get("text", ""))
    if not 1 <= len(text) <= 1024:
        raise GraphError(100, "BODY: the text must have 1 to 1024 characters")
    names = placeholders(text)
    if _EDGE_VARIABLE.search(text):
        raise GraphError(100, "Variables can't be at the start or end", subcode=2388299)
    if len(names) * 3 > len(text.split()):
        raise GraphError(100, "Too many variables for the length", subcode=2388293)
    if template.parameter_format == "NAMED":
        if any(name.isdigit() for name in names):
            raise GraphError(100, "BODY: named parameters are needed", subcode=2388043)
    elif names != [str(n + 1) for n in range(len(names))]:
        raise GraphError(100, "BODY: number the parameters from {{1}}", subcode=2388043)
    if names and not part.get("example"):
        raise GraphError(100, "BODY: an example for the parameters is missing", subcode=2388043)


def _check_rest(template: Template) -> None:
    header = template.part("HEADER")
    if len(str(header.get("text", ""))) > 60:
        raise GraphError(100, "HEADER: at most 60 characters")
    if len(placeholders(str(header.get("text", "")))) > 1:
        raise GraphError(100, "HEADER: at most one parameter", subcode=2388043)
    if header.get("format") in ("IMAGE", "VIDEO", "DOCUMENT") and not header.get("example"):
        raise GraphError(100, "HEADER: an example file is missing", subcode=2388273)
    if len(str(template.part("FOOTER").get("text", ""))) > 60:
        raise GraphError(100, "FOOTER: at most 60 characters")


def _check_buttons(buttons: list[Json]) -> None:
    kinds = [str(button.get("type")) for button in buttons]
    if len(buttons) > 10 or any(kinds.count(k) > most for k, most in _MOST_BUTTONS.items()):
        raise GraphError(100, "BUTTONS: too many")
    for button in buttons:
        if (
            button.get("type") != "COPY_CODE"
            and not 1 <= len(str(button.get("text", ""))) <= 25
        ):
            raise GraphError(100, "BUTTONS: the text must have 1 to 25 characters")
    quick = [index for index, kind in enumerate(kinds) if kind == "QUICK_REPLY"]
    if quick and quick[-1] - quick[0] != len(quick) - 1:
        raise GraphError(100, "BUTTONS: quick replies must stand together")


def decide(world: World, template: Template, verdict: str, *, reason: str = "NONE") -> None:
    """APPROVED, REJECTED, PAUSED, DISABLED …: change the template and tell the desk."""
    template.status = verdict
    if verdict == "REJECTED":
        template.rejected_reason = reason if reason != "NONE" else "INVALID_FORMAT"
    news: Json = {
        "event": verdict,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        # Webhooks write en-US what the API calls en_US.
        "message_template_language": template.language.replace("_", "-"),
        "message_template_category": template.category,
        "reason": template.rejected_reason if verdict == "REJECTED" else "NONE",
    }
    if verdict == "PAUSED":
        news["other_info"] = {"title": "FIRST_PAUSE", "description": "Paused for 3 hours."}
    world.tell_account(template.account_id, "message_template_status_update", **news)


def recategorise(world: World, template: Template, category: str) -> None:
    template.previous_category, template.category = template.category, category
    world.tell_account(
        template.account_id,
        "template_category_update",
        message_template_id=int(template.id),
        message_template_name=template.name,
        message_template_language=template.language.replace("_", "-"),
        previous_category=template.previous_category,
        new_category=category,
    )
