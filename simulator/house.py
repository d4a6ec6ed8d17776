"""The running simulator: one world at a time, replaced as a whole on reset."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from starlette.requests import HTTPConnection

from simulator.bus import Bus
from simulator.options import Options
from simulator.world import World


@dataclass
class House:
    options: Options
    bus: Bus = field(default_factory=Bus)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(self.options, self.bus)

    def reset(self, *, seed: str = "") -> World:
        """Forget everything and begin anew, optionally with repeatable ids."""
        public_url = self.world.public_url
        self.world.close()
        self.world = World(replace(self.options, seed=seed or self.options.seed), self.bus)
        self.world.public_url = public_url
        self.bus.publish("reset")
        return self.world


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house
