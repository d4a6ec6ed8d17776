"""What was done along with an answer made of quick replies, and the way back."""

from __future__ import annotations

import json
from typing import cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inbox.actions import conversations, replies
from inbox.http import AgentRequest
from inbox.models import Agent, Conversation, Label
from inbox.permissions import access_conversation


class UndoForm(forms.Form):
    label = forms.ModelMultipleChoiceField(
        Label.objects.none(), to_field_name="code", required=False
    )
    reopen = forms.BooleanField(required=False)
    hand_back = forms.BooleanField(required=False)
    to = forms.ModelChoiceField(Agent.objects.active(), to_field_name="code", required=False)

    def __init__(self, data: QueryDict, *, by: Agent) -> None:
        super().__init__(data)
        chosen = cast("forms.ModelMultipleChoiceField[Label]", self.fields["label"])
        chosen.queryset = Label.objects.visible_to(by)


def draw(conversation: Conversation, use: replies.QuickUse) -> SafeString:
    """For quick-reply.js, which shows it as other acts are shown; not part of the thread."""
    if not use.done and not use.left_out:
        return SafeString("")
    answer: dict[str, object] = {
        "text": " · ".join([*(str(act) for act in use.done), *use.left_out]),
        "tone": "danger" if use.left_out else "info",
    }
    if use.done:
        url = reverse("inbox:quick_undo", args=[conversation.code])
        answer["undo"] = {"label": _("Undo"), "url": url, "fields": _back(use)}
    return format_html('<li hidden data-done="{}"></li>', json.dumps(answer))


def _back(use: replies.QuickUse) -> dict[str, object]:
    fields: dict[str, object] = {
        "label": [str(act.label.code) for act in use.done if act.label],
    }
    if any(act.closes or act.hours for act in use.done):
        fields["reopen"] = "on"
    if any(act.to for act in use.done):
        fields["hand_back"] = "on"
        fields["to"] = str(use.was_with.code) if use.was_with else ""
    return fields


@login_required
@require_POST
def undo(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_conversation(request.user, code)
    form = UndoForm(request.POST, by=request.user)
    if not form.is_valid():
        text = _("This is not there any more, so nothing was changed.")
        return JsonResponse({"text": text, "tone": "danger"}, status=422)
    given = form.cleaned_data
    try:
        replies.undo_quick(
            found,
            labelled=given["label"],
            reopen=given["reopen"],
            hand_back=given["hand_back"],
            to=given["to"],
            by=request.user,
        )
    except conversations.NotPossible as exc:
        return JsonResponse({"text": str(exc), "tone": "danger"}, status=409)
    return JsonResponse({"text": _("Undone.")})
