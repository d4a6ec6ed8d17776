"""What agents see and change of themselves: preferences, password, presence, sessions."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox import browsers
from inbox.actions import agents, sign_ins
from inbox.forms.accounts import PreferencesForm, PresenceForm, time_zone_names
from inbox.http import AgentRequest
from inbox.models import Agent, AgentSession
from inbox.sessions import handle_of
from inbox.views.absence_words import what_happens
from inbox.views.next_page import safe_next


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: AgentRequest) -> HttpResponse:
    # A copy: a form with mistakes must not change the name in the page's corner.
    agent = Agent.objects.get(pk=request.user.pk)
    form = PreferencesForm(request.POST or None, instance=agent)
    if form.is_valid():
        agents.set_preferences(agent, **form.cleaned_data)
        with translation.override(agent.language):
            messages.success(request, _("Saved."))
        return redirect("inbox:profile")
    context = {
        "form": form,
        "time_zones": time_zone_names(),
        "presences": Agent.Presence.choices,
        "absence": what_happens(request.user),
    }
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: AgentRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if form.is_valid():
        _change_password(request, form.cleaned_data["new_password1"])
        messages.success(request, _("Password changed. All other sessions have ended."))
        return redirect("inbox:profile")
    context = {"form": form}
    return render(
        request, "accounts/password.html", context, status=422 if form.errors else 200
    )


@transaction.atomic
def _change_password(request: AgentRequest, new: str) -> None:
    agents.set_password(request.user, password=new, keep=request.session.session_key)
    update_session_auth_hash(request, request.user)


@login_required
@require_POST
def set_presence(request: AgentRequest) -> HttpResponse:
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    chosen = form.cleaned_data["presence"]
    agents.set_presence(request.user, chosen)
    is_here = chosen == Agent.Presence.ONLINE
    said = "" if is_here else what_happens(request.user)
    if request.htmx:
        return _told(said)
    if said:
        messages.info(request, said)
    return redirect(safe_next(request) or "inbox:profile")


def _told(said: str) -> HttpResponse:
    """A word about what happens now; and what went back meanwhile is looked up."""
    answer = HttpResponse(status=204)
    happened = {"desk:toast": {"text": said}} if said else {"desk:mine": {}}
    answer.headers["HX-Trigger"] = json.dumps(happened)
    return answer


@login_required
@never_cache
@require_GET
def sessions(request: AgentRequest) -> HttpResponse:
    rows = AgentSession.objects.filter(agent=request.user, expire_date__gt=timezone.now())
    own = request.session.session_key
    listed = [
        {
            "handle": handle_of(row.session_key),
            "browser": browsers.describe(row.user_agent),
            "session": row,
            "is_own": row.session_key == own,
        }
        for row in rows.order_by("-seen_at").defer("session_data")
    ]
    return render(request, "accounts/sessions.html", {"sessions": listed})


@login_required
@require_POST
def end_session(request: AgentRequest, handle: str) -> HttpResponse:
    own = request.session.session_key
    if own and handle_of(own) == handle:
        raise Http404  # signing out is a button of its own
    if not sign_ins.end(request.user, handle=handle):
        raise Http404
    messages.success(request, _("That session has ended."))
    return redirect("inbox:sessions")


@login_required
@require_POST
def end_other_sessions(request: AgentRequest) -> HttpResponse:
    sign_ins.end_others(request.user, keep=request.session.session_key)
    messages.success(request, _("All other sessions have ended."))
    return redirect("inbox:sessions")
