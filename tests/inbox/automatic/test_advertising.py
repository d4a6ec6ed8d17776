"""inbox.automatic.advertising"""

from __future__ import annotations

import time

import pytest

from inbox.automatic.advertising import Sign, find

REFUSED = {
    "20 % Rabatt auf alles": Sign.REDUCTION,
    "Unser FRÜHLINGSRABATT ist da": Sign.REDUCTION,
    "Ihr Gutscheincode: ALMA10": Sign.REDUCTION,
    "Ra\u00adbatt": Sign.REDUCTION,  # with a soft hyphen
    "Jetzt 20% auf Sofas": Sign.REDUCTION,
    "10 % off": Sign.REDUCTION,
    "Summer SALE!": Sign.REDUCTION,
    "Schnäppchen der Woche": Sign.REDUCTION,
    "BLACK FRIDAY": Sign.REDUCTION,
    "Jetzt bestellen und Freude haben": Sign.CALL_TO_BUY,
    "Order now": Sign.CALL_TO_BUY,
    "Nur für kurze Zeit": Sign.HURRY,
    "While stocks last": Sign.HURRY,
    "Abonnieren Sie unseren Newsletter": Sign.NEWS,
    "Folgen Sie uns auf Instagram": Sign.NEWS,
    "Bewerten Sie uns bitte": Sign.RATING,
    "Please fill in our survey": Sign.RATING,
    "Gewinnspiel bis Freitag": Sign.CONTEST,
    "https://alma.example/?utm_source=wa": Sign.TRACKED_LINK,
    "Danke {{ contact.first_name | und 20 % Rabatt }}": Sign.REDUCTION,
}
DOUBTFUL = {
    "Ihr Angebot kommt morgen": Sign.PRAISE,
    "Der Versand kostet 4,90 €": Sign.PRICE,
    "100 % erreichbar": Sign.PERCENTAGE,
    "Mehr: https://alma.example/sale": Sign.LINK,
}
HARMLESS = (
    "Wir sind {{ next_opening | bald }} wieder für Sie da.",
    "Our sales team is back {{ next_opening | soon }}.",
    "Notfall: +49 30 901820. Wir melden uns.",
    "Danke! Alle sind gerade im Gespräch, wir antworten so bald wie möglich.",
    "Sie können der Nutzung Ihrer Daten für Werbung jederzeit widersprechen.",
    "You may object to marketing use of your data at any time. {{ link }}",
)


@pytest.mark.parametrize(("text", "sign"), REFUSED.items(), ids=REFUSED)
def test_advertising_is_refused(text: str, sign: Sign) -> None:
    assert sign in {finding.sign for finding in find(text) if finding.is_refused}


@pytest.mark.parametrize(("text", "sign"), DOUBTFUL.items(), ids=DOUBTFUL)
def test_what_may_be_harmless_is_pointed_out(text: str, sign: Sign) -> None:
    assert [(finding.sign, finding.is_refused) for finding in find(text)] == [(sign, False)]


@pytest.mark.parametrize("text", HARMLESS)
def test_service_is_service(text: str) -> None:
    assert find(text) == []


def test_each_sign_is_named_once_and_the_worst_first() -> None:
    signs = [finding.sign for finding in find("Angebot: Rabatt, Gutschein, 5 €, Angebot")]

    assert signs == [Sign.REDUCTION, Sign.PRICE, Sign.PRAISE]


@pytest.mark.parametrize("text", ["1" * 4000, "% " * 2000, "http://" * 600, "{{ " * 1000])
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    find(text)

    assert time.process_time() - began < 0.5
