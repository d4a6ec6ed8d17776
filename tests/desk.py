"""The whole desk as real processes, with a simulator beside it, for tests from outside.

On the database, broker and Redis of the environment (embedded without any): each desk has a
folder and, on PostgreSQL, a database of its own.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from simulator.remote import Remote
from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
NUMBER = "200000000000001"  # the simulator's demo number
APP_SECRET = "simulator-app-secret"
TOKEN = "simulator-token"


class Desk:
    """Web, worker and simulator; each can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.simulator_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.simulator_url = f"http://127.0.0.1:{self.simulator_port}"
        self.webhook = f"{self.url}/webhooks/whatsapp/"
        self.environment = self._environment()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.whatsapp = Remote(self.simulator_url)

    def _environment(self) -> dict[str, str]:
        environment = os.environ | {
            "VAR_DIR": str(self.folder),
            "PUBLIC_URL": self.url,
            "GRAPH_BASE_URL": self.simulator_url,
            "EMAIL_URL": f"filemail://{self.folder}/mail",
        }
        if url := os.environ.get("DATABASE_URL"):
            environment["DATABASE_URL"] = _new_database(url)
        if url := os.environ.get("REDIS_URL"):
            number = 30 + self.port % 17 * 2
            environment["REDIS_URL"] = f"{url.rpartition('/')[0]}/{number}"
            environment["CELERY_BROKER_URL"] = f"{url.rpartition('/')[0]}/{number + 1}"
        return environment

    # --- Life --------------------------------------------------------------------------

    def set_up(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")

    def start(self, *names: str) -> None:
        for name in names or ("simulator", "web", "worker"):
            command = [sys.executable, "-m", *self._command(name)]
            with (self.folder / f"{name}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip
        self.wait_until_open()

    def _command(self, name: str) -> list[str]:
        commands = {
            "web": ["supportdesk.web", "--port", str(self.port), "--stop-seconds", "2"],
            "worker": [
                "celery", "-A", "supportdesk", "worker", "--beat", "--pool", "threads",
                "--concurrency", "8", "--queues", "inbound,outbound,default,media",
                "--without-gossip", "--without-mingle", "--loglevel", "info",
            ],
            "simulator": [
                "simulator", "--port", str(self.simulator_port), "--desk-webhook", self.webhook,
            ],
        }  # fmt: skip
        return commands[name]

    def wait_until_open(self) -> None:
        if "web" in self.running:
            wait_for(lambda: self._answers(f"{self.url}/healthz"), "the desk opens")
        if "simulator" in self.running:
            wait_for(lambda: self._answers(f"{self.simulator_url}/"), "the simulator opens")

    def _answers(self, url: str) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(url, timeout=2).status_code < 500
        return False

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """End one process and all it started, without a chance to tidy up."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        process.wait()

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.whatsapp.close()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    # --- Reaching in -------------------------------------------------------------------

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]}: {done.stdout}{done.stderr}")
        return done.stdout

    def run_python(self, code: str) -> str:
        """Run code against the desk's database, in a process of its own."""
        return self.manage("shell", "--verbosity", "0", "--command", code)


def wait_for(condition: Callable[[], Any], what: str, seconds: float = START_SECONDS) -> Any:
    """Look until ``condition()`` is true, and return it; fails with ``what`` otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")


def _new_database(url: str) -> str:
    name = f"desk_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


@contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """A desk with one number, connected to the simulator, and four people."""
    desk = Desk(folder)
    try:
        desk.set_up()
        desk.run_python(PEOPLE_AND_NUMBER)
        desk.start()
        yield desk
    finally:
        desk.stop()


PEOPLE_AND_NUMBER = f"""
from tests.factories import make_agent, make_channel
people = {{"Anna": "agent", "Jana": "agent", "Tobias": "lead", "Adele": "admin"}}
for name, role in people.items():
    make_agent(name, role=role, email=name.lower() + "@example.org")
make_channel(
    name="Demo", phone_number_id="{NUMBER}", waba_id="100000000000001",
    token="{TOKEN}", secret="{APP_SECRET}", verify_token="simulator-verify",
)
"""
