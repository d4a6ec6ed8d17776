"""What Meta tells of the number, its account and its templates: for admins, and as banners."""

from __future__ import annotations

from tests.inbox.outcomes.words import Changes, news

ROWS: dict[str, Changes] = {
    "account_alert": news(
        "Alert: Meta warns about the account · OBA_REJECTED · The badge was not granted."
    ),
    "account_banned": news(
        "Alert: The account changed · switched off",
        banner=["Radhaus: WhatsApp says of its account: switched off."],
        number=["account: switched off", "Account: switched off"],
    ),
    "account_banned_states": news(
        "Alert: The account changed · switched off",
        banner=["Radhaus: WhatsApp says of its account: switched off."],
        number=["account: switched off", "Account: switched off"],
    ),
    "account_deleted": news(
        "Alert: The account changed · deleted",
        banner=["Radhaus: WhatsApp says of its account: deleted."],
        number=["account: deleted", "Account: deleted"],
    ),
    "account_partner": news("Information: The account changed · PARTNER_ADDED"),
    "account_partner_without_field": news(
        "Information: The account changed · PARTNER_APP_INSTALLED"
    ),
    "account_reinstated": news(
        "Information: The account changed · allowed again",
        number=["account: allowed again", "Account: allowed again"],
    ),
    "account_restricted": news(
        "Alert: The account changed · restricted",
        banner=["Radhaus: Answers are not possible until Monday, 26 October 2026, 09:33."],
        number=["No answers to customers, until", "account: restricted", "Account: restricted"],
    ),
    "account_restricted_business": news(
        "Alert: The account changed · restricted",
        banner=[
            (
                "Radhaus: Only people who wrote within 24 hours can be answered, until "
                "Tuesday, 27 October 2026, 09:33."
            )
        ],
        number=[
            "No messages that we start, until",
            "account: restricted",
            "Account: restricted",
        ],
    ),
    "account_review": news("Information: Meta reviewed the account · approved"),
    "account_settings": news("Information: The settings of the number changed at Meta"),
    "account_tier": news("Information: The account changed · VOLUME_BASED_PRICING_TIER_UPDATE"),
    "account_violation": news(
        "Alert: The account changed · warned: it broke WhatsApp's rules · SCAM",
        number=[
            "account: warned: it broke WhatsApp's rules",
            "Account: warned: it broke WhatsApp's rules",
        ],
    ),
    "automatic_events": news(
        "Information: Meta noticed an inquiry or a purchase in a conversation"
    ),
    "business_username": news(
        "Information: The user name of the business changed · @radhaus",
        number=["User name: @radhaus"],
    ),
    "capability": news(
        "Information: What the business may do changed",
        number=[
            "limit: 10,000 people a day",
            "Messaging limit: 10,000 people a day",
        ],
    ),
    "capability_per_phone": news(
        "Information: What the business may do changed",
        number=[
            "limit: 1,000 people a day",
            "Messaging limit: 1,000 people a day",
        ],
    ),
    "flow_event": news(
        "Warning: Something about a form · ENDPOINT_ERROR_RATE · Error rate above 10 %"
    ),
    "group_deleted": news("Information: Something about a group"),
    "group_lifecycle_update": news("Information: Something about a group"),
    "group_participants_update": news("Information: Something about a group"),
    "group_settings_update": news(
        "Information: Something about a group · No such group · 131201"
    ),
    "group_status_update": news("Information: Something about a group"),
    "history_declined": news(
        "Warning: Older messages are not handed over · History sharing is turned off · 2593109"
    ),
    "number_errors": news("Warning: Meta reported a problem · Rate limit hit · 130429"),
    "number_flagged": news(
        (
            "Warning: The quality or limit of the number changed · low, Meta is watching "
            "it · 10,000 people a day"
        ),
        number=[
            "quality: low, Meta is watching it",
            "limit: 10,000 people a day",
            "Quality: low, Meta is watching it",
            "Messaging limit: 10,000 people a day",
        ],
    ),
    "number_name": news(
        "Warning: Meta decided about the name of the number · rejected",
        number=["Display name: rejected"],
    ),
    "number_name_approved": news(
        "Information: Meta decided about the name of the number · approved",
        number=["+4930555010 Radhaus Wien", "Display name: approved"],
    ),
    "number_quality": news(
        (
            "Warning: The quality or limit of the number changed · limit lowered · 2,000 "
            "people a day"
        ),
        number=[
            "limit: 2,000 people a day",
            "Messaging limit: 2,000 people a day",
        ],
    ),
    "partner_solutions": news(
        "Information: Something about a partner of the account · SOLUTION_CREATED"
    ),
    "payment_configuration": news("Information: The settings for payments changed at Meta"),
    "security": news("Alert: Something about the security of the number · the PIN was changed"),
    "security_pin_reset": news(
        "Alert: Something about the security of the number · somebody asks for a new PIN"
    ),
    "template_approved": news(
        "Information: The state of a template changed · Approved · abholung",
        templates=["abholung de Order or request Approved"],
    ),
    "template_category": news(
        "Warning: The category of a template changed · abholung · Advertising",
        templates=["abholung de Advertising In review"],
    ),
    "template_category_bare": news(
        "Warning: The category of a template changed · abholung · Advertising",
        templates=["abholung de Advertising In review"],
    ),
    "template_components": news("Information: A template was changed · abholung"),
    "template_correct_category": news(
        "Warning: Meta finds another category right · abholung · Advertising"
    ),
    "template_disabled": news(
        "Warning: The state of a template changed · Disabled · abholung",
        templates=["abholung de Order or request Disabled"],
    ),
    "template_paused": news(
        "Warning: The state of a template changed · Paused · abholung",
        templates=["abholung de Order or request Paused"],
    ),
    "template_quality": news("Warning: The quality of a template changed · abholung · low"),
    "template_quality_misfiled": news(
        "Warning: The quality of a template changed · abholung · medium"
    ),
    "template_rejected": news(
        "Warning: The state of a template changed · Rejected · abholung · "
        "Its form or its placeholders are wrong.",
        templates=[
            "abholung de Order or request Rejected Its form or its placeholders are wrong."
        ],
    ),
    "tracking_events": news("Information: Meta reported how advertisements do"),
}
