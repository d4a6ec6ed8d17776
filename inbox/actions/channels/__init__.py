"""Business numbers: connecting one, changing it, asking what is wrong with it, giving it up."""

from __future__ import annotations

from inbox.actions.channels.checking import check
from inbox.actions.channels.connecting import connect
from inbox.actions.channels.findings import Finding
from inbox.actions.channels.secrets import (
    OnlySecret,
    add_app_secret,
    remove_app_secret,
    set_token,
    set_verify_token,
)
from inbox.actions.channels.settings import acknowledge, retire, update

__all__ = [
    "Finding",
    "OnlySecret",
    "acknowledge",
    "add_app_secret",
    "check",
    "connect",
    "remove_app_secret",
    "retire",
    "set_token",
    "set_verify_token",
    "update",
]
