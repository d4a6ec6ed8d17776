"""consent.explanations"""

from __future__ import annotations

import pytest

from consent.explanations import SENTENCES, is_reason, sentence_for
from consent.rules import Reason


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_stored_code_finds_its_sentence(reason: Reason) -> None:
    assert is_reason(reason.value)
    assert sentence_for(reason.value) == SENTENCES[reason]


def test_an_unknown_code_reads_as_an_error() -> None:
    assert not is_reason("auth")
    assert sentence_for("auth") == SENTENCES[Reason.ERROR]
