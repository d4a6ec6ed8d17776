"""supportdesk.web: one loaded desk, several processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.desk import ROOT, wait_for
from tests.services import free_port

# Each says who it is, and then does nothing until it is told to stop.
FORKS = """
import os, signal
from supportdesk import web
web.PAUSE_SECONDS = 0.01
def work():
    os.write(1, f"{os.getpid()}\\n".encode())
    signal.pause()
web.Forks(work).keep(2)
"""


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def next_pid(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_one_that_ends_by_itself_is_replaced() -> None:
    with running("-c", FORKS) as parent:
        first, second = next_pid(parent), next_pid(parent)

        os.kill(first, signal.SIGKILL)

        assert next_pid(parent) not in {first, second}
        assert not is_gone(second)


def test_all_end_when_we_are_told_to_stop() -> None:
    with running("-c", FORKS) as parent:
        pids = [next_pid(parent), next_pid(parent)]

        parent.terminate()

        assert parent.wait(10) == 0
        assert all(map(is_gone, pids))


def test_the_desk_answers_from_several_processes(tmp_path: Path) -> None:
    port = free_port()
    command = ["-m", "supportdesk.web", "--port", str(port), "--workers", "2"]
    database = f"sqlite:///{tmp_path}/desk.sqlite3"
    with running(*command, VAR_DIR=str(tmp_path), DATABASE_URL=database) as parent:
        wait_for(lambda: _answers(port), "the desk opens")

        parent.terminate()

        assert parent.wait(10) == 0


def _answers(port: int) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200
    return False
