"""What is there from the start"""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation

from inbox.automation.acts import Do
from inbox.models import Rule
from inbox.models.rule import SHIPPED


@pytest.mark.django_db
def test_closing_idle_conversations_with_a_warning_is_shipped_switched_off() -> None:
    # Tests of real transactions empty all tables, also of what migrations stored.
    Rule.objects.all().delete()
    import_module("inbox.migrations.0021_idle_rule").add(apps, None)

    rule = Rule.objects.get(name=SHIPPED)

    assert not rule.is_on
    assert not rule.is_complete  # nobody else chooses the words
    assert [act.do for act in rule.read_acts] == [Do.REPLY, Do.CLOSE]
    assert (rule.read_when.minutes, rule.read_acts[1].minutes) == (720, 1440)


def test_it_is_called_by_a_name_in_the_language_of_who_looks() -> None:
    with translation.override("de"):
        assert str(Rule(name=SHIPPED)) == "Ruhende Unterhaltungen erledigen, mit Vorwarnung"
    assert str(Rule(name="Ours")) == "Ours"
