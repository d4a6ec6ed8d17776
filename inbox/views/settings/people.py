"""Who works here: inviting, rights, locking out."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox.actions import agents
from inbox.forms.routing import LimitForm
from inbox.forms.settings import InviteForm, RightsForm
from inbox.http import AgentRequest
from inbox.models import Agent, Conversation
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.forms import show_form
from inbox.views.settings.history import sentences

HISTORY = 50


@lead_required
@require_GET
def people(request: AgentRequest) -> HttpResponse:
    everyone = Agent.objects.select_related("team").order_by("-is_active", "name", "id")
    return render(request, "settings/people.html", {"people": everyone})


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AgentRequest) -> HttpResponse:
    initial = {"language": request.user.language}
    form = InviteForm(request.POST or None, initial=initial)
    if form.is_valid():
        agent = agents.invite(**form.cleaned_data, by=request.user)
        _mail_invitation(request, agent)
        return redirect("inbox:settings_people")
    return show_form(request, "settings/invite.html", form)


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    agent = access_person(code)
    form = RightsForm(request.POST or None, instance=access_person(code))
    if form.is_valid():
        try:
            agents.change_rights(agent, **form.cleaned_data, by=request.user)
        except agents.NotPossible as exc:
            form.add_error("role", str(exc))
        else:
            messages.success(request, _("Saved."))
            return redirect("inbox:settings_person", code)
    return show_person(request, agent, form, LimitForm(instance=agent))


@admin_required
@require_POST
def invite_again(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    agent = access_person(code)
    try:
        agents.invite_again(agent, by=request.user)
    except agents.NotPossible as exc:
        messages.error(request, str(exc))
    else:
        _mail_invitation(request, agent)
    return redirect("inbox:settings_person", code)


@admin_required
@require_POST
def lock_out(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    agent = access_person(code)
    try:
        agents.lock_out(agent, by=request.user)
    except agents.NotPossible as exc:
        messages.error(request, str(exc))
    else:
        messages.success(request, _("%(name)s is locked out.") % {"name": agent.name})
    return redirect("inbox:settings_person", code)


@admin_required
@require_POST
def let_in(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    agent = access_person(code)
    agents.let_in(agent, by=request.user)
    messages.success(request, _("%(name)s may sign in again.") % {"name": agent.name})
    return redirect("inbox:settings_person", code)


def show_person(
    request: AgentRequest, agent: Agent, form: RightsForm, limit_form: LimitForm
) -> HttpResponse:
    context = {
        "person": agent,
        "form": form,
        "limit_form": limit_form,
        "assigned_count": Conversation.objects.open().assigned_to(agent).count(),
        "history": sentences(agent, limit=HISTORY),
    }
    status = 422 if form.errors or limit_form.errors else 200
    return render(request, "settings/person.html", context, status=status)


def _mail_invitation(request: AgentRequest, agent: Agent) -> None:
    if agents.mail_invitation(agent, by=request.user):
        text = _("An invitation is on its way to %(email)s.") % {"email": agent.email}
        messages.success(request, text)
    else:
        text = _("The mail to %(email)s could not be sent. Send the invitation again later.")
        messages.error(request, text % {"email": agent.email})


def access_person(code: uuid.UUID) -> Agent:
    return get_object_or_404(Agent.objects.select_related("team"), code=code)
