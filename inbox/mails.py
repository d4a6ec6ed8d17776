"""Mails of the desk itself: text with simple HTML beside it, in the receiver's language."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from inbox.models import Agent

logger = logging.getLogger(__name__)


def send(name: str, *, to: Agent, path: str, **context: object) -> bool:
    """Send ``templates/mail/<name>.*`` with a link to ``path``; False if it did not go out.

    The link starts with ``PUBLIC_URL``: the request's Host header is the client's word.
    """
    context = {"agent": to, "link": settings.PUBLIC_URL + path} | context
    with translation.override(to.language):
        subject = render_to_string(f"mail/{name}.subject.txt", context)
        mail = EmailMultiAlternatives(
            " ".join(subject.split()),
            render_to_string(f"mail/{name}.txt", context),
            to=[to.email],
        )
        mail.attach_alternative(render_to_string(f"mail/{name}.html", context), "text/html")
    try:
        mail.send()
    except (OSError, SMTPException) as exc:
        # Only the class: the text of such an error may name the address.
        logger.error("mail %s to agent %s: %s", name, to.pk, type(exc).__name__)
        return False
    return True
