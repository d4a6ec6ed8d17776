"""What all pages with a form in the settings have in common."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from inbox.http import AgentRequest


def show_form(
    request: AgentRequest, template: str, form: BaseForm, **context: Any
) -> HttpResponse:
    """The page with its form; 422 when something in it has to be put right."""
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
