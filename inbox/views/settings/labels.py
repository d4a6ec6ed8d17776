"""Labels: their names, colours and order."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox.actions import labels as actions
from inbox.forms.settings import LabelForm
from inbox.http import AgentRequest
from inbox.models import ConversationLabel, Label
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.forms import show_form


@lead_required
@require_GET
def labels(request: AgentRequest) -> HttpResponse:
    context = {"form": LabelForm(), "labels": Label.objects.all()}
    return render(request, "settings/labels.html", context)


@admin_required
@require_POST
def create(request: AgentRequest) -> HttpResponse:
    form = LabelForm(request.POST)
    if not form.is_valid():
        return show_form(request, "settings/labels.html", form, labels=Label.objects.all())
    actions.create(**form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_labels")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def label(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = _get_label(code)
    form = LabelForm(request.POST or None, instance=_get_label(code))
    if form.is_valid():
        actions.change(stored, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_labels")
    return show_form(request, "settings/label.html", form, label=stored)


@admin_required
@require_POST
def move(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    actions.move(_get_label(code), up=request.POST.get("direction") == "up")
    return redirect("inbox:settings_labels")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    label = _get_label(code)
    if request.method == "POST":
        actions.delete(label)
        messages.success(request, _("Label “%(name)s” is gone.") % {"name": label.name})
        return redirect("inbox:settings_labels")
    count = ConversationLabel.objects.filter(label=label).count()
    context = {"label": label, "conversation_count": count}
    return render(request, "settings/label_delete.html", context)


def _get_label(code: uuid.UUID) -> Label:
    return get_object_or_404(Label, code=code)
