"""Two contacts that are one person: put together by a person, and parted again."""

from __future__ import annotations

from inbox.actions.contact_merges.merging import Choices, merge
from inbox.actions.contact_merges.refusals import NotPossible
from inbox.actions.contact_merges.splitting import split

__all__ = ["Choices", "NotPossible", "merge", "split"]
