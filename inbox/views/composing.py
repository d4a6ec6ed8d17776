"""Forms that send something other than text: buttons, a list, a link, a place, a card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from inbox.actions import replies
from inbox.forms.drafts import DraftForm
from inbox.forms.replies import (
    ButtonsForm,
    ContactCardForm,
    LinkButtonForm,
    ListForm,
    LocationForm,
    RequestForm,
)
from inbox.http import AgentRequest
from inbox.models import Message
from inbox.permissions import access_conversation
from inbox.views.replies import answered_meanwhile, said, send


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that can be sent: what is asked for, and the action that sends it."""

    title: str | Promise
    form: type[DraftForm]
    action: Callable[..., Message]


def _kinds() -> dict[str, Kind]:
    return {
        "buttons": Kind(_("Question with buttons"), ButtonsForm, replies.send_buttons),
        "list": Kind(_("List to choose from"), ListForm, replies.send_list),
        "link": Kind(_("Link button"), LinkButtonForm, replies.send_link_button),
        "location": Kind(_("Location"), LocationForm, replies.send_location),
        "contact-card": Kind(_("Contact card"), ContactCardForm, replies.send_contact_card),
        "request": Kind(_("Ask for location or number"), RequestForm, replies.send_request),
    }


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: AgentRequest, code: UUID, what: str) -> HttpResponse:
    found = access_conversation(request.user, code)
    kind = _kinds().get(what)
    if kind is None:
        raise Http404
    if request.method == "GET":
        form = kind.form(initial={"draft_key": uuid4()}, conversation=found)
        return _form(request, code, what, kind, form)
    form = kind.form(request.POST, conversation=found)
    try:
        message = send(
            form, lambda: kind.action(found, **form.said, **form.along, by=request.user)
        )
    except replies.AnsweredMeanwhile as exc:
        return answered_meanwhile(request, found, exc)
    if message is None:
        return _form(request, code, what, kind, form, status=422)
    return said(request, found, message)


def _form(
    request: AgentRequest, code: UUID, what: str, kind: Kind, form: DraftForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "title": kind.title,
        "url": reverse("inbox:compose", args=[code, what]),
    }
    return render(request, "inbox/_compose_form.html", context, status=status)
