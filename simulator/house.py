"""The running simulator: one world at a time, replaced as a whole on reset."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from starlette.requests import HTTPConnection

from simulator.bus import Bus
from simulator.crowd import Crowd, Pace
from simulator.options import Options
from simulator.world import World


@dataclass
class House:
    options: Options
    bus: Bus = field(default_factory=Bus)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(self.options, self.bus)
        self.crowd: Crowd | None = None
        self._crowd_task: asyncio.Task[None] | None = None

    def gather_crowd(self, pace: Pace | None = None) -> None:
        self.disperse_crowd()
        self.crowd = Crowd(self.world, pace)
        self._crowd_task = asyncio.create_task(self.crowd.run())

    def disperse_crowd(self) -> None:
        if self._crowd_task:
            self._crowd_task.cancel()
        self.crowd = self._crowd_task = None

    def reset(self, *, seed: str = "") -> World:
        """Forget everything and begin anew, optionally with repeatable ids."""
        self.disperse_crowd()
        public_url = self.world.public_url
        self.world.close()
        self.world = World(replace(self.options, seed=seed or self.options.seed), self.bus)
        self.world.public_url = public_url
        self.bus.publish("reset")
        return self.world


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house
