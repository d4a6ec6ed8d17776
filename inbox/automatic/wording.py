"""How an automatic text reads: its places filled, the notice below it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inbox.placeholders import Place, split

# Besides those of quick replies; an agent is not there to be named.
COMPANY, LINK = "company", "link"


def write(body: str, values: Mapping[str, str]) -> str:
    """What nothing is known for is left out: no customer shall read braces."""
    parts = [
        part if isinstance(part, str) else values.get(part.name) or part.fallback or ""
        for part in split(body)
    ]
    return "".join(parts).strip()


def places_in(body: str) -> set[str]:
    return {part.name for part in split(body) if isinstance(part, Place)}


def join(texts: Iterable[str]) -> str:
    """One below the other, with a line between, as one message."""
    return "\n\n".join(text for text in texts if text)
