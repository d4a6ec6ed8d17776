"""Quick replies as rows of a table, and rows as what the forms take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inbox.actions.quick_replies import Content, content_of
from inbox.forms.quick_reply_choices import Choices
from inbox.models import QuickReply
from inbox.quick_reply_scopes import ALL, TEAM, scope_of
from inbox.quick_reply_table import Row

SEPARATOR = "|"  # between the names of labels
YES = frozenset({"yes", "ja", "true", "1", "x"})
NO = frozenset({"", "no", "nein", "false", "0"})


def rows_of(reply: QuickReply, choices: Choices) -> Iterator[dict[str, str]]:
    """A row for each text; the first one says the rest."""
    content = content_of(reply)
    head = _head(content, choices)
    key = {"shortcut": content.shortcut, "scope": _scope_name(reply)}
    for words in content.texts:
        buttons = {f"button_{number}": title for number, title in enumerate(words.buttons, 1)}
        spoken = {"language": words.language, "form": words.form, "text": words.body}
        yield key | head | spoken | buttons
        head = {"name": content.name}


def data_of(row: Row, choices: Choices) -> dict[str, Any]:
    """What QuickReplyForm takes. What is not known goes as it is written, and is refused."""
    labels = [name.strip() for name in row["labels"].split(SEPARATOR) if name.strip()]
    return {
        "shortcut": row["shortcut"],
        "name": row["name"],
        "folder": row["folder"],
        "scope": scope_key(row["scope"], choices),
        "content_class": row["class"].lower() or "service",
        "labels": [_code(choices.labels, name) for name in labels],
        "close": row["close"].lower() in YES,
        "snooze_hours": row["snooze_hours"],
        "assign_agent": _code(choices.mails, row["assign_agent"].lower()),
        "assign_team": _code(choices.teams, row["assign_team"]),
    }


def scope_key(written: str, choices: Choices) -> str:
    """ "all", "me" or "team:" with the team's name; nothing is all."""
    if not written:
        return ALL
    if not written.lower().startswith(TEAM):
        return written.lower()
    name = written[len(TEAM) :].strip()
    return f"{TEAM}{_code(choices.teams, name)}"


def _head(content: Content, choices: Choices) -> dict[str, str]:
    acts = content.acts
    labels = [_named(choices.labels, code) for code in acts["labels"] if code in choices.labels]
    return {
        "name": content.name,
        "folder": content.folder,
        "class": content.content_class,
        "labels": SEPARATOR.join(labels),
        "close": "yes" if acts["close"] else "",
        "snooze_hours": str(acts["snooze_hours"] or ""),
        "assign_agent": choices.mails.get(acts["assign_agent"] or "", ""),
        "assign_team": choices.teams.get(acts["assign_team"] or "", ""),
    }


def _scope_name(reply: QuickReply) -> str:
    return f"{TEAM}{reply.team.name}" if reply.team else scope_of(reply).key


def _named(names: Mapping[str, str], code: str) -> str:
    """Its code where the name would be read as two."""
    return code if SEPARATOR in names[code] else names[code]


def _code(names: Mapping[str, str], name: str) -> str:
    return next((code for code, known in names.items() if known == name), name)
