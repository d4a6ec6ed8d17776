"""The way in and out: signing in, forgotten passwords, invitations."""

from __future__ import annotations

import uuid

from axes.helpers import get_cool_off
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from inbox import tokens
from inbox.actions import agents
from inbox.forms.accounts import ForgottenPasswordForm, JoinForm, NewPasswordForm, SignInForm
from inbox.models import Agent
from inbox.sessions import remember_browser
from inbox.views.next_page import safe_next

BACKEND = "inbox.backends.AgentBackend"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@sensitive_post_parameters("password")
@form_page
def login(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request, data=request.POST or None)
    if form.is_valid():
        start_session(request, form.get_user())
        remember_browser(request)
        return redirect(_next(request))
    context = {"form": form, "next": _next(request)}
    return render(request, "registration/login.html", context, status=_status(form.errors))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return redirect("inbox:login")


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, object] | None = None,
) -> HttpResponse:
    """Called by django-axes after too many wrong passwords."""
    cool_off = get_cool_off(request)
    minutes = max(round(cool_off.total_seconds() / 60), 1) if cool_off else 60
    sentence = ngettext(
        "Too many wrong passwords. Wait %(minutes)s minute, then try again.",
        "Too many wrong passwords. Wait %(minutes)s minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
    if "text/html" not in request.headers.get("Accept", "text/html"):
        answer: HttpResponse = JsonResponse({"detail": sentence}, status=429)
    else:
        email = request.POST.get("username", "")
        form = SignInForm(request, initial={"username": email})
        context = {"form": form, "next": _next(request), "locked_out": sentence}
        answer = render(request, "registration/login.html", context, status=429)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer


@never_cache
@form_page
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """The answer is the same for every address: who works here is nobody's business."""
    form = ForgottenPasswordForm(request.POST or None)
    sent = form.is_valid()
    if sent:
        agents.request_password_link(form.cleaned_data["email"])
    context = {"form": form, "sent": sent}
    template = "registration/password_forgotten.html"
    return render(request, template, context, status=_status(form.errors))


@never_cache
@sensitive_post_parameters()
@form_page
def password_new(request: HttpRequest, code: uuid.UUID, token: str) -> HttpResponse:
    agent = _holder(code, token, tokens.forgotten_passwords)
    if agent is None:
        return _stale_link(request, invited=False)
    with translation.override(agent.language):  # as the mail that led here
        form = NewPasswordForm(agent, request.POST or None)
        if form.is_valid():
            agents.set_password(agent, password=form.cleaned_data["new_password1"])
            return _sign_in(request, agent)
        context = {"form": form, "agent": agent}
        template = "registration/password_new.html"
        return render(request, template, context, status=_status(form.errors))


@never_cache
@sensitive_post_parameters()
@form_page
def join(request: HttpRequest, code: uuid.UUID, token: str) -> HttpResponse:
    agent = _holder(code, token, tokens.invitations)
    if agent is None or agent.has_usable_password():
        return _stale_link(request, invited=True)
    with translation.override(agent.language):  # as the mail that led here
        form = JoinForm(agent, request.POST or None)
        if form.is_valid():
            password, name = form.cleaned_data["new_password1"], form.cleaned_data["name"]
            agents.join(agent, password=password, name=name)
            return _sign_in(request, agent)
        context = {"form": form, "agent": agent}
        return render(request, "registration/join.html", context, status=_status(form.errors))


def _sign_in(request: HttpRequest, agent: Agent) -> HttpResponse:
    start_session(request, agent, backend=BACKEND)
    remember_browser(request)
    return redirect("inbox:home")


def _holder(
    code: uuid.UUID, token: str, generator: PasswordResetTokenGenerator
) -> Agent | None:
    agent = Agent.objects.active().filter(code=code).first()
    return agent if agent and generator.check_token(agent, token) else None


def _stale_link(request: HttpRequest, *, invited: bool) -> HttpResponse:
    return render(request, "registration/stale_link.html", {"invited": invited}, status=410)


def _next(request: HttpRequest) -> str:
    return safe_next(request) or resolve_url("inbox:home")


def _status(errors: object) -> int:
    return 422 if errors else 200
