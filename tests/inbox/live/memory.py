"""What a thousand open tabs cost the web process: ``python -m tests.inbox.live.memory``.

No test: it prints. A desk of its own is started in a temporary folder.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from tests.desk import Desk

PREPARE = """
from django.conf import settings
from django.test import Client
from tests.factories import make_agent
client = Client()
client.force_login(make_agent(), backend="inbox.backends.AgentBackend")
print("key", client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


def main(tabs: int) -> None:
    with tempfile.TemporaryDirectory(prefix="supportdesk-memory-") as folder:
        desk = Desk(Path(folder))
        try:
            desk.set_up()
            found = re.search(r"key (\w+)", desk.run_python(PREPARE))
            assert found
            desk.start("web")
            asyncio.run(measure(desk, found[1], tabs))
        finally:
            desk.stop()


async def measure(desk: Desk, key: str, tabs: int) -> None:
    pid = desk.running["web"].pid
    first = await open_tab(desk.port, key)
    before = resident(pid)
    opened = [await open_tab(desk.port, key) for _ in range(tabs)]
    await asyncio.sleep(1)
    after = resident(pid)
    say(f"web process: {before // 1024} MB with 1 tab, {after // 1024} MB with {tabs + 1}")
    say(f"each further tab: {(after - before) / tabs:.1f} kB")
    for writer in (first, *opened):
        writer.close()


async def open_tab(port: int, key: str) -> asyncio.StreamWriter:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    request = f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={key}\r\n\r\n"
    writer.write(request.encode())
    await reader.readuntil(b"event: connected")
    return writer


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    [value] = re.findall(r"VmRSS:\s+(\d+) kB", status)
    return int(value)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
