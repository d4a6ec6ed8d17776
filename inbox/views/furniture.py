"""Parts of the pane that look the same in every conversation, drawn once per language.

They differ by the conversation's code, the form token and who has it, which are put in their
places: drawing all menus and dialogs anew would take longer than drawing the messages.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from inbox import voice_notes
from inbox.addresses import address
from inbox.models import Agent, Conversation
from inbox.templatetags.people import avatar

# Places, which cannot be part of any text: the code of nobody, and words of letters only.
_CODE = UUID(int=0)
_TOKEN = "csrftokenplace"  # noqa: S105 (a place for one)
_ASSIGNEE = "assigneecodeplace"
_AVATAR = "assigneeavatarplace"

ACTIONS = (
    *("assign", "take", "give_back", "close", "reopen", "snooze", "unread", "priority"),
    "reminders",
)
# What can be sent beside text and files: the form, its icon, its name.
FORMS = (
    ("buttons", "buttons", gettext_lazy("Question with buttons")),
    ("list", "list", gettext_lazy("List to choose from")),
    ("link", "link", gettext_lazy("Link button")),
    ("location", "location", gettext_lazy("Location")),
    ("contact-card", "card", gettext_lazy("Contact card")),
    ("request", "question", gettext_lazy("Ask for location or number")),
)
PARTS = {
    "back": "_parts/_back.html",
    "beside": "inbox/_composer_beside.html",
    "company": "inbox/_thread_company.html",
    "dialogs": "inbox/_conversation_dialogs.html",
    "jump": "inbox/_thread_jump.html",
    "quick": "inbox/_quick.html",
    "modes": "inbox/_composer_modes.html",
    "note": "inbox/_note_form.html",
    "tools": "inbox/_composer_tools.html",
}


class State(NamedTuple):
    """What decides which actions are offered."""

    is_mine: bool
    is_assigned: bool
    status: str
    priority: int


def furniture(code: UUID, token: str) -> dict[str, SafeString]:
    drawn = _drawn(get_language() or "")
    return {name: _placed(html, code, token) for name, html in drawn.items()}


def actions(conversation: Conversation, reader: Agent, token: str) -> SafeString:
    """The buttons and menus of the header, as this conversation's state allows."""
    state = State(
        is_mine=conversation.assignee_id == reader.pk,
        is_assigned=conversation.assignee_id is not None,
        status=conversation.status,
        priority=conversation.priority,
    )
    html = _drawn_actions(get_language() or "", state)
    if assignee := conversation.assignee:
        html = html.replace(_AVATAR, avatar(assignee, size="s"))
    html = html.replace(_ASSIGNEE, str(assignee.code) if assignee else "")
    return _placed(html, conversation.code, token)


def _placed(html: str, code: UUID, token: str) -> SafeString:
    return SafeString(html.replace(str(_CODE), str(code)).replace(_TOKEN, token))


def note_form(code: UUID, token: str, body: str, errors: list[str]) -> SafeString:
    """Where a note is written, with what was typed and what is wrong with it."""
    typed = {"body": body, "errors": errors, "csrf_token": token}
    context = {**typed, **_note_urls(code), "max_bytes": settings.MAX_UPLOAD_BYTES}
    return render_to_string(PARTS["note"], context)


def _note_urls(code: UUID) -> dict[str, str]:
    return {"note_url": address("note", code), "colleagues_url": address("colleagues", code)}


@lru_cache(maxsize=8)
def _drawn(language: str) -> dict[str, str]:
    composing = f"{address('conversation', _CODE)}compose/"
    context = {
        "csrf_token": _TOKEN,
        "forms": [
            {"url": f"{composing}{what}/", "icon": i, "label": n} for what, i, n in FORMS
        ],
        "can_convert": voice_notes.can_convert(),
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        "quick_url": address("quick_list", _CODE),
        "templates_url": address("templates", _CODE),
        "labels_url": address("conversation_labels", _CODE),
        "to": "list",
        **_note_urls(_CODE),
    }
    return {name: render_to_string(path, context) for name, path in PARTS.items()}


@lru_cache(maxsize=256)
def _drawn_actions(language: str, state: State) -> str:
    context = {
        "csrf_token": _TOKEN,
        "state": state,
        "urls": {name: address(name, _CODE) for name in ACTIONS},
        "places": {"assignee": _ASSIGNEE, "avatar": _AVATAR},
        "priorities": Conversation.Priority.choices[::-1],
        "snooze_url": address("snooze", _CODE),
        "labels_url": address("conversation_labels", _CODE),
    }
    return render_to_string("inbox/_conversation_actions.html", context)
