"""What is there from the start"""

from __future__ import annotations

import pytest

from inbox.automation.acts import Do
from inbox.models import Rule

pytestmark = pytest.mark.django_db


def test_closing_idle_conversations_with_a_warning_is_shipped_switched_off() -> None:
    rule = Rule.objects.get()

    assert not rule.is_on
    assert not rule.is_complete  # nobody else chooses the words
    assert [act.do for act in rule.read_acts] == [Do.REPLY, Do.CLOSE]
    assert (rule.read_when.minutes, rule.read_acts[1].minutes) == (720, 1440)
