"""Meta's error envelope, and the words and HTTP status of the codes we can answer with."""

from __future__ import annotations

from simulator.shapes import Json

TITLES = {
    0: "AuthException",
    1: "API Unknown",
    2: "API Service",
    3: "API Method",
    4: "API Too Many Calls",
    10: "Permission Denied",
    33: "Parameter value is not valid",
    100: "Invalid parameter",
    190: "Access token has expired",
    200: "API Permission",
    368: "Temporarily blocked for policies violations",
    2500: "Unknown path components",
    80007: "Rate limit issues",
    130403: "User is blocked",
    130429: "Rate limit hit",
    130472: "User's number is part of an experiment",
    130497: "Business account is restricted from messaging users in this country",
    131000: "Something went wrong",
    131005: "Access denied",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131016: "Service unavailable",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Account has been locked",
    131037: "WhatsApp provided number needs display name approval",
    131042: "Business eligibility payment issue",
    131045: "Incorrect certificate",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131049: "Message not delivered to maintain healthy ecosystem engagement",
    131050: "User has stopped marketing messages",
    131051: "Message type unknown",
    131052: "Media download error",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131057: "Account in maintenance mode",
    131060: "Message unavailable",
    131062: "Recipient cannot be addressed by user id for this message type",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132005: "Translated text too long",
    132007: "Template format character policy violated",
    132012: "Parameter format does not match format in the created template",
    132015: "Template is paused",
    132016: "Template is disabled",
    132018: "Template parameter has a format that is not allowed",
    133004: "Server temporarily unavailable",
    133005: "Two step verification PIN mismatch",
    133010: "Phone number not registered",
    133016: "Account registration and deregistration limit exceeded",
    135000: "Generic user error",
    137000: "Recipient identity key hash mismatch",
    139100: "Failed to block or unblock some users",
    139101: "Blocklist limit reached",
    139103: "Internal error of the block list",
    2388023: "Message template language is being deleted",
    2388024: "Content in this language already exists",
    2388293: "This template has too many variables for its length",
    2388299: "Variables can't be at the start or end of the template",
    2494100: "Account in maintenance mode",
}
_HTTP = {
    401: (0, 190),
    403: (10, 368, 130497, 131031, 131005),
    404: (132001,),
    500: (3, 131000, 131016, 131045, 131057, 133000),
    503: (2, 133004),
}
_HTTP_OF_CODE = {code: http for http, codes in _HTTP.items() for code in codes}


def title_of(code: int) -> str:
    return TITLES.get(code, "Unknown error")


def http_of(code: int) -> int:
    return 403 if 200 <= code <= 299 else _HTTP_OF_CODE.get(code, 400)


class GraphError(Exception):
    """A refusal as the Graph API words it."""

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        message: str = "",
        subcode: int | None = None,
        http: int | None = None,
        headers: dict[str, str] | None = None,
        extra: Json | None = None,
    ) -> None:
        super().__init__(details or title_of(code))
        self.code, self.details, self.subcode = code, details, subcode
        self.message = message or f"(#{code}) {title_of(code)}"
        self.http = http or http_of(code)
        self.headers = headers or {}
        self.extra = extra or {}

    def envelope(self, trace: str) -> Json:
        error: Json = {"message": self.message, "type": "OAuthException", "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        return {**self.extra, "error": {**error, "fbtrace_id": trace}}


def unknown_object(method: str, object_id: str) -> GraphError:
    return GraphError(
        100,
        message=(
            f"Unsupported {method.lower()} request. Object with ID '{object_id}' does not "
            "exist, cannot be loaded due to missing permissions, or does not support this "
            "operation. Please read the Graph API documentation"
        ),
        subcode=33,
    )


def webhook_error(code: int, details: str = "") -> Json:
    """The error object inside a status or message of a webhook."""
    title = title_of(code)
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details or title},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
