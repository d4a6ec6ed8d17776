"""inbox.live.listener.Listener: what waits for one browser."""

from __future__ import annotations

import asyncio

import pytest

from inbox.live import frames, listener
from inbox.live.listener import Listener
from inbox.live.sign_in import SignIn


def listening() -> Listener:
    return Listener(SignIn(1, "key", "hash"))


async def soon(work: Listener) -> bytes:
    return await asyncio.wait_for(work.next(), 1)


def test_all_that_waits_is_written_at_once() -> None:
    async def story() -> bytes:
        own = listening()
        own.push(frames.event("hint", "1"))
        own.push(frames.event("hint", "2"))
        return await soon(own)

    assert asyncio.run(story()) == b"event: hint\ndata: 1\n\nevent: hint\ndata: 2\n\n"


def test_a_slow_browser_is_told_to_fetch_everything() -> None:
    async def story() -> bytes:
        own = listening()
        for number in range(listener.MOST_WAITING + 1):
            own.push(frames.event("hint", str(number)))
        return await soon(own)

    assert asyncio.run(story()) == frames.CONNECTED


def test_what_comes_after_an_overflow_is_heard() -> None:
    async def story() -> bytes:
        own = listening()
        for number in range(listener.MOST_WAITING + 2):
            own.push(frames.event("hint", str(number)))
        return await soon(own)

    assert asyncio.run(story()) == frames.CONNECTED + frames.event(
        "hint", str(listener.MOST_WAITING + 1)
    )


def test_silence_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 0.01)

    async def story() -> list[bytes]:
        own = listening()
        return [await soon(own), await soon(own)]

    # An event rather than a comment: the page notices a dead connection by its absence.
    assert asyncio.run(story()) == [b"event: still-here\ndata: {}\n\n"] * 2


def test_the_last_word_comes_before_the_end() -> None:
    async def story() -> list[bytes]:
        own = listening()
        own.push(frames.event("hint", "1"))
        own.end(frames.LOCKED_OUT)
        own.push(frames.event("hint", "2"))
        return [await soon(own), await soon(own)]

    assert asyncio.run(story()) == [frames.LOCKED_OUT, b""]
