"""What the middle pane of the inbox shows of one conversation."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent import gate
from inbox import bubbles, thread_paging
from inbox.actions import replies
from inbox.forms.replies import ReplyForm
from inbox.http import AgentRequest
from inbox.models import Conversation
from inbox.thread_paging import Page

SHORT_WINDOW = 120  # minutes; less is shown as a warning
WORDS_LONGEST = 200
# What can be sent beside text and files: the form, and how it looks in the menu.
FORM_MENU = (
    ("buttons", "buttons"),
    ("list", "list"),
    ("link", "link"),
    ("location", "location"),
    ("contact-card", "card"),
    ("request", "question"),
)


def pane_of(request: AgentRequest, conversation: Conversation) -> dict[str, Any]:
    """Everything ``inbox/_conversation.html`` needs, under the one name ``pane``."""
    now = timezone.now()
    at = _number(request, "at")
    page = thread_paging.around(conversation, at) if at else thread_paging.newest(conversation)
    reader = bubbles.Reader(request.user, conversation, now=now)
    return {
        "conversation": conversation,
        "reader": request.user,
        "csrf_token": get_token(request),
        "bubbles": bubbles.prepare(page.messages, reader, unread=conversation.unread_count),
        "now": now.isoformat(),
        "at": at,
        "words": request.GET.get("words", "")[:WORDS_LONGEST],
        "is_unread": conversation.unread_count > 0 or conversation.is_marked_unread,
        "action_urls": action_urls(conversation),
        "composer": composer_of(conversation, now=now, seen=_newest_pk(page)),
        **_places(conversation, page),
    }


def composer_of(
    conversation: Conversation,
    *,
    now: datetime,
    seen: int | None = None,
    form: ReplyForm | None = None,
) -> dict[str, Any]:
    verdict = replies.refusal_for(conversation, now=now)
    initial = {"draft_key": uuid4(), "seen": seen}
    code = conversation.code
    return {
        "state": "open" if verdict.allowed else str(verdict.reason),
        "refusal": "" if verdict.allowed else gate.sentence_for(verdict.reason),
        "offers_templates": verdict.reason == gate.Reason.OUT_OF_WINDOW,
        "notices": _notices(conversation),
        "form": form or ReplyForm(initial=initial, conversation=conversation),
        "errors": _errors(form),
        "reply_url": reverse("inbox:reply", args=[code]),
        "file_url": reverse("inbox:file", args=[code]),
        "templates_url": reverse("inbox:templates", args=[code]),
        "typing_url": reverse("inbox:typing", args=[code]),
        "emoji_url": reverse("inbox:emoji"),
        "form_links": _form_links(conversation),
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        **_window(conversation, now),
    }


def action_urls(conversation: Conversation) -> dict[str, Any]:
    names = ("assign", "take", "give_back", "close", "reopen", "snooze", "unread", "priority")
    urls: dict[str, Any] = {
        name: reverse(f"inbox:{name}", args=[conversation.code]) for name in names
    }
    return urls | {"priorities": Conversation.Priority.choices[::-1]}


def _places(conversation: Conversation, page: Page) -> dict[str, Any]:
    """Where the shown part begins, and where the rest is."""
    start = thread_paging.key_of(page.messages[0]) if page.messages else ""
    url = conversation.get_absolute_url()
    return {
        "start": str(start),
        "has_older": page.has_older,
        "has_newer": page.has_newer,
        "older_url": f"{url}?{urlencode({'at': page.messages[0].pk})}" if page.messages else "",
        "messages_url": reverse("inbox:messages", args=[conversation.code]),
        "composer_url": reverse("inbox:composer", args=[conversation.code]),
        "read_url": reverse("inbox:read", args=[conversation.code]),
    }


def _window(conversation: Conversation, now: datetime) -> dict[str, Any]:
    if not conversation.window_is_open(now) or conversation.window_expires_at is None:
        return {"expires": ""}
    minutes = math.floor((conversation.window_expires_at - now).total_seconds() / 60)
    return {
        "expires": conversation.window_expires_at.isoformat(timespec="seconds"),
        "minutes_left": minutes,
        "window_is_short": minutes < SHORT_WINDOW,
        "window_text": _time_left(minutes),
    }


def _time_left(minutes: int) -> str:
    if minutes >= 60:
        return _("Answer window: %(hours)d h %(minutes)d min left") % {
            "hours": minutes // 60,
            "minutes": minutes % 60,
        }
    return ngettext(
        "Answer window: %(minutes)d min left", "Answer window: %(minutes)d min left", minutes
    ) % {"minutes": minutes}


def _notices(conversation: Conversation) -> list[dict[str, str]]:
    channel, sentences = conversation.channel, []
    if channel.is_circuit_open:
        sentences.append(
            _("WhatsApp takes no messages from this number now. What you send waits.")
        )
    if conversation.owned_elsewhere:
        sentences.append(
            _("Another app answers this person at the moment. Writing here takes over.")
        )
    if conversation.contact.blocked_at:
        sentences.append(_("You have blocked this person."))
    return [{"tone": "warn", "text": sentence} for sentence in sentences]


def _form_links(conversation: Conversation) -> list[dict[str, str]]:
    labels = {
        "buttons": _("Question with buttons"),
        "list": _("List to choose from"),
        "link": _("Link button"),
        "location": _("Location"),
        "contact-card": _("Contact card"),
        "request": _("Ask for location or number"),
    }
    return [
        {
            "url": reverse("inbox:compose", args=[conversation.code, what]),
            "icon": icon,
            "label": labels[what],
        }
        for what, icon in FORM_MENU
    ]


def _errors(form: ReplyForm | None) -> list[str]:
    if form is None:
        return []
    return [str(error) for errors in form.errors.values() for error in errors]


def _newest_pk(page: Page) -> int | None:
    return max((message.pk for message in page.messages), default=None)


def _number(request: HttpRequest, name: str) -> int | None:
    digits = request.GET.get(name, "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
