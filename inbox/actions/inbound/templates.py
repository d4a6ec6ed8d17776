"""What Meta decided about a template we know; one we do not know is fetched."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.news import News
from inbox.models import Template
from inbox.whatsapp import happenings as h

# What an event makes of the status; the others are statuses themselves.
STATUS = {"REINSTATED": "APPROVED", "UNARCHIVED": "APPROVED"}
# Said about a template whose status stays what it is.
REMARKS = frozenset({"FLAGGED"})


def apply(arrival: Arrival[Any], news: News) -> None:
    happening: h.TemplateHappening = arrival.happening
    template = _find(happening, arrival.channel.waba_id)
    if template is None or isinstance(happening, h.TemplateComponentsChanged):
        news.stale_templates.add(arrival.channel.pk)
        return
    changes = _changes(template, happening, arrival)
    if changes:
        Template.objects.filter(pk=template.pk).update(**changes)


def _find(happening: h.TemplateHappening, waba_id: str) -> Template | None:
    named = Q(name=happening.name, language=happening.language)
    if happening.template_id:
        named |= Q(meta_id=happening.template_id)
    return Template.objects.filter(named, waba_id=waba_id).order_by("pk").first()


def _changes(
    template: Template, happening: h.TemplateHappening, arrival: Arrival[Any]
) -> dict[str, Any]:
    if isinstance(happening, h.TemplateStatusChanged):
        return _status(happening, arrival)
    if isinstance(happening, h.TemplateQualityChanged):
        return {"quality": happening.new[:16]}
    if isinstance(happening, h.TemplateCategoryChanged) and happening.new:
        return {"category": happening.new[:24], "previous_category": template.category}
    return {}


def _status(happening: h.TemplateStatusChanged, arrival: Arrival[Any]) -> dict[str, Any]:
    if happening.event in REMARKS:
        return {}
    changes: dict[str, Any] = {"status": STATUS.get(happening.event, happening.event)[:24]}
    if happening.event == "REJECTED":
        changes["rejected_reason"] = (happening.reason or happening.description)[:200]
    if happening.event == "DELETED":
        changes["gone_at"] = arrival.at
    return changes
