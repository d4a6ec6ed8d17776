"""consent.keywords"""

from __future__ import annotations

import pytest

from consent.keywords import LONGEST, Wish, fold, wish_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  STOP!!  ", "stop"),
        ("*Stop*", "stop"),
        ("_stop_", "stop"),
        ("ＳＴＯＰ", "stop"),
        ("st\u00adop", "stop"),
        ("s\u200bt\u200bo\u200bp", "stop"),
        ("\u202estop", "stop"),
        ("ЅТОР", "stop"),
        ("Löschen", "loeschen"),
        ("Lo\u0308schen", "loeschen"),
        ("Grüße", "gruesse"),
        ("dés abonné", "des abonne"),
        ("stop\n\tbitte", "stop bitte"),
        ("🛑 stop 🛑", "stop"),
        ("🛑", ""),
        ("", ""),
    ],
    ids=repr,
)
def test_folding_leaves_what_was_meant(typed: str, meant: str) -> None:
    assert fold(typed) == meant


@pytest.mark.parametrize("typed", ["STOP!", "Löschen bitte", "ЅТОР", "Ünsübscrîbe", "ﬁn"])
def test_folding_twice_changes_nothing(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "STOP", "stop.", "Stopp", "STOPP!!!", "STOOOOP", "S T O P", "s.t.o.p.", "Stop bitte",
        "Bitte stopp", "Bitte jetzt stoppp, danke", "please stop", "Abmelden",
        "Abmeldung bitte", "bitte abmelden", "Mich bitte austragen",
        "UNSUBSCRIBE", "Unsubscribe me please", "opt-out", "OptOut",
        "keine Werbung mehr", "Bitte keine Werbung mehr!",
        "Newsletter abbestellen", "Newsletter abmelden", "Stop promotions", "STOPALL",
        "„Stopp“", "🛑 STOP 🛑",
    ],
)  # fmt: skip
def test_it_hears_that_somebody_wants_no_advertising(typed: str) -> None:
    assert wish_in(typed) is Wish.NO_ADVERTISING


@pytest.mark.parametrize(
    "typed",
    [
        "STOP ALLES", "Stopp alles!", "stop all", "Stop everything please",
        "Bitte nicht mehr kontaktieren", "Kontaktieren Sie mich nicht mehr",
        "do not contact me", "Don't contact me", "Kein Kontakt mehr",
    ],
)  # fmt: skip
def test_it_hears_that_somebody_wants_no_contact(typed: str) -> None:
    assert wish_in(typed) is Wish.NO_CONTACT


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "bitte", "🛑", "Wo ist der Stop-Knopf?", "Non-Stop-Flug nach Wien",
        "Stoppelfeld", "Stoff", "Shop", "Step", "Top", "Start", "stops", "unstoppable",
        "Ich will mich nicht abmelden", "How do I unsubscribe?", "Wann hält Bus 5, Stop 3?",
        "Ende", "end", "quit", "cancel", "Storno", "Nein",
        "Ich habe keine Werbung bekommen, wo bleibt der Newsletter?",
        "Hallo, ich möchte meine Bestellung abmelden und neu aufgeben",
        "stop " * 50,
    ],
)  # fmt: skip
def test_it_does_not_hear_what_was_not_said(typed: str) -> None:
    assert wish_in(typed) is None


def test_a_long_message_is_talk() -> None:
    assert wish_in("stop" + "!" * (LONGEST - 4)) is Wish.NO_ADVERTISING
    assert wish_in("stop" + "!" * (LONGEST - 3)) is None
