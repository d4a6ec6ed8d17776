"""What the middle pane of the inbox shows of one conversation."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consent import gate
from inbox import bubbles, failures, thread_paging
from inbox.actions import replies
from inbox.addresses import address
from inbox.forms.replies import ReplyForm
from inbox.http import AgentRequest
from inbox.models import Agent, Conversation
from inbox.stencils import Word
from inbox.templatetags.moments import moment
from inbox.templatetags.people import avatar
from inbox.thread_paging import Page
from inbox.views.furniture import actions, furniture

SHORT_WINDOW = 120  # minutes; less is shown as a warning


def pane_of(request: AgentRequest, conversation: Conversation) -> dict[str, Any]:
    """Everything ``inbox/_conversation.html`` needs, under the one name ``pane``.

    Texts and words only, so that it can be drawn by its stencil (inbox.stencils).
    """
    now = timezone.now()
    at = _number(request, "at")
    page = thread_paging.around(conversation, at) if at else thread_paging.newest(conversation)
    reader = bubbles.Reader(request.user, conversation)
    return {
        **frame_of(request, conversation),
        "messages": bubbles.draw(page.entries, reader, unread=conversation.unread_count),
        "now": now.isoformat(),
        "at": str(at or ""),
        "is_unread": conversation.unread_count > 0 or conversation.is_marked_unread,
        "composer": composer_of(conversation, now=now, seen=_newest_pk(page)),
        **_places(conversation, page),
    }


def frame_of(request: AgentRequest, conversation: Conversation) -> dict[str, Any]:
    """What header and composer need around what they show."""
    token = get_token(request)
    return {
        "code": str(conversation.code),
        "csrf_token": token,
        "header": _header(conversation, request.user),
        "actions": actions(conversation, request.user, token),
        "furniture": furniture(conversation.code, token),
    }


def _header(conversation: Conversation, reader: Agent) -> dict[str, Any]:
    priority = conversation.priority
    return {
        "name": conversation.contact.display_name,
        "avatar": avatar(conversation.contact),
        "status": Word(conversation.status),
        "owner": _owner(conversation, reader),
        "snoozed_until": moment(conversation.snoozed_until),
        "priority": conversation.get_priority_display() if priority > 0 else "",
        "number": conversation.channel.name,
    }


def _owner(conversation: Conversation, reader: Agent) -> str:
    if conversation.assignee_id == reader.pk:
        return _("Assigned to you")
    if conversation.assignee:
        return _("Assigned to %(name)s") % {"name": conversation.assignee.name}
    if conversation.team:
        return _("For the team %(name)s") % {"name": conversation.team.name}
    return _("Unassigned")


def composer_of(
    conversation: Conversation,
    *,
    now: datetime,
    seen: int | None = None,
    form: ReplyForm | None = None,
) -> dict[str, Any]:
    code = conversation.code
    return {
        **_refusal(conversation, now, has_text=form is not None),
        "notices": _notices(conversation),
        **_typed(form, seen),
        "reply_url": address("reply", code),
        "file_url": address("file", code),
        "templates_url": address("templates", code),
        "typing_url": address("typing", code),
        "emoji_url": _emoji_url(),
        **_window(conversation, now),
    }


def _refusal(conversation: Conversation, now: datetime, *, has_text: bool) -> dict[str, Any]:
    """What was typed is shown again, with the reason at it."""
    if conversation.contact.blocked_at and not has_text:
        sentence = failures.sentence_of(failures.BLOCKED)
        return {"state": failures.BLOCKED, "refusal": sentence, "offers_templates": False}
    verdict = replies.refusal_for(conversation, now=now)
    return {
        "state": "open" if verdict.allowed else str(verdict.reason),
        "refusal": "" if verdict.allowed else str(gate.sentence_for(verdict.reason)),
        "offers_templates": verdict.reason == gate.Reason.OUT_OF_WINDOW,
    }


@cache
def _emoji_url() -> str:
    return reverse("inbox:emoji")


def _places(conversation: Conversation, page: Page) -> dict[str, Any]:
    """Where the shown part begins, and where the rest is."""
    code, first = conversation.code, page.entries[0] if page.entries else None
    older = urlencode({"at": first.pk}) if first else ""
    return {
        "start": str(first.key) if first else "",
        "has_older": page.has_older,
        "has_newer": page.has_newer,
        "url": address("conversation", code),
        "older_url": f"{address('conversation', code)}?{older}",
        "messages_url": address("messages", code),
        "composer_url": address("composer", code),
        "read_url": address("read", code),
    }


def _window(conversation: Conversation, now: datetime) -> dict[str, Any]:
    expires = conversation.window_expires_at
    if expires is None or not conversation.window_is_open(now):
        return {"expires": ""}
    minutes = int((expires - now).total_seconds() // 60)
    return {
        "expires": expires.isoformat(timespec="seconds"),
        "minutes_left": str(minutes),
        "window_is_short": minutes < SHORT_WINDOW,
        "window_text": _time_left(minutes),
    }


def _time_left(minutes: int) -> str:
    if minutes < 60:
        return _("Answer window: %(minutes)d min left") % {"minutes": minutes}
    return _("Answer window: %(hours)d h %(minutes)d min left") % {
        "hours": minutes // 60,
        "minutes": minutes % 60,
    }


def _notices(conversation: Conversation) -> list[str]:
    sentences = []
    if note := conversation.handover_note:
        sentences.append(_("Note for whoever has this now: “%(note)s”") % {"note": note})
    if conversation.channel.is_circuit_open:
        sentences.append(
            _("WhatsApp takes no messages from this number now. What you send waits.")
        )
    if conversation.owned_elsewhere:
        sentences.append(
            _("Another app answers this person at the moment. Writing here takes over.")
        )
    return sentences


def _typed(form: ReplyForm | None, seen: int | None) -> dict[str, Any]:
    """What stands in the form: nothing yet, or what was typed and what is wrong with it."""
    if form is None:
        return {"draft_key": str(uuid4()), "seen": str(seen or ""), "quoted": "", "body": ""}
    names = ("draft_key", "seen", "quoted", "body")
    errors = [str(error) for errors in form.errors.values() for error in errors]
    return {name: form[name].value() or "" for name in names} | {"errors": errors}


def _newest_pk(page: Page) -> int | None:
    return max((entry.pk for entry in page.entries), default=None)


def _number(request: HttpRequest, name: str) -> int | None:
    digits = request.GET.get(name, "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
