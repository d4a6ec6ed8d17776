"""What the Graph API answers, as dataclasses. Missing parts are empty, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .happenings import ApiProblem
from .payloads.contents import read_problems
from .payloads.reading import elements, ident, obj, phone, text, texts, whole

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Accepted:
    """WhatsApp has taken the message. Whether it arrives, statuses will tell."""

    wamid: str
    message_status: str = ""
    """Templates: accepted, held_for_quality_assessment, paused."""
    phone: str = ""
    bsuid: str = ""


def accepted_from(document: Document) -> Accepted | None:
    message = obj(next(iter(elements(document.get("messages"))), None))
    contact = obj(next(iter(elements(document.get("contacts"))), None))
    wamid = ident(message.get("id"))
    if not wamid:
        return None
    return Accepted(
        wamid=wamid,
        message_status=text(message.get("message_status")),
        phone=phone(contact.get("wa_id")),
        bsuid=ident(contact.get("user_id")),
    )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MediaInfo:
    media_id: str
    url: str = ""
    """Good for five minutes."""
    mime_type: str = ""
    sha256: str = ""
    size: int | None = None


def media_from(document: Document) -> MediaInfo:
    return MediaInfo(
        media_id=ident(document.get("id")),
        url=text(document.get("url")),
        mime_type=text(document.get("mime_type")),
        sha256=text(document.get("sha256")),
        size=whole(document.get("file_size")),
    )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BlockedPerson:
    phone: str = ""
    bsuid: str = ""
    errors: tuple[ApiProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOutcome:
    """Some may have been done and others not."""

    done: tuple[BlockedPerson, ...] = ()
    failed: tuple[BlockedPerson, ...] = ()


def block_outcome_from(document: Document) -> BlockOutcome:
    outcome = obj(document.get("block_users"))
    # Unblocking answers removed_users; Meta's page prints added_users for it.
    done = elements(outcome.get("added_users")) + elements(outcome.get("removed_users"))
    failed = elements(outcome.get("failed_users"))
    return BlockOutcome(
        done=tuple(blocked_from(obj(user)) for user in done),
        failed=tuple(blocked_from(obj(user)) for user in failed),
    )


def blocked_from(user: Document) -> BlockedPerson:
    given = text(user.get("input")) or text(user.get("user"))
    return BlockedPerson(
        phone=phone(user.get("wa_id")) or phone(given),
        bsuid=ident(user.get("user_id")) or ("" if phone(given) else ident(given)),
        errors=read_problems(user.get("errors")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    about: str = ""
    address: str = ""
    description: str = ""
    email: str = ""
    websites: tuple[str, ...] = ()
    vertical: str = ""
    picture_url: str = ""


PROFILE_FIELDS = "about,address,description,email,profile_picture_url,websites,vertical"


def profile_from(document: Document) -> Profile:
    data = obj(next(iter(elements(document.get("data"))), None))
    return Profile(
        about=text(data.get("about")),
        address=text(data.get("address")),
        description=text(data.get("description")),
        email=text(data.get("email")),
        websites=texts(data.get("websites")),
        vertical=text(data.get("vertical")),
        picture_url=text(data.get("profile_picture_url")),
    )
