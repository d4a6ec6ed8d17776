"""Choosing a template, filling it in with a preview, and sending it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inbox.actions import replies, templates
from inbox.forms.template_values import TemplateForm
from inbox.http import AgentRequest
from inbox.models import Conversation, Message, Template
from inbox.permissions import access_conversation
from inbox.views.replies import answered_meanwhile, said, send

MOST_SHOWN = 200


@login_required
@require_safe
def picker(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    usable = list(_usable(found)[:MOST_SHOWN])
    context = {
        "conversation": found,
        "templates": [_row(found, template) for template in usable],
        "languages": sorted({template.language for template in usable}),
        "preferred": found.contact.language,
    }
    return render(request, "inbox/_template_picker.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def template(request: AgentRequest, code: UUID, template_code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    chosen = get_object_or_404(_usable(found), code=template_code)
    if request.method == "GET":
        form = _bound(found, chosen, initial={"draft_key": uuid4()})
        return _form(request, found, chosen, form)
    form = _bound(found, chosen, data=request.POST, files=request.FILES)
    try:
        message = send(form, lambda: _send(request, found, chosen, form))
    except replies.AnsweredMeanwhile as exc:
        return answered_meanwhile(request, found, exc)
    if message is None:
        return _form(request, found, chosen, form, status=422)
    return said(request, found, message)


@login_required
@require_POST
def preview(request: AgentRequest, code: UUID, template_code: UUID) -> HttpResponse:
    """What the customer would read, as far as it is filled in."""
    found = access_conversation(request.user, code)
    chosen = get_object_or_404(_usable(found), code=template_code)
    form = _bound(found, chosen, data=request.POST)
    context = {"preview": templates.preview(chosen, form.values)}
    return render(request, "inbox/_template_preview.html", context)


def _bound(found: Conversation, chosen: Template, **kwargs: Any) -> TemplateForm:
    shape = templates.shape_of(chosen)
    return TemplateForm(
        conversation=found,
        variables=shape.variables,
        needs_file=shape.needs_file,
        problems=partial(templates.problems, chosen),
        **kwargs,
    )


def _usable(found: Conversation) -> QuerySet[Template]:
    return Template.objects.filter(
        waba_id=found.channel.waba_id, status=Template.Status.APPROVED, gone_at=None
    )


def _row(found: Conversation, template: Template) -> dict[str, Any]:
    return {
        "name": template.name,
        "language": template.language,
        "category": template.category_name,
        "tone": "warn" if template.category == "MARKETING" else "info",
        "text": templates.preview(template, {}).body,
        "url": reverse("inbox:template", args=[found.code, template.code]),
    }


def _send(
    request: AgentRequest, found: Conversation, chosen: Template, form: TemplateForm
) -> Message:
    file: UploadedFile[bytes] | None = form.cleaned_data.get("file")
    return replies.send_template(
        found, chosen, values=form.values, file=file, **form.along, by=request.user
    )


def _form(
    request: AgentRequest,
    found: Conversation,
    chosen: Template,
    form: TemplateForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "template": chosen,
        "category": chosen.category_name,
        "preview": templates.preview(chosen, form.values),
        "unsupported": templates.shape_of(chosen).unsupported,
        "url": reverse("inbox:template", args=[found.code, chosen.code]),
        "preview_url": reverse("inbox:template_preview", args=[found.code, chosen.code]),
        "picker_url": reverse("inbox:templates", args=[found.code]),
    }
    return render(request, "inbox/_template_form.html", context, status=status)
