"""inbox.whatsapp.payloads.people and system: who it is, and who they were"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from inbox.whatsapp import happenings as h

from .bodies import IDA, only, read_value


def test_someone_without_a_phone_is_known_by_user_id() -> None:
    person = only(h.MessageReceived, "text_without_phone").person

    assert person == h.Person(
        bsuid="AT.55aa10293847566",
        parent_bsuid="AT.ENT.9900aabb11",
        username="kim.malt",
        profile_name="Kim",
    )


def test_the_ninth_digit_does_not_hide_the_name() -> None:
    person = only(h.MessageReceived, "text_ninth_digit").person

    assert person.profile_name == "Rita Lopes"
    assert person.phone == "5551999990000"
    assert person.other_phone == "555199990000"


def test_without_contacts_the_message_itself_tells_who() -> None:
    person = only(h.MessageReceived, "text_without_contacts").person

    assert person == h.Person(bsuid=IDA.bsuid, phone=IDA.phone)


def _texts(contacts: list[dict[str, Any]], *senders: dict[str, str]) -> list[h.Person]:
    messages = [
        {"id": f"wamid.{number}", "type": "text", "text": {"body": "x"}, **sender}
        for number, sender in enumerate(senders)
    ]
    happenings = read_value({"contacts": contacts, "messages": messages})
    return [x.person for x in happenings if isinstance(x, h.MessageReceived)]


def _contact(name: str, **ids: str) -> dict[str, Any]:
    return {"profile": {"name": name}, **ids}


def test_contacts_are_matched_by_id_and_not_by_place() -> None:
    contacts = [_contact("B", wa_id="492"), _contact("A", wa_id="491", user_id="DE.a")]

    people = _texts(contacts, {"from": "491"}, {"from": "492"}, {"from_user_id": "DE.a"})

    assert [person.profile_name for person in people] == ["A", "B", "A"]


def test_a_single_contact_is_not_given_to_two_strangers() -> None:
    people = _texts([_contact("A", wa_id="491")], {"from": "491"}, {"from": "492"})

    assert [person.profile_name for person in people] == ["A", ""]


def test_a_recycled_number_does_not_bring_the_old_name() -> None:
    (person,) = _texts(
        [_contact("Old owner", wa_id="491", user_id="DE.old")],
        {"from": "491", "from_user_id": "DE.new"},
    )

    assert person == h.Person(phone="491", bsuid="DE.new")


def test_what_is_no_number_is_no_phone() -> None:
    (person,) = _texts([], {"from": "PHONE_NUMBER"})

    assert not person.has_id


def test_a_plus_and_blanks_are_no_part_of_a_phone() -> None:
    (person,) = _texts([], {"from": "+49 170 000-01"})

    assert person.phone == "4917000001"


def test_a_new_number_links_old_and_new() -> None:
    changed = only(h.NumberChanged, "number_changed")

    assert changed.person == h.Person(phone="491700000123")
    assert changed.new == h.Person(phone="491700000999", bsuid="DE.NEW00000000001")


def test_a_new_user_id_links_old_and_new() -> None:
    changed = only(h.UserIdChanged, "user_id_changed")

    assert changed.person == h.Person(bsuid=IDA.bsuid, parent_bsuid="DE.ENT.p1")
    assert changed.new == h.Person(bsuid="DE.NEW00000000002", parent_bsuid="DE.ENT.n2")


def test_the_withdrawn_way_of_telling_it_is_understood_too() -> None:
    changed = only(h.UserIdChanged, "user_id_update")

    assert changed.person.bsuid == IDA.bsuid
    assert changed.new.bsuid == "DE.NEW00000000003"
    assert changed.new.phone == changed.person.phone == IDA.phone


def test_a_new_id_that_is_the_senders_already_is_not_taken_for_the_old_one() -> None:
    system = {"type": "user_changed_user_id", "user_id": "DE.n", "wa_id": "499"}
    message = {
        "id": "wamid.1",
        "type": "system",
        "from": "491",
        "from_user_id": "DE.n",
        "system": system,
    }
    (changed,) = read_value({"messages": [message]})

    assert isinstance(changed, h.UserIdChanged)
    assert changed.person == h.Person(phone="491")
    assert changed.new == h.Person(phone="499", bsuid="DE.n")


def test_a_new_security_key_is_told() -> None:
    changed = only(h.IdentityKeyChanged, "identity_changed")

    assert changed.identity_hash == "k9Zz="
    assert changed.acknowledged
    assert changed.changed_at == datetime.fromtimestamp(1793000000, UTC)


def test_other_system_messages_become_a_note() -> None:
    note = only(h.SystemNoted, "system_new")

    assert (note.type, note.body) == ("user_moved_to_mars", "Ida is on Mars now")
