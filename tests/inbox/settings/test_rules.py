"""/settings/rules/"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.actions import rule_work
from inbox.models import Agent, Conversation, Rule, RuleEvent, RuleWork
from tests.factories import make_agent, make_channel, make_conversation, make_message, make_team
from tests.inbox.automation.rules import adds, make_label, make_reply, make_rule, says, work

pytestmark = pytest.mark.django_db
PAGE = "/settings/rules/"
FORM = {"name": "Invoices", "trigger": "received", "note": "Look at this"}


def page(rule: Rule, what: str = "") -> str:
    return f"{PAGE}{rule.code}/{what}"


@pytest.fixture(autouse=True)
def _only_rules_of_the_test(db: None) -> None:
    Rule.objects.all().delete()


def test_a_rule_that_uses_everything_is_stored_and_shown_as_it_was_filled_in(
    admin_client: Client,
) -> None:
    label, reply, team = make_label(), make_reply(), make_team("Returns")
    agent, channel = make_agent("Jana"), make_channel()
    form = {
        **FORM,
        "words": "invoice, bill*\nreceipt",
        "no_words": "thanks",
        "no_labels": [str(label.code)],
        "languages": ["de"],
        "numbers": [str(channel.code)],
        "hours": "closed",
        "first": "yes",
        "window": "60",
        "add_labels": [str(label.code)],
        "priority": "1",
        "notify": [f"team:{team.code}", f"agent:{agent.code}"],
        "assign": f"agent:{agent.code}",
        "reply": str(reply.code),
        "close": "later",
        "close_hours": "4",
    }

    r = admin_client.post(f"{PAGE}new/", form, follow=True)

    rule = Rule.objects.get()
    assert r.redirect_chain == [(page(rule, "trial/"), 302)]
    assert not rule.is_on
    assert {"test": "words", "words": ["invoice", "bill*", "receipt"]} in rule.conditions
    assert rule.acts[-1] == {"do": "close", "minutes": 240}
    shown = admin_client.get(page(rule)).context["form"]
    for name, value in form.items():
        expected = "invoice, bill*, receipt" if name == "words" else value
        assert str(shown.initial[name]) == str(expected), name


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a" * 81}, "name"),
        ({"trigger": "explode"}, "trigger"),
        ({"trigger": "waiting"}, "minutes"),
        ({"trigger": "waiting", "minutes": "0"}, "minutes"),
        ({"trigger": "waiting", "minutes": "999999999999999999999"}, "minutes"),
        ({"words": "?!"}, "words"),
        ({"words": ",".join(["a"] * 51)}, "words"),
        ({"words": "a" * 81}, "words"),
        ({"values": "VIP"}, "values"),
        ({"add_labels": [str(uuid4())]}, "add_labels"),
        ({"assign": "agent:nobody"}, "assign"),
        ({"reply": str(uuid4())}, "reply"),
        ({"close": "later", "close_hours": "4"}, "close_hours"),
        ({"close": "later"}, "close_hours"),
        ({"note": ""}, "__all__"),
        ({"close": "now", "snooze_hours": "4"}, "__all__"),
    ],
)
def test_what_makes_no_sense_is_said_where_it_stands(
    admin_client: Client, changed: dict[str, Any], field: str
) -> None:
    r = admin_client.post(f"{PAGE}new/", FORM | changed)

    assert r.status_code == 422
    assert field in r.context["form"].errors
    assert not Rule.objects.exists()


def test_what_was_typed_is_kept_and_escaped(admin_client: Client) -> None:
    r = admin_client.post(f"{PAGE}new/", FORM | {"name": "", "note": "<b>Look</b>"})

    assertContains(r, "&lt;b&gt;Look&lt;/b&gt;", status_code=422)


def test_sensitive_labels_are_offered_to_nobody(admin_client: Client, admin: Agent) -> None:
    Agent.objects.update(data_protection=True)
    make_label("Illness", is_sensitive=True)

    assertNotContains(admin_client.get(f"{PAGE}new/"), "Illness")


def test_trying_out_says_what_would_have_happened_and_changes_nothing(
    admin_client: Client, nudged: list[tuple[Any, ...]]
) -> None:
    label = make_label("Invoice")
    rule = make_rule(
        adds(label), conditions=[{"test": "words", "words": ["invoice"]}], is_on=False
    )
    meant, other = make_conversation(), make_conversation()
    make_message(meant, "Where is my invoice?")
    make_message(meant, "Thanks")
    make_message(other, "Hello")

    r = admin_client.get(page(rule, "trial/"))

    assertContains(r, "It would have applied to 1 of the newest 2 conversations")
    assertContains(r, meant.get_absolute_url())
    assertNotContains(r, other.get_absolute_url())
    assertContains(r, "add the label “Invoice”")
    assert not meant.labels.exists()
    assert not RuleWork.objects.exists()
    assert nudged == []


@pytest.mark.parametrize(
    ("when", "fields"),
    [
        ({"trigger": "opened"}, {}),
        ({"trigger": "closed"}, {"status": "closed"}),
        ({"trigger": "waiting", "minutes": 3}, {}),
        ({"trigger": "quiet", "minutes": 3}, {"waiting_since": None}),
    ],
)
def test_each_trigger_can_be_tried_out(
    admin_client: Client, when: dict[str, Any], fields: dict[str, Any]
) -> None:
    rule = make_rule({"do": "note", "text": "x"}, is_on=False, **when)
    meant = make_conversation(**fields)

    assertContains(admin_client.get(page(rule, "trial/")), meant.get_absolute_url())


def test_trying_out_asks_as_much_for_many_conversations_as_for_few(
    admin_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    label, channel = make_label(), make_channel()
    rule = make_rule(
        adds(label),
        is_on=False,
        conditions=[
            {"test": "words", "words": ["hello"]},
            {"test": "label", "words": [str(label.code)], "not": True},
            {"test": "field", "key": "kind", "words": ["VIP"], "not": True},
            {"test": "first"},
            {"test": "hours"},
        ],
    )
    for _ in range(20):
        make_message(make_conversation(channel=channel))

    # Session, agent, rule; six for names; ids, conversations, words, labels, fields, firsts;
    # what the page around it asks.
    with django_assert_max_num_queries(24):
        r = admin_client.get(page(rule, "trial/"))

    assertContains(r, "It would have applied to 20 of the newest 20 conversations")


def test_it_is_switched_on_and_off(admin_client: Client, admin: Agent) -> None:
    rule = make_rule({"do": "note", "text": "x"}, is_on=False)
    assert rule_work.awaited() == frozenset()

    r = admin_client.post(page(rule, "switch/"), {"on": "1"}, follow=True)
    assertContains(r, "“Sort” is switched on.")
    assert rule_work.awaited() == {"received"}

    admin_client.post(page(rule, "switch/"), {"on": "0"})
    assert rule_work.awaited() == frozenset()
    told = RuleEvent.objects.order_by("pk").values_list("what", "by")
    assert list(told) == [("on", admin.pk), ("off", admin.pk)]


def test_one_whose_message_is_not_chosen_cannot_be_switched_on(admin_client: Client) -> None:
    rule = make_rule({"do": "reply", "code": ""}, is_on=False)

    r = admin_client.post(page(rule, "switch/"), {"on": "1"}, follow=True)

    assertContains(r, "Choose what is still missing first")
    assert not Rule.objects.on().exists()
    assertContains(admin_client.get(PAGE), "Choose the quick reply that is sent.")


def test_changing_starts_anew_and_drops_what_was_planned(admin_client: Client) -> None:
    rule = make_rule({"do": "note", "text": "x"}, says(make_reply()))
    before = rule.switched_on_at
    RuleWork.objects.create(
        conversation=make_conversation(), rule=rule, trigger="received", cause="x"
    )

    admin_client.post(page(rule), FORM)

    rule = Rule.objects.get()
    assert rule.name == "Invoices"
    assert before and rule.switched_on_at and rule.switched_on_at > before
    assert not RuleWork.objects.exists()


def test_the_page_tells_what_it_did(admin_client: Client) -> None:
    rule = make_rule({"do": "note", "text": "x"})
    conversation = make_conversation()
    rule_work.note([make_message(conversation)])
    work()

    r = admin_client.get(page(rule))

    assertContains(r, "What it did lately")
    assertContains(r, conversation.get_absolute_url())
    assertContains(r, "writes a note")


def test_a_deleted_rule_leaves_the_timeline_alone(admin_client: Client) -> None:
    rule = make_rule({"do": "note", "text": "x"})
    conversation = make_conversation()
    rule_work.note([make_message(conversation)])
    work()

    r = admin_client.post(page(rule, "delete/"), follow=True)

    assertContains(r, "“Sort” is deleted.")
    assert not Rule.objects.exists()
    assert Conversation.objects.get().messages.filter(kind="event").exists()


def test_one_that_cannot_be_read_breaks_no_page(admin_client: Client) -> None:
    rule = make_rule({"do": "explode"}, is_on=False)

    assertContains(admin_client.get(PAGE), "This rule cannot be read.")
    for what in ("", "trial/"):
        assert admin_client.get(page(rule, what)).status_code == 200
    admin_client.post(page(rule, "switch/"), {"on": "1"})
    assert not Rule.objects.on().exists()


def test_the_list_asks_as_much_for_many_as_for_few(
    admin_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        make_rule(adds(make_label(f"L{n}")), is_on=False)

    # Session, agent, six for names, rules, history; what the page around it asks.
    with django_assert_max_num_queries(18):
        admin_client.get(PAGE)


def test_leads_and_agents_have_no_business_here(
    lead_client: Client, agent_client: Client
) -> None:
    rule = make_rule({"do": "note", "text": "x"})

    for client in (lead_client, agent_client):
        for path in (PAGE, f"{PAGE}new/", page(rule), page(rule, "trial/")):
            assert client.get(path).status_code == 403
        for what in ("switch/", "delete/"):
            assert client.post(page(rule, what), {"on": "0"}).status_code == 403
    assert Rule.objects.get().is_on
