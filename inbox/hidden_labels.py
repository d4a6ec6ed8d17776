"""Lines of a timeline about labels that a reader may not know of.

A line is hidden for good when its label was sensitive then, and also when it became so later,
even if the label is gone by now.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from inbox.models import Agent, Label, LabelEvent, Message
from inbox.thread_paging import Entry

WORDS = {"labelled", "unlabelled", "contact_labelled", "contact_unlabelled"}
_SIGN = "labelled"  # in the content of all of them


class Hidden(NamedTuple):
    codes: frozenset[str]
    names: frozenset[str]  # for lines that were written without a code


def readable(entries: Sequence[Entry], reader: Agent) -> Sequence[Entry]:
    """Without the lines this reader may not know of; asks only where there could be some."""
    doubtful = [entry for entry in entries if _may_tell(entry)]
    if reader.data_protection or not doubtful:
        return entries
    hidden = _hidden()
    gone = {entry.pk for entry in doubtful if _tells(json.loads(entry.content), hidden)}
    return [entry for entry in entries if entry.pk not in gone]


def is_hidden(message: Message, reader: Agent) -> bool:
    if message.kind != Message.Kind.EVENT or reader.data_protection:
        return False
    content = message.content
    if not isinstance(content, dict) or content.get("event") not in WORDS:
        return False
    return _tells(content, _hidden())


def _may_tell(entry: Entry) -> bool:
    return entry.kind == Message.Kind.EVENT and _SIGN in entry.content


def _tells(content: Any, hidden: Hidden) -> bool:
    if not isinstance(content, dict) or content.get("event") not in WORDS:
        return False
    if content.get("sensitive"):
        return True
    if code := content.get("label_code"):
        return code in hidden.codes
    return content.get("label") in hidden.names


def _hidden() -> Hidden:
    now = Label.objects.filter(is_sensitive=True).order_by().values_list("code", "name")
    once = LabelEvent.objects.filter(was_sensitive=True).values_list("label_code", "name")
    found = list(now.union(once))
    return Hidden(
        frozenset(str(code) for code, _ in found), frozenset(name for _, name in found)
    )
