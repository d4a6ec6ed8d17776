"""Between the form of a rule and what is stored: each field makes rows, and rows fill it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from inbox.automation.acts import Act, Do, Who
from inbox.automation.conditions import Condition, Test
from inbox.automation.reading import Json, Refused
from inbox.automation.triggers import TIMED, Trigger
from inbox.models import Rule

HOUR = 60  # minutes
Row = tuple[str, Json]  # the field where it was filled in, and what is stored


def when(cleaned: dict[str, Any]) -> Json:
    wanted: Json = {"trigger": cleaned["trigger"]}
    if cleaned["trigger"] in TIMED and cleaned["minutes"]:
        wanted["minutes"] = cleaned["minutes"]
    if cleaned["trigger"] == Trigger.LABELLED:
        wanted["label"] = cleaned["added"]
    return wanted


def conditions(cleaned: dict[str, Any]) -> Iterator[Row]:
    for field, test, negated in _LISTS:
        given = cleaned[field]
        if words := _split(given) if isinstance(given, str) else given:
            row: Json = {"test": test.value, "words": words}
            yield field, row | ({"not": True} if negated else {})
    if hours := cleaned["hours"]:
        yield "hours", {"test": Test.HOURS.value, "not": hours == "closed"}
    if cleaned["field"] or _split(cleaned["values"]):
        key, words = cleaned["field"], _split(cleaned["values"])
        yield "values", {"test": Test.FIELD.value, "key": key, "words": words}
    if first := cleaned["first"]:
        yield "first", {"test": Test.FIRST.value, "not": first == "no"}
    if cleaned["window"]:
        yield "window", {"test": Test.WINDOW.value, "minutes": cleaned["window"]}


_LISTS = (
    ("words", Test.WORDS, False),
    ("no_words", Test.WORDS, True),
    ("labels", Test.LABEL, False),
    ("no_labels", Test.LABEL, True),
    ("languages", Test.LANGUAGE, False),
    ("numbers", Test.NUMBER, False),
)


def acts(cleaned: dict[str, Any]) -> Iterator[Row]:
    for code in cleaned["add_labels"]:
        yield "add_labels", {"do": Do.LABEL.value, "code": code}
    if cleaned["priority"] is not None:
        yield "priority", {"do": Do.PRIORITY.value, "level": cleaned["priority"]}
    if cleaned["note"]:
        yield "note", {"do": Do.NOTE.value, "text": cleaned["note"]}
    for whom in cleaned["notify"]:
        yield "notify", {"do": Do.NOTIFY.value, **_whom(whom)}
    if cleaned["assign"]:
        yield "assign", {"do": Do.ASSIGN.value, **_whom(cleaned["assign"])}
    if cleaned["reply"]:
        yield "reply", {"do": Do.REPLY.value, "code": cleaned["reply"]}
    if hours := cleaned["snooze_hours"]:
        yield "snooze_hours", {"do": Do.SNOOZE.value, "minutes": hours * HOUR}
    if cleaned["close"] == "now":
        yield "close", {"do": Do.CLOSE.value, "minutes": 0}
    elif cleaned["close"] == "later":
        hours = cleaned["close_hours"]  # left empty it is refused there
        row = {"do": Do.CLOSE.value, "minutes": hours * HOUR if hours else None}
        yield "close_hours", row


def field_of(place: str, asked: list[Row], done: list[Row]) -> str | None:
    part, _dot, rest = place.partition(".")
    number = rest.partition(".")[0]
    rows = {"if": asked, "then": done}.get(part, [])
    if part == "when":
        return "minutes" if rest == "minutes" else "trigger"
    return rows[int(number)][0] if number.isdecimal() else None


def _whom(given: str) -> Json:
    who, _colon, code = given.partition(":")
    return {"who": who, "code": code}


def _split(text: str) -> list[str]:
    return [word for each in re.split(r"[,\n]", text) if (word := each.strip())]


def initial(rule: Rule) -> dict[str, Any]:
    """What was filled in. A rule that cannot be read begins empty."""
    found: dict[str, Any] = {"name": rule.name}
    try:
        wanted, asked, done = rule.read_when, rule.read_conditions, rule.read_acts
    except Refused:
        return found
    found |= {"trigger": wanted.trigger.value, "added": wanted.label}
    found["minutes"] = wanted.minutes or None
    for condition in asked:
        found |= _asked(condition)
    for act in done:
        for name, value in _done(act).items():
            several = isinstance(value, list)
            found[name] = [*found.get(name, []), *value] if several else value
    return found


def _asked(condition: Condition) -> dict[str, Any]:
    words = list(condition.words)
    match condition.test:
        case Test.WORDS:
            return {"no_words" if condition.negated else "words": ", ".join(words)}
        case Test.LABEL:
            return {"no_labels" if condition.negated else "labels": words}
        case Test.LANGUAGE:
            return {"languages": words}
        case Test.NUMBER:
            return {"numbers": words}
        case Test.HOURS:
            return {"hours": "closed" if condition.negated else "open"}
        case Test.FIELD:
            return {"field": condition.key, "values": ", ".join(words)}
        case Test.FIRST:
            return {"first": "no" if condition.negated else "yes"}
        case Test.WINDOW:
            return {"window": condition.minutes}


def _done(act: Act) -> dict[str, Any]:
    whom = f"{act.who or Who.AGENT}:{act.code}"
    match act.do:
        case Do.LABEL:
            return {"add_labels": [act.code]}
        case Do.PRIORITY:
            return {"priority": act.level}
        case Do.NOTE:
            return {"note": act.text}
        case Do.NOTIFY:
            return {"notify": [whom]}
        case Do.ASSIGN:
            return {"assign": whom}
        case Do.REPLY:
            return {"reply": act.code}
        case Do.SNOOZE:
            return {"snooze_hours": act.minutes // HOUR}
        case Do.CLOSE if act.minutes:
            return {"close": "later", "close_hours": act.minutes // HOUR}
        case Do.CLOSE:
            return {"close": "now"}
