"""What the demo's customers and agents said to each other, as data.

A turn is ``(who, text)``: "c" the customer, "a" an agent, "pic", "pdf" or "voice" a file of
the customer's (the text is its caption). Minutes pass between turns as ``pace`` tells.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    language: str
    labels: tuple[str, ...]
    turns: tuple[tuple[str, str], ...]


def _script(language: str, labels: str, *turns: tuple[str, str]) -> Script:
    return Script(language, tuple(labels.split()), turns)


SCRIPTS: tuple[Script, ...] = (
    _script(
        "de",
        "Reklamation Bestellung",
        ("c", "Guten Morgen! Mein Stuhl ist heute angekommen 🙂"),
        ("pic", "Das rechte Bein ist leider verkratzt, siehe Foto"),
        (
            "a",
            "Das tut mir leid! Wir schicken Ihnen kostenlos ein neues Bein. "
            "Passt Ihnen die Lieferung am Dienstag?",
        ),
        ("c", "Dienstag passt perfekt, vielen Dank! Brauchen Sie das alte Bein zurück?"),
        ("a", "Nein, das dürfen Sie gern entsorgen. Eine schöne Woche Ihnen!"),
    ),
    _script(
        "de",
        "Termin",
        ("c", "Hallo, kann ich den Liefertermin auf Freitag verschieben?"),
        ("a", "Gern! Freitag zwischen 8 und 12 Uhr oder lieber nachmittags?"),
        ("c", "Vormittags wäre super"),
        ("a", "Ist eingetragen: Freitag, 8 bis 12 Uhr. Der Fahrer ruft eine Stunde vorher an."),
        ("c", "Danke!! 👍"),
    ),
    _script(
        "de",
        "Rückfrage",
        ("c", "Gibt es das Sofa „Alma“ auch in Dunkelgrün?"),
        ("a", "Ja, im Stoff „Moos“. Soll ich Ihnen ein Stoffmuster schicken?"),
        ("c", "Oh ja bitte! Adresse müssten Sie noch von der letzten Bestellung haben"),
        ("a", "Habe ich. Das Muster geht heute noch raus."),
        ("c", "Klasse, ich freue mich"),
    ),
    _script(
        "de",
        "Bestellung",
        ("c", "Moin, wo bleibt meine Bestellung? Sollte gestern kommen."),
        ("a", "Guten Tag! Ich schaue sofort nach. Haben Sie die Bestellnummer zur Hand?"),
        ("c", "2026-10418"),
        (
            "a",
            "Danke. Die Spedition hatte eine Panne, die Lieferung kommt morgen vormittag. "
            "Bitte entschuldigen Sie.",
        ),
        ("c", "Ok, dann bin ich zuhause."),
    ),
    _script(
        "de",
        "Rechnung",
        ("c", "Könnten Sie mir die Rechnung noch einmal schicken? Ich finde sie nicht mehr."),
        ("a", "Selbstverständlich, ich sende sie gleich an Ihre E-Mail-Adresse."),
        ("c", "Ist angekommen, danke"),
    ),
    _script(
        "de",
        "Reklamation",
        ("c", "Bei meinem Regal fehlen Schrauben"),
        ("pdf", "Hier die Stückliste mit den fehlenden Teilen markiert"),
        (
            "a",
            "Vielen Dank für die genaue Liste. Das Päckchen mit den Schrauben ist unterwegs.",
        ),
        ("c", "Top Service!"),
    ),
    _script(
        "de",
        "Rückfrage",
        ("c", "Haben Sie am Samstag geöffnet?"),
        ("a", "Ja, samstags von 10 bis 18 Uhr. Wir freuen uns auf Sie!"),
    ),
    _script(
        "de",
        "Bestellung",
        ("voice", ""),
        (
            "a",
            "Danke für Ihre Sprachnachricht. Der Tisch „Jon“ ist in Eiche auf Lager, "
            "Lieferzeit etwa zwei Wochen.",
        ),
        ("c", "Dann bestelle ich ihn. Geht das hier oder nur im Laden?"),
        ("a", "Am einfachsten über unseren Onlineshop, dann haben Sie gleich alle Unterlagen."),
    ),
    _script(
        "de",
        "Termin Rückfrage",
        ("c", "Ich hätte gern eine Küchenberatung. Wann wäre ein Termin frei?"),
        ("a", "Nächste Woche Mittwoch um 15 Uhr oder Donnerstag um 11 Uhr."),
        ("c", "Donnerstag 11 Uhr bitte. Wir kommen zu zweit, mit Grundriss"),
        ("a", "Wunderbar, ist notiert. Bitte bringen Sie auch die Raumhöhe mit."),
    ),
    _script(
        "de",
        "VIP",
        ("c", "Wir richten unser Café neu ein: 24 Stühle, 8 Tische. Machen Sie Angebote?"),
        ("a", "Sehr gern! Welche Stühle haben Sie im Sinn, und bis wann brauchen Sie sie?"),
        ("c", "Modell Alma, Eröffnung ist am 1. Februar"),
        ("pdf", "Grundriss im Anhang"),
        ("a", "Perfekt, das Angebot kommt bis morgen Mittag. Ich rechne mit Mengenrabatt."),
        ("c", "Super, bis morgen!"),
    ),
    _script(
        "de",
        "Reklamation",
        ("c", "Die Lampe flackert seit heute. Habe schon die Birne gewechselt."),
        ("a", "Das klingt nach dem Trafo. Könnten Sie ein kurzes Video oder Foto schicken?"),
        ("pic", "So sieht der Trafo aus"),
        ("a", "Danke, den tauschen wir aus. Ein neuer geht heute in die Post."),
    ),
    _script(
        "de",
        "Bestellung",
        ("c", "Ich möchte meine Bestellung von gestern stornieren, geht das noch?"),
        ("a", "Ja, sie ist noch nicht verpackt. Soll ich sie komplett stornieren?"),
        ("c", "Ja bitte, wir haben uns anders entschieden. Sorry!"),
        ("a", "Kein Problem, ist storniert. Das Geld ist in 2 bis 3 Tagen zurück."),
    ),
    _script(
        "en",
        "Order",
        ("c", "Hi! Do you ship to the Netherlands?"),
        ("a", "Hello! Yes, delivery takes about five working days and costs 29 euros."),
        ("c", "Great, and can I return it if it does not fit?"),
        ("a", "Of course, within 30 days. We arrange the pick-up."),
        ("c", "Perfect, ordering now 😊"),
    ),
    _script(
        "en",
        "Complaint",
        ("c", "The drawer of my new cupboard doesn't close properly"),
        ("pic", "See the gap on the left"),
        ("a", "Thanks for the picture. The rail needs adjusting: turn the small screw left."),
        ("c", "That worked, thank you so much!"),
    ),
    _script(
        "en",
        "Question",
        ("c", "What's the maximum weight the shelf can hold?"),
        ("a", "25 kg per board, if it is fixed to the wall with both brackets."),
        ("c", "Good to know, thanks"),
    ),
    _script(
        "en",
        "Appointment",
        ("c", "Could the delivery team bring the sofa to the third floor? There is no lift."),
        ("a", "They can, I have added it to your order. Is the staircase wider than 90 cm?"),
        ("c", "Just about, 95"),
        ("a", "Then it will work. See you on Thursday!"),
    ),
    _script(
        "en",
        "Invoice",
        ("c", "I need the invoice with our company's VAT number for order 2026-09931"),
        ("a", "Certainly. Which VAT number should it show?"),
        ("c", "NL 8538.44.211.B01"),
        ("a", "Done, the corrected invoice is in your mailbox."),
    ),
    _script(
        "de",
        "Rückfrage",
        ("c", "Sind die Stühle auch für draußen geeignet?"),
        ("a", "Leider nein, aber unsere Serie „Lund“ ist wetterfest. Soll ich Fotos schicken?"),
        ("c", "Ja gerne"),
    ),
    _script("de", "", ("c", "👍")),
    _script(
        "de",
        "Reklamation",
        ("c", "Das ist jetzt das dritte Mal, dass niemand zum vereinbarten Termin kommt!"),
        ("c", "Ich habe mir extra freigenommen."),
    ),
    _script("en", "Question", ("c", "Is the oak table back in stock yet?")),
    _script("de", "Termin", ("c", "Wann kommt der Fahrer ungefähr? Müsste kurz weg")),
    _script(
        "de",
        "Bestellung",
        ("c", "Können Sie den Schrank auch montieren?"),
        ("a", "Ja, unser Montageservice kostet 89 Euro. Soll ich ihn dazubuchen?"),
    ),
)

NAMES: tuple[str, ...] = (
    "Lena Hofmann", "Mehmet Şahin", "Café Rosental", "Dorothea Nguyen", "Klara Fuchs",
    "Jonas Becker", "Amelie Schröder", "Piotr Kowalski", "Fatima El Amrani", "Giulia Conti",
    "Ben Zimmermann", "Sofia Lindqvist", "Nils Petersen", "Hannah Vogel", "Oskar Brandl",
    "مريم الحداد", "Yuki Tanaka", "Greta Winkler", "Emre Yıldız", "Paula Neumann",
    "Theo Krämer", "Charlotte van Dijk", "Liam O'Connor", "Mia Albrecht", "Aylin Demir",
    "Felix Roth", "Johanna Ebert", "Noah Schuster", "Zoë Martin", "Anton Huber",
    "Ida Sommer", "Rafael Ortega", "Frieda Lang", "Levi Baumann", "Marlene Kraft",
    "Elias Pohl", "Nora Keßler", "Viktor Novák", "Lotte Jansen", "Samuel Graf",
    "Carla Mendes", "Henri Dubois", "Romy Franke", "Julius Seidel", "Alina Horvat",
    "David Cohen", "Luisa Berger", "Kofi Mensah", "Stella Maurer", "Bruno Haas",
)  # fmt: skip
