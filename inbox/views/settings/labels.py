"""Labels: their names, colours and order, merging and deleting them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox.actions import labels as actions
from inbox.forms.labels import LabelForm, MergeForm
from inbox.http import AgentRequest
from inbox.models import Agent, ContactLabel, ConversationLabel, Label
from inbox.permissions import admin_required, lead_required
from inbox.views.settings import label_history
from inbox.views.settings.forms import show_form

CHANGES = 20


@lead_required
@require_GET
def labels(request: AgentRequest) -> HttpResponse:
    context = {"form": LabelForm(by=request.user), **_listed(request.user)}
    return render(request, "settings/labels.html", context)


@admin_required
@require_POST
def create(request: AgentRequest) -> HttpResponse:
    form = LabelForm(request.POST, by=request.user)
    if not form.is_valid():
        return show_form(request, "settings/labels.html", form, **_listed(request.user))
    actions.create(**form.cleaned_data, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_labels")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def label(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = _get_label(request, code)
    changed = _get_label(request, code)  # a form writes on what it is given
    form = LabelForm(request.POST or None, instance=changed, by=request.user)
    if form.is_valid():
        actions.change(stored, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_labels")
    return show_form(request, "settings/label.html", form, label=stored)


@admin_required
@require_POST
def move(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    up = request.POST.get("direction") == "up"
    actions.move(_get_label(request, code), up=up, by=request.user)
    return redirect("inbox:settings_labels")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    label = _get_label(request, code)
    form = MergeForm(label, request.POST or None, by=request.user)
    if form.is_valid():
        into = form.cleaned_data["into"]
        actions.merge(label, into=into, by=request.user)
        said = _("“%(name)s” is “%(into)s” from now on.")
        messages.success(request, said % {"name": label.name, "into": into.name})
        return redirect("inbox:settings_labels")
    return show_form(request, "settings/label_merge.html", form, **_counted(label))


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    label = _get_label(request, code)
    if request.method == "POST":
        actions.delete(label, by=request.user)
        messages.success(request, _("Label “%(name)s” is gone.") % {"name": label.name})
        return redirect("inbox:settings_labels")
    return render(request, "settings/label_delete.html", _counted(label))


def _get_label(request: AgentRequest, code: uuid.UUID) -> Label:
    return get_object_or_404(Label.objects.visible_to(request.user), code=code)


def _listed(agent: Agent) -> dict[str, Any]:
    return {
        "labels": Label.objects.visible_to(agent),
        "changes": label_history.sentences(agent, limit=CHANGES),
    }


def _counted(label: Label) -> dict[str, Any]:
    """What has it."""
    return {
        "label": label,
        "conversation_count": ConversationLabel.objects.filter(label=label).count(),
        "contact_count": ContactLabel.objects.filter(label=label).count(),
    }
