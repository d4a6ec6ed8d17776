#!/usr/bin/env python3
"""Starts the desk on this machine: web, worker and, for the demo, the simulator.

One process each, stopped together: Ctrl+C, a kill, or the end of any of them ends all.
Only the standard library, so that watching costs next to no memory. In production each
process has a service of its own instead (docs/operations.md).
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import types
import urllib.request
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
STOP_SECONDS = 10

WELCOME = """
  The desk is open:  {desk}
{more}
  Ctrl+C closes it.
"""
DEMO = """
  Sign in as         anna@demo.example     (agent)
                     jana@demo.example     (agent)
                     tobias@demo.example   (team lead)
                     adele@demo.example    (admin, data protection)
  Password           demo-desk-2026
  Be the customer:   {simulator}
"""
FIRST_ADMIN = """
  First time here?   make admin   creates the first admin.
"""


def main() -> int:
    options = _options()
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    environment.setdefault("PUBLIC_URL", f"http://127.0.0.1:{options.port}")
    if options.demo:
        environment["GRAPH_BASE_URL"] = f"http://127.0.0.1:{options.simulator_port}"
    children = {
        name: subprocess.Popen(  # noqa: S603 (commands of our own, no shell)
            command, cwd=HERE, env=environment, start_new_session=True
        )
        for name, command in _commands(options).items()
    }
    _greet_when_open(options)
    return _watch(children)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--demo", action="store_true", help="with simulator and its crowd")
    parser.add_argument("--simulator-port", type=int, default=8001)
    return parser.parse_args()


def _commands(options: argparse.Namespace) -> dict[str, list[str]]:
    module = [PYTHON, "-m"]
    commands = {
        "web": [
            *module, "supportdesk.web", "--host", options.host, "--port", str(options.port),
            "--stop-seconds", "3",
        ],
        "worker": [
            *module, "celery", "--quiet", "-A", "supportdesk", "worker", "--beat",
            "--pool", "threads", "--concurrency", "8",
            "--queues", "inbound,outbound,default,media",
            "--without-gossip", "--without-mingle", "--loglevel", "warning",
        ],
    }  # fmt: skip
    if options.demo:
        commands["simulator"] = [
            *module, "simulator", "--port", str(options.simulator_port), "--crowd",
            "--desk-webhook", f"http://127.0.0.1:{options.port}/webhooks/whatsapp/",
        ]  # fmt: skip
    return commands


def _greet_when_open(options: argparse.Namespace) -> None:
    desk = f"http://{options.host}:{options.port}/"
    simulator = f"http://127.0.0.1:{options.simulator_port}/"
    more = DEMO.format(simulator=simulator) if options.demo else FIRST_ADMIN

    def greet() -> None:
        if _answers(f"{desk}healthz"):
            print(WELCOME.format(desk=desk, more=more), flush=True)  # noqa: T201

    threading.Thread(target=greet, daemon=True).start()


def _answers(url: str, *, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return True
        except OSError:
            time.sleep(0.1)
    return False


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait until one child ends or we are told to stop; then stop all. The exit code."""
    stopping = threading.Event()

    def stop(number: int, frame: types.FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    ended = None
    while ended is None and not stopping.wait(0.2):
        ended = next((name for name, c in children.items() if c.poll() is not None), None)
    _stop(list(children.values()))
    if ended is None:
        return 0
    print(f"{ended} ended by itself, so all was stopped.", file=sys.stderr)  # noqa: T201
    return 1


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        _signal(child, signal.SIGTERM)
    end = time.monotonic() + STOP_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, end - time.monotonic()))
        # Also what a child left behind in its session.
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


if __name__ == "__main__":
    sys.exit(main())
