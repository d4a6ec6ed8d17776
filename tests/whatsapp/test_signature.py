"""inbox.whatsapp.signature"""

from __future__ import annotations

import pytest

from inbox.whatsapp.signature import is_valid, matching_secret, sign

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
SPACED = b'{"object": "whatsapp_business_account", "entry": []}'
DIGEST = "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"
SPACED_DIGEST = "56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"
OTHER_DIGEST = "769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7"


@pytest.mark.parametrize(
    ("body", "secret", "digest"),
    [
        (BODY, "test_app_secret", DIGEST),
        (SPACED, "test_app_secret", SPACED_DIGEST),
        (BODY, "otro_secreto", OTHER_DIGEST),
    ],
    ids=["plain", "other bytes of the same document", "other secret"],
)
def test_known_signatures_fit(body: bytes, secret: str, digest: str) -> None:
    assert sign(body, secret) == f"sha256={digest}"
    assert is_valid(f"sha256={digest}", body, [secret])


def test_a_header_may_come_as_bytes() -> None:
    assert is_valid(f"sha256={DIGEST}".encode(), BODY, ["test_app_secret"])


def test_while_secrets_are_exchanged_both_fit() -> None:
    secrets = ["test_app_secret", "otro_secreto"]

    assert matching_secret(f"sha256={DIGEST}", BODY, secrets) == "test_app_secret"
    assert matching_secret(f"sha256={OTHER_DIGEST}", BODY, secrets) == "otro_secreto"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        DIGEST,
        f"sha1={DIGEST[:40]}",
        f"sha256={DIGEST.upper()}",
        f"SHA256={DIGEST}",
        f"sha256={DIGEST}\n",
        f" sha256={DIGEST}",
        f"sha256={DIGEST}0",
        f"sha256={DIGEST[:-1]}",
        f"sha256={SPACED_DIGEST}",
        "sha256=" + "é" * 64,
        "sha256=" + "é" * 32,
        "sha256=" + "٣" * 64,
        b"\xff\xfe",
    ],
)
def test_nothing_else_fits(header: str | bytes | None) -> None:
    assert not is_valid(header, BODY, ["test_app_secret"])


def test_a_body_changed_on_the_way_does_not_fit() -> None:
    assert not is_valid(f"sha256={DIGEST}", BODY + b" ", ["test_app_secret"])


def test_without_a_secret_nothing_fits() -> None:
    assert not is_valid(sign(BODY, ""), BODY, [""])
    assert not is_valid(sign(BODY, ""), BODY, [])
