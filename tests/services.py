"""A PostgreSQL and a Redis of our own, in a temporary folder on free loopback ports."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OLDEST_POSTGRES = 15


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def find_postgres() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, the newest of Debian's, or on the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found and _version(found[-1]) >= OLDEST_POSTGRES:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _version(initdb: Path) -> int:
    return int(initdb.parent.parent.name)


def find_redis() -> str | None:
    return shutil.which("redis-server")


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Postgres:
    """A cluster of our own that can be killed and started again.

    PostgreSQL refuses to run as root, so root hands it to the user "postgres".
    """

    def __init__(self, programs: Path, folder: str, options: tuple[str, ...]) -> None:
        self.programs, self.folder, self.options = programs, folder, options
        self.port = free_port()
        self.url = f"postgres://desk@127.0.0.1:{self.port}/desk"
        self._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def set_up(self) -> None:
        if self._as_user:
            shutil.chown(self.folder, "postgres", "postgres")
        initdb = [f"{self.programs}/initdb", "-D", f"{self.folder}/data", "-U", "desk"]
        options = ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([*self._as_user, *initdb, *options], cwd=self.folder)
        self.start()
        createdb = [f"{self.programs}/createdb", "-h", "127.0.0.1", "-p", str(self.port)]
        _run([*createdb, "-U", "desk", "desk"])

    def start(self) -> None:
        settings = [
            f"port={self.port}", "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}", "max_connections=200",
            "shared_buffers=256MB", *self.options,
        ]  # fmt: skip
        flags = [part for setting in settings for part in ("-c", setting)]
        self._server = subprocess.Popen(
            [*self._as_user, f"{self.programs}/postgres", "-D", f"{self.folder}/data", *flags],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        _wait_for(self.port)

    def kill(self) -> None:
        """As a crash would: nothing is written down, connections are cut."""
        # Its children notice that the first process is gone and end as well.
        _end(self._server, signal.SIGQUIT)

    def stop(self) -> None:
        _end(self._server, signal.SIGINT)


@contextmanager
def postgres(programs: Path, *options: str) -> Iterator[Postgres]:
    """A fresh cluster in a temporary folder. ``options`` are ``name=value`` settings."""
    with tempfile.TemporaryDirectory(prefix="supportdesk-pg-") as folder:
        server = Postgres(programs, folder, options)
        server.set_up()
        try:
            yield server
        finally:
            server.stop()


class Redis:
    """A server without persistence that can be killed and started again, empty."""

    def __init__(self, program: str, folder: str) -> None:
        self.program, self.folder, self.port = program, folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}"  # without a database number

    def start(self) -> None:
        self._server = subprocess.Popen(
            [
                self.program, "--port", str(self.port), "--bind", "127.0.0.1",
                "--dir", self.folder, "--save", "", "--appendonly", "no", "--databases", "64",
            ],
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        _wait_for(self.port)

    def kill(self) -> None:
        _end(self._server, signal.SIGKILL)

    def stop(self) -> None:
        _end(self._server, signal.SIGTERM)


@contextmanager
def redis_server(program: str) -> Iterator[Redis]:
    with tempfile.TemporaryDirectory(prefix="supportdesk-redis-") as folder:
        server = Redis(program, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def redis(program: str) -> Iterator[str]:
    """Yields its REDIS_URL without a database number."""
    with redis_server(program) as server:
        yield server.url


def _run(command: list[str], cwd: str | None = None) -> None:
    """Retries for a while: a server that listens may still be starting up."""
    for attempt in range(50):
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        if "starting up" not in done.stderr or attempt == 49:
            raise RuntimeError(f"{command[0]} failed: {done.stderr[-2000:]}")
        time.sleep(0.1)


def _wait_for(port: int, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")


def _end(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
