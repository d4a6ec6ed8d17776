"""Notes: writing, changing and deleting them, and whom they can mention."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inbox import folders, mentioning
from inbox.actions import mentions, notes
from inbox.actions.conversations import NotPossible
from inbox.actions.replies import NotSendable
from inbox.colleagues import who_may_see
from inbox.forms.notes import NoteForm
from inbox.http import AgentRequest
from inbox.models import Agent, Conversation, Message, Team
from inbox.permissions import access_conversation
from inbox.views import conversations as conversation_views
from inbox.views.conversation_pane import pane_of
from inbox.views.furniture import note_form
from inbox.views.replies import is_fetch, said, show
from inbox.views.thread import access_message


@login_required
@require_POST
def add(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    form = NoteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return said(request, found, notes.add(found, **_written(form), by=request.user))
        except (NotPossible, NotSendable) as exc:
            form.add_error(None, str(exc))
    errors = [str(error) for errors in form.errors.values() for error in errors]
    if is_fetch(request):
        return JsonResponse({"errors": errors}, status=422)
    return _page_again(request, found, form, errors)


def _written(form: NoteForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "body": said["body"],
        "draft_key": said["draft_key"],
        "files": said["attached"],
        "picked": form.picked,
    }


def _page_again(
    request: AgentRequest, found: Conversation, form: NoteForm, errors: list[str]
) -> HttpResponse:
    """Without scripts: the whole page, with what was typed and what is wrong with it."""
    pane = pane_of(request, found)
    again = note_form(found.code, pane["csrf_token"], form["body"].value() or "", errors)
    pane["furniture"] = pane["furniture"] | {"note": again}
    folder = folders.FOLDERS[folders.DEFAULT]
    response = conversation_views.page(request, folder, found, pane=pane)
    response.status_code = 422
    return response


@login_required
@never_cache
@require_safe
def colleagues(request: AgentRequest, code: UUID) -> HttpResponse:
    """Agents and teams who may see this conversation: all that a note can mention."""
    found = access_conversation(request.user, code)
    agents = who_may_see(found).exclude(pk=request.user.pk).select_related("team")
    teams = mentions.teams_for(found)
    return JsonResponse({"colleagues": [*map(_agent, agents), *map(_team, teams)]})


def _agent(agent: Agent) -> dict[str, str]:
    team = agent.team.name if agent.team else ""
    return {"id": f"agent:{agent.code}", "name": agent.name, "detail": team}


def _team(team: Team) -> dict[str, str]:
    return {"id": f"team:{team.code}", "name": team.name, "detail": _("Team")}


Change = Callable[[AgentRequest, Message], HttpResponse]


def _change(change: Change) -> Callable[..., HttpResponse]:
    """A change of a note in a conversation the agent may see; refusals become sentences."""

    @login_required
    @wraps(change)
    def view(request: AgentRequest, code: UUID) -> HttpResponse:
        note = access_message(request, code)
        if note.kind != Message.Kind.NOTE:
            raise Http404
        try:
            return change(request, note)
        except NotPossible as exc:
            return JsonResponse({"text": str(exc), "tone": "danger"}, status=409)

    return view


@require_http_methods(["GET", "POST"])
@_change
def edit(request: AgentRequest, note: Message) -> HttpResponse:
    if request.method == "GET":
        named = mentioning.named_in(note.content)
        picked = [*_picked(named, "agent", Agent), *_picked(named, "team", Team)]
        return _edit_form(request, note, NoteForm(initial={"body": note.body}), picked)
    form = NoteForm(request.POST, has_files=note.attachments.exists())
    if form.is_valid():
        try:
            body = form.cleaned_data["body"]
            notes.edit(note, body=body, by=request.user, picked=form.picked)
        except NotPossible as exc:
            form.add_error(None, str(exc))
        else:
            return _said(request, note)
    return _edit_form(request, note, form, form.picked, status=422)


def _said(request: AgentRequest, note: Message) -> HttpResponse:
    if not is_fetch(request):
        return redirect(note.conversation)
    return show(request, note.conversation, note)


def _picked(named: list[mentioning.Named], kind: str, model: type[Agent | Team]) -> list[str]:
    pks = [each.pk for each in named if each.kind == kind]
    codes = model._default_manager.filter(pk__in=pks).values_list("code", flat=True)
    return [f"{kind}:{code}" for code in codes]


def _edit_form(
    request: AgentRequest, note: Message, form: NoteForm, picked: list[str], status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "picked": picked,
        "code": note.conversation.code,
        "url": reverse("inbox:note_edit", args=[note.code]),
    }
    return render(request, "inbox/_note_edit.html", context, status=status)


@require_POST
@_change
def delete(request: AgentRequest, note: Message) -> HttpResponse:
    notes.delete(note, by=request.user)
    undo = {
        "label": _("Undo"),
        "url": reverse("inbox:note_restore", args=[note.code]),
        "fields": {},
    }
    return _answer(request, note, {"text": _("Note deleted."), "undo": undo})


@require_POST
@_change
def restore(request: AgentRequest, note: Message) -> HttpResponse:
    notes.restore(note, by=request.user)
    return _answer(request, note, {"text": _("The note is back.")})


def _answer(request: AgentRequest, note: Message, answer: dict[str, Any]) -> HttpResponse:
    if is_fetch(request):
        return JsonResponse(answer)
    return redirect(note.conversation)
