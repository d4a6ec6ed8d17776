"""How webhooks are sent, well behaved unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Behaviour:
    paused: bool = False  # updates wait until this is taken back
    batch_size: int = 1  # up to 1000 updates in one post
    batch_wait_ms: int = 0  # how long an update waits for company
    shape: str = "separate"  # separate changes, or merged: many messages in one value
    concurrency: int = 1  # posts in flight at once; above 1 the order is not kept
    delay_ms: int = 0
    reorder: int = 0  # shuffle (with the seed) among this many waiting updates
    duplicate_every: int = 0  # every n-th post is sent twice
    duplicate_next: int = 0
    wrong_signature_next: int = 0
    wrong_signature_every: int = 0
    no_signature_next: int = 0
    drop_next: int = 0  # lost on the way, then repeated like any failed post
    escape: bool = True  # \u00e1 and \/ as Meta writes them
    status_before_response: bool = False  # tell "sent" before answering POST /messages
    timeout_ms: int = 20_000
    retry_ms: int = 1000  # wait before the second repetition; the first comes at once
    retry_factor: float = 2.0
    retry_max_ms: int = 3_600_000
    retry_for_s: int = 7 * 86400

    def take(self, name: str) -> bool:
        """Use up one of a ``…_next`` allowance; say whether there was one."""
        left = int(getattr(self, name))
        if left > 0:
            setattr(self, name, left - 1)
        return left > 0

    def wait_before(self, attempt: int) -> float:
        """Seconds before the given attempt (2 is the first repetition, sent at once)."""
        if attempt <= 2:
            return 0.0
        steps = min(attempt - 3, 60)
        return min(self.retry_ms * self.retry_factor**steps, self.retry_max_ms) / 1000
