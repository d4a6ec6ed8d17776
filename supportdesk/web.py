"""The web processes: ``python -m supportdesk.web``.

The desk is loaded once and each process is a fork of that. ``uvicorn --workers`` loads it anew
for each of them: that takes as many times as long, and they share no memory.
"""

from __future__ import annotations

import argparse
import gc
import logging
import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

import uvicorn

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
LOOK_SECONDS = 0.2
PAUSE_SECONDS = 1.0  # before another is started for one that ended by itself

logger = logging.getLogger(__name__)


def main() -> None:
    config = _config(_options())
    # What is there from the start stays. Looking for rubbish among it takes time, and later
    # would copy the memory that forks share.
    gc.disable()
    config.load()  # the desk itself
    gc.freeze()
    gc.enable()
    if config.workers == 1:
        uvicorn.Server(config).run()
        return
    with config.bind_socket() as shared:
        Forks(lambda: _serve(config, shared)).keep(config.workers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m supportdesk.web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, help="processes; else WEB_CONCURRENCY, else 1")
    parser.add_argument("--stop-seconds", type=int, default=5, help="for pages under way")
    return parser.parse_args()


def _config(options: argparse.Namespace) -> uvicorn.Config:
    return uvicorn.Config(
        "supportdesk.asgi:application",
        host=options.host,
        port=options.port,
        workers=options.workers,
        access_log=False,
        proxy_headers=False,  # TRUSTED_PROXIES says whom to believe
        log_level="warning",
        timeout_graceful_shutdown=options.stop_seconds,
    )


def _serve(config: uvicorn.Config, shared: socket.socket) -> None:
    uvicorn.Server(config).run([shared])


class Forks:
    """Copies of this process that all do the same work, until we are told to stop."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._stopping = threading.Event()

    def keep(self, number: int) -> None:
        """As many as this; another for each that ends by itself."""
        for each in STOP_SIGNALS:
            signal.signal(each, lambda *_: self._stopping.set())
        processes = [self._start() for _ in range(number)]
        while not self._stopping.is_set():
            wait([process.sentinel for process in processes], LOOK_SECONDS)
            processes = [p if p.is_alive() else self._replace(p) for p in processes]
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()

    def _start(self) -> ForkProcess:
        process = multiprocessing.get_context("fork").Process(target=self._run)
        process.start()
        return process

    def _replace(self, ended: ForkProcess) -> ForkProcess:
        if self._stopping.is_set():  # it was told so as well
            return ended
        logger.error("web process %s ended by itself: %s", ended.pid, ended.exitcode)
        time.sleep(PAUSE_SECONDS)
        return self._start()

    def _run(self) -> None:
        for each in STOP_SIGNALS:  # ours are not theirs
            signal.signal(each, signal.SIG_DFL)
        self._work()


if __name__ == "__main__":
    main()
