"""The desk under measurement: real processes on a seeded database, and who asks them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.desk import Desk

POLL_SECONDS = 0.02


class MeasuredDesk(Desk):
    """A desk on the database of the environment, which is seeded and ours alone."""

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "VAR_DIR": str(self.folder),
            "PUBLIC_URL": self.url,
            "GRAPH_BASE_URL": self.simulator_url,
            "EMAIL_URL": f"filemail://{self.folder}/mail",
            "LOG_LEVEL": "WARNING",
            # As many web processes as docs/operations.md advises: one for each core.
            "WEB_CONCURRENCY": "2" if os.environ.get("REDIS_URL") else "1",
        }

    def _command(self, name: str) -> list[str]:
        """Quiet, as in production: writing a line for each task costs too."""
        command = super()._command(name)
        return ["warning" if word == "info" else word for word in command]

    def end(self, name: str) -> None:
        """As a service manager would: asked politely, and given time."""
        process = self.running.get(name)
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        self.kill(name)

    def restart(self) -> None:
        for name in list(self.running):
            self.end(name)
        self.start("web", "worker")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long each measure may take."""

    seconds: float  # of load
    sustained_seconds: float
    backlog: int  # webhooks
    rounds: int  # of things done one after the other


QUICK = Pace(seconds=3, sustained_seconds=20, backlog=5_000, rounds=40)
FULL = Pace(seconds=10, sustained_seconds=300, backlog=30_000, rounds=200)


@dataclass(frozen=True, slots=True)
class House:
    desk: MeasuredDesk
    pace: Pace

    @property
    def is_embedded(self) -> bool:
        return not os.environ.get("REDIS_URL")

    def wait_until(
        self, condition: Callable[[], bool], what: str, seconds: float = 1800
    ) -> None:
        """Gives up at once when a process of the desk has ended."""
        end = time.monotonic() + seconds
        while not condition():
            for name, process in self.desk.running.items():
                if process.poll() is not None:
                    raise RuntimeError(
                        f"{name} ended by itself:\n{self.desk.log(name)[-2000:]}"
                    )
            if time.monotonic() > end:
                raise TimeoutError(f"waited {seconds:.0f} s in vain: {what}")
            time.sleep(POLL_SECONDS)

    def cpu(self, name: str) -> float:
        return cpu_seconds(family(self.desk.running[name]))

    def doubled(self, reach: float) -> float:
        """On SQLite the screens may take twice as long."""
        return reach * 2 if self.is_embedded else reach

    def halved(self, reach: float) -> float:
        return reach / 2 if self.is_embedded else reach


def cpu_seconds(pids: list[int]) -> float:
    """What these processes have computed so far. Steadier than the clock on a busy machine."""
    return sum(_ticks(pid) for pid in pids) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[11]) + int(fields[12])


def memory(pids: list[int], key: str = "Pss") -> float:
    """Megabytes; ``Pss`` counts what processes share in equal parts."""
    return sum(_kilobytes(pid, key) for pid in pids) / 1024


def _kilobytes(pid: int, key: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))


def family(process: subprocess.Popen[bytes]) -> list[int]:
    """A process and all it started: each of ours leads a group of its own."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == process.pid:
            found.append(int(stat.parent.name))
    return found


def leave_nothing_running() -> None:
    """Told to stop, stop as after Ctrl+C: what was started is ended on the way out."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
