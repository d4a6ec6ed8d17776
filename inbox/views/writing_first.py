"""A new conversation: to whom and from which number, which template, and send.

What is personal comes by POST, from page to page.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consent import gate
from inbox import contact_list, failures
from inbox.actions import templates, writing_first
from inbox.actions.deliveries.classes import class_of_template
from inbox.actions.writing_first import Addressee, AlreadyOpen
from inbox.forms.template_values import TemplateForm
from inbox.forms.writing_first import WriteToForm
from inbox.http import AgentRequest
from inbox.models import Channel, Contact, Conversation, Message, Template
from inbox.names import format_phone
from inbox.permissions import access_contact
from inbox.search.words import MAX_QUERY
from inbox.views.replies import send

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def start(request: AgentRequest) -> HttpResponse:
    contact = _contact(request)
    if request.method == "GET" or "q" in request.POST:
        form = WriteToForm(by=request.user, contact=contact)
        return _start(request, form, contact)
    form = WriteToForm(request.POST, by=request.user, contact=contact)
    if not form.is_valid():
        return _start(request, form, contact, status=422)
    channel, to = form.cleaned_data["channel"], _addressee(form, contact)
    if open_one := _open_one(to, channel):
        return _lead_there(request, open_one)
    return _choose(request, channel, to)


@require_POST
@never_cache
@login_required
def template(request: AgentRequest, template_code: UUID) -> HttpResponse:
    """Fill in, look at what they would read, send: three buttons of one form."""
    contact = _contact(request)
    to_form = WriteToForm(request.POST, by=request.user, contact=contact)
    if not to_form.is_valid():
        return _start(request, to_form, contact, status=422)
    channel, to = to_form.cleaned_data["channel"], _addressee(to_form, contact)
    chosen = get_object_or_404(_usable(channel), code=template_code)
    if "send" not in request.POST:
        return _fill_in(request, channel, to, chosen, _unsent(request, channel, to, chosen))
    form = _form(channel, to, chosen, request.POST, request.FILES)
    try:
        message = send(form, lambda: _write(request, channel, to, chosen, form))
    except AlreadyOpen as exc:
        return _lead_there(request, exc.conversation)
    if message is None:
        return _fill_in(request, channel, to, chosen, form, status=422)
    return redirect(message.conversation)


def _contact(request: AgentRequest) -> Contact | None:
    """The one chosen; 404 where the agent may not know of them."""
    given = request.POST.get("contact", "") or request.GET.get("contact", "")
    if not given:
        return None
    try:
        return access_contact(request.user, UUID(given))
    except ValueError as exc:
        raise Http404 from exc


def _addressee(form: WriteToForm, contact: Contact | None) -> Addressee:
    given = form.cleaned_data
    return Addressee(contact, given.get("phone", ""), given.get("name", ""))


def _open_one(to: Addressee, channel: Channel) -> Conversation | None:
    contact = to.contact or writing_first.known_by(to.phone)
    return writing_first.open_conversation(contact, channel) if contact else None


def _lead_there(request: AgentRequest, conversation: Conversation) -> HttpResponse:
    messages.info(request, _("There is an open conversation with this person already."))
    return redirect(conversation)


def _start(
    request: AgentRequest, form: WriteToForm, contact: Contact | None, status: int = 200
) -> HttpResponse:
    text = request.POST.get("q", "")[:MAX_QUERY]
    people = contact_list.page(request.user, text).people if text.strip() else []
    context = {
        "form": form,
        "contact": contact,
        "blocked": _blocked(contact),
        "q": text,
        "people": [(UUID(person.code), person) for person in people],
    }
    return render(request, "inbox/write_first.html", context, status=status)


def _blocked(contact: Contact | None) -> str:
    is_blocked = contact is not None and contact.blocked_at
    return failures.sentence_of(failures.BLOCKED) if is_blocked else ""


def _choose(request: AgentRequest, channel: Channel, to: Addressee) -> HttpResponse:
    refusals = _refusals(channel, to)
    rows = [
        (each, templates.preview(each, {}), refusals[class_of_template(each)])
        for each in _usable(channel)[:MOST_SHOWN]
    ]
    context = {
        "rows": rows,
        "is_any_refused": any(refusal for _each, _preview, refusal in rows),
        **_given(channel, to),
    }
    return render(request, "inbox/write_first_templates.html", context)


def _refusals(channel: Channel, to: Addressee) -> dict[gate.MessageClass, str]:
    """Why a template of this class may not be sent to them; "" where it may."""
    contact = to.contact or writing_first.known_by(to.phone)
    # Consent knows nothing yet of somebody new.
    subject, now = contact.consent_subject if contact else uuid4(), timezone.now()
    sentences = {}
    for wanted in gate.MessageClass:
        request = gate.Request(subject, channel.phone_number_id, wanted)
        verdict = gate.ask(request, now=now)
        sentences[wanted] = "" if verdict.allowed else str(gate.sentence_for(verdict.reason))
    return sentences


def _fill_in(
    request: AgentRequest,
    channel: Channel,
    to: Addressee,
    chosen: Template,
    form: TemplateForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "template": chosen,
        "preview": templates.preview(chosen, form.values),
        "unsupported": templates.shape_of(chosen).unsupported,
        **_given(channel, to),
    }
    return render(request, "inbox/write_first_template.html", context, status=status)


def _unsent(
    request: AgentRequest, channel: Channel, to: Addressee, chosen: Template
) -> TemplateForm:
    """Empty at first; with what was typed when somebody looks at the preview."""
    typed = {name: value for name, value in request.POST.items() if name.startswith("value.")}
    key = request.POST.get("draft_key") or uuid4()
    return _form(channel, to, chosen, initial={"draft_key": key, **typed})


def _form(
    channel: Channel, to: Addressee, chosen: Template, *posted: Any, **kwargs: Any
) -> TemplateForm:
    shape = templates.shape_of(chosen)
    contact = to.contact or Contact(phone=to.phone)
    return TemplateForm(
        *posted,
        conversation=Conversation(contact=contact, channel=channel),
        variables=shape.variables,
        needs_file=shape.needs_file,
        problems=partial(templates.problems, chosen),
        **kwargs,
    )


def _write(
    request: AgentRequest,
    channel: Channel,
    to: Addressee,
    chosen: Template,
    form: TemplateForm,
) -> Message:
    file: UploadedFile[bytes] | None = form.cleaned_data.get("file")
    return writing_first.write_first(
        to,
        channel=channel,
        template=chosen,
        values=form.values,
        file=file,
        draft_key=form.cleaned_data["draft_key"],
        by=request.user,
    )


def _given(channel: Channel, to: Addressee) -> dict[str, Any]:
    """What the next page needs to know again, and whom it names."""
    who = to.contact.display_name if to.contact else to.name or format_phone(to.phone)
    hidden = {"channel": str(channel.code)}
    if to.contact:
        hidden["contact"] = str(to.contact.code)
    else:
        hidden |= {"phone": f"+{to.phone}", "name": to.name}
    return {"hidden": hidden, "who": who, "channel": channel}


def _usable(channel: Channel) -> QuerySet[Template]:
    return Template.objects.filter(
        waba_id=channel.waba_id, status=Template.Status.APPROVED, gone_at=None
    )
