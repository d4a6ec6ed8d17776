"""inbox.whatsapp.payloads.messages, contents, cards"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inbox.whatsapp import happenings as h

from .bodies import IDA, NUMBER, OURS, WABA, only

UNSER = "wamid.QkVJU1BJRUwtVU5TRVI="


def test_a_text_carries_everything_an_inbox_needs() -> None:
    message = only(h.MessageReceived, "text")

    assert message.content == h.Text("Ist mein Fahrrad schon fertig? 🚲")
    assert message.person == IDA
    assert message.wamid == "wamid.QkVJU1BJRUw00001A"
    assert message.type == "text"
    assert message.at == datetime(2026, 10, 26, 7, 34, 20, tzinfo=UTC)
    assert (message.waba_id, message.phone_number_id) == (WABA, NUMBER)
    assert message.display_phone_number == OURS
    assert message.opens_window
    assert not message.standby
    assert not message.forwarded


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "image",
            h.Media(
                kind="image",
                media_id="700100200301",
                mime_type="image/jpeg",
                sha256="q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
                caption="Die kaputte Bremse",
                url="https://lookaside.fbsbx.com/whatsapp_business/attachments/"
                "?mid=700100200301&hash=x",
            ),
        ),
        (
            "voice",
            h.Media(
                kind="audio",
                media_id="700100200303",
                mime_type="audio/ogg; codecs=opus",
                sha256="aa11",
                voice=True,
            ),
        ),
        (
            "video",
            h.Media(
                kind="video",
                media_id="700100200304",
                mime_type="video/mp4",
                sha256="bb22",
                caption="So klappert es",
            ),
        ),
        (
            "document",
            h.Media(
                kind="document",
                media_id="700100200305",
                mime_type="application/pdf",
                sha256="cc33",
                caption="Unterschrieben",
                filename="Kaufvertrag.pdf",
            ),
        ),
        (
            "sticker",
            h.Media(
                kind="sticker",
                media_id="700100200306",
                mime_type="image/webp",
                sha256="dd44",
                animated=True,
            ),
        ),
        (
            "location",
            h.Location(
                latitude=48.2082,
                longitude=16.3738,
                name="Werkstatt Süd",
                address="Am Ring 4, Wien",
                url="https://werkstatt.example/sued",
            ),
        ),
        (
            "contacts",
            h.ContactCards(
                cards=(
                    h.ContactCard(
                        formatted_name="Opa Franz",
                        first_name="Franz",
                        last_name="Huber",
                        organisation="Huber OG",
                        birthday="1950-02-03",
                        phones=(
                            h.CardPhone(
                                phone="+43 660 000 11 22", wa_id="436600001122", kind="HOME"
                            ),
                            h.CardPhone(phone="01 000 33"),
                        ),
                        emails=("franz@huber.example",),
                        urls=("https://huber.example",),
                        addresses=("Gasse 1, Graz, AT",),
                    ),
                )
            ),
        ),
        (
            "template_button",
            h.ButtonReply(payload="abmelden:7", title="Abmelden", source="template button"),
        ),
        (
            "button_reply",
            h.ButtonReply(payload="termin:1", title="Vormittag", source="reply button"),
        ),
        (
            "list_reply",
            h.ButtonReply(
                payload="filiale:3", title="Linz", description="Hauptplatz", source="list"
            ),
        ),
        (
            "flow_reply",
            h.FlowReply(
                name="flow",
                body="Sent",
                response_json='{"flow_token":"t-81","groesse":"M"}',
                answers={"flow_token": "t-81", "groesse": "M"},
            ),
        ),
        ("flow_reply_broken", h.FlowReply(name="flow", body="Sent", response_json="[1, 2")),
        (
            "call_permission_reply",
            h.CallPermissionReply(
                accepted=True,
                expires_at=datetime.fromtimestamp(1793600000, UTC),
                source="user_action",
            ),
        ),
        (
            "order",
            h.Order(
                catalog_id="61200900",
                text="Bitte bis Freitag",
                items=(
                    h.OrderItem(
                        product_id="KETTE-8", quantity="2", price="19.9", currency="EUR"
                    ),
                    h.OrderItem(product_id="LICHT", quantity="1", price="35", currency="EUR"),
                ),
            ),
        ),
        (
            "unsupported",
            h.Unsupported(
                kind="poll_creation",
                errors=(
                    h.ApiProblem(
                        code=131051,
                        title="Message type unknown",
                        message="Message type unknown",
                        details="Message type is currently not supported.",
                    ),
                ),
            ),
        ),
        ("request_welcome", h.WelcomeRequest()),
        ("unknown_type", h.UnknownContent(type="hologram")),
        ("interactive_new", h.UnknownContent(type="interactive hologram_reply")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_type_becomes_its_own_content(name: str, content: h.Content) -> None:
    assert only(h.MessageReceived, name).content == content


def test_media_that_meta_could_not_fetch_say_why() -> None:
    message = only(h.MessageReceived, "image_unfetchable")

    assert [error.code for error in message.errors] == [131052]


def test_ones_own_number_given_on_request_is_told_apart() -> None:
    content = only(h.MessageReceived, "contacts_requested").content

    assert isinstance(content, h.ContactCards)
    assert content.requested
    assert content.cards[0].phones[0].wa_id == "436600009988"


def test_an_answer_to_a_button_quotes_our_message() -> None:
    message = only(h.MessageReceived, "template_button")

    assert message.quoted_wamid == UNSER
    assert message.quoted_from == OURS


def test_forwarding_is_told() -> None:
    assert only(h.MessageReceived, "video").forwarded
    assert only(h.MessageReceived, "forwarded_often").frequently_forwarded


def test_a_question_about_a_product_names_it() -> None:
    message = only(h.MessageReceived, "product_question")

    product = h.ReferredProduct(catalog_id="61200900", product_id="KETTE-8")
    assert message.referred_product == product


def test_the_advertisement_someone_came_from_is_kept() -> None:
    referral = only(h.MessageReceived, "referral").referral

    assert referral is not None
    assert (referral.source_type, referral.source_id) == ("ad", "120330")
    assert referral.headline == "Räder im Herbst"
    assert referral.media_url == "https://scontent.example/rad.jpg"
    assert referral.click_id == "Aff-81"
    assert referral.welcome_text == "Wie können wir helfen?"


def test_a_message_in_a_group_opens_no_window() -> None:
    message = only(h.MessageReceived, "group_text")

    assert message.group_id == "Y2FwaV9ncm91cDoxMjM0"
    assert not message.opens_window


@pytest.mark.parametrize(
    ("name", "emoji"),
    [("reaction", "🙏"), ("reaction_removed", ""), ("reaction_removed_old", "")],
)
def test_a_reaction_names_its_target(name: str, emoji: str) -> None:
    reaction = only(h.ReactionReceived, name)

    assert reaction.emoji == emoji
    assert reaction.target_wamid == UNSER
    assert reaction.person == IDA
    assert reaction.opens_window
    assert not reaction.from_us


def test_an_edit_holds_the_new_content() -> None:
    edit = only(h.MessageEdited, "edit")

    assert edit.content == h.Text("Ist mein Rad fertig?")
    assert edit.target_wamid == "wamid.QkVJU1BJRUwtSUhSRVI="
    assert not edit.from_us


def test_a_revoke_names_what_is_gone() -> None:
    assert only(h.MessageRevoked, "revoke").target_wamid == "wamid.QkVJU1BJRUwtSUhSRVI="
