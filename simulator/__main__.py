"""``python -m simulator``: start, say where, run until stopped."""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from types import FrameType

import uvicorn

from simulator.app import create_app
from simulator.house import House
from simulator.options import Options, from_command_line


def main() -> None:
    options = from_command_line()
    door = _listen(options)
    port = door.getsockname()[1]
    options = replace(options, port=port)
    sys.stdout.write(f"simulator: http://{options.host}:{port}/\n")
    sys.stdout.flush()
    app = create_app(options)
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=int(options.hold_seconds),
        server_header=False,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # what uvicorn ends with
    with suppress(KeyboardInterrupt):
        _Server(config, app.state.house).run(sockets=[door])


class _Server(uvicorn.Server):
    """Lets go of open phones first: they would keep it from stopping."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._house.bus.close()
        super().handle_exit(sig, frame)


def _listen(options: Options) -> socket.socket:
    try:
        door = socket.create_server((options.host, options.port), backlog=512)
    except OSError as error:
        sys.exit(f"simulator: cannot listen on {options.host}:{options.port}: {error.strerror}")
    door.setblocking(False)
    return door


if __name__ == "__main__":
    main()
