"""Automatic texts in the reader's words: which one it was, and why it goes or not."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inbox.automatic import advertising
from inbox.automatic.advertising import Finding, Sign
from inbox.automatic.rules import Kind, Reason

_REMARKS: dict[str, str | Promise] = {
    Kind.GREETING: gettext_lazy("Automatic: greeting"),
    Kind.RETURNING: gettext_lazy("Automatic: returning customer"),
    Kind.AWAY: gettext_lazy("Automatic: outside opening hours"),
    Kind.BUSY: gettext_lazy("Automatic: nobody had answered yet"),
    Kind.PRIVACY: gettext_lazy("Automatic: privacy notice"),
    "rule": gettext_lazy("Automatic: by a rule"),
}


def remark(kind: object) -> str:
    """What a message says of itself in the thread."""
    found = _REMARKS.get(kind) if isinstance(kind, str) else None
    return str(found or _("Sent automatically"))


_HELP: dict[Kind, str | Promise] = {
    Kind.GREETING: gettext_lazy("To a person's first message ever, in opening hours."),
    Kind.RETURNING: gettext_lazy("To people who were not here for some time."),
    Kind.AWAY: gettext_lazy(
        "Outside the opening hours of the conversation's team, or else of the number. "
        "It goes before a greeting."
    ),
    Kind.BUSY: gettext_lazy("When nobody has answered for some minutes of opening hours."),
    Kind.PRIVACY: gettext_lazy(
        "Once to each person, below the first automatic text or alone. "
        "A new version goes to everybody once more, when they next write."
    ),
}
_SIGNS: dict[Sign, str | Promise] = {
    Sign.REDUCTION: gettext_lazy("“%(found)s” advertises a reduction."),
    Sign.CALL_TO_BUY: gettext_lazy("“%(found)s” asks to buy."),
    Sign.HURRY: gettext_lazy("“%(found)s” presses to buy soon."),
    Sign.NEWS: gettext_lazy("“%(found)s” invites to advertising."),
    Sign.RATING: gettext_lazy("“%(found)s” asks for a rating, and that is advertising too."),
    Sign.CONTEST: gettext_lazy("“%(found)s” advertises a contest."),
    Sign.TRACKED_LINK: gettext_lazy("The link %(found)s tells a campaign who came."),
    Sign.PERCENTAGE: gettext_lazy("Is “%(found)s” a reduction? Then it is advertising."),
    Sign.PRICE: gettext_lazy("Does “%(found)s” sell something? Then it is advertising."),
    Sign.LINK: gettext_lazy("Does %(found)s lead to offers? Then it is advertising."),
    Sign.PRAISE: gettext_lazy("Does “%(found)s” sell something? Then it is advertising."),
}
_REASONS: dict[Reason, str | Promise] = {
    Reason.FIRST_MESSAGE: gettext_lazy("It is their first message to this number."),
    Reason.LONG_AGO: gettext_lazy("Their last conversation ended long ago."),
    Reason.CLOSED_NOW: gettext_lazy("It is outside the opening hours."),
    Reason.NOBODY_ANSWERED: gettext_lazy("Nobody has answered yet."),
    Reason.NOT_INFORMED_YET: gettext_lazy("They have not had the privacy notice yet."),
    Reason.SAID_BEFORE: gettext_lazy("It was said before in this conversation."),
}


def help_for(kind: Kind) -> str:
    return str(_HELP[kind])


def refusals(text: str) -> list[str]:
    """Why a service text may not be sent by itself, a sentence for each sign."""
    return [_sentence(finding) for finding in advertising.find(text) if finding.is_refused]


def doubts(text: str) -> list[str]:
    """What may be advertising and need not be."""
    return [_sentence(finding) for finding in advertising.find(text) if not finding.is_refused]


def reason(why: Reason) -> str:
    return str(_REASONS.get(why) or _("No text that is switched on fits."))


def _sentence(finding: Finding) -> str:
    return str(_SIGNS[finding.sign]) % {"found": finding.found[:60]}
