"""Teams and who is in them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox.actions import teams as actions
from inbox.forms.settings import MembersForm, TeamForm
from inbox.http import AgentRequest
from inbox.models import Agent, Team
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.forms import show_form


@lead_required
@require_GET
def teams(request: AgentRequest) -> HttpResponse:
    return render(request, "settings/teams.html", {"form": TeamForm(), "teams": _listed()})


@admin_required
@require_POST
def create(request: AgentRequest) -> HttpResponse:
    form = TeamForm(request.POST)
    if not form.is_valid():
        return show_form(request, "settings/teams.html", form, teams=_listed())
    team = actions.create(**form.cleaned_data)
    return redirect("inbox:settings_team", team.code)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = get_object_or_404(Team, code=code)
    name_form = TeamForm(request.POST or None, instance=get_object_or_404(Team, code=code))
    members_form = MembersForm(stored, request.POST or None)
    if name_form.is_valid() and members_form.is_valid():
        actions.rename(stored, **name_form.cleaned_data)
        actions.set_members(stored, members_form.cleaned_data["members"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_teams")
    others = Agent.objects.exclude(team=None).exclude(team=stored).select_related("team")
    context = {
        "team": stored,
        "members_form": members_form,
        "elsewhere": {agent.name: agent.team for agent in others},
    }
    return show_form(request, "settings/team.html", name_form, **context)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    team = get_object_or_404(Team, code=code)
    problem = ""
    if request.method == "POST":
        try:
            actions.delete(team, by=request.user)
        except actions.NotPossible as exc:
            problem = str(exc)
        else:
            messages.success(request, _("Team “%(name)s” is gone.") % {"name": team.name})
            return redirect("inbox:settings_teams")
    context = {
        "team": team,
        "problem": problem,
        "agent_count": team.agents.count(),
        "conversation_count": team.conversations.count(),
        "quick_reply_count": team.quick_replies.active().count(),
        "numbers": actions.only_theirs(team),
    }
    status = 422 if problem else 200
    return render(request, "settings/team_delete.html", context, status=status)


def _listed() -> list[Team]:
    active = Count("agents", filter=Q(agents__is_active=True), distinct=True)
    counted = Team.objects.annotate(agent_count=active)
    return list(counted.prefetch_related("channels"))
