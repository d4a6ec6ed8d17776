"""Who gets the next conversation, and why. Knows no table and no clock."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


class Mode(enum.StrEnum):
    OFF = "off"
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"


class Reason(enum.StrEnum):
    """Why it was this one."""

    LAST_AGENT = "last_agent"
    LEAST_BUSY = "least_busy"
    NEXT_IN_TURN = "next_in_turn"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is online and may see the number."""

    agent: int
    team: int | None
    load: int  # open conversations, on all numbers
    limit: int

    @property
    def has_room(self) -> bool:
        return self.load < self.limit


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who answered this customer last."""

    agent: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation that nobody has."""

    team: int | None = None  # only somebody of this team
    given_back_by: int | None = None  # anybody but them
    spoken: Spoken | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """How a number chooses, and whose turn it was last."""

    mode: Mode
    last_agent_first: bool = True
    last_turn: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    agent: int
    reason: Reason
    load: int  # before this one
    spoke_at: datetime | None = None


def choose(case: Case, candidates: Sequence[Candidate], round_: Round) -> Choice | None:
    """None: nobody fits, and the conversation stays in the queue."""
    fitting = [each for each in candidates if _fits(each, case)]
    if not fitting or round_.mode is Mode.OFF:
        return None
    if round_.last_agent_first and (spoken := case.spoken):
        for each in fitting:
            if each.agent == spoken.agent:
                return Choice(each.agent, Reason.LAST_AGENT, each.load, spoken.at)
    if round_.mode is Mode.LEAST_BUSY:
        fewest = min(each.load for each in fitting)
        among = [each for each in fitting if each.load == fewest]
        chosen = _next(among, round_.last_turn)
        return Choice(chosen.agent, Reason.LEAST_BUSY, chosen.load)
    chosen = _next(fitting, round_.last_turn)
    return Choice(chosen.agent, Reason.NEXT_IN_TURN, chosen.load)


def _fits(candidate: Candidate, case: Case) -> bool:
    return (
        candidate.has_room
        and candidate.agent != case.given_back_by
        and case.team in (None, candidate.team)
    )


def _next(candidates: Sequence[Candidate], last_turn: int | None) -> Candidate:
    """The first one after whose turn it was, in an order that stays: round and round."""
    return min(
        candidates,
        key=lambda each: (last_turn is not None and each.agent <= last_turn, each.agent),
    )
