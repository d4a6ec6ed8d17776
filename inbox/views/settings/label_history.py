"""What was done to labels, a sentence each, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from inbox.models import Agent, Label, LabelEvent
from inbox.views.settings.history import Entry

What = LabelEvent.What


def sentences(agent: Agent, *, limit: int) -> list[Entry]:
    """The newest first, without labels that this agent may not know of."""
    events = LabelEvent.objects.select_related("by").order_by("-at", "-pk")
    if not agent.data_protection:
        now = Label.objects.filter(is_sensitive=True).values("code")
        once = LabelEvent.objects.filter(was_sensitive=True).values("label_code")
        events = events.exclude(label_code__in=now).exclude(label_code__in=once)
    return [Entry(_sentence(event), event.at) for event in events[:limit]]


def _sentence(event: LabelEvent) -> str:
    told = {
        "who": event.by.name if event.by else _("Supportdesk"),
        "name": event.name,
        "to": str(event.detail.get("to", "")),
    }
    match event.what:
        case What.MADE:
            return _("%(who)s made the label “%(name)s”") % told
        case What.MERGED:
            return _("%(who)s merged the label “%(name)s” into “%(to)s”") % told
        case What.DELETED:
            return _("%(who)s deleted the label “%(name)s”") % told
    if told["to"]:
        return _("%(who)s renamed the label “%(name)s” to “%(to)s”") % told
    return _("%(who)s changed the label “%(name)s”") % told
