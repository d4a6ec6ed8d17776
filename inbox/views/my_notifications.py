"""What an agent is told of, and the browsers that are told while the desk is closed in them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from inbox.actions import agents, notices
from inbox.forms.accounts import NoticesForm
from inbox.http import AgentRequest
from inbox.models import Agent
from inbox.push.addresses import NotAnAddress, checked


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: AgentRequest) -> HttpResponse:
    # A copy: what was typed must not hold on this page before it is right.
    agent = Agent.objects.get(pk=request.user.pk)
    form = NoticesForm(request.POST or None, instance=agent)
    if form.is_valid():
        agents.set_notices(agent, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("inbox:my_notifications")
    status = 422 if form.errors else 200
    return render(request, "accounts/notifications.html", {"form": form}, status=status)


@login_required
@require_POST
@sensitive_post_parameters()
def subscribe(request: AgentRequest) -> HttpResponse:
    """This browser is to be told; it says so again now and then, as addresses change."""
    given = [request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")]
    try:
        address = checked(*given)
    except NotAnAddress:
        return HttpResponseBadRequest()
    if key := request.session.session_key:
        notices.subscribe(key, address)
    return HttpResponse(status=204)


@login_required
@require_POST
def unsubscribe(request: AgentRequest) -> HttpResponse:
    if key := request.session.session_key:
        notices.unsubscribe(key)
    return HttpResponse(status=204)
