"""Planning reminders in a conversation, and cancelling them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from inbox.actions import reminders
from inbox.actions.conversations import NotPossible
from inbox.colleagues import who_may_see
from inbox.forms.reminders import ReminderForm
from inbox.http import AgentRequest
from inbox.models import Conversation, Reminder
from inbox.permissions import access_conversation
from inbox.templatetags.moments import in_full
from inbox.views.next_page import safe_next
from inbox.views.replies import is_fetch


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    colleagues = who_may_see(found).exclude(pk=request.user.pk)
    form = ReminderForm(request.POST or None, colleagues=colleagues)
    if request.method == "GET":
        return _dialog(request, found, form)
    if form.is_valid():
        to = form.cleaned_data["agent"] or request.user
        at, text = form.cleaned_data["at"], form.cleaned_data["text"]
        try:
            reminder = reminders.plan(found, at=at, by=request.user, to=to, text=text)
        except NotPossible as exc:
            form.add_error(None, str(exc))
        else:
            return _planned(request, reminder)
    return _dialog(request, found, form, status=422)


def _planned(request: AgentRequest, reminder: Reminder) -> HttpResponse:
    names = {"name": reminder.agent.name, "moment": in_full(reminder.remind_at)}
    is_mine = reminder.agent_id == request.user.pk
    text = (
        _("You are reminded: %(moment)s.")
        if is_mine
        else _("%(name)s is reminded: %(moment)s.")
    )
    undo = {
        "label": _("Undo"),
        "url": reverse("inbox:reminder_cancel", args=[reminder.code]),
        "fields": {},
    }
    if is_fetch(request):
        return JsonResponse({"text": text % names, "undo": undo})
    return redirect(reminder.conversation)


def _dialog(
    request: AgentRequest, found: Conversation, form: ReminderForm, status: int = 200
) -> HttpResponse:
    planned = found.reminders.filter(woken_at=None).select_related("agent")
    context = {
        "form": form,
        "url": reverse("inbox:reminders", args=[found.code]),
        "planned": list(planned.order_by("remind_at")),
    }
    return render(request, "inbox/_reminder_form.html", context, status=status)


@login_required
@require_POST
def cancel(request: AgentRequest, code: UUID) -> HttpResponse:
    visible = Conversation.objects.visible_to(request.user)
    planned = Reminder.objects.filter(conversation__in=visible)
    related = ("conversation__contact", "conversation__channel", "agent")
    reminder = get_object_or_404(planned.select_related(*related), code=code)
    if request.user.pk not in {reminder.agent_id, reminder.by_id} and not request.user.is_lead:
        raise PermissionDenied(_("Only who set a reminder or gets it can cancel it."))
    again = {
        "until": reminder.remind_at.isoformat(),
        "agent": "" if reminder.agent_id == request.user.pk else str(reminder.agent.code),
        "text": reminder.text,
    }
    if not reminders.cancel(reminder, by=request.user):
        return _answer(request, reminder, {"text": ""})
    url = reverse("inbox:reminders", args=[reminder.conversation.code])
    undo = {"label": _("Undo"), "url": url, "fields": again}
    return _answer(request, reminder, {"text": _("Reminder cancelled."), "undo": undo})


def _answer(
    request: AgentRequest, reminder: Reminder, answer: dict[str, object]
) -> HttpResponse:
    if is_fetch(request):
        return JsonResponse(answer)
    return redirect(safe_next(request) or reminder.conversation.get_absolute_url())
