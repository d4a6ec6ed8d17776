"""Who may hear of which number's conversations. Asked for every hint, so it is kept at hand.

Rights follow ``Channel.visible_to``, which depends on role and team alone: one answer for each
such pair is kept, and all of it is fetched again when a number's or an agent's rights change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inbox.live.worker import Worker
from inbox.models import Agent, Channel


@dataclass(frozen=True, slots=True)
class Seat:
    """What the hub knows of an agent."""

    code: str
    name: str
    sight: tuple[str, int | None]  # role and team


@dataclass(slots=True)
class _Known:
    seats: dict[int, Seat]
    channels: dict[tuple[str, int | None], frozenset[int]]
    all_channels: frozenset[int]


class Audience:
    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._wanted: set[int] = set()
        self._known = _Known({}, {}, frozenset())

    async def learn(self, agent_ids: Iterable[int]) -> None:
        """Make sure these agents are known."""
        self._wanted.update(agent_ids)
        if not self._wanted <= self._known.seats.keys():
            await self._load()

    async def refresh(self) -> set[int]:
        """Fetch everything again. Returns the agents who now see other numbers than before."""
        before = {agent_id: self._seen_by(agent_id) for agent_id in self._wanted}
        await self._load()
        return {pk for pk, channels in before.items() if channels != self._seen_by(pk)}

    async def knows(self, channel_id: int) -> bool:
        if channel_id not in self._known.all_channels:
            await self._load()
        return channel_id in self._known.all_channels

    def sees(self, agent_id: int, channel_id: int) -> bool:
        return channel_id in self._seen_by(agent_id)

    def people(self, agent_ids: Iterable[int]) -> list[dict[str, str]]:
        """Codes and names of those who are known, as the page wants them."""
        seats = (self._known.seats.get(agent_id) for agent_id in agent_ids)
        return [{"code": seat.code, "name": seat.name} for seat in seats if seat]

    def _seen_by(self, agent_id: int) -> frozenset[int]:
        seat = self._known.seats.get(agent_id)
        return self._known.channels.get(seat.sight, frozenset()) if seat else frozenset()

    async def _load(self) -> None:
        # Replaced as a whole: nobody ever sees half of it. The worker keeps the order.
        self._known = await self._worker.run(_read, set(self._wanted))


def _read(agent_ids: set[int]) -> _Known:
    # First: a number that is made while we read is either unknown, and all is read again for
    # its first hint, or its rights are in what follows.
    all_channels = frozenset(Channel.objects.values_list("pk", flat=True))
    agents = Agent.objects.active().filter(pk__in=agent_ids).order_by()
    rows = agents.values_list("pk", "code", "name", "role", "team_id")
    seats = {pk: Seat(str(code), name, (role, team)) for pk, code, name, role, team in rows}
    channels = {sight: _visible_with(*sight) for sight in {s.sight for s in seats.values()}}
    return _Known(seats, channels, all_channels)


def _visible_with(role: str, team_id: int | None) -> frozenset[int]:
    anyone = Agent(role=role, team_id=team_id)
    return frozenset(Channel.objects.visible_to(anyone).values_list("pk", flat=True))
