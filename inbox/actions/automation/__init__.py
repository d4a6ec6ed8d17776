"""Rules at work: what was noted is looked at by workers, once, however many there are."""

from __future__ import annotations

from inbox.actions.automation.working import run, sweep, tidy

__all__ = ["run", "sweep", "tidy"]
