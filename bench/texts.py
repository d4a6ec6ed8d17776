"""Texts from a process of their own, so that writing them and storing them share two cores."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.words import Writer

CHUNK = 1000
Text = tuple[str, str]  # as it is shown, and its words as search keeps them


@contextmanager
def written(seed: int, count: int) -> Iterator[Iterator[Text]]:
    """``count`` texts, the same ones for the same seed."""
    if count <= CHUNK:
        yield iter(_texts(Writer(seed), count))
        return
    command = [sys.executable, "-m", "bench.texts", str(seed), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield ((text, words) for line in process.stdout for text, words in json.loads(line))
        process.stdout.close()


def _write(seed: int, count: int) -> None:
    import django

    django.setup()
    writer = Writer(seed)
    for start in range(0, count, CHUNK):
        print(json.dumps(_texts(writer, min(CHUNK, count - start))))


def _texts(writer: Writer, count: int) -> list[Text]:
    # Words are search's business, whose room needs Django to stand: not at the top.
    from inbox.search.words import words_of

    texts = (writer.text() for _ in range(count))
    return [(text, " ".join(words_of(text))) for text in texts]


if __name__ == "__main__":
    try:
        _write(int(sys.argv[1]), int(sys.argv[2]))
    except BrokenPipeError:
        sys.stderr.close()  # nobody listens any more
