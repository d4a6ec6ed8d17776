"""Fields that a company keeps of its contacts: made, changed, ordered, archived."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inbox.actions import contact_fields as actions
from inbox.forms.contact_fields import ChangeFieldForm, NewFieldForm
from inbox.http import AgentRequest
from inbox.models import ContactField
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.forms import show_form


@lead_required
@require_GET
def contact_fields(request: AgentRequest) -> HttpResponse:
    return _list(request, NewFieldForm())


@admin_required
@require_POST
def create(request: AgentRequest) -> HttpResponse:
    form = NewFieldForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    actions.create(**form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_fields")


@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_field(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    stored = _get(code)
    form = ChangeFieldForm(request.POST or None, instance=_get(code))
    if form.is_valid() and _change(stored, form):
        messages.success(request, _("Saved."))
        return redirect("inbox:settings_fields")
    return show_form(request, "settings/contact_field.html", form, field=stored)


def _change(stored: ContactField, form: ChangeFieldForm) -> bool:
    try:
        actions.change(stored, **form.cleaned_data)
    except actions.StillChosen as exc:
        sentence = ngettext(
            "“%(choice)s” is chosen for %(count)d contact. Choose another one there first.",
            "“%(choice)s” is chosen for %(count)d contacts. Choose another one there first.",
            exc.count,
        )
        form.add_error("choices", sentence % {"choice": exc.choice, "count": exc.count})
        return False
    return True


@admin_required
@require_POST
def move(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    actions.move(_get(code), up=request.POST.get("direction") == "up")
    return redirect("inbox:settings_fields")


@admin_required
@require_POST
def archive(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    field = _get(code)
    actions.archive(field)
    messages.success(
        request, _("“%(name)s” is archived. What it holds is kept.") % {"name": field.name}
    )
    return redirect("inbox:settings_fields")


@admin_required
@require_POST
def restore(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    actions.restore(_get(code))
    return redirect("inbox:settings_fields")


def _list(request: AgentRequest, form: NewFieldForm) -> HttpResponse:
    fields = list(ContactField.objects.all())
    active = [field for field in fields if field.archived_at is None]
    archived = [field for field in fields if field.archived_at]
    return show_form(
        request, "settings/contact_fields.html", form, fields=active, archived=archived
    )


def _get(code: uuid.UUID) -> ContactField:
    return get_object_or_404(ContactField, code=code)
