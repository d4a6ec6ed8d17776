"""What is said, message by message in the order it comes, and what each case makes of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bench.cases import Case, Last
from bench.loading import code, plain
from bench.texts import Text

Row = tuple[Any, ...]
COLUMNS = [
    "id", "code", "conversation_id", "direction", "kind", "status", "origin", "author_id",
    "body", "content", "quoted_id", "quoted_wamid", "wamid", "at", "created_at", "changed_at",
    "sent_at", "delivered_at", "read_at",
]  # fmt: skip
KINDS = ("text", "image", "voice", "document", "event")
KIND_WEIGHTS = (86, 6, 3, 2, 3)
ATTACHED = {"image": "image", "voice": "audio", "document": "document"}
CAPTIONED, QUOTING, REACTED = 0.3, 0.03, 0.03
SECOND = timedelta(seconds=1)


class Chatter:
    """``words``, ``files`` and ``reactions`` fill while the rows are made."""

    def __init__(
        self, texts: Iterator[Text], chance: random.Random, agents: list[int], began: datetime
    ) -> None:
        self.texts, self.random, self.agents, self.began = texts, chance, agents, began
        self.words: list[tuple[int, str]] = []
        self.files: list[tuple[int, str, str]] = []
        self.reactions: list[tuple[int, Any]] = []
        self._kinds = iter(())  # type: Iterator[str]

    def rows(self, order: list[tuple[int, Case]]) -> Iterator[Row]:
        for pk, (second, case) in enumerate(order, 1):
            yield self._row(pk, case, self.began + second * SECOND)

    def _row(self, pk: int, case: Case, at: datetime) -> Row:
        kind = self._kind() if case.last else "text"
        if kind == "event":
            return self._event(pk, case, at)
        is_first = case.last is None
        last = self._said(pk, kind, at, incoming=is_first or self.random.random() < 0.55)
        quoted = case.last if self.random.random() < QUOTING else None
        _note(case, last)
        self._beside(last)
        is_out = last.direction == "out"
        moment = plain(at)
        read = last.status == "read"
        return (
            pk, code(self.random), case.pk, last.direction, kind, last.status,
            "agent" if is_out else "", self._author(case) if is_out else None, last.body, "{}",
            quoted.pk if quoted else None, quoted.wamid if quoted else "", last.wamid,
            moment, moment, moment, moment if is_out else None, moment if is_out else None,
            moment if read else None,
        )  # fmt: skip

    def _kind(self) -> str:
        """Drawn a thousand at a time, which is cheaper."""
        for kind in self._kinds:
            return kind
        self._kinds = iter(self.random.choices(KINDS, KIND_WEIGHTS, k=1000))
        return next(self._kinds)

    def _said(self, pk: int, kind: str, at: datetime, *, incoming: bool) -> Last:
        speaks = kind == "text" or self.random.random() < CAPTIONED
        body, words = next(self.texts) if speaks else ("", "")
        if words:
            self.words.append((pk, words))
        status = "read" if self.random.random() < 0.85 else "delivered"
        return Last(
            pk=pk,
            kind=kind,
            direction="in" if incoming else "out",
            status="received" if incoming else status,
            body=body,
            at=at,
            # As long as Meta's, and in no order.
            wamid=f"wamid.HBgN{code(self.random)}{pk:08}",
        )

    def _event(self, pk: int, case: Case, at: datetime) -> Row:
        moment = plain(at)
        return (
            pk, code(self.random), case.pk, "internal", "event", "", "", self._author(case), "",
            '{"event": "taken"}', None, "", None, moment, moment, moment, None, None, None,
        )  # fmt: skip

    def _author(self, case: Case) -> int:
        return case.agent or self.random.choice(self.agents)

    def _beside(self, last: Last) -> None:
        if last.kind in ATTACHED:
            filename = f"Rechnung_{last.pk}.pdf" if last.kind == "document" else ""
            self.files.append((last.pk, ATTACHED[last.kind], filename))
        if self.random.random() < REACTED:
            self.reactions.append((last.pk, plain(last.at)))


def _note(case: Case, last: Last) -> None:
    """What the list and the window know of the case, after this message."""
    case.last = last
    case.opened_at = case.opened_at or last.at
    if last.direction == "in":
        case.waiting_since = case.waiting_since or last.at
        case.wrote_at = last.at
        case.unread += 1
    else:
        case.replied_at = case.replied_at or last.at
        case.waiting_since, case.unread = None, 0
