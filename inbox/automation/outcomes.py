"""What came of an act of a rule, in words that are stored; inbox.rule_words has sentences."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    DONE = "done"
    PLANNED = "planned"  # to be done at a later moment
    SO_ALREADY = "so already"
    GONE = "gone"  # the label, agent or quick reply is not there any more
    NOT_NOW = "not now"  # the conversation is closed, or another app has it
    NEEDS_LABEL = "needs label"
    NO_SIGHT = "no sight"  # that agent does not see conversations of this number
    NOT_ALLOWED = "not allowed"  # says the gate, or WhatsApp
    WORDS_MISSING = "words missing"
    ENOUGH_SAID = "enough said"  # by rules, to this customer, for a day
    NOT_WARNED = "not warned"
    TOO_OFTEN = "too often"  # rules were stopped in this conversation

    @property
    def is_change(self) -> bool:
        return self in {Outcome.DONE, Outcome.PLANNED}
