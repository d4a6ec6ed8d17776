"""``python -m simulator``: flags, environment, state file, stopping."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from simulator.options import DEMO_NUMBER, Options, from_command_line
from simulator.remote import ControlError, running
from simulator.rules import parse_ladder
from tests.simulator.desk import Desk

ROOT = Path(__file__).parents[2]


def test_flags_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_PORT", "8123")
    monkeypatch.setenv("SIMULATOR_CROWD", "1")

    assert from_command_line([]).port == 8123
    assert from_command_line(["--port", "8124"]).port == 8124
    assert from_command_line([]).crowd is True
    assert from_command_line(["--no-crowd"]).crowd is False
    assert Options().desk_webhook == "http://127.0.0.1:8000/webhooks/whatsapp/"


@pytest.mark.parametrize("text", ["sent:x", "heard:1", "sent:-1"])
def test_a_ladder_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ladder"):
        parse_ladder(text)


def test_a_process_of_its_own_serves_keeps_its_state_and_stops(
    desk: Desk, tmp_path: Path
) -> None:
    state = tmp_path / "state.json"
    desk.clear()

    with running(desk_webhook=desk.url, state=str(state)) as whatsapp:
        whatsapp.says(whatsapp.person(name="Lena", phone="4917139200011"), "Hallo")
        whatsapp.settle()
        url = whatsapp.url
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False)

    assert len(desk.posts) == 1
    assert json.loads(state.read_text())["people"][0]["name"] == "Lena"
    with running(desk_webhook=desk.url, state=str(state)) as whatsapp:
        assert whatsapp.ask("GET", "/people/4917139200011")["name"] == "Lena"
        assert whatsapp.ask("GET", "/")["numbers"][0]["id"] == DEMO_NUMBER


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_soon_although_a_phone_listens(stop: signal.Signals) -> None:
    command = [sys.executable, "-m", "simulator", "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        with httpx.stream("GET", f"{url}phone/live", trust_env=False) as answer:
            lines = answer.iter_lines()
            assert next(lines) == "event: hello"
            process.send_signal(stop)
            assert process.wait(10) == 0


def test_an_occupied_port_is_explained(desk: Desk) -> None:
    occupied = desk.url.split(":")[2].split("/")[0]

    command = [sys.executable, "-m", "simulator", f"--port={occupied}"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    assert result.returncode == 1
    assert f"cannot listen on 127.0.0.1:{occupied}" in result.stderr
    with pytest.raises(ControlError, match="did not start"), running(port=occupied):
        pass
