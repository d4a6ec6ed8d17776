"""inbox.whatsapp.errors"""

from __future__ import annotations

import pickle

import pytest
from django.utils import translation

from inbox.whatsapp.errors import (
    BY_CODE,
    ErrorClass,
    GraphError,
    NoAnswer,
    NoConnection,
    classify,
    sentence_for,
)

E = ErrorClass


@pytest.mark.parametrize(
    ("error_class", "codes"),
    [
        (E.RETRY_SAFE, [4, 80007, 130429, 131056, 133016]),
        (E.RETRY_DOUBTFUL, [1, 2, 131000, 131016, 133004, 131057, 2494100]),
        (E.AUTH, [3, 10, 190, 200, 250, 299, 131005]),
        (E.POLICY, [368, 131031, 130497, 131064]),
        (E.SPAM, [131048]),
        (E.PAYMENT, [131042, 131044, 134011]),
        (E.REGISTRATION, [131037, 131045, 133000, 133005, 133006, 133008, 133009, 133010]),
        (E.REGISTRATION, [133015]),
        (E.NEED_TEMPLATE, [131047]),
        (E.RECIPIENT, [131026, 131021, 131030, 130403, 137000]),
        (E.RECIPIENT_MARKETING, [131049, 130472, 131050]),
        (E.BSUID, [131062]),
        (E.API_KIND, [131055, 131063, 134100, 134101, 134102]),
        (E.MEDIA, [131053, 131052]),
        (E.BAD_REQUEST, [33, 100, 131008, 131009, 131051, 135000]),
        (E.TEMPLATE, [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018]),
        (E.FLOW, [132068, 132069]),
        (E.BLOCK, [139100, 139101, 139102, 139103]),
        (E.CALL, [138000, 138009, 138018]),
        (E.GROUP, [131020, 131041, 131201, 131215]),
        (E.USERNAME, [147001, 147005]),
        (E.COEX, [2593107, 2593108, 2593109]),
        (E.TEMPLATE_ADMIN, [2388019, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299]),
        (E.TEMPLATE_ADMIN, [200005, 200006, 200007]),
        (E.UNKNOWN, [300, 138019, 131216, 147006, 999999, -1]),
    ],
)
def test_codes_fall_into_their_class(error_class: ErrorClass, codes: list[int]) -> None:
    assert {code: classify(code, http_status=400) for code in codes} == dict.fromkeys(
        codes, error_class
    )


@pytest.mark.parametrize(
    ("code", "subcode", "status", "error_class"),
    [
        (0, None, 401, E.AUTH),
        (None, None, 401, E.AUTH),
        (None, None, 403, E.AUTH),
        (None, 463, 400, E.AUTH),
        (0, None, 0, E.UNKNOWN),
        (None, None, 429, E.RETRY_SAFE),
        (None, None, 500, E.RETRY_DOUBTFUL),
        (None, None, 503, E.RETRY_DOUBTFUL),
        (None, None, 404, E.UNKNOWN),
        (None, None, 302, E.UNKNOWN),
        (131026, None, 500, E.RECIPIENT),
        (131056, None, 500, E.RETRY_SAFE),
    ],
)
def test_where_the_code_says_nothing_the_status_decides(
    code: int | None, subcode: int | None, status: int, error_class: ErrorClass
) -> None:
    assert classify(code, subcode, status) is error_class


def test_only_two_classes_stop_a_number() -> None:
    assert {c for c in ErrorClass if c.stops_channel} == {E.AUTH, E.POLICY}


def test_only_two_classes_may_end_otherwise_another_time() -> None:
    assert {c for c in ErrorClass if not c.is_final} == {E.RETRY_SAFE, E.RETRY_DOUBTFUL}


def test_every_class_has_a_sentence_for_people() -> None:
    sentences = {c: str(sentence_for(c)) for c in ErrorClass}

    assert all(sentence.endswith(".") for sentence in sentences.values())
    assert len(set(sentences.values())) == len(ErrorClass)


def test_some_codes_have_a_sentence_of_their_own() -> None:
    assert "stopped advertising" in str(sentence_for(E.RECIPIENT_MARKETING, 131050))
    assert str(sentence_for(E.RECIPIENT, 1)) == str(sentence_for(E.RECIPIENT))
    assert all(str(sentence_for(c, code)) for code, c in BY_CODE.items())


def test_sentences_wait_for_the_readers_language() -> None:
    with translation.override("en"):
        assert str(sentence_for(E.NEED_TEMPLATE)).endswith("Send a template instead.")


@pytest.mark.parametrize("kind", [GraphError, NoAnswer, NoConnection])
def test_an_error_survives_the_way_through_a_queue(kind: type[GraphError]) -> None:
    error = kind(E.RETRY_SAFE, 131056, 5, "Slow down", "Az9", 400, 4.5)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert type(again) is kind
    assert vars(again) == vars(error)
    assert again.kind is E.RETRY_SAFE


def test_an_error_names_no_person_in_a_log() -> None:
    error = GraphError(E.RECIPIENT, 131026, details="+491700000123 cannot be reached")

    assert "49170" not in f"{error} {error!r}"
    assert "131026" in str(error)


def test_what_surely_did_not_go_out_may_be_repeated() -> None:
    assert GraphError(E.RETRY_SAFE, 130429).may_be_repeated
    assert GraphError(E.RETRY_DOUBTFUL, 131057).may_be_repeated
    assert not GraphError(E.RETRY_DOUBTFUL, 131000).may_be_repeated
    assert not GraphError(E.RECIPIENT, 131026).may_be_repeated
