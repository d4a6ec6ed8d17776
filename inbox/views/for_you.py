"""The page "For you": mentions and reminders, new ones, earlier ones, and planned reminders."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inbox import for_you, rule_words
from inbox.actions import mentions, reminders
from inbox.actions.conversations import NotPossible
from inbox.addresses import address
from inbox.bubbles.quotes import LONGEST
from inbox.for_you import Call
from inbox.forms.reminders import AgainForm
from inbox.http import AgentRequest
from inbox.models import Mention
from inbox.permissions import access_conversation
from inbox.templatetags.moments import in_full
from inbox.views.listings import place_of
from inbox.visibility import hidden_channels

TABS = ("new", "planned", "earlier")


@login_required
@never_cache
@require_safe
def page(request: AgentRequest) -> HttpResponse:
    """``?show=``: a tab. A part of the list when its script asks for it."""
    shown = request.GET.get("show", "new")
    if shown not in TABS:
        raise Http404
    context: dict[str, Any] = {"shown": shown}
    hidden = hidden_channels(request.user)
    if shown == "planned":
        context["planned"] = for_you.planned_for(request.user, hidden)
    else:
        found = for_you.page(request.user, hidden, new=shown == "new", after=place_of(request))
        context |= {"calls": [_line(call) for call in found.calls], "next": found.next_key}
    part = "for_you/_list.html" if request.htmx else "for_you/for_you.html"
    return render(request, part, context)


@login_required
@never_cache
@require_safe
def count(request: AgentRequest) -> HttpResponse:
    """How many are new, and in which conversations: what the rail and an opened thread ask."""
    codes = for_you.new_in(request.user, hidden_channels(request.user))
    most = len(codes) == for_you.MOST
    text = f"{for_you.MOST - 1}+" if most else str(len(codes) or "")
    return JsonResponse({"count": text, "conversations": sorted(set(codes))})


@login_required
@require_POST
def opened(request: AgentRequest, code: UUID) -> HttpResponse:
    """The conversation is on screen: what called them there is read."""
    mentions.mark_read(access_conversation(request.user, code), by=request.user)
    return HttpResponse(status=204)


Settle = Callable[[AgentRequest, Mention], str]


def _settle(act: Settle) -> Callable[..., HttpResponse]:
    """A POST on one of one's own calls; answers with its line as it is then."""

    @login_required
    @require_POST
    @wraps(act)
    def view(request: AgentRequest, code: UUID) -> HttpResponse:
        related = ("reminder", "message__conversation__channel")
        mine = Mention.objects.filter(agent=request.user).select_related(*related)
        if for_you.one(request.user, hidden_channels(request.user), code) is None:
            raise Http404
        mention = get_object_or_404(mine, code=code)
        try:
            said = act(request, mention)
        except NotPossible as exc:
            return JsonResponse({"text": str(exc), "tone": "danger"}, status=409)
        if not request.htmx:
            return redirect("inbox:for_you")
        call = for_you.one(request.user, hidden_channels(request.user), code)
        context = {"call": _line(call) if call else None, "said": said}
        return render(request, "for_you/_call.html", context)

    return view


@_settle
def done(request: AgentRequest, mention: Mention) -> str:
    mentions.settle(mention, is_read=True)
    return _("Done.")


@_settle
def undone(request: AgentRequest, mention: Mention) -> str:
    mentions.settle(mention, is_read=False)
    return ""


@_settle
def again(request: AgentRequest, mention: Mention) -> str:
    form = AgainForm(request.POST)
    if not form.is_valid():
        raise NotPossible(_("Choose a day and a time."))
    at = form.moment
    reminders.again(mention, at=at, by=request.user)
    return _("You are reminded: %(moment)s.") % {"moment": in_full(at)}


def _line(call: Call) -> dict[str, Any]:
    """What the template shows of it."""
    conversation = call.message__conversation__code
    return {
        "code": call.code,
        "at": call.at,
        "is_new": call.read_at is None,
        "is_reminder": call.reminder__code is not None,
        "title": _title(call),
        "name": call.message__conversation__contact__display_name,
        "words": _words(call),
        "url": f"{address('conversation', conversation)}?at={call.message}",
    }


def _title(call: Call) -> str:
    if call.reminder__code:
        return _("Reminder")
    who = call.message__author__name or rule_words.name_in(call.message__content) or "–"
    if call.team__name:
        return _("%(who)s mentioned your team %(team)s") % {"who": who, "team": call.team__name}
    return _("%(who)s mentioned you") % {"who": who}


def _words(call: Call) -> str:
    if call.reminder__code:
        return call.reminder__text or ""
    if call.message__revoked_at:
        return _("This note was deleted.")
    return call.message__body[:LONGEST]
