"""What happens in conversations: messages, statuses, calls, identities, preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .contents import ApiProblem, Content
from .head import Happening, Person

NOBODY = Person()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Referral:
    """The advertisement or post the person came from."""

    source_type: str = ""
    source_id: str = ""
    source_url: str = ""
    headline: str = ""
    body: str = ""
    media_type: str = ""
    media_url: str = ""
    thumbnail_url: str = ""
    click_id: str = ""
    welcome_text: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReferredProduct:
    catalog_id: str = ""
    product_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonHappening(Happening):
    """Between one person and one of our numbers.

    `standby`: another app owns the conversation, we only watch: no automation.
    """

    person: Person = NOBODY
    standby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sent(PersonHappening):
    """What messages in both directions have in common. `person` is the customer always."""

    wamid: str
    type: str = ""
    content: Content
    quoted_wamid: str = ""
    quoted_from: str = ""
    forwarded: bool = False
    frequently_forwarded: bool = False
    group_id: str = ""
    errors: tuple[ApiProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MessageReceived(Sent):
    opens_window: bool = False
    referral: Referral | None = None
    referred_product: ReferredProduct | None = None
    identity_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EchoReceived(Sent):
    """Sent by us, but not through this desk: from the phone app, or by another app."""

    source: str = "app"
    """'app' (the phone) or 'standby' (another program)."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HistoryMessage(Sent):
    """Imported from the phone. Silent: no window, no automation, no consent."""

    from_us: bool = False
    status: str = ""
    """Lower-case word of the time of import: read, delivered, …"""
    phase: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HistoryProgressed(Happening):
    phase: int | None = None
    chunk_order: int | None = None
    progress: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class HistoryDeclined(Happening):
    errors: tuple[ApiProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReactionReceived(PersonHappening):
    """One per target and author; the newest counts."""

    wamid: str
    target_wamid: str
    emoji: str = ""
    """Empty: the reaction was taken back."""
    from_us: bool = False
    historic: bool = False
    opens_window: bool = False
    group_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MessageEdited(PersonHappening):
    wamid: str
    """Of the edit itself."""
    target_wamid: str
    type: str = ""
    content: Content
    from_us: bool = False
    historic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MessageRevoked(PersonHappening):
    wamid: str
    target_wamid: str
    from_us: bool = False
    historic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NumberChanged(PersonHappening):
    """`person` is who it was (old phone), `new` who it is now."""

    wamid: str = ""
    new: Person = NOBODY
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class UserIdChanged(PersonHappening):
    """`person` is who it was, as far as told (maybe only the phone); `new` who it is now."""

    wamid: str = ""
    new: Person = NOBODY
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class IdentityKeyChanged(PersonHappening):
    wamid: str = ""
    identity_hash: str = ""
    acknowledged: bool = False
    changed_at: datetime | None = None
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SystemNoted(PersonHappening):
    """Any other system message: a note in the timeline, no bubble."""

    wamid: str = ""
    type: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StatusReported(PersonHappening):
    wamid: str
    status: str
    """Lower-case word: accepted, sent, delivered, read, played, failed, deleted, …"""
    callback_data: str = ""
    """What we sent along as biz_opaque_callback_data."""
    group_id: str = ""
    participant: Person = NOBODY
    """Groups: which member this is about."""
    pricing_category: str = ""
    pricing_type: str = ""
    pricing_model: str = ""
    billable: bool | None = None
    conversation_id: str = ""
    conversation_origin: str = ""
    conversation_expires_at: datetime | None = None
    errors: tuple[ApiProblem, ...] = ()

    @property
    def participant_key(self) -> str:
        """For the unique key (phone_number_id, wamid, status, participant)."""
        return self.participant.bsuid or self.participant.phone


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ProblemsReported(Happening):
    """Errors that belong to the number rather than to one message."""

    errors: tuple[ApiProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SummaryGiven(PersonHappening):
    """What another app's conversation was about, handed over with the thread."""

    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactSynced(PersonHappening):
    """The address book of the phone app: action is 'add' (also for edits) or 'remove'."""

    full_name: str = ""
    first_name: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OwnershipChanged(PersonHappening):
    type: str = ""
    """control_passed or control_taken."""
    previous_owner_app_id: str = ""
    previous_owner_role: str = ""
    new_owner_app_id: str = ""
    new_owner_role: str = ""
    metadata: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PreferenceStated(PersonHappening):
    category: str = ""
    value: str = ""
    """'stop' or 'resume'; anything else is a word to show, not to act on."""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CallHappened(PersonHappening):
    call_id: str
    event: str = ""
    """connect, terminate, call_created, or 'status'."""
    status: str = ""
    """Upper-case word: RINGING, ACCEPTED, REJECTED, COMPLETED, FAILED, …"""
    from_us: bool = False
    started_at: datetime | None = None
    ended_at: datetime | None = None
    duration: int | None = None
    callback_data: str = ""
    deeplink_payload: str = ""
    cta_payload: str = ""
    opens_window: bool = False
    errors: tuple[ApiProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClickTracked(PersonHappening):
    type: str = ""
    tracking_token: str = ""
    click_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class GroupChanged(Happening):
    field: str = ""
    group_id: str = ""
    type: str = ""
    request_id: str = ""
    subject: str = ""
    invite_link: str = ""
    added: tuple[Person, ...] = ()
    removed: tuple[Person, ...] = ()
    errors: tuple[ApiProblem, ...] = ()
