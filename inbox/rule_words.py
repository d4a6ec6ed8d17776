"""Rules in the reader's words: what they wait for, what they do, and what came of it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inbox.automation.acts import Do
from inbox.automation.outcomes import Outcome
from inbox.automation.reading import Refused, Why
from inbox.automation.triggers import Trigger, When

Word = str | Promise

TRIGGERS: dict[Trigger, Word] = {
    Trigger.RECEIVED: gettext_lazy("A customer writes"),
    Trigger.PRESSED: gettext_lazy("A customer presses a button"),
    Trigger.OPENED: gettext_lazy("A conversation begins, or is open again"),
    Trigger.ASSIGNED: gettext_lazy("Somebody gets a conversation"),
    Trigger.CLOSED: gettext_lazy("A conversation is closed"),
    Trigger.LABELLED: gettext_lazy("A label is added"),
    Trigger.WAITING: gettext_lazy("A customer waits for minutes of opening hours"),
    Trigger.QUIET: gettext_lazy("Nobody has written for minutes; it is the customer's turn"),
}
_ACTS: dict[Do, Word] = {
    Do.LABEL: gettext_lazy("adds a label"),
    Do.PRIORITY: gettext_lazy("sets the priority"),
    Do.NOTE: gettext_lazy("writes a note"),
    Do.NOTIFY: gettext_lazy("notifies colleagues"),
    Do.ASSIGN: gettext_lazy("assigns"),
    Do.REPLY: gettext_lazy("sends a message"),
    Do.SNOOZE: gettext_lazy("puts off"),
    Do.CLOSE: gettext_lazy("closes"),
}
_OUTCOMES: dict[Outcome, Word] = {
    Outcome.DONE: gettext_lazy("done"),
    Outcome.PLANNED: gettext_lazy("later"),
    Outcome.SO_ALREADY: gettext_lazy("it was so already"),
    Outcome.GONE: gettext_lazy("what it needs is not there any more"),
    Outcome.NOT_NOW: gettext_lazy("this conversation does not allow it now"),
    Outcome.NEEDS_LABEL: gettext_lazy("a label is needed first"),
    Outcome.NO_SIGHT: gettext_lazy("nobody there sees conversations of this number"),
    Outcome.NOT_ALLOWED: gettext_lazy("this customer may not be written to now"),
    Outcome.WORDS_MISSING: gettext_lazy("something for its places is not known"),
    Outcome.ENOUGH_SAID: gettext_lazy("rules have written enough here today"),
    Outcome.NOT_WARNED: gettext_lazy("the customer was not warned"),
    Outcome.TOO_OFTEN: gettext_lazy("rules have done enough here for an hour"),
}
_REFUSALS: dict[Why, Word] = {
    Why.TOO_MANY: gettext_lazy("At most %(detail)s."),
    Why.TOO_LONG: gettext_lazy("At most %(detail)s characters."),
    Why.MISSING: gettext_lazy("Fill this in."),
    Why.NOT_A_NUMBER: gettext_lazy("A whole number."),
    Why.OUT_OF_RANGE: gettext_lazy("From %(detail)s."),
    Why.TWICE: gettext_lazy("This is there twice."),
    Why.NOTHING_TO_DO: gettext_lazy("Choose what the rule does."),
    Why.CONTRADICTION: gettext_lazy(
        "Putting off and closing exclude each other, and closing later needs a message first."
    ),
}


def refusal(refused: Refused) -> str:
    said = _REFUSALS.get(refused.why) or gettext_lazy("This is not possible here.")
    return str(said) % {"detail": refused.detail}


def when(wanted: When) -> str:
    """The trigger with its time, if it has one."""
    if wanted.trigger == Trigger.WAITING:
        said = _("A customer waits for %(time)s of opening hours")
    elif wanted.trigger == Trigger.QUIET:
        said = _("A customer has not answered for %(time)s")
    else:
        return str(TRIGGERS[wanted.trigger])
    return said % {"time": time(wanted.minutes)}


def time(minutes: int) -> str:
    """In hours where it is so many."""
    hours, rest = divmod(minutes, 60)
    if rest:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def act(do: Do) -> str:
    return str(_ACTS[do])


def outcome(rows: object) -> str:
    """What was stored of a firing (inbox.models.rule), as a list of half sentences."""
    if not isinstance(rows, list):
        return ""
    return ", ".join(_row(row) for row in rows if isinstance(row, list) and len(row) == 2)


def applied(content: dict[str, object], who: str) -> str:
    """Its line in the timeline."""
    named = {"who": who, "what": outcome(content.get("outcome"))}
    return _("%(who)s applied: %(what)s") % named


def called(content: dict[str, object], who: str) -> str:
    return _("%(who)s called %(to)s") % {
        "who": who,
        "to": str(content.get("to_name", ""))[:200],
    }


def name_in(content: dict[str, object]) -> str:
    """Who did it where a rule did; "" where none did."""
    name = content.get("rule")
    return _("Rule “%(name)s”") % {"name": name[:80]} if isinstance(name, str) else ""


def _row(row: list[object]) -> str:
    word, came = str(row[0]), str(row[1])
    did = act(Do(word)) if word in set(Do) else ""
    result = str(_OUTCOMES[Outcome(came)]) if came in set(Outcome) else came[:40]
    if came == Outcome.DONE:
        return did
    if not did:
        return result
    return _("%(what)s (%(outcome)s)") % {"what": did, "outcome": result}
