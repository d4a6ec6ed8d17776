"""What the simulator is started with: flags, else the environment, else the demo's values."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields

DEMO_NUMBER, DEMO_ACCOUNT, DEMO_APP = "200000000000001", "100000000000001", "300000000000001"


@dataclass(frozen=True, slots=True)
class Options:
    host: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8001, metadata={"help": "port to listen on; 0 takes a free one"})
    public_url: str = field(default="", metadata={"help": "how the desk reaches the simulator"})
    desk_webhook: str = field(
        default="http://127.0.0.1:8000/webhooks/whatsapp/",
        metadata={"help": "where webhooks of the demo app are posted"},
    )
    phone_number_id: str = field(default=DEMO_NUMBER, metadata={"help": "of the demo number"})
    waba_id: str = field(default=DEMO_ACCOUNT, metadata={"help": "of the demo account"})
    app_id: str = field(default=DEMO_APP, metadata={"help": "of the demo app"})
    display_number: str = field(default="+49 30 901820", metadata={"help": "demo number"})
    token: str = field(default="simulator-token", metadata={"help": "access token"})
    app_secret: str = field(default="simulator-app-secret", metadata={"help": "signs webhooks"})
    verify_token: str = field(default="simulator-verify", metadata={"help": "for handshakes"})
    ladder: str = field(default="sent:0,delivered:800", metadata={"help": "status ladder"})
    seed: str = field(default="", metadata={"help": "a number makes ids repeatable"})
    keep: int = field(default=10_000, metadata={"help": "messages remembered"})
    state: str = field(default="", metadata={"help": "JSON file read at start, written at end"})
    crowd: bool = field(default=False, metadata={"help": "simulated customers write"})
    hold_seconds: float = field(default=2.0, metadata={"help": "patience when stopping"})


_KINDS: dict[type, Callable[[str], object]] = {str: str, int: int, float: float}


def from_command_line(arguments: Sequence[str] | None = None) -> Options:
    """Each flag ``--desk-webhook`` may also come as ``SIMULATOR_DESK_WEBHOOK``."""
    parser = argparse.ArgumentParser(prog="simulator", description=__doc__)
    for option in fields(Options):
        flag = "--" + option.name.replace("_", "-")
        preset = os.environ.get("SIMULATOR_" + option.name.upper())
        text = option.metadata["help"]
        if isinstance(option.default, bool):
            on = option.default if preset is None else preset not in ("", "0", "false", "no")
            parser.add_argument(
                flag, action=argparse.BooleanOptionalAction, default=on, help=text
            )
        else:
            default = str(option.default if preset is None else preset)
            kind = _KINDS[type(option.default)]
            parser.add_argument(
                flag, type=kind, default=default, help=f"{text} (default: {default})"
            )
    return Options(**vars(parser.parse_args(arguments)))
