"""/settings/quick-replies/new/ and /settings/quick-replies/<code>/"""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from inbox import quick_acts
from inbox.actions import quick_replies as actions
from inbox.actions.quick_replies import Content, Words
from inbox.models import Agent, Label, QuickReply
from tests.factories import make_agent, make_team
from tests.inbox.quick_replies.writing import form_data

pytestmark = pytest.mark.django_db

NEW = reverse("inbox:settings_quick_reply_new")
THANKS = Content("danke", "Thanks", (Words("Thank you!"),))


def address(reply: QuickReply, what: str = "") -> str:
    return reverse(f"inbox:settings_quick_reply{what}", args=[reply.code])


def test_an_agent_writes_their_own(agent_client: Client, agent: Agent) -> None:
    label = Label.objects.create(name="Thanked")
    data = form_data(
        {"language": "de", "form": "du", "body": "Danke dir!", "button_1": "Gern"},
        {"body": "Thank you, {{ contact.first_name | dear customer }}!"},
        shortcut="/Danke",
        folder="Greetings",
        labels=[str(label.code)],
        snooze_hours="24",
    )

    answer = agent_client.post(NEW, data)

    reply = QuickReply.objects.get()
    assert answer.url == address(reply)  # type: ignore[attr-defined]
    content = actions.content_of(reply)
    assert (content.shortcut, content.folder, content.owner) == ("danke", "Greetings", agent)
    assert content.texts == (
        Words("Thank you, {{ contact.first_name | dear customer }}!"),
        Words("Danke dir!", "de", "du", ("Gern",)),
    )
    assert content.acts["labels"] == [str(label.code)]
    assert content.acts["snooze_hours"] == 24
    page = agent_client.get(answer.url).content.decode()  # type: ignore[attr-defined]
    assert "Danke dir!" in page
    assert "Anna Keller made it" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            form_data({"body": "Hi {{ contact.nam }}"}),
            "Nothing is known by this name: contact.nam",
        ),
        (form_data({"body": "Hi {{ contact.name"}), "Nothing is known by this name: {{"),
        (form_data({"body": "Hi {{ contact.__class__ }}"}), "contact.__class__"),
        (form_data({"body": "{% load x %} }}"}), "Nothing is known by this name: }}"),
        (form_data({"body": ""}), "This field is required"),
        (form_data({"body": "x" * 4097}), "at most 4096 characters"),
        (form_data({"body": "x" * 1025, "button_1": "Yes"}), "at most 1,024 characters"),
        (form_data({"body": "x", "button_1": "y" * 21}), "at most 20 characters"),
        (form_data({"body": "x", "button_1": "A", "button_2": "A"}), "a text of its own"),
        (form_data({"body": "x", "button_1": "{{ contact.name }}"}), "the same for everybody"),
        (form_data({"body": "x", "language": "xx"}), "Select a valid choice"),
        (form_data({"body": "x"}, {"body": "y"}), "already a text for these customers"),
        (form_data(shortcut="two words"), "Only letters, digits"),
        (form_data(shortcut="<script>"), "Only letters, digits"),
        (form_data(shortcut="/"), "Only letters, digits"),
        (form_data(shortcut="x" * 41), "at most 40 characters"),
        (form_data(name=""), "This field is required"),
        (form_data(scope="all"), "Select a valid choice"),
        (form_data(scope="team:" + str(uuid.uuid4())), "Select a valid choice"),
        (form_data(close="on", snooze_hours="3"), "cannot be snoozed too"),
        (form_data(snooze_hours="-1"), "greater than or equal to 1"),
        (form_data(labels=[str(uuid.uuid4())]), "Select a valid choice"),
        (form_data(**{"texts-TOTAL_FORMS": "99999"}), "at most 30"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said_at_its_field(
    data: dict[str, object], sentence: str, agent_client: Client
) -> None:
    answer = agent_client.post(NEW, data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&#x27;", "'")
    assert not QuickReply.objects.exists()


def test_a_sensitive_label_is_not_offered_to_anybody(admin_client: Client) -> None:
    label = Label.objects.create(name="Pregnant", is_sensitive=True)

    assert "Pregnant" not in admin_client.get(NEW).content.decode()
    answer = admin_client.post(NEW, form_data(labels=[str(label.code)]))
    assert answer.status_code == 422
    reply = actions.create(replace(THANKS, acts={"labels": [str(label.code)]}), by=None)
    assert not quick_acts.acts_of([reply]).all


def test_it_goes_to_somebody_or_to_a_team(admin_client: Client, admin: Agent) -> None:
    both = form_data(assign_agent=str(admin.code), assign_team=str(make_team().code))

    answer = admin_client.post(NEW, both)

    assert answer.status_code == 422
    assert "Assign it to somebody or to a team." in answer.content.decode()


def test_what_was_typed_stays_and_runs_nothing(agent_client: Client) -> None:
    data = form_data({"body": "<script>alert(1)</script> {{ nobody }}"}, folder='"><b>')

    page = agent_client.post(NEW, data).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_a_taken_shortcut_is_refused_with_a_sentence(
    agent_client: Client, agent: Agent
) -> None:
    actions.create(Content("danke", "x", (Words("x"),), owner=agent), by=agent)

    answer = agent_client.post(NEW, form_data(shortcut="DANKE"))

    assert answer.status_code == 422
    assert (
        "There is already a quick reply /danke for the same people." in answer.content.decode()
    )
    assert agent_client.post(NEW, form_data(shortcut="danke2")).status_code == 302


def test_a_quick_reply_keeps_its_own_shortcut(agent_client: Client, agent: Agent) -> None:
    reply = actions.create(Content("danke", "x", (Words("x"),), owner=agent), by=agent)

    answer = agent_client.post(address(reply), form_data({"body": "Thanks!"}))

    assert answer.status_code == 302
    assert reply.texts.get().body == "Thanks!"


def test_a_text_is_taken_away_but_never_the_last(agent_client: Client, agent: Agent) -> None:
    texts = (Words("A"), Words("B", "de"))
    reply = actions.create(Content("danke", "x", texts, owner=agent), by=agent)
    first, second = {"body": "A", "DELETE": "on"}, {"body": "B", "language": "de"}
    both = {"texts-INITIAL_FORMS": "2"}

    agent_client.post(address(reply), form_data(first, second, **both))
    assert [text.body for text in reply.texts.all()] == ["B"]

    answer = agent_client.post(address(reply), form_data(first, first | second, **both))
    assert answer.status_code == 422
    assert "Write at least one text." in answer.content.decode()


def test_lines_are_broken_as_they_were_typed(agent_client: Client) -> None:
    agent_client.post(NEW, form_data({"body": "Hello\r\n\r\nAlma"}))

    assert QuickReply.objects.get().texts.get().body == "Hello\n\nAlma"


def test_who_may_change_what(client: Client) -> None:
    mine, other = make_team(), make_team()
    people = {
        "agent": make_agent(team=mine),
        "colleague": make_agent(team=mine),
        "lead": make_agent(role="lead", team=mine),
        "admin": make_agent(role="admin"),
    }
    scopes: dict[str, dict[str, object]] = {
        "agent's": {"owner": people["agent"]},
        "team": {"team": mine},
        "other team": {"team": other},
        "all": {},
    }
    expected = {
        "agent's": {"agent": 200, "colleague": 404, "lead": 404, "admin": 404},
        "team": {"agent": 403, "colleague": 403, "lead": 200, "admin": 200},
        "other team": {"agent": 404, "colleague": 404, "lead": 403, "admin": 200},
        "all": {"agent": 403, "colleague": 403, "lead": 403, "admin": 200},
    }

    for scope, fields in scopes.items():
        reply = actions.create(Content("x", "x", (Words("x"),), **fields), by=None)  # type: ignore[arg-type]
        for who, status in expected[scope].items():
            client.force_login(people[who], backend="inbox.backends.AgentBackend")
            assert client.get(address(reply)).status_code == status, (scope, who)
            if status != 200:
                for what in ("", "_archive", "_restore"):
                    assert client.post(address(reply, what), form_data()).status_code == status
        reply.refresh_from_db()
        assert (reply.shortcut, reply.archived_at) == ("x", None)


def test_a_lead_makes_them_for_the_own_team_only(lead_client: Client, lead: Agent) -> None:
    mine, other = make_team(), make_team()
    lead.team = mine
    lead.save(update_fields=["team"])

    assert lead_client.post(NEW, form_data(scope=f"team:{other.code}")).status_code == 422
    assert lead_client.post(NEW, form_data(scope="all")).status_code == 422
    assert lead_client.post(NEW, form_data(scope=f"team:{mine.code}")).status_code == 302
    assert QuickReply.objects.get().team == mine


def test_archiving_can_be_undone(admin_client: Client) -> None:
    reply = actions.create(THANKS, by=None)

    page = admin_client.post(address(reply, "_archive"), follow=True).content.decode()
    assert "/danke is archived." in page
    assert address(reply, "_restore") in page

    page = admin_client.post(address(reply, "_restore"), follow=True).content.decode()
    assert "/danke is in use again." in page
    assert QuickReply.objects.active().get() == reply


def test_bringing_back_is_refused_while_the_shortcut_is_taken(admin_client: Client) -> None:
    reply = actions.create(THANKS, by=None)
    actions.archive(reply, by=None)
    actions.create(THANKS, by=None)

    page = admin_client.post(address(reply, "_restore"), follow=True).content.decode()

    assert "There is already a quick reply /danke" in page
    reply.refresh_from_db()
    assert reply.archived_at
