"""kombu's broker of files, made safe for several processes.

kombu gives a message its final name before it is written, and an exchange before it is locked:
a reader in between finds an empty file, and the worker ends. Here both are written aside and
renamed, which is one step for whoever looks.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

_BINDING = threading.Lock()


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        # In order of arrival by name, across processes and restarts.
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        _write(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: str) -> Any:  # type: ignore[override]
        folder = Path(self.data_folder_in)
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 (names are all we need)
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = folder / f"{name}.taken"
            with suppress(FileNotFoundError):  # somebody else was faster
                (folder / name).rename(taken)
                payload = taken.read_text()
                taken.unlink()
                return loads(payload)
        raise Empty

    def queue_bind(self, *args: Any, **kwargs: Any) -> None:
        # A binding is noted for the whole process before it is written; a thread that trusted
        # the note would send its message to nobody.
        with _BINDING:
            super().queue_bind(*args, **kwargs)

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None
    ) -> None:
        file: Path = self._exchange_file(exchange)  # type: ignore[attr-defined]
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        if bound in self.get_table(exchange):
            return
        with self._exchanges_held():
            _write(file, dumps([bound, *self.get_table(exchange)]))

    @contextmanager
    def _exchanges_held(self) -> Iterator[None]:
        with (Path(self.control_folder) / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    Channel = Channel


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.{os.getpid()}-{uuid.uuid4().hex}.part")
    aside.write_text(text)
    aside.replace(path)


def install() -> None:
    """Let ``filesystem://`` mean this broker."""
    TRANSPORT_ALIASES["filesystem"] = "supportdesk.file_broker:Transport"
