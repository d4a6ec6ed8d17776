"""Happenings in, outcomes out: together where that is possible, one by one where it is not."""

from __future__ import annotations

import logging
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from inbox.actions.inbound import (
    account,
    address_book,
    calls,
    edits,
    lines,
    messages,
    new_ids,
    parking,
    reactions,
    statuses,
    waiting,
)
from inbox.actions.inbound.arrivals import Arrival, CannotApply
from inbox.actions.inbound.identities import person_of
from inbox.actions.inbound.news import News
from inbox.whatsapp import happenings as h

logger = logging.getLogger(__name__)

Arrivals = Sequence[Arrival[Any]]

# Frequent kinds are applied together, in this order: what is said before what is said of it.
# Only statuses go first: like the carrier they hold messages before their conversations, and
# one that speaks of a message in the same batch waits for it a moment.
TOGETHER: tuple[tuple[type | tuple[type, ...], Callable[[Arrivals, News], None]], ...] = (
    (h.StatusReported, statuses.apply),
    (h.ContactSynced, address_book.apply),
    (h.Sent, messages.apply),
    (h.ReactionReceived, reactions.apply),
    ((h.MessageEdited, h.MessageRevoked), edits.apply),
)
# The others are rare, and some change who is who: each is applied alone and in its turn.
ALONE: tuple[tuple[type | tuple[type, ...], Callable[[Arrival[Any], News], None]], ...] = (
    ((h.NumberChanged, h.UserIdChanged), new_ids.apply),
    (h.CallHappened, calls.apply),
    (lines.HANDLED, lines.apply),
    (account.HANDLED, account.apply),
)


def apply_all(arrivals: Arrivals) -> None:
    """Apply what can be applied and park the rest. Raises only when the database is gone."""
    fit = [arrival for arrival in arrivals if not _refused(arrival)]
    try:
        with transaction.atomic():
            _apply_and_tell(fit)
    except Exception as mistake:
        _raise_if_database_is_gone(mistake)
        logger.warning("batch of %s taken one by one: %s", len(fit), type(mistake).__name__)
        for arrival in fit:
            apply_alone(arrival)


def apply_alone(arrival: Arrival[Any]) -> None:
    """Apply one in a savepoint of its own; park it with its reason when that fails."""
    try:
        with transaction.atomic():
            _apply_and_tell([arrival])
    except CannotApply as reason:
        parking.fail(arrival, str(reason))
    except Exception as mistake:
        _raise_if_database_is_gone(mistake)
        what = (
            arrival.webhook_id,
            arrival.happening,
            type(mistake).__name__,
            _place_of(mistake),
        )
        logger.error("webhook %s, %r: parked, %s at %s", *what)
        parking.fail(arrival, f"{type(mistake).__name__}: {mistake}")


def _apply_and_tell(arrivals: Arrivals) -> None:
    """Telling belongs to it: what search cannot take must not hold up its neighbours."""
    news = News()
    apply(arrivals, news)
    news.tell()


def apply(arrivals: Arrivals, news: News) -> None:
    """All or nothing: raises what goes wrong."""
    for stretch in _stretches(arrivals):
        together: dict[int | None, list[Arrival[Any]]] = defaultdict(list)
        for arrival in stretch:
            together[_turn_of(arrival.happening)].append(arrival)
        for turn, (_kinds, handler) in enumerate(TOGETHER):
            if of_kind := together.get(turn):
                handler(of_kind, news)
        for arrival in together.get(None, ()):
            _apply_rare(arrival, news)
        waiting.settle(news.appeared)


def _apply_rare(arrival: Arrival[Any], news: News) -> None:
    for kind, handler in ALONE:
        if isinstance(arrival.happening, kind):
            handler(arrival, news)
            return
    # Unknown, and what no handler is there for: kept for admins to read.
    parking.keep_unknown([arrival])


def _stretches(arrivals: Arrivals) -> Iterator[Arrivals]:
    """Frequent kinds as long as they follow each other; every rare one by itself."""
    stretch: list[Arrival[Any]] = []
    for arrival in arrivals:
        if _turn_of(arrival.happening) is not None:
            stretch.append(arrival)
            continue
        if stretch:
            yield stretch
        yield [arrival]
        stretch = []
    if stretch:
        yield stretch


def _turn_of(happening: h.Happening) -> int | None:
    """Its place among the kinds that are applied together; None for the rare ones."""
    kind = type(happening)
    if kind not in _turns:
        _turns[kind] = next(
            (turn for turn, (kinds, _) in enumerate(TOGETHER) if issubclass(kind, kinds)), None
        )
    return _turns[kind]


_turns: dict[type[h.Happening], int | None] = {}


def _refused(arrival: Arrival[Any]) -> bool:
    """Park what cannot be kept anyway, so that its neighbours still go in together."""
    happening = arrival.happening
    try:
        if isinstance(happening, h.Sent):
            messages.check(happening)
        elif isinstance(happening, h.ReactionReceived | h.ContactSynced):
            person_of(happening, happening.person)
    except CannotApply as reason:
        parking.fail(arrival, str(reason))
        return True
    return False


def _place_of(mistake: Exception) -> str:
    """Where it was made. The mistake's own words may hold what a customer wrote."""
    place = traceback.extract_tb(mistake.__traceback__)[-1]
    return f"{Path(place.filename).name}:{place.lineno}"


def _raise_if_database_is_gone(mistake: Exception) -> None:
    if not connection.is_usable():
        raise mistake
