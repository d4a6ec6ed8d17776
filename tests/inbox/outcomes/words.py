"""Ways to say what a post changes: screen by screen, in the words that stand there then.

What is not named stays as it was.
"""

from __future__ import annotations

Changes = dict[str, list[str]]

NOTHING: Changes = {}
ANSWERABLE = "can be answered"  # the composer has a field to write in
ONLY_TEMPLATES = (
    "More than 24 hours have passed since this person last wrote. "
    "WhatsApp only lets you send a template now."
)
ANSWERED_ELSEWHERE = (
    "Another app answers this person at the moment. Writing here takes over. can be answered"
)
UNREACHABLE = (
    "This person cannot be reached: no WhatsApp on that number, an outdated app, "
    "or new terms not accepted. Use another way to reach them."
)
WROTE_FIRST = "Service requests Customer wrote first"
NEVER_WROTE = ["Service requests Has not written to us yet", "Advertising Not agreed"]
MAY_BE_ANSWERED: Changes = {"composer": [ANSWERABLE], "person": [WROTE_FIRST]}
ON_THE_PHONE = "Sent from the phone app"
NEW_ID = "WhatsApp gave the customer a new id; it is still the same person"
NOT_KNOWN = "Unknown kind · WhatsApp tells something this version of the desk does not know."
PART_MISSING = "Unknown kind · A part that is needed is missing or cannot be read."
NOT_BUILT_SO = "Unknown kind · It is not built the way WhatsApp builds what it sends."


def wrote(bubble: str, row: str, *, waits: bool = True) -> Changes:
    """Ida wrote: her words in the thread, her row in the list, and she may be answered."""
    meta = "1 unread · waits" if waits else "1 unread"
    return {
        "list": [f"Ida Brandt · {row} · {meta}"],
        "thread": [f"Ida Brandt: {bubble}"],
        **MAY_BE_ANSWERED,
    }


def thread(*items: str) -> Changes:
    """Nothing but the thread reads differently: a bubble, a mark on one, or a line."""
    return {"thread": list(items)}


def bald(mark: str) -> Changes:
    """Our own "Bald", with the reaction it had, bears another mark."""
    return thread(f"Anna Keller Bald {mark} 👎 👎 Ida Brandt")


def news(*items: str, **also: list[str]) -> Changes:
    """What admins read about the number."""
    return {"news": list(items), **also}
