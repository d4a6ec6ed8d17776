"""inbox.whatsapp.payloads.coexistence and relations: other apps, other owners, wishes"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inbox.whatsapp import happenings as h

from .bodies import IDA, NUMBER, happenings_in, only, read_value


def test_an_echo_is_addressed_to_the_customer() -> None:
    echo = only(h.EchoReceived, "echo")

    assert echo.person == IDA
    assert echo.content == h.Text("Ja, ab 15 Uhr.")
    assert echo.source == "app"


def test_an_echo_with_both_sides_exchanged_still_finds_the_customer() -> None:
    assert only(h.EchoReceived, "echo_swapped").person == IDA


@pytest.mark.parametrize(
    ("kind", "name"), [(h.MessageEdited, "echo_edit"), (h.MessageRevoked, "echo_revoke")]
)
def test_changes_made_on_the_phone_are_ours(
    kind: type[h.MessageEdited | h.MessageRevoked], name: str
) -> None:
    change = only(kind, name)

    assert change.from_us
    assert change.target_wamid == "wamid.QkVJU1BJRUwtQVBQ"
    assert change.person == IDA


def test_the_address_book_tells_who_came_and_who_went() -> None:
    added, removed = happenings_in("address_book")

    assert isinstance(added, h.ContactSynced)
    assert isinstance(removed, h.ContactSynced)
    assert (added.action, added.full_name) == ("add", "Ida Brandt (Rad)")
    assert added.at == datetime.fromtimestamp(1793000000, UTC)
    assert (removed.action, removed.person.phone) == ("remove", "491700000321")


def test_history_tells_progress_direction_and_state() -> None:
    progress, *messages = happenings_in("history")

    assert isinstance(progress, h.HistoryProgressed)
    assert (progress.phase, progress.chunk_order, progress.progress) == (1, 2, 55)
    imported = [m for m in messages if isinstance(m, h.HistoryMessage)]
    assert [m.from_us for m in imported] == [False, True, False, False]
    assert {m.status for m in imported} == {"read"}
    assert imported[2].content == h.MediaPending()


def test_history_belongs_to_the_owner_of_its_thread() -> None:
    people = [m.person for m in happenings_in("history") if isinstance(m, h.HistoryMessage)]

    assert [p.phone for p in people] == [IDA.phone] * 3 + [""]
    assert people[3].bsuid == "AT.55aa10293847566"


def test_nothing_in_history_opens_a_window() -> None:
    (reaction,) = (x for x in happenings_in("history") if isinstance(x, h.ReactionReceived))

    assert reaction.historic
    assert not reaction.opens_window


def test_the_owner_may_keep_the_history() -> None:
    assert only(h.HistoryDeclined, "history_declined").errors[0].code == 2593109


def test_files_of_the_history_follow_from_both_sides() -> None:
    assert not only(h.HistoryMessage, "history_media").from_us
    assert only(h.HistoryMessage, "history_echo").from_us


def test_standby_is_marked_on_everything() -> None:
    message, status, template, question = happenings_in("standby")

    for happening in (message, status, template, question):
        assert isinstance(happening, h.PersonHappening)
        assert happening.standby
        assert happening.person.phone == IDA.phone
    assert isinstance(template, h.EchoReceived)
    assert template.content == h.TemplateSent(
        name="bot_gruss", language="de", parameters=("Ida",)
    )
    assert template.source == "standby"


def test_a_question_of_another_app_shows_its_choices() -> None:
    question = happenings_in("standby")[3]

    assert isinstance(question, h.EchoReceived)
    assert question.content == h.InteractiveSent(
        kind="button",
        header="Bot",
        body="Passt das?",
        footer="automatisch",
        options=("Ja", "Nein"),
    )


def test_a_handover_names_both_roles_and_the_number() -> None:
    passed = only(h.OwnershipChanged, "handover_passed")

    assert (passed.previous_owner_role, passed.new_owner_role) == (
        "ai_agent",
        "customer_service",
    )
    assert passed.phone_number_id == NUMBER
    assert passed.person.phone == IDA.phone
    assert passed.summary == "Reklamation"


def test_stop_and_resume_are_told_with_their_person() -> None:
    stop = only(h.PreferenceStated, "preference_stop")
    resume = only(h.PreferenceStated, "preference_resume")

    assert (stop.value, stop.category, stop.person) == ("stop", "marketing_messages", IDA)
    assert stop.at == datetime.fromtimestamp(1793000007, UTC)
    assert (resume.value, resume.person.username) == ("resume", "kim.malt")


def test_a_preference_without_a_value_changes_nothing() -> None:
    value = {"user_preferences": [{"wa_id": "491", "category": "marketing_messages"}]}
    (happening,) = read_value(value, "user_preferences")

    assert isinstance(happening, h.Unknown)


def test_a_click_names_its_message() -> None:
    click = only(h.ClickTracked, "link_click")

    assert (click.tracking_token, click.click_id) == ("tt-5", "cl-6")
    assert click.person == IDA


def test_a_summary_stands_beside_the_message() -> None:
    _message, summary = happenings_in("message_with_summary")

    assert isinstance(summary, h.SummaryGiven)
    assert summary.text == "Wollte einen Termin, der Bot fand keinen."
    assert summary.person == IDA


def test_members_come_and_go() -> None:
    group = only(h.GroupChanged, "group_participants_update")

    assert group.added == (
        h.Person(bsuid="DE.member7", phone="491700000777"),
        h.Person(phone="491700000888"),
    )
    assert group.removed == (h.Person(bsuid="DE.member9"),)


def test_errors_of_the_number_are_told() -> None:
    assert only(h.ProblemsReported, "number_errors").errors[0].code == 130429
