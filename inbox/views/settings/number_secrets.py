"""The secrets of a number: written here, never shown again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from inbox.actions import channels
from inbox.forms.settings import AppSecretForm, NumberForm, TokenForm
from inbox.http import AgentRequest
from inbox.permissions import admin_required
from inbox.views.settings.numbers import access_number, show_number


@sensitive_post_parameters()
@admin_required
@require_POST
def token(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    channel = access_number(request, code)
    form = TokenForm(request.POST)
    if not form.is_valid():
        answer = show_number(request, channel, NumberForm(instance=channel), token_form=form)
        answer.status_code = 422
        return answer
    channels.set_token(channel, token=form.cleaned_data["token"], by=request.user)
    messages.success(request, _("The new access token is in use."))
    return redirect("inbox:channel", code)


@sensitive_post_parameters()
@admin_required
@require_POST
def add(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    channel = access_number(request, code)
    form = AppSecretForm(request.POST)
    if not form.is_valid():
        answer = show_number(request, channel, NumberForm(instance=channel), secret_form=form)
        answer.status_code = 422
        return answer
    channels.add_app_secret(channel, secret=form.cleaned_data["app_secret"], by=request.user)
    messages.success(request, _("Posts signed with the new app secret are accepted."))
    return redirect("inbox:channel", code)


@admin_required
@require_POST
def remove(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    """The last one stays: without any, nothing of Meta's would be believed."""
    channel = access_number(request, code)
    secrets = channel.app_secrets.defer("secret")
    secret = get_object_or_404(secrets, fingerprint=request.POST.get("fingerprint", ""))
    try:
        channels.remove_app_secret(secret, by=request.user)
    except channels.OnlySecret:
        messages.error(request, _("This is the only app secret. Add the new one first."))
    else:
        messages.success(request, _("The app secret is gone."))
    return redirect("inbox:channel", code)
