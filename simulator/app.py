"""The simulator as one ASGI application: Graph API, media host, controls and phone."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette

from simulator.control import routes as control
from simulator.control import state
from simulator.graph import routes as graph
from simulator.house import House
from simulator.options import Options
from simulator.phone import routes as phone


def create_app(options: Options | None = None) -> Starlette:
    house = House(options or Options())
    routes = [*graph.versioned(), *phone.routes(), *control.routes(), *graph.routes()]
    app = Starlette(routes=routes, lifespan=_life)
    app.state.house = house
    return app


@asynccontextmanager
async def _life(app: Starlette) -> AsyncIterator[None]:
    house: House = app.state.house
    kept = Path(house.options.state) if house.options.state else None
    if kept and kept.exists():
        state.fill(house.world, json.loads(kept.read_text(encoding="utf-8")))
    if house.options.crowd:
        house.gather_crowd()
    try:
        yield
    finally:
        house.disperse_crowd()
        if kept:
            kept.write_text(json.dumps(state.export(house.world)), encoding="utf-8")
        house.world.close()
