"""How conversations find agents, and who would get the next one."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from inbox.actions import agents
from inbox.actions.routing import assigning, facts, settings
from inbox.forms.routing import LimitForm, RoutingForm
from inbox.forms.settings import RightsForm
from inbox.http import AgentRequest
from inbox.models import Agent, Channel
from inbox.permissions import admin_required, lead_required
from inbox.routing import rules
from inbox.templatetags.assignment_words import reason_words
from inbox.views.settings import people
from inbox.views.settings.forms import show_form
from inbox.views.settings.numbers import access_number


class Row(NamedTuple):
    """Somebody who may see the number."""

    agent: Agent
    load: int
    limit: int
    state: str
    tone: str = ""


@lead_required
@require_http_methods(["GET", "HEAD", "POST"])
def routing(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    """Leads read it; only admins change it."""
    channel = access_number(request, code)
    if request.method == "POST" and not request.user.is_admin:
        raise PermissionDenied(_("Only admins change numbers."))
    form = RoutingForm(request.POST or None, instance=access_number(request, code))
    if form.is_valid():
        settings.change(channel, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_routing", code)
    context = {
        "channel": channel,
        "rows": _rows(channel, now=timezone.now()),
        "queued": assigning.queue_of(channel.pk).count(),
    }
    return show_form(request, "settings/routing.html", form, **context)


@admin_required
@require_POST
def limit(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    agent = people.access_person(code)
    form = LimitForm(request.POST, instance=people.access_person(code))
    if not form.is_valid():
        return people.show_person(request, agent, RightsForm(instance=agent), form)
    chosen = form.cleaned_data["conversation_limit"]
    agents.set_conversation_limit(agent, chosen, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_person", code)


def _rows(channel: Channel, *, now: datetime) -> list[Row]:
    """Who is next first, then who is here, then the others."""
    desk = facts.desk([channel.pk], now=now)
    candidates = {each.agent: each for each in desk.candidates(channel.pk)}
    next_ = rules.choose(rules.Case(), [*candidates.values()], desk.round_of(channel.pk))
    everybody = [*facts.who_sees(channel)]
    loads = facts.loads_of(agent.pk for agent in everybody)
    rows = [
        _row(agent, loads.get(agent.pk, 0), channel, candidates.get(agent.pk), next_)
        for agent in everybody
    ]
    return sorted(rows, key=lambda row: (row.tone != "ok", row.agent.pk not in candidates))


def _row(
    agent: Agent,
    load: int,
    channel: Channel,
    candidate: rules.Candidate | None,
    next_: rules.Choice | None,
) -> Row:
    limit = facts.limit_of(agent, channel)
    if candidate is None:
        absent = agent.presence != Agent.Presence.ONLINE
        state = agent.get_presence_display() if absent else Agent.Presence.OFFLINE.label
        return Row(agent, load, limit, str(state))
    if next_ and next_.agent == agent.pk:
        why = reason_words(next_.reason, load=next_.load)
        return Row(agent, load, limit, _("Gets the next one: %(why)s") % {"why": why}, "ok")
    if not candidate.has_room:
        return Row(agent, load, limit, _("Has no room"), "warn")
    return Row(agent, load, limit, _("Has room"))
