"""Finding quick replies by what stands after the slash: shortcut first, then name, then text.

Few are handed to the browser, which narrows them itself; of many the database looks for
those that fit. Umlauts are found with and without their dots, and spelled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone

from inbox import placeholders
from inbox.models import Agent, Conversation, QuickReply, QuickReplyText
from inbox.models.quick_reply import QuickReplyQuerySet
from inbox.quick_replies import best_text, values_for
from inbox.search.words import fold, spelled_out

FEW = 500
MOST_FOUND = 50
MOST_LETTERS = 60
UNKNOWN = "…"
# Asked for often, so only what is at hand: opening hours and own fields are not filled in.
AT_HAND = ("contact.first_name", "contact.name", "agent.name", "conversation.number")
_LIKE = {
    "a": "[aàáâãåäÀÁÂÃÅÄ]",
    "c": "[cçÇ]",
    "e": "[eèéêëÈÉÊË]",
    "i": "[iìíîïÌÍÎÏ]",
    "n": "[nñÑ]",
    "o": "[oòóôõøöÒÓÔÕØÖ]",
    "u": "[uùúûüÙÚÛÜ]",
    "ae": "(ae|[äÄæÆ])",
    "oe": "(oe|[öÖœŒ])",
    "ue": "(ue|[üÜ])",
    "ss": "(ss|[ßẞ])",
}
_PIECE = re.compile(r"ae|oe|ue|ss|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the list."""

    code: str
    shortcut: str
    name: str
    folder: str
    text: str
    is_advertising: bool

    @property
    def searchable(self) -> list[str]:
        """Shortcut, name and text as they are compared, in both spellings."""
        return [_either(part) for part in (self.shortcut, self.name, self.text)]


def few(conversation: Conversation, agent: Agent) -> list[Found] | None:
    """All that this agent may use, or None when they are too many to hand over."""
    rows = list(_usable(agent).order_by("shortcut", "pk")[: FEW + 1])
    return None if len(rows) > FEW else _lines(rows, conversation, agent)


def find(letters: str, conversation: Conversation, agent: Agent) -> list[Found]:
    """The best first, and no more than fit on a screen."""
    rows = _usable(agent)
    if pattern := pattern_of(letters):
        said = QuickReplyText.objects.filter(
            quick_reply=OuterRef("pk"), body__iregex=pattern
        ).order_by()
        rank = Case(
            When(shortcut__iregex=f"^{pattern}", then=Value(0)),
            When(shortcut__iregex=pattern, then=Value(1)),
            When(name__iregex=pattern, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        fits = Q(shortcut__iregex=pattern) | Q(name__iregex=pattern) | Q(Exists(said))
        rows = rows.filter(fits).order_by(rank, "shortcut", "pk")
    else:
        rows = rows.order_by("shortcut", "pk")
    return _lines(list(rows[:MOST_FOUND]), conversation, agent)


def pattern_of(letters: str) -> str:
    """A pattern for both databases: one step for each letter, whatever is typed."""
    folded = fold(letters.replace("\0", "").strip()[:MOST_LETTERS])
    return "".join(_LIKE.get(piece) or re.escape(piece) for piece in _PIECE.findall(folded))


def _usable(agent: Agent) -> QuickReplyQuerySet:
    return QuickReply.objects.visible_to(agent).active()


def _lines(rows: Sequence[QuickReply], conversation: Conversation, agent: Agent) -> list[Found]:
    texts = _texts_of(rows)
    contact = conversation.contact
    values = _at_hand(conversation, agent)
    return [
        Found(
            code=str(row.code),
            shortcut=row.shortcut,
            name=row.name,
            folder=row.folder,
            text=_shown(
                best_text(texts.get(row.pk, ()), contact.language, contact.address_form), values
            ),
            is_advertising=row.is_advertising,
        )
        for row in rows
    ]


def _texts_of(rows: Iterable[QuickReply]) -> dict[int, list[QuickReplyText]]:
    texts: dict[int, list[QuickReplyText]] = {}
    for text in QuickReplyText.objects.filter(quick_reply__in=[row.pk for row in rows]):
        texts.setdefault(text.quick_reply_id, []).append(text)
    return texts


def _at_hand(conversation: Conversation, agent: Agent) -> Mapping[str, str]:
    language = conversation.contact.language or "en"
    now = timezone.now()
    return values_for(conversation, agent, language=language, now=now, names=AT_HAND)


def _shown(text: QuickReplyText | None, values: Mapping[str, str]) -> str:
    """With what is at hand; what is only known when it is chosen stays open."""
    parts = placeholders.split(text.body) if text else ()
    return "".join(
        part if isinstance(part, str) else values.get(part.name) or part.fallback or UNKNOWN
        for part in parts
    )


def _either(text: str) -> str:
    plain, spelled = fold(text), spelled_out(text)
    return plain if plain == spelled else f"{plain}\n{spelled}"
