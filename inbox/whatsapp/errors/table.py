"""What the Graph API's error codes mean for us: a table, so that nobody needs an if."""

from __future__ import annotations

from enum import StrEnum


class ErrorClass(StrEnum):
    RETRY_SAFE = "retry_safe"
    """Surely not sent: may be repeated after a while."""
    RETRY_DOUBTFUL = "retry_doubtful"
    """May have been sent: never repeat without a person's word."""
    AUTH = "auth"
    POLICY = "policy"
    SPAM = "spam"
    PAYMENT = "payment"
    REGISTRATION = "registration"
    NEED_TEMPLATE = "need_template"
    RECIPIENT = "recipient"
    RECIPIENT_MARKETING = "recipient_marketing"
    BSUID = "bsuid"
    API_KIND = "api_kind"
    MEDIA = "media"
    BAD_REQUEST = "bad_request"
    TEMPLATE = "template"
    FLOW = "flow"
    BLOCK = "block"
    CALL = "call"
    GROUP = "group"
    USERNAME = "username"
    COEX = "coex"
    TEMPLATE_ADMIN = "template_admin"
    UNKNOWN = "unknown"
    """Refused for a reason not in the table: final, show the details."""

    @property
    def stops_channel(self) -> bool:
        """Nothing else will leave this number either: open its circuit."""
        return self in {ErrorClass.AUTH, ErrorClass.POLICY}

    @property
    def is_final(self) -> bool:
        """Trying the same again changes nothing."""
        return self not in {ErrorClass.RETRY_SAFE, ErrorClass.RETRY_DOUBTFUL}


_CODES: dict[ErrorClass, tuple[int, ...]] = {
    ErrorClass.RETRY_SAFE: (4, 80007, 130429, 131056, 133016),
    ErrorClass.RETRY_DOUBTFUL: (1, 2, 131000, 131016, 131057, 133004, 2494100),
    ErrorClass.AUTH: (3, 10, 190, *range(200, 300), 131005),
    ErrorClass.POLICY: (368, 130497, 131031, 131064),
    ErrorClass.SPAM: (131048,),
    ErrorClass.PAYMENT: (131042, 131044, 134011),
    ErrorClass.REGISTRATION: (
        *(131037, 131045, 133000, 133005, 133006),
        *(133008, 133009, 133010, 133015),
    ),
    ErrorClass.NEED_TEMPLATE: (131047,),
    ErrorClass.RECIPIENT: (130403, 131021, 131026, 131030, 137000),
    ErrorClass.RECIPIENT_MARKETING: (130472, 131049, 131050),
    ErrorClass.BSUID: (131062,),
    ErrorClass.API_KIND: (131055, 131063, 134100, 134101, 134102),
    ErrorClass.MEDIA: (131052, 131053),
    ErrorClass.BAD_REQUEST: (33, 100, 131008, 131009, 131051, 135000),
    ErrorClass.TEMPLATE: (
        *(132000, 132001, 132005, 132007, 132008),
        *(132012, 132015, 132016, 132018),
    ),
    ErrorClass.FLOW: (132068, 132069),
    ErrorClass.BLOCK: (139100, 139101, 139102, 139103),
    ErrorClass.CALL: tuple(range(138000, 138019)),
    ErrorClass.GROUP: (131020, 131041, *range(131201, 131216)),
    ErrorClass.USERNAME: tuple(range(147001, 147006)),
    ErrorClass.COEX: (2593107, 2593108, 2593109),
    ErrorClass.TEMPLATE_ADMIN: (
        *(2388019, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299),
        *(200005, 200006, 200007),
    ),
}

BY_CODE: dict[int, ErrorClass] = {
    code: error_class for error_class, codes in _CODES.items() for code in codes
}

MAINTENANCE = frozenset({131057, 2494100})
"""Doubtful in name only: the number is being moved, and the message was not taken."""

STOPPED_MARKETING = 131050
"""The person stopped marketing in WhatsApp itself: consent is withdrawn."""


def classify(code: int | None, subcode: int | None = None, http_status: int = 0) -> ErrorClass:
    """`code` decides; subcode and HTTP status only where it says nothing."""
    known = BY_CODE.get(code) if code else None
    return known or _by_subcode(subcode) or _by_http_status(http_status)


def _by_subcode(subcode: int | None) -> ErrorClass | None:
    """The reasons for 190: token expired, password changed, token invalid."""
    return ErrorClass.AUTH if subcode in {460, 463, 467} else None


def _by_http_status(status: int) -> ErrorClass:
    if status in {401, 403}:
        return ErrorClass.AUTH
    if status == 429:
        return ErrorClass.RETRY_SAFE
    if status == 408 or status >= 500:
        return ErrorClass.RETRY_DOUBTFUL
    return ErrorClass.UNKNOWN
