"""Message templates as Meta has them, for reading: they are made at Meta."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from inbox.http import AgentRequest
from inbox.models import Channel, Template
from inbox.permissions import lead_required
from inbox.views.settings.template_words import rejection

PREVIEW = 300


@dataclass(frozen=True, slots=True)
class Row:
    template: Template
    status: str
    rejection: str
    text: str


@lead_required
@require_GET
def message_templates(request: AgentRequest) -> HttpResponse:
    channels = list(Channel.objects.in_use().visible_to(request.user))
    accounts = {channel.waba_id for channel in channels}
    found = Template.objects.filter(waba_id__in=accounts, gone_at=None)
    rows = [_row(template) for template in found]
    return render(request, "settings/templates.html", {"rows": rows, "channels": channels})


def _row(template: Template) -> Row:
    return Row(
        template=template,
        status=_status(template),
        rejection=rejection(template.rejected_reason),
        text=_text(template),
    )


def _status(template: Template) -> str:
    known = dict(Template.Status.choices)
    return str(known.get(template.status, Template.Status.OTHER.label))


def _text(template: Template) -> str:
    """The body with its placeholders, as Meta stored it: whatever else that may be."""
    parts = template.components if isinstance(template.components, list) else []
    bodies = [p for p in parts if isinstance(p, dict) and p.get("type") == "BODY"]
    return str(bodies[0].get("text") or "")[:PREVIEW] if bodies else ""
