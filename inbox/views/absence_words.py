"""What happens to the conversations of somebody who goes away, in a sentence for them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inbox.models import Agent, Channel


def what_happens(agent: Agent) -> str:
    """By the rules of the numbers they see; the strictest where they differ."""
    ruled = Channel.objects.in_use().visible_to(agent).filter(absence_minutes__isnull=False)
    rules = list(ruled.values_list("absence_minutes", "absence_takes_all"))
    if not rules:
        return _("Your conversations stay with you while you are away.")
    minutes, takes_all = min(rules)[0], any(takes for _minutes, takes in rules)
    return _sentence(minutes or 0, takes_all) % {"count": minutes}


def _sentence(minutes: int, takes_all: bool) -> str:
    if takes_all:
        return ngettext(
            "When you have been away for %(count)d minute,"
            " your open conversations go back to the queue.",
            "When you have been away for %(count)d minutes,"
            " your open conversations go back to the queue.",
            minutes,
        )
    return ngettext(
        "When you have been away for %(count)d minute,"
        " conversations in which a customer waits go back to the queue.",
        "When you have been away for %(count)d minutes,"
        " conversations in which a customer waits go back to the queue.",
        minutes,
    )
