"""What a control cannot do, in words for whoever asked."""

from __future__ import annotations


class Refused(Exception):
    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status
