"""Finding quick replies by what stands after the slash: shortcut first, then name, then text.

Few are handed to the browser, which narrows them itself; of many the best are looked for here.
Umlauts are found with and without their dots, and spelled out. Comparing is done in this
process, with what was folded before: one query tells whether something is new since then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Count, Max
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
Variant = tuple[str, str]  # language and form of address


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the list."""

    code: str
    shortcut: str
    name: str
    folder: str
    text: str
    is_advertising: bool
    searchable: tuple[str, str, str]  # shortcut, name and text as they are compared


@dataclass(frozen=True, slots=True)
class Folded:
    """A quick reply as it is compared, in both spellings."""

    changed_at: datetime
    shortcut: str
    name: str
    texts: Mapping[Variant, str]

    def rank(self, letters: str) -> int | None:
        """None: it does not have them at all."""
        if any(each.startswith(letters) for each in self.shortcut.split("\n")):
            return 0
        if letters in self.shortcut:
            return 1
        if letters in self.name:
            return 2
        return 3 if any(letters in text for text in self.texts.values()) else None


def few(conversation: Conversation, agent: Agent) -> list[Found] | None:
    """All that this agent may use, or None when they are too many to hand over."""
    rows = list(_usable(agent).order_by("shortcut", "pk")[: FEW + 1])
    return None if len(rows) > FEW else _lines(rows, conversation, agent)


def find(letters: str, conversation: Conversation, agent: Agent) -> list[Found]:
    """The best first, and no more than fit on a screen."""
    wanted = fold(letters.strip()[:MOST_LETTERS])
    ranked = [
        (rank, one.shortcut, pk)
        for pk, one in _Known.usable_by(agent).items()
        if (rank := one.rank(wanted)) is not None
    ]
    best = [pk for _rank, _shortcut, pk in sorted(ranked)[:MOST_FOUND]]
    rows = _usable(agent).in_bulk(best)
    return _lines([rows[pk] for pk in best if pk in rows], conversation, agent)


class _Known:
    """What was folded before, and for whom; anew where something was changed."""

    MOST: ClassVar[int] = 10_000
    MOST_AGENTS: ClassVar[int] = 500
    _kept: ClassVar[dict[int, Folded]] = {}
    _usable: ClassVar[dict[object, tuple[object, dict[int, Folded]]]] = {}

    @classmethod
    def usable_by(cls, agent: Agent) -> dict[int, Folded]:
        """What comes to be usable was changed then, and what goes makes them fewer."""
        usable = _usable(agent).order_by()
        state = tuple(usable.aggregate(Count("pk"), Max("changed_at")).values())
        key = (agent.pk, agent.team_id)
        known = cls._usable.get(key)
        if known and known[0] == state:
            return known[1]
        if len(cls._usable) > cls.MOST_AGENTS:
            cls._usable.clear()
        found = cls._of(usable.values_list("pk", "changed_at"))
        cls._usable[key] = (state, found)
        return found

    @classmethod
    def _of(cls, rows: Iterable[tuple[int, datetime]]) -> dict[int, Folded]:
        found, fresh = {}, []
        for pk, changed_at in rows:
            known = cls._kept.get(pk)
            if known and known.changed_at == changed_at:
                found[pk] = known
            else:
                fresh.append(pk)
        if fresh:
            replies = list(QuickReply.objects.filter(pk__in=fresh))
            found |= cls.remember(replies, _texts_of(replies))
        return found

    @classmethod
    def remember(
        cls, replies: Iterable[QuickReply], texts: Mapping[int, Sequence[QuickReplyText]]
    ) -> dict[int, Folded]:
        if len(cls._kept) > cls.MOST:
            cls._kept.clear()
        known = {}
        for reply in replies:
            one = cls._kept.get(reply.pk)
            if one is None or one.changed_at != reply.changed_at:
                one = _fold(reply, texts.get(reply.pk, ()))
            known[reply.pk] = cls._kept[reply.pk] = one
        return known


def _fold(reply: QuickReply, texts: Iterable[QuickReplyText]) -> Folded:
    return Folded(
        changed_at=reply.changed_at,
        shortcut=_either(reply.shortcut),
        name=_either(reply.name),
        texts={(text.language, text.form): _either(_shown(text, {}, "")) for text in texts},
    )


def _usable(agent: Agent) -> QuickReplyQuerySet:
    return QuickReply.objects.visible_to(agent).active()


def _lines(rows: Sequence[QuickReply], conversation: Conversation, agent: Agent) -> list[Found]:
    texts = _texts_of(rows)
    folded = _Known.remember(rows, texts)
    contact, values = conversation.contact, _at_hand(conversation, agent)
    lines = []
    for row in rows:
        best = best_text(texts.get(row.pk, ()), contact.language, contact.address_form)
        its = folded[row.pk]
        line = Found(
            code=str(row.code),
            shortcut=row.shortcut,
            name=row.name,
            folder=row.folder,
            text=_shown(best, values, UNKNOWN) if best else "",
            is_advertising=row.is_advertising,
            searchable=(
                its.shortcut,
                its.name,
                its.texts.get((best.language, best.form), "") if best else "",
            ),
        )
        lines.append(line)
    return lines


def _texts_of(rows: Iterable[QuickReply]) -> dict[int, list[QuickReplyText]]:
    texts: dict[int, list[QuickReplyText]] = {}
    for text in QuickReplyText.objects.filter(quick_reply__in=[row.pk for row in rows]):
        texts.setdefault(text.quick_reply_id, []).append(text)
    return texts


def _at_hand(conversation: Conversation, agent: Agent) -> Mapping[str, str]:
    language = conversation.contact.language or "en"
    now = timezone.now()
    return values_for(conversation, agent, language=language, now=now, names=AT_HAND)


def _shown(text: QuickReplyText, values: Mapping[str, str], unknown: str) -> str:
    """With what is at hand; what is only known when it is chosen stays open."""
    if "{{" not in text.body:
        return text.body
    return "".join(
        part if isinstance(part, str) else values.get(part.name) or part.fallback or unknown
        for part in placeholders.split(text.body)
    )


def _either(text: str) -> str:
    plain, spelled = fold(text), spelled_out(text)
    return plain if plain == spelled else f"{plain}\n{spelled}"
