"""Business numbers: how they are, connecting one, and how each behaves."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox import service_allowance
from inbox.actions import channels, templates
from inbox.forms.settings import AppSecretForm, ConnectForm, NumberForm, TokenForm
from inbox.http import AgentRequest
from inbox.models import Channel, ChannelEvent
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.event_words import sentence
from inbox.views.settings.forms import show_form

WEBHOOK_PATH = "/webhooks/whatsapp/"
NEWS = 5


@lead_required
@require_GET
def numbers(request: AgentRequest) -> HttpResponse:
    visible = Channel.objects.in_use().visible_to(request.user)
    # Secrets stay in the database: reading them costs time, and nothing here shows them.
    listed = list(visible.defer("token", "verify_token").prefetch_related("teams"))
    allowances = service_allowance.this_month(listed, now=timezone.now())
    rows = [(channel, allowances[channel.pk]) for channel in listed]
    return render(request, "settings/numbers.html", {"rows": rows})


@sensitive_post_parameters()
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: AgentRequest) -> HttpResponse:
    form = ConnectForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        channel = channels.connect(
            name=data["name"],
            phone_number_id=data["phone_number_id"],
            waba_id=data["waba_id"],
            app_id=data["app_id"],
            token=data["token"],
            app_secrets=[data["app_secret"]],
            verify_token=data["verify_token"] or uuid.uuid4().hex,
            by=request.user,
        )
        messages.success(request, _("Connected. Now paste the webhook address at Meta."))
        return redirect("inbox:channel", channel.code)
    return show_form(request, "settings/connect.html", form)


@lead_required
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    """Leads see how it is; only admins change it."""
    channel = access_number(request, code)
    if request.method == "POST" and not request.user.is_admin:
        raise PermissionDenied(_("Only admins change numbers."))
    form = NumberForm(request.POST or None, instance=access_number(request, code))
    if form.is_valid():
        channels.update(channel, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("inbox:channel", code)
    return show_number(request, channel, form)


@admin_required
@require_POST
def check(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    """Asks Meta what it thinks of this number; nothing is changed."""
    channel = access_number(request, code)
    findings = channels.check(channel)
    return show_number(request, channel, NumberForm(instance=channel), findings=findings)


@admin_required
@require_POST
def sync(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    channel = access_number(request, code)
    templates.request_sync(channel)
    messages.success(request, _("Templates are being fetched. Reload in a moment."))
    return redirect("inbox:channel", code)


@admin_required
@require_POST
def retire(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    channel = access_number(request, code)
    channels.retire(channel, by=request.user)
    text = _("%(name)s is given up. Its conversations stay to be read.")
    messages.success(request, text % {"name": channel.name})
    return redirect("inbox:settings_numbers")


def show_number(
    request: AgentRequest, channel: Channel, form: NumberForm, **context: object
) -> HttpResponse:
    allowance = service_allowance.this_month([channel], now=timezone.now())[channel.pk]
    page = {
        "channel": channel,
        "allowance": allowance,
        "restrictions": _restrictions(channel),
        "secrets": channel.app_secrets.order_by("created_at").defer("secret"),
        "webhook_url": settings.PUBLIC_URL + WEBHOOK_PATH,
        "token_form": TokenForm(),
        "secret_form": AppSecretForm(),
        "news": _news(channel),
    }
    return show_form(request, "settings/number.html", form, **(page | context))


def access_number(request: AgentRequest, code: uuid.UUID) -> Channel:
    return get_object_or_404(Channel.objects.in_use().visible_to(request.user), code=code)


def _news(channel: Channel) -> list[tuple[ChannelEvent, str]]:
    """What somebody should look at and nobody has taken note of."""
    loud = channel.events.exclude(severity=ChannelEvent.Severity.INFO)
    newest = loud.filter(acknowledged_at=None).order_by("-at", "-pk")[:NEWS]
    return [(event, sentence(event)) for event in newest]


def _restrictions(channel: Channel) -> list[tuple[str, object]]:
    """What Meta forbids for now, and until when."""
    found = (
        (_("No answers to customers"), channel.replies_restricted_until),
        (_("No messages that we start"), channel.business_initiated_restricted_until),
    )
    now = timezone.now()
    return [(sentence, until) for sentence, until in found if until and until > now]
