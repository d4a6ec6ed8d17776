"""A conversation: its pane, pages of its messages, and what became of it meanwhile."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inbox import bubbles, folders, stencils, thread_paging
from inbox.hidden_labels import is_hidden
from inbox.http import AgentRequest
from inbox.models import Conversation, Message
from inbox.saved_views import folder_for
from inbox.shown_conversations import shown_conversation
from inbox.thread_paging import Page
from inbox.views import conversations
from inbox.views.conversation_pane import composer_of, frame_of, pane_of


@login_required
@require_safe
def conversation(request: AgentRequest, code: UUID) -> HttpResponse:
    try:
        found = shown_conversation(request.user, code)
    except Http404:
        return _to_where_it_went(request, code)
    pane = pane_of(request, found)
    if request.htmx and not request.htmx.history_restore_request:
        # The address follows, also when what was pressed is not on the page any more.
        headers = {"HX-Push-Url": request.get_full_path()}
        return HttpResponse(conversations.opened(found, pane), headers=headers)
    slug = request.GET.get("in", folders.DEFAULT)
    folder = folder_for(request.user, slug) or folders.FOLDERS[folders.DEFAULT]
    return conversations.page(request, folder, found, pane=pane)


def _to_where_it_went(request: AgentRequest, code: UUID) -> HttpResponse:
    """Two people turned out to be one: what was said here stands in another conversation."""
    visible = Conversation.objects.visible_to(request.user)
    found = get_object_or_404(visible, former_codes__code=code)
    # drafts.js takes along what was being written.
    query = urlencode({"in": request.GET.get("in", folders.DEFAULT), "was": code})
    return redirect(f"{found.get_absolute_url()}?{query}")


@login_required
@require_safe
def messages(request: AgentRequest, code: UUID) -> HttpResponse:
    """``?before=key``, ``?after=key``, or what changed: ``?since=moment&from=key``."""
    found = shown_conversation(request.user, code)
    now = timezone.now()
    try:
        page = _page(request, found)
    except (ValueError, OverflowError):
        return HttpResponseBadRequest()
    response = HttpResponse(bubbles.draw(page.entries, bubbles.Reader(request.user, found)))
    response.headers["X-Now"] = now.isoformat()
    response.headers["X-Older"] = "yes" if page.has_older else "no"
    response.headers["X-Newer"] = "yes" if page.has_newer else "no"
    return response


def _page(request: AgentRequest, found: Conversation) -> Page:
    asked = request.GET
    if "before" in asked:
        return thread_paging.before(found, thread_paging.read_key(asked["before"]))
    if "after" in asked:
        return thread_paging.after(found, thread_paging.read_key(asked["after"]))
    since = thread_paging.told_moment(asked.get("since", ""))
    if not asked.get("from"):
        return thread_paging.newest(found)
    start = thread_paging.read_key(asked["from"])
    return Page(thread_paging.changed(found, since=since, start=start))


@login_required
@require_safe
def composer(request: AgentRequest, code: UUID) -> HttpResponse:
    """Header and composer as they are now: window, refusal, assignee, state."""
    found = shown_conversation(request.user, code)
    composer = composer_of(found, now=timezone.now())
    context = {"pane": frame_of(request, found) | {"composer": composer}}
    return HttpResponse(stencils.draw("inbox/_conversation_state.html", context))


@login_required
@require_safe
def details(request: AgentRequest, code: UUID) -> HttpResponse:
    """When a message was sent and read, and what it said before."""
    message = access_message(request, code)
    context = {
        "message": message,
        "moments": _moments(message),
        "versions": _versions(request, message),
        "raw": _raw(message) if request.user.is_admin else "",
    }
    return render(request, "inbox/_message_details.html", context)


def access_message(request: AgentRequest, code: UUID) -> Message:
    """The message, or 404 when it is not in a conversation this agent may know of."""
    visible = Conversation.objects.visible_to(request.user)
    found = Message.objects.filter(conversation__in=visible)
    related = ("conversation__contact", "conversation__channel", "conversation__assignee")
    message = get_object_or_404(found.select_related(*related, "author"), code=code)
    if is_hidden(message, request.user):
        raise Http404
    return message


def _moments(message: Message) -> list[tuple[str, Any]]:
    moments = [
        (_("Written"), message.at),
        (_("Sent"), message.sent_at),
        (_("Delivered"), message.delivered_at),
        (_("Read"), message.read_at),
        (_("Played"), message.played_at),
        (_("Not sent"), message.failed_at),
        (_("Edited"), message.edited_at),
        (_("Deleted"), message.revoked_at),
    ]
    return [(label, moment) for label, moment in moments if moment]


def _versions(request: AgentRequest, message: Message) -> list[Any]:
    """Earlier words; those of a deleted message are for team leads only."""
    if message.revoked_at and not request.user.is_lead:
        return []
    versions: list[Any] = list(message.versions.order_by("replaced_at", "pk"))
    if message.revoked_at and message.body:
        versions.append({"body": message.body, "replaced_at": message.revoked_at})
    return versions


def _raw(message: Message) -> str:
    told = {
        "kind": message.kind,
        "content": message.content,
        "failure": message.failure_class,
        "code": message.failure_code,
        "detail": message.failure_detail,
    }
    return json.dumps(told, indent=2, ensure_ascii=False, default=str)[:20_000]
