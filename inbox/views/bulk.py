"""Acting on many conversations: choose all of a view, start, watch, stop, take back.

Choosing and starting answer with JSON (a sentence, and where to watch), the rest with the bar
that shows how far it is.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inbox.actions import bulk_acts
from inbox.actions.conversations import NotPossible
from inbox.bulk_words import progress_of
from inbox.forms.bulk import BulkForm
from inbox.http import AgentRequest
from inbox.models import Agent, BulkAct, Label, Team
from inbox.views.listings import listing_of


@require_POST
@login_required
def choose_all(request: AgentRequest, folder: str) -> HttpResponse:
    """All that is in this view now, counted and kept as it is."""
    found = listing_of(request, folder).everything(bulk_acts.MOST)
    kept = found[: bulk_acts.MOST]
    act = bulk_acts.choose([(pk, had) for _code, pk, had in kept], by=request.user)
    return JsonResponse(
        {
            "chosen": act.code,
            "codes": [code for code, _pk, _had in kept],
            "text": _counted(act.total, len(found)),
        }
    )


def _counted(kept: int, found: int) -> str:
    count = number_format(kept, force_grouping=True)
    if found > kept:
        return _("The first %(count)s of this view: that is the most at once.") % {
            "count": count
        }
    return ngettext(
        "The only conversation of this view",
        "All %(count)s conversations of this view",
        kept,
    ) % {"count": count}


@require_POST
@login_required
def start(request: AgentRequest) -> HttpResponse:
    form = BulkForm(request.POST, by=request.user)
    if not form.is_valid():
        sentence = next(str(error) for errors in form.errors.values() for error in errors)
        return _refused(sentence, 422)
    try:
        act = _start(request.user, form.cleaned_data)
    except NotPossible as exc:
        return _refused(str(exc), 409)
    return JsonResponse({"url": reverse("inbox:bulk_act", args=[act.code])})


def _start(agent: Agent, chosen: dict[str, Any]) -> BulkAct:
    """A choice that was kept, less and more what was picked by hand after that."""
    if code := chosen["chosen"]:
        kept = get_object_or_404(BulkAct, code=code, by=agent)
    else:
        kept = bulk_acts.choose([], by=agent)
    return bulk_acts.start(
        kept,
        chosen["order"],
        more=bulk_acts.freeze(chosen["conversations"], by=agent),
        less=bulk_acts.freeze(chosen["without"], by=agent),
        by=agent,
    )


@require_safe
@never_cache
@login_required
def act(request: AgentRequest, code: UUID) -> HttpResponse:
    """How far it is."""
    return _bar(request, _own(request, code))


@require_POST
@login_required
def cancel(request: AgentRequest, code: UUID) -> HttpResponse:
    found = _own(request, code)
    bulk_acts.cancel(found, by=request.user)
    return _bar(request, _own(request, code))


@require_POST
@login_required
def undo(request: AgentRequest, code: UUID) -> HttpResponse:
    try:
        back = bulk_acts.undo(_own(request, code), by=request.user)
    except NotPossible as exc:
        return _refused(str(exc), 409)
    return _bar(request, back)


@require_safe
@never_cache
@login_required
def assign_menu(request: AgentRequest) -> HttpResponse:
    context = {
        "agents": Agent.objects.active().select_related("team"),
        "teams": Team.objects.all(),
        "reader": request.user,
    }
    return render(request, "inbox/_bulk_assign.html", context)


@require_safe
@never_cache
@login_required
def label_menu(request: AgentRequest) -> HttpResponse:
    labels = Label.objects.visible_to(request.user)
    return render(request, "inbox/_bulk_labels.html", {"labels": labels})


def _own(request: AgentRequest, code: UUID) -> BulkAct:
    """Nobody else's; a choice without an act is nothing to watch."""
    running = BulkAct.objects.exclude(state=BulkAct.State.CHOSEN).defer("chosen")
    return get_object_or_404(running, code=code, by=request.user)


def _bar(request: AgentRequest, found: BulkAct) -> HttpResponse:
    context = {
        "act": found,
        "progress": progress_of(found),
        "may_be_undone": bulk_acts.may_be_undone(found),
    }
    return render(request, "inbox/_bulk_progress.html", context)


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"text": sentence, "tone": "danger"}, status=status)
