"""inbox.actions.quick_replies: made, changed, put away and brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inbox.actions import quick_replies as actions
from inbox.actions import teams
from inbox.actions.quick_replies import Content, ShortcutTaken, Words
from inbox.models import QuickReply, QuickReplyUse
from tests.factories import make_agent, make_team

pytestmark = pytest.mark.django_db

THANKS = Content("danke", "Thanks", (Words("Thank you!"),))


def whats(reply: QuickReply) -> list[str]:
    return list(reply.events.order_by("pk").values_list("what", flat=True))


def test_what_was_written_is_what_is_stored() -> None:
    jana = make_agent()
    content = Content(
        shortcut="danke",
        name="Thanks",
        texts=(Words("Danke!", "de", "du", ("Gern",)), Words("Thank you!")),
        folder="Greetings",
        team=make_team(),
        content_class="advertising",
        acts={"close": True},
    )

    reply = actions.create(content, by=jana)

    stored = actions.content_of(QuickReply.objects.get(pk=reply.pk))
    assert stored == replace(content, texts=content.texts[::-1], acts=stored.acts)
    assert stored.acts["close"] is True
    assert stored.acts["labels"] == []
    assert whats(reply) == ["created"]
    assert reply.is_advertising


@pytest.mark.parametrize("again", ["danke", "DANKE", "/Danke", " danke "])
def test_a_shortcut_is_there_once_for_the_same_people(again: str) -> None:
    actions.create(THANKS, by=None)

    with pytest.raises(ShortcutTaken, match="/danke"):
        actions.create(replace(THANKS, shortcut=again), by=None)


def test_umlauts_are_the_same_however_they_are_typed() -> None:
    actions.create(replace(THANKS, shortcut="grüße"), by=None)

    with pytest.raises(ShortcutTaken):
        actions.create(replace(THANKS, shortcut="GRU\u0308ßE"), by=None)


def test_others_may_have_the_same_shortcut() -> None:
    jana, emre, team = make_agent(), make_agent(), make_team()

    for scope in ({"owner": jana}, {"owner": emre}, {"team": team}, {}):
        actions.create(replace(THANKS, **scope), by=jana)

    assert QuickReply.objects.filter(shortcut="danke").count() == 4


def test_nothing_is_for_one_and_for_a_team() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        QuickReply.objects.create(shortcut="x", name="x", owner=make_agent(), team=make_team())


def test_a_change_is_kept_and_one_that_changes_nothing_is_not() -> None:
    jana = make_agent()
    reply = actions.create(THANKS, by=None)

    actions.change(reply, THANKS, by=jana)
    assert whats(reply) == ["created"]

    actions.change(reply, replace(THANKS, texts=(Words("Thanks a lot!"),)), by=jana)
    assert whats(reply) == ["created", "changed"]
    event = reply.events.latest("pk")
    assert (event.by, event.detail["parts"]) == (jana, ["texts"])
    assert reply.texts.get().body == "Thanks a lot!"


def test_a_change_to_a_taken_shortcut_changes_nothing() -> None:
    actions.create(THANKS, by=None)
    other = actions.create(replace(THANKS, shortcut="dank"), by=None)

    with pytest.raises(ShortcutTaken):
        actions.change(other, replace(THANKS, texts=(Words("Ha!"),)), by=None)

    other.refresh_from_db()
    assert other.shortcut == "dank"
    assert other.texts.get().body == "Thank you!"
    assert whats(other) == ["created"]


def test_archived_ones_free_their_shortcut_and_come_back_only_where_it_is_free() -> None:
    old = actions.create(THANKS, by=None)
    actions.archive(old, by=None)
    actions.archive(old, by=None)
    new = actions.create(THANKS, by=None)

    with pytest.raises(ShortcutTaken):
        actions.restore(old, by=None)
    actions.archive(new, by=None)
    actions.restore(old, by=None)

    assert list(QuickReply.objects.active()) == [old]
    assert whats(old) == ["created", "archived", "restored"]


def test_uses_are_counted_by_the_day_and_by_nobody() -> None:
    reply = actions.create(THANKS, by=None)

    for day in (1, 2, 2, 2):
        actions.count_use(reply, day=date(2026, 11, day))

    counts = dict(QuickReplyUse.objects.values_list("day", "count"))
    assert counts == {date(2026, 11, 1): 1, date(2026, 11, 2): 3}


def test_agents_see_those_for_all_for_their_team_and_their_own() -> None:
    mine, other = make_team(), make_team()
    jana, lead = make_agent(team=mine), make_agent(role="lead", team=mine)
    scopes = {
        "all": {},
        "mine": {"team": mine},
        "other": {"team": other},
        "jana": {"owner": jana},
    }
    for name, scope in scopes.items():
        actions.create(replace(THANKS, name=name, **scope), by=jana)  # type: ignore[arg-type]

    def names(found: list[QuickReply]) -> set[str]:
        return {reply.name for reply in found}

    assert names(list(QuickReply.objects.visible_to(jana))) == {"all", "mine", "jana"}
    assert names(list(QuickReply.objects.visible_to(make_agent()))) == {"all"}
    assert names(list(QuickReply.objects.visible_to(lead))) == {"all", "mine"}
    assert names(list(QuickReply.objects.shown_in_settings(jana))) == {"all", "mine", "jana"}
    assert names(list(QuickReply.objects.shown_in_settings(lead))) == {"all", "mine", "other"}


def test_without_their_team_they_are_archived_rather_than_everybodys() -> None:
    team, admin = make_team(), make_agent(role="admin")
    actions.create(THANKS, by=None)
    reply = actions.create(replace(THANKS, team=team), by=None)

    teams.delete(team, by=admin)

    reply.refresh_from_db()
    assert (reply.team, reply.archived_at is None) == (None, False)
    assert whats(reply) == ["created", "archived"]
