"""The shop's quick replies: what is asked every day, in German and English."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inbox.actions import quick_replies, quick_reply_files
from inbox.actions.quick_replies import Content, Words
from inbox.demo import files
from inbox.demo.company import Company
from inbox.models import Agent, Label, QuickReply, QuickReplyUse

GREETINGS, ORDERS, COMPLAINTS, VISITS = "Begrüßung", "Bestellung", "Reklamation", "Besuch"
DAYS = 120


def write(company: Company) -> None:
    anna, adele = company.agents[0], company.agents[-1]
    for seed, content in enumerate((*_greetings(), *_work(company), *_visits())):
        by = anna if content.owner else adele
        _use(quick_replies.create(content, by=by), seed)
    _attach("lieferung", "Lieferpreise.pdf", files.paper("Lieferpreise 2026"), by=adele)
    _attach("anfahrt", "Eingang.jpg", files.picture(4), by=adele)


def _greetings() -> Iterator[Content]:
    yield Content(
        "hallo",
        "Begrüßung",
        (
            Words(
                "Guten Tag {{ contact.name | }}, hier ist {{ agent.name }} vom Möbelhaus Alma."
                " Wie kann ich Ihnen helfen?",
                "de",
                "sie",
            ),
            Words(
                "Hallo {{ contact.first_name | und schön, dass du schreibst }}! Hier ist"
                " {{ agent.first_name }} vom Möbelhaus Alma. Was kann ich für dich tun?",
                "de",
                "du",
            ),
            Words(
                "Hello {{ contact.first_name | there }}, this is {{ agent.first_name }} of"
                " Möbelhaus Alma. How can I help?",
            ),
        ),
        GREETINGS,
    )
    yield Content(
        "danke",
        "Dank zum Abschied",
        (
            Words("Vielen Dank für Ihre Nachricht. Einen schönen Tag noch!", "de", "sie"),
            Words("Danke dir und einen schönen Tag noch!", "de", "du"),
            Words("Thank you for writing to us. Have a nice day!"),
        ),
        GREETINGS,
        acts={"close": True},
    )
    yield Content(
        "moment",
        "Einen Moment",
        (
            Words("Einen Moment bitte, ich sehe nach.", "de"),
            Words("One moment please, I'll have a look."),
        ),
        GREETINGS,
    )
    yield Content(
        "zu",
        "Wir haben geschlossen",
        (
            Words(
                "Heute sind wir nicht mehr da. Wir antworten"
                " {{ next_opening | am nächsten Werktag }}.",
                "de",
            ),
            Words("We are closed now and will answer {{ next_opening | on the next day }}."),
        ),
        GREETINGS,
        acts={"snooze_hours": 12},
    )


def _work(company: Company) -> Iterator[Content]:
    team, anna = company.agents[0].team, company.agents[0]
    yield Content(
        "status",
        "Stand der Bestellung",
        (
            Words(
                "Ihre Bestellung ist in Arbeit. Die Vorgangsnummer ist"
                " {{ conversation.number }}.",
                "de",
            ),
            Words("Your order is being made. Its number with us is {{ conversation.number }}."),
        ),
        ORDERS,
        acts={"labels": _codes(company.labels, "Bestellung")},
    )
    yield Content(
        "lieferung",
        "Liefertermin",
        (
            Words(
                "Wann dürfen wir liefern?",
                "de",
                "",
                ("Vormittags", "Nachmittags", "Am Samstag"),
            ),
            Words("When may we deliver?", "", "", ("Morning", "Afternoon", "Saturday")),
        ),
        ORDERS,
        acts={"labels": _codes(company.labels, "Termin")},
    )
    yield Content(
        "rechnung",
        "Rechnung noch einmal",
        (
            Words("Gern, die Rechnung kommt gleich noch einmal per E-Mail.", "de"),
            Words("Of course. The invoice is on its way to you by e-mail again."),
        ),
        ORDERS,
        team=team,
        acts={"labels": _codes(company.labels, "Rechnung")},
    )
    yield Content(
        "nummer",
        "Nach der Bestellnummer fragen",
        (
            Words("Wie lautet Ihre Bestellnummer? Sie beginnt mit MA-.", "de", "sie"),
            Words("Wie lautet deine Bestellnummer? Sie beginnt mit MA-.", "de", "du"),
            Words("What is your order number? It begins with MA-."),
        ),
        ORDERS,
        acts={"snooze_hours": 48},
    )
    yield Content(
        "angebot",
        "Esstische im Angebot",
        (
            Words("Bis Samstag: alle Esstische aus Eiche 15 % günstiger.", "de"),
            Words("Until Saturday: 15% off all oak dining tables."),
        ),
        ORDERS,
        content_class=QuickReply.ContentClass.ADVERTISING,
    )
    yield Content(
        "foto",
        "Foto vom Schaden",
        (
            Words("Das tut mir leid. Bitte schicken Sie uns ein Foto davon.", "de", "sie"),
            Words("Das tut mir leid. Schick uns bitte ein Foto davon.", "de", "du"),
            Words("I am sorry to hear that. Please send us a photo of it."),
        ),
        COMPLAINTS,
        acts={"labels": _codes(company.labels, "Reklamation"), "snooze_hours": 24},
    )
    yield Content(
        "ersatz",
        "Ersatzteil kommt",
        (
            Words("Das Ersatzteil geht morgen kostenlos an Sie hinaus.", "de", "sie"),
            Words("The spare part leaves tomorrow, free of charge."),
        ),
        COMPLAINTS,
        team=team,
    )
    yield Content(
        "leitung",
        "An die Teamleitung",
        (
            Words("Ich gebe das an unsere Teamleitung weiter, sie meldet sich.", "de"),
            Words("I am handing this to our team lead, who will be in touch."),
        ),
        COMPLAINTS,
        team=team,
        acts={"assign_agent": str(company.agents[2].code)},
    )
    yield Content(
        "gruß",
        "Mein Gruß",
        (Words("Liebe Grüße aus dem Laden, {{ agent.first_name }}"),),
        owner=anna,
    )


def _visits() -> Iterator[Content]:
    yield Content(
        "anfahrt",
        "So finden Sie uns",
        (
            Words("Wir sind in der Torstraße 12 in Berlin; der Eingang ist im Hof.", "de"),
            Words("You find us at Torstraße 12 in Berlin; the entrance is in the yard."),
        ),
        VISITS,
    )
    yield Content(
        "offen",
        "Wann wir da sind",
        (
            Words(
                "Heute sind wir bis {{ closes_at | 18 Uhr }} da, danach wieder"
                " {{ next_opening | am nächsten Werktag }}.",
                "de",
            ),
            Words("Today we are here until {{ closes_at | 6 pm }}."),
        ),
        VISITS,
    )
    yield Content(
        "parken",
        "Parkplatz",
        (
            Words("Parken können Sie kostenlos im Hof.", "de", "sie"),
            Words("You can park in the yard, free of charge."),
        ),
        VISITS,
    )


def _codes(labels: dict[str, Label], *names: str) -> list[str]:
    return [str(labels[name].code) for name in names]


def _use(reply: QuickReply, seed: int) -> None:
    """Some are used every day, some now and then, and each fifth never."""
    if seed % 5 == 4:
        return
    chance = random.Random(seed)  # noqa: S311 (a story)
    today, often = timezone.localdate(), chance.choice((0.1, 0.4, 0.8))
    QuickReplyUse.objects.bulk_create(
        QuickReplyUse(
            quick_reply=reply, day=today - timedelta(days=ago), count=chance.randint(1, 6)
        )
        for ago in range(DAYS)
        if chance.random() < often
    )


def _attach(shortcut: str, name: str, content: bytes, *, by: Agent) -> None:
    reply = QuickReply.objects.get(shortcut=shortcut)
    file = SimpleUploadedFile(name, content)
    quick_reply_files.change(reply, add=[file], remove=(), by=by)
