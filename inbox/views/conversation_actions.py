"""Acting on a conversation: take, assign, put off, close, mark.

The answer is what happened in a sentence, with the way back where there is one. Browsers
without scripts are sent back to the conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, IntegerField, Value, When
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from inbox.actions import conversations
from inbox.actions.routing import facts
from inbox.forms.conversation_actions import AssignForm, PriorityForm, SnoozeForm, TakeForm
from inbox.http import AgentRequest
from inbox.models import Agent, Conversation, Team
from inbox.models.conversation import HANDOVER_NOTE_LENGTH
from inbox.permissions import access_conversation
from inbox.templatetags.moments import in_full

Answer = dict[str, Any]
Act = Callable[[AgentRequest, Conversation], Answer]
NOTHING_SAID: Answer = {"text": ""}


class Wrong(Exception):
    """The form has mistakes."""

    def __init__(self, form: Form) -> None:
        self.sentence = next(str(error) for errors in form.errors.values() for error in errors)
        super().__init__(self.sentence)


def _action(act: Act) -> Callable[..., HttpResponse]:
    """A POST on a conversation the agent may see; refusals become sentences."""

    @login_required
    @require_POST
    @wraps(act)
    def view(request: AgentRequest, code: UUID) -> HttpResponse:
        found = access_conversation(request.user, code)
        try:
            answer, status = act(request, found), 200
        except conversations.LabelMissing as exc:
            return _label_first(request, found, exc)
        except conversations.NotPossible as exc:
            answer, status = {"text": str(exc), "tone": "danger"}, 409
        except Wrong as exc:
            answer, status = {"text": exc.sentence, "tone": "danger"}, 422
        return _said(request, found, answer, status)

    return view


def _label_first(
    request: AgentRequest, found: Conversation, missing: conversations.LabelMissing
) -> HttpResponse:
    """The menu of labels says why, and closes the conversation after choosing."""
    url = f"{reverse('inbox:conversation_labels', args=[found.code])}?then=close"
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"text": str(missing), "labels": url}, status=409)
    return redirect(url)


def _said(
    request: AgentRequest, found: Conversation, answer: Answer, status: int
) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse(answer, status=status)
    if answer["text"]:
        level = messages.SUCCESS if status == 200 else messages.ERROR
        messages.add_message(request, level, answer["text"])
    return redirect(found)


@_action
def take(request: AgentRequest, found: Conversation) -> Answer:
    form = _valid(TakeForm(request.POST))
    before = form.cleaned_data["instead_of"]
    if not conversations.take(found, by=request.user, instead_of=before):
        return NOTHING_SAID
    return {"text": _("You have this conversation now."), "undo": _hand_back(found, before)}


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: AgentRequest, code: UUID) -> HttpResponse:
    return _assign(request, code) if request.method == "POST" else _assign_menu(request, code)


@_action
def _assign(request: AgentRequest, found: Conversation) -> Answer:
    form = _valid(AssignForm(request.POST))
    before, to, note = found.assignee, form.cleaned_data["to"], form.cleaned_data["note"]
    if not conversations.assign(found, to=to, by=request.user, note=note):
        return NOTHING_SAID
    text = _("Assigned to %(name)s.") % {"name": to.name}
    return {"text": text, "undo": _hand_back(found, before)}


def _assign_menu(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    context = {
        "conversation": found,
        "agents": _candidates(request.user, found),
        "note_length": HANDOVER_NOTE_LENGTH,
        "teams": Team.objects.all(),
        "url": reverse("inbox:assign", args=[code]),
    }
    return render(request, "inbox/_assign_menu.html", context)


def _candidates(reader: Agent, found: Conversation) -> list[tuple[Agent, int]]:
    """Who may see it, and how many open ones each has: oneself first, then who is there."""
    agents = facts.who_sees(found.channel).select_related("team")
    order = Case(
        When(pk=reader.pk, then=Value(0)),
        When(presence=Agent.Presence.ONLINE, then=Value(1)),
        When(presence=Agent.Presence.AWAY, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    listed = list(agents.order_by(order, "name", "pk"))
    loads = facts.loads_of(agent.pk for agent in listed)
    return [(agent, loads.get(agent.pk, 0)) for agent in listed]


@_action
def give_back(request: AgentRequest, found: Conversation) -> Answer:
    before = found.assignee
    if not conversations.give_back(found, by=request.user):
        return NOTHING_SAID
    return {"text": _("Given back: unassigned now."), "undo": _hand_back(found, before)}


@_action
def close(request: AgentRequest, found: Conversation) -> Answer:
    if not conversations.close(found, by=request.user):
        return NOTHING_SAID
    return {"text": _("Conversation closed."), "undo": _undo("reopen", found)}


@_action
def reopen(request: AgentRequest, found: Conversation) -> Answer:
    if not conversations.reopen(found, by=request.user):
        return NOTHING_SAID
    return {"text": _("Conversation reopened.")}


@_action
def snooze(request: AgentRequest, found: Conversation) -> Answer:
    until = _valid(SnoozeForm(request.POST)).cleaned_data["until"]
    if not conversations.snooze(found, until=until, by=request.user):
        return NOTHING_SAID
    if until is None:
        text = _("Put off until the customer writes.")
    else:
        text = _("Put off until %(moment)s.") % {"moment": in_full(until)}
    return {"text": text, "undo": _undo("reopen", found)}


@_action
def read(request: AgentRequest, found: Conversation) -> Answer:
    conversations.mark_read(found, by=request.user)
    return NOTHING_SAID


@_action
def unread(request: AgentRequest, found: Conversation) -> Answer:
    conversations.mark_unread(found, by=request.user)
    return {"text": _("Marked as unread.")}


@_action
def priority(request: AgentRequest, found: Conversation) -> Answer:
    chosen = _valid(PriorityForm(request.POST)).cleaned_data["priority"]
    before = found.priority
    if not conversations.set_priority(found, priority=chosen, by=request.user):
        return NOTHING_SAID
    text = _("Priority: %(level)s.") % {"level": found.get_priority_display()}
    return {"text": text, "undo": _undo("priority", found, priority=str(before))}


def _valid(form: Form) -> Form:
    if not form.is_valid():
        raise Wrong(form)
    return form


def _hand_back(found: Conversation, before: Agent | None) -> Answer:
    if before is None:
        return _undo("give_back", found)
    return _undo("assign", found, agent=str(before.code))


def _undo(name: str, found: Conversation, **fields: str) -> Answer:
    """What posting brings back the state before."""
    return {
        "label": _("Undo"),
        "url": reverse(f"inbox:{name}", args=[found.code]),
        "fields": fields,
    }
