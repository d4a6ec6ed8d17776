"""Following a conversation: the part of the person panel that says who does."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from inbox import stencils
from inbox.actions import followers
from inbox.addresses import address
from inbox.http import AgentRequest
from inbox.models import Agent, Conversation, Follower
from inbox.permissions import access_conversation


@login_required
@require_POST
def follow(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    followers.follow(found, by=request.user)
    return _answer(request, found)


@login_required
@require_POST
def unfollow(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    followers.unfollow(found, by=request.user)
    return _answer(request, found)


def _answer(request: AgentRequest, found: Conversation) -> HttpResponse:
    if request.htmx:
        return HttpResponse(part_of(found, request.user, get_token(request)))
    return redirect(found)


def part_of(conversation: Conversation, reader: Agent, token: str) -> SafeString:
    """Asks who follows only where anybody does."""
    names: list[str] = []
    is_mine = False
    if conversation.is_followed:
        rows = Follower.objects.filter(conversation=conversation, agent__is_active=True)
        for pk, name in rows.order_by("agent__name").values_list("agent", "agent__name"):
            is_mine = is_mine or pk == reader.pk
            names.append(name)
    things = {
        "url": address("unfollow" if is_mine else "follow", conversation.code),
        "is_mine": is_mine,
        "names": names,
        "csrf_token": token,
    }
    return stencils.draw("inbox/_person_followers.html", things)
