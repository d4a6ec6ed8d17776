"""How loudly to tell admins of what Meta says about a number or the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inbox.models import ChannelEvent
from inbox.whatsapp import happenings as h

Severity = ChannelEvent.Severity

# Events of account_update that say how the account stands with Meta.
BAD_STANDING = frozenset(
    {
        "ACCOUNT_DELETED",
        "ACCOUNT_RESTRICTION",
        "ACCOUNT_VIOLATION",
        "ACCOUNT_OFFBOARDED",
        "DISABLED_UPDATE",
    }
)
GOOD_STANDING = frozenset({"ACCOUNT_RECONNECTED", "VERIFIED_ACCOUNT"})


def severity_of(happening: h.Happening) -> Severity:
    rule = _RULES.get(type(happening))
    return rule(happening) if rule else Severity.INFO


def is_about_standing(updated: h.AccountUpdated) -> bool:
    return updated.event in BAD_STANDING | GOOD_STANDING


def _quality(happening: Any) -> Severity:
    worse = happening.event in {"FLAGGED", "DOWNGRADE"}
    return Severity.WARNING if worse else Severity.INFO


def _name(happening: Any) -> Severity:
    return Severity.WARNING if happening.decision == "REJECTED" else Severity.INFO


def _account(happening: Any) -> Severity:
    reinstated = happening.ban_states[-1:] == ("REINSTATE",)
    return (
        Severity.ALERT if happening.event in BAD_STANDING and not reinstated else Severity.INFO
    )


def _alert(happening: Any) -> Severity:
    loud = happening.severity.upper() in {"CRITICAL", "HIGH"}
    return Severity.ALERT if loud else Severity.WARNING


def _review(happening: Any) -> Severity:
    return Severity.ALERT if happening.decision.upper() == "REJECTED" else Severity.INFO


def _template_status(happening: Any) -> Severity:
    fine = happening.event in {"APPROVED", "REINSTATED", "PENDING", "UNARCHIVED"}
    return Severity.INFO if fine else Severity.WARNING


def _template_quality(happening: Any) -> Severity:
    return Severity.WARNING if happening.new in {"RED", "YELLOW"} else Severity.INFO


def _warning(happening: Any) -> Severity:
    return Severity.WARNING


def _alarm(happening: Any) -> Severity:
    return Severity.ALERT


_RULES: dict[type[h.Happening], Callable[[Any], Severity]] = {
    h.NumberQualityChanged: _quality,
    h.NumberNameDecided: _name,
    h.AccountUpdated: _account,
    h.AccountAlerted: _alert,
    h.AccountReviewed: _review,
    h.SecurityEvent: _alarm,
    h.FlowEvent: _warning,
    h.TemplateStatusChanged: _template_status,
    h.TemplateQualityChanged: _template_quality,
    h.TemplateCategoryChanged: _warning,
    h.ProblemsReported: _warning,
    h.HistoryDeclined: _warning,
}
