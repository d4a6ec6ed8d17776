"""Naming colleagues in notes: who is told, who is not, and what is shown"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox import bubbles, events, thread_paging
from inbox.actions import notes
from inbox.models import Agent, Conversation, Follower, Mention, Message
from tests.factories import make_agent, make_conversation, make_team
from tests.inbox.replies_views.drafts import FETCH, hidden_channel
from tests.inbox.thread.messages import draw
from tests.inbox.together.writing import agent_id, note, post_note, team_id

pytestmark = pytest.mark.django_db
REFUSED = "Somebody you mention may not see this conversation. Choose from the list."


def called(published: list[events.HintBody]) -> list[events.Called]:
    return [hint for hint in published if isinstance(hint, events.Called)]


def test_the_one_named_is_told_and_follows(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()

    written = note(conversation, agent, "Please look", colleague)

    mention = Mention.objects.get()
    assert (mention.message, mention.agent, mention.team, mention.read_at) == (
        written, colleague, None, None,
    )  # fmt: skip
    assert called(published) == [events.called(conversation, [colleague.pk], "mention")]
    assert Follower.objects.get().agent == colleague
    conversation.refresh_from_db()
    assert conversation.is_followed


def test_a_team_is_told_person_by_person_and_follows_not(agent: Agent) -> None:
    team = make_team("Versand")
    members = [make_agent(team=team), make_agent(team=team)]
    make_agent(team=team, is_active=False)
    Agent.objects.filter(pk=agent.pk).update(team=team)

    notes.add(make_conversation(), body="@Versand look", by=agent, picked=[team_id(team)])

    assert {m.agent_id for m in Mention.objects.all()} == {m.pk for m in members}
    assert {m.team for m in Mention.objects.all()} == {team}
    assert not Follower.objects.exists()


def test_who_is_named_twice_is_told_once(agent: Agent) -> None:
    team = make_team("Versand")
    jana = make_agent("Jana Meier", team=team)
    picked = [agent_id(jana), team_id(team), agent_id(jana)]

    notes.add(
        make_conversation(), body="@Jana Meier @Versand @Jana Meier", by=agent, picked=picked
    )

    assert Mention.objects.get().team is None


def test_picked_and_deleted_again_is_not_named(agent: Agent, colleague: Agent) -> None:
    notes.add(make_conversation(), body="Nobody", by=agent, picked=[agent_id(colleague)])

    assert not Mention.objects.exists()


def test_nobody_tells_themselves(agent: Agent) -> None:
    note(make_conversation(), agent, "Remember", agent)

    assert not Mention.objects.exists()


def test_who_may_not_see_it_is_neither_offered_nor_taken(
    lead: Agent, lead_client: Client, published: list[events.HintBody]
) -> None:
    conversation = make_conversation(channel=hidden_channel())
    team = conversation.channel.teams.get()
    Agent.objects.filter(pk=lead.pk).update(team=team)
    inside = make_agent("Inge Innen", team=team)
    outside = make_agent("Otto Aussen")
    elsewhere = make_team("Elsewhere")
    make_agent("Eva Else", team=elsewhere)

    r = lead_client.get(reverse("inbox:colleagues", args=[conversation.code]))
    offered = {each["name"] for each in r.json()["colleagues"]}

    assert offered == {inside.name, team.name}
    for forged in (agent_id(outside), team_id(elsewhere), "agent:", "boss:1", "x" * 500):
        r = post_note(
            lead_client, conversation, body="@Otto Aussen @Elsewhere", mention=[forged]
        )
        assert r.status_code == 422
        assert r.json() == {"errors": [REFUSED]}
    assert not Message.objects.exists()
    assert called(published) == []


def test_who_is_locked_out_cannot_be_named(agent_client: Client) -> None:
    gone = make_agent("Gone Girl", is_active=False)

    r = post_note(
        agent_client, make_conversation(), body="@Gone Girl", mention=[agent_id(gone)]
    )

    assert r.json() == {"errors": [REFUSED]}


def test_twenty_are_enough(agent_client: Client) -> None:
    r = post_note(agent_client, make_conversation(), body="@a", mention=["agent:x"] * 500)

    assert r.json() == {"errors": ["Mention at most 20 colleagues in a note."]}


def test_the_name_of_now_is_shown_escaped(agent: Agent, colleague: Agent) -> None:
    conversation = make_conversation()
    written = note(conversation, agent, "<i>See</i> https://example.org/@Jana", colleague)

    Agent.objects.filter(pk=colleague.pk).update(name='Jana <b>"Schulz"</b>')
    html = draw(written, agent)

    assert '<span class="mention">@Jana &lt;b&gt;&quot;Schulz&quot;&lt;/b&gt;</span>' in html
    assert "&lt;i&gt;See&lt;/i&gt;" in html
    assert "Jana Meier" not in html


def test_words_that_only_look_like_a_mention_are_words(agent: Agent, colleague: Agent) -> None:
    written = notes.add(make_conversation(), body=f"@{colleague.name}", by=agent)

    assert 'class="mention"' not in draw(written, agent)


@pytest.mark.parametrize(
    "content",
    [
        {"mentions": "all"},
        {"mentions": [1, None, {"agent": "1", "name": "x"}, {"agent": 1}]},
        {"mentions": [{"agent": True, "name": "x"}, {"team": 5, "name": ""}]},
    ],
)
def test_content_of_any_shape_is_drawn(content: object, agent: Agent) -> None:
    written = note(make_conversation(), agent, "@x")
    Message.objects.update(content=content)

    assert "@x" in draw(written, agent)


def test_whom_an_edit_adds_is_told_and_whom_it_drops_need_not_look(
    agent: Agent, colleague: Agent, lead: Agent
) -> None:
    written = note(make_conversation(), agent, "See", colleague)

    notes.edit(written, body=f"See @{lead.name}", by=agent, picked=[agent_id(lead)])

    assert [m.agent for m in Mention.objects.all()] == [lead]


def test_an_edit_calls_nobody_again(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    written = note(make_conversation(), agent, "See", colleague)
    Mention.objects.update(read_at=written.at)
    published.clear()

    body = f"See it @{colleague.name}"
    notes.edit(written, body=body, by=agent, picked=[agent_id(colleague)])

    assert called(published) == []
    assert Mention.objects.get().read_at == written.at


def test_the_form_for_changing_knows_who_was_named(
    agent: Agent, agent_client: Client, colleague: Agent
) -> None:
    written = note(make_conversation(), agent, "See", colleague)
    url = reverse("inbox:note_edit", args=[written.code])

    assertContains(agent_client.get(url), agent_id(colleague))
    agent_client.post(
        url, {"body": f"@{colleague.name} now", "mention": agent_id(colleague)}, headers=FETCH
    )

    assert Mention.objects.get().agent == colleague


def test_a_deleted_note_calls_nobody(
    agent: Agent, colleague: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()
    written = note(conversation, agent, "See", colleague)
    published.clear()

    notes.delete(written, by=agent)

    assert not Mention.objects.exists()
    assert called(published) == [events.called(conversation, [colleague.pk], "read")]
    notes.restore(written, by=agent)
    assert Mention.objects.get().agent == colleague


def test_strangers_to_the_conversation_learn_no_names(agent_client: Client) -> None:
    hidden = make_conversation(channel=hidden_channel())

    r = agent_client.get(reverse("inbox:colleagues", args=[hidden.code]))

    assertNotContains(r, "colleagues", status_code=404)


def test_a_page_of_notes_asks_for_their_names_once(
    agent: Agent, colleague: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = make_team("Versand")
    make_agent(team=team)

    def page(many: int) -> Conversation:
        conversation = make_conversation()
        for number in range(many):
            picked = [agent_id(colleague), team_id(team)]
            body = f"{number} @{colleague.name} @Versand"
            notes.add(conversation, body=body, by=agent, picked=picked)
        return conversation

    for conversation in (page(2), page(20)):
        entries = thread_paging.newest(conversation).entries
        # Files, agents' names, teams' names; notes have no reactions.
        with django_assert_num_queries(3):
            bubbles.draw(entries, bubbles.Reader(agent, conversation))
