"""Every part of the interface in every state, on one page (DEBUG only)."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inbox.http import AgentRequest
from inbox.models import Contact


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As your customers know you.")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    language = forms.ChoiceField(
        label="Language", choices=[("de", "German"), ("en", "English")]
    )
    agrees = forms.BooleanField(label="Send me a summary every Monday", required=False)


class WrongForm(forms.Form):
    wrong = forms.EmailField(label="E-mail address")


@login_required
def show(request: AgentRequest) -> HttpResponse:
    now = timezone.now()
    days = (0, 1, 3, 30, 400, -1)
    context = {
        "form": ExampleForm(),
        "wrong": WrongForm({"wrong": "anna@"}),
        "contact": Contact(
            display_name="Lena Hofmann", code=uuid.uuid5(uuid.NAMESPACE_DNS, "x")
        ),
        "now": now,
        "moments": [now - timedelta(days=number) for number in days],
        "icons": _icon_names(),
    }
    return render(request, "styleguide.html", context)


def _icon_names() -> list[str]:
    sprite = (settings.BASE_DIR / "static/img/icons.svg").read_text()
    return re.findall(r'<symbol id="([^"]+)"', sprite)
