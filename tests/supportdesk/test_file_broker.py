"""supportdesk.file_broker"""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection

from supportdesk.file_broker import Transport

MESSAGES = 150


def connect(folder: Path) -> Connection:
    """kombu remembers bindings for the whole process, so each test's queue has its own name."""
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
    }
    (folder / "control").mkdir(exist_ok=True)
    return Connection(
        "filesystem://localhost//", transport=Transport, transport_options=options
    )


def take_all(queue: Any) -> list[int]:
    taken: list[int] = []
    while True:
        try:
            message = queue.get(block=False)
        except Empty:
            return taken
        taken.append(message.payload["number"])
        message.ack()


def test_messages_come_in_the_order_they_were_put(tmp_path: Path) -> None:
    with connect(tmp_path) as connection, connection.SimpleQueue(tmp_path.name) as queue:
        for number in range(20):
            queue.put({"number": number})

        assert take_all(queue) == list(range(20))
        assert not list(tmp_path.glob("*.taken")) + list(tmp_path.glob("*.part"))


def test_each_message_goes_to_one_reader_and_whole(tmp_path: Path) -> None:
    """Writers and readers at once: kombu's own broker hands out empty files here."""
    taken: list[int] = []
    errors: list[BaseException] = []
    writing = threading.Event()
    writing.set()

    def write(start: int) -> None:
        with connect(tmp_path) as connection, connection.SimpleQueue(tmp_path.name) as queue:
            for number in range(start, start + MESSAGES):
                queue.put({"number": number, "filling": "x" * 20_000})

    def read() -> None:
        try:
            with (
                connect(tmp_path) as connection,
                connection.SimpleQueue(tmp_path.name) as queue,
            ):
                while writing.is_set():
                    taken.extend(take_all(queue))
                taken.extend(take_all(queue))
        except BaseException as error:
            errors.append(error)
            raise

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(start,)) for start in (0, MESSAGES)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    writing.clear()
    for thread in readers:
        thread.join()

    assert not errors
    assert sorted(taken) == list(range(2 * MESSAGES))


def test_filesystem_means_ours() -> None:
    from kombu.transport import resolve_transport

    from supportdesk import file_broker

    file_broker.install()

    resolved: object = resolve_transport("filesystem")
    assert resolved is Transport


def test_a_queue_that_nobody_filled_is_empty(tmp_path: Path) -> None:
    with (
        connect(tmp_path) as connection,
        connection.SimpleQueue("idle") as queue,
        pytest.raises(Empty),
    ):
        queue.get(block=False)
