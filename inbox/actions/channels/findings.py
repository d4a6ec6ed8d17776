"""What a look at a number found out."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.whatsapp import GraphError
from inbox.whatsapp import sentence_for as sentence_for_error


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``ok``: True well, False wrong, None worth knowing."""

    ok: bool | None
    what: str
    hint: str = ""


def refused(what: str, error: GraphError) -> Finding:
    """Meta did not answer the question."""
    hint = str(sentence_for_error(error.kind, error.code))
    if error.code:
        hint = f"{hint} ({error.code}: {error.details[:200]})"
    return Finding(False, what, hint)
