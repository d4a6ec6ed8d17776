"""Who is looking and who is writing: what browsers say of themselves."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from inbox.http import AgentRequest
from inbox.live import presence as presences
from inbox.permissions import access_conversation


class PresenceForm(forms.Form):
    code = forms.UUIDField()
    state = forms.ChoiceField(choices=presences.State.choices)


def stream(request: HttpRequest) -> HttpResponse:
    """Only reached where the desk runs without ``supportdesk.asgi``, which answers itself."""
    return HttpResponse("The live stream needs the ASGI server.", status=503)


@require_POST
@login_required
def presence(request: AgentRequest) -> HttpResponse:
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    conversation = access_conversation(request.user, form.cleaned_data["code"])
    state = presences.State(form.cleaned_data["state"])
    presences.note(str(conversation.code), request.user.pk, state)
    return HttpResponse(status=204)
