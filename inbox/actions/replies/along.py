"""What comes along with every message an agent sends."""

from __future__ import annotations

from typing import NotRequired, Required, TypedDict
from uuid import UUID

from inbox.actions.replies.quick import QuickUse
from inbox.models import Agent, Message


class Along(TypedDict, total=False):
    draft_key: Required[UUID]  # chosen by the browser, one for each draft
    by: Required[Agent]
    quoted: NotRequired[Message | None]
    # The newest message the agent had on screen; None: do not ask whether colleagues answered.
    seen: NotRequired[int | None]
    quick: NotRequired[QuickUse | None]  # the quick replies it was made of
