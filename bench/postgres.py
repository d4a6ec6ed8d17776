"""A PostgreSQL whose data stay: seeded once, copied for every run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import find_postgres, free_port

# As docs/operations.md advises for such a machine; everything else as PostgreSQL comes.
SETTINGS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "3GB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}
SECONDS = 120  # a checkpoint at the end may take its time


@contextmanager
def cluster(data: Path) -> Iterator[str]:
    """Start the cluster in ``data`` (made when missing); yields the URL of its database."""
    programs = find_postgres()
    if programs is None:
        raise SystemExit("There is no PostgreSQL here: apt-get install postgresql")
    is_new = not (data / "PG_VERSION").exists()
    if is_new:
        _make(programs, data)
    port = free_port()
    settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(data)}
    flags = [f"--{name}={value}" for name, value in settings.items()]
    server = subprocess.Popen(
        [*_as_postgres(), f"{programs}/postgres", "-D", str(data), *flags],
        cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port)
        if is_new:
            _run(
                [
                    f"{programs}/createdb",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    str(port),
                    "-U",
                    "desk",
                    "desk",
                ]
            )
        yield f"postgres://desk@127.0.0.1:{port}/desk"
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(SECONDS)


def _make(programs: Path, data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    initdb = [f"{programs}/initdb", "-D", str(data), "-U", "desk", "-A", "trust", "-E", "UTF8"]
    _run([*_as_postgres(), *initdb, "--locale=C.UTF-8", "--no-sync"])


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _run(command: list[str]) -> None:
    for attempt in range(100):
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        if "starting up" not in done.stderr or attempt == 99:
            raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")
        time.sleep(0.1)


def _wait_for(port: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("PostgreSQL does not start")
