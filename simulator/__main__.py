"""``python -m simulator``: start, say where, run until stopped."""

from __future__ import annotations

import socket
import sys
from dataclasses import replace

import uvicorn

from simulator.app import create_app
from simulator.options import Options, from_command_line


def main() -> None:
    options = from_command_line()
    door = _listen(options)
    port = door.getsockname()[1]
    options = replace(options, port=port)
    sys.stdout.write(f"simulator: http://{options.host}:{port}/\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        create_app(options),
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=int(options.hold_seconds),
        server_header=False,
    )
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[door])
    except KeyboardInterrupt:
        return


def _listen(options: Options) -> socket.socket:
    try:
        door = socket.create_server((options.host, options.port), backlog=512)
    except OSError as error:
        sys.exit(f"simulator: cannot listen on {options.host}:{options.port}: {error.strerror}")
    door.setblocking(False)
    return door


if __name__ == "__main__":
    main()
