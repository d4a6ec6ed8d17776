"""Putting labels on conversations and contacts: one menu for all places where that is done.

Scripts fetch the menu and post what was chosen; the answer is a sentence with the way back.
Without them the menu is a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from inbox.actions import conversations, labels
from inbox.http import AgentRequest
from inbox.label_choice import choices_for
from inbox.models import Agent, Contact, Conversation, Label
from inbox.permissions import access_contact, access_conversation
from inbox.views.label_chips import chips_of_contact

Answer = dict[str, Any]
Change = Callable[..., bool]
CLOSE = "close"  # what is done after choosing


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def conversation(request: AgentRequest, code: UUID) -> HttpResponse:
    """With ``then=close`` it is closed as soon as it has a label."""
    found = access_conversation(request.user, code)
    if request.method == "POST":
        return _conversation_changed(request, found)
    closes = request.GET.get("then") == CLOSE
    context = {
        "url": reverse("inbox:conversation_labels", args=[code]),
        "back": found.get_absolute_url(),
        "name": found.contact.display_name,
        "sentence": str(conversations.LabelMissing()) if closes else "",
        "then": CLOSE if closes else "",
        "labels": choices_for(found, request.user),
    }
    return _menu(request, context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def contact(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_contact(request.user, code)
    if request.method == "POST":
        added, label = _chosen(request)
        change = labels.add_to_contact if added else labels.remove_from_contact
        answer = _answer(request, change(found, label, by=request.user), label, added=added)
        return _said(request, found, answer)
    if "chips" in request.GET:
        return HttpResponse(chips_of_contact(found, request.user, get_token(request)))
    context = {
        "url": reverse("inbox:contact_labels", args=[found.code]),
        "back": reverse("inbox:contact", args=[found.code]),
        "name": found.display_name,
        "of_person": True,
        "labels": choices_for(found, request.user),
    }
    return _menu(request, context)


def _conversation_changed(request: AgentRequest, found: Conversation) -> HttpResponse:
    added, label = _chosen(request)
    change = labels.add if added else labels.remove
    answer = _answer(request, change(found, label, by=request.user), label, added=added)
    if added and request.POST.get("then") == CLOSE:
        try:
            conversations.close(found, by=request.user)
        except conversations.NotPossible as exc:
            return _said(request, found, {"text": str(exc), "tone": "danger"}, 409)
        answer = {
            "text": _("Label “%(name)s” added, conversation closed.") % {"name": label.name},
            "undo": _undo(reverse("inbox:reopen", args=[found.code])),
        }
    return _said(request, found, answer)


def _chosen(request: AgentRequest) -> tuple[bool, Label]:
    """Whether it is to be put on, and which; 404 for one this agent may not know of."""
    added = "add" in request.POST
    text = request.POST.get("add" if added else "remove", "")
    try:
        code = UUID(text)
    except ValueError:
        code = UUID(int=0)
    return added, get_object_or_404(Label.objects.visible_to(request.user), code=code)


def _answer(request: AgentRequest, changed: bool, label: Label, *, added: bool) -> Answer:
    if not changed:
        return {"text": ""}
    said = _("Label “%(name)s” added.") if added else _("Label “%(name)s” taken off.")
    back = {"remove" if added else "add": str(label.code)}
    return {"text": said % {"name": label.name}, "undo": _undo(request.path, **back)}


def _undo(url: str, **fields: str) -> Answer:
    return {"label": _("Undo"), "url": url, "fields": fields}


def _said(
    request: AgentRequest, found: Conversation | Contact, answer: Answer, status: int = 200
) -> HttpResponse:
    if _is_fetch(request):
        return JsonResponse(answer, status=status)
    if answer["text"]:
        level = messages.SUCCESS if status == 200 else messages.ERROR
        messages.add_message(request, level, answer["text"])
    if isinstance(found, Contact):
        return redirect("inbox:contact", found.code)
    return redirect(found)


def _menu(request: AgentRequest, context: dict[str, Any]) -> HttpResponse:
    template = "inbox/_label_menu.html" if _is_fetch(request) else "inbox/labels.html"
    return render(request, template, context | {"may_make": _may_make(request.user)})


def _may_make(agent: Agent) -> bool:
    return agent.is_admin


def _is_fetch(request: AgentRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
