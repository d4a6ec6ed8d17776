"""Errors in words an agent understands, each with the way out."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .table import ErrorClass

_BY_CLASS: dict[ErrorClass, Promise] = {
    ErrorClass.RETRY_SAFE: _(
        "WhatsApp is taking no more messages at the moment. We try again by ourselves."
    ),
    ErrorClass.RETRY_DOUBTFUL: _(
        "WhatsApp did not confirm this message. It may have arrived: "
        "look for a reply before you send it again."
    ),
    ErrorClass.AUTH: _(
        "WhatsApp no longer accepts our access. An administrator has to renew it; "
        "messages wait until then."
    ),
    ErrorClass.POLICY: _(
        "WhatsApp has blocked this number. An administrator has to look at the account; "
        "messages wait until then."
    ),
    ErrorClass.SPAM: _(
        "Too many people have reported messages from this number. "
        "Answers still go out; wait at least a day with anything else."
    ),
    ErrorClass.PAYMENT: _(
        "WhatsApp cannot charge for this message. An administrator has to check the "
        "payment method of the account."
    ),
    ErrorClass.REGISTRATION: _(
        "This number is not fully set up at WhatsApp. An administrator has to finish it."
    ),
    ErrorClass.NEED_TEMPLATE: _(
        "More than 24 hours have passed since this person last wrote. Send a template instead."
    ),
    ErrorClass.RECIPIENT: _(
        "WhatsApp cannot deliver to this person. Use another way to reach them."
    ),
    ErrorClass.RECIPIENT_MARKETING: _(
        "WhatsApp does not show this person any more advertising at present. Do not repeat it."
    ),
    ErrorClass.BSUID: _(
        "This kind of message needs a phone number, and we do not know one. "
        "Ask the person for their number."
    ),
    ErrorClass.API_KIND: _(
        "This number cannot send this kind of message. An administrator has to look at it."
    ),
    ErrorClass.MEDIA: _(
        "WhatsApp could not use this file. Send it in another format or a smaller size."
    ),
    ErrorClass.BAD_REQUEST: _(
        "WhatsApp did not understand this message. Write it anew; "
        "if that fails as well, tell an administrator."
    ),
    ErrorClass.TEMPLATE: _(
        "WhatsApp does not accept this template in this form. Choose another one."
    ),
    ErrorClass.FLOW: _("This form is blocked or overloaded. Ask in plain words instead."),
    ErrorClass.BLOCK: _(
        "Not everyone could be blocked or unblocked. "
        "Only people who wrote within the last 24 hours can be blocked."
    ),
    ErrorClass.CALL: _("The call did not come about. Write to the person instead."),
    ErrorClass.GROUP: _(
        "WhatsApp does not allow this in the group. Write to the person alone."
    ),
    ErrorClass.USERNAME: _("WhatsApp does not accept this username. Choose another one."),
    ErrorClass.COEX: _(
        "Contacts and messages of the phone can be taken over only once, "
        "within 24 hours after connecting it."
    ),
    ErrorClass.TEMPLATE_ADMIN: _(
        "WhatsApp does not accept the template like this. Change it and hand it in again."
    ),
    ErrorClass.UNKNOWN: _(
        "WhatsApp refused this message. Write it anew; "
        "if that fails as well, tell an administrator."
    ),
}

_BY_CODE: dict[int, Promise] = {
    131056: _("Too many messages to this person in a short time. We try again by ourselves."),
    131057: _("The number is under maintenance at WhatsApp. Try again in a minute."),
    2494100: _("The number is under maintenance at WhatsApp. Try again in a minute."),
    131031: _(
        "WhatsApp has locked this account. An administrator has to appeal in the "
        "WhatsApp Manager; messages wait until then."
    ),
    130497: _("This account may not write to people in that country."),
    131037: _(
        "The display name of this number is not approved yet. "
        "An administrator has to hand in one."
    ),
    131026: _(
        "This person cannot be reached: no WhatsApp on that number, an outdated app, "
        "or new terms not accepted. Use another way to reach them."
    ),
    131021: _("This is our own number. Messages to oneself are not possible."),
    131030: _(
        "This is a test number, and the recipient is not on its list. "
        "An administrator can add them."
    ),
    130403: _(
        "This person is blocked by us or has blocked us. Respect that, or unblock them first."
    ),
    137000: _(
        "The security key of this person has changed. "
        "Make sure that you know who it is before you write."
    ),
    131049: _("This person has had enough advertising for now. Wait at least a day."),
    130472: _(
        "WhatsApp excludes this person from advertising for an experiment. Do not repeat it."
    ),
    131050: _(
        "This person has stopped advertising from us in WhatsApp. Do not send them any more."
    ),
    131052: _("WhatsApp could not fetch the file. Ask the person to send it again."),
    132000: _("The number of values does not fit the template. Choose it anew and fill it in."),
    132001: _(
        "This template does not exist in this language or is not approved. Choose another one."
    ),
    132005: _("With these values the text becomes too long. Shorten them."),
    132007: _("The template violates a WhatsApp policy. Choose another one."),
    132015: _("WhatsApp has paused this template for low quality. Choose another one."),
    132016: _("WhatsApp has disabled this template for good. Choose another one."),
    139101: _("The list of blocked people is full. Unblock someone first."),
    2388019: _("The account has as many templates as it may have. Delete one first."),
}


def sentence_for(error_class: ErrorClass, code: int | None = None) -> Promise:
    """Lazy: it is translated when it is shown, not when the error happens."""
    if code in _BY_CODE:
        return _BY_CODE[code]
    return _BY_CLASS[error_class]
