"""A contact: their page, and what can be done with them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import contact_actions, contact_page, people, writing_first
from inbox.views.settings import contact_fields

_CONTACT = "contacts/<uuid:code>/"
_NOTE = "contact-notes/<uuid:code>/"
_FIELD = "settings/contact-fields/<uuid:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_CONTACT, contact_page.contact, name="contact"),
    path(f"{_CONTACT}edit/", people.edit, name="contact_edit"),
    path(f"{_CONTACT}fields/", contact_page.fields, name="contact_fields"),
    path(f"{_CONTACT}notes/", contact_page.add_note, name="contact_note_add"),
    path(f"{_CONTACT}block/", contact_actions.block, name="contact_block"),
    path(f"{_CONTACT}unblock/", contact_actions.unblock, name="contact_unblock"),
    path(f"{_CONTACT}merge/", contact_actions.choose, name="contact_merge_choose"),
    path(
        f"{_CONTACT}merge/<uuid:other>/",
        contact_actions.merge,
        name="contact_merge",
    ),
    path("write/", writing_first.start, name="write_first"),
    path(
        "write/<uuid:template_code>/",
        writing_first.template,
        name="write_first_template",
    ),
    path("merges/<uuid:code>/split/", contact_actions.split, name="contact_split"),
    path(f"{_NOTE}change/", contact_page.change_note, name="contact_note_change"),
    path(f"{_NOTE}delete/", contact_page.delete_note, name="contact_note_delete"),
    path("settings/contact-fields/", contact_fields.contact_fields, name="settings_fields"),
    path(
        "settings/contact-fields/create/",
        contact_fields.create,
        name="settings_field_create",
    ),
    path(_FIELD, contact_fields.contact_field, name="settings_field"),
    path(f"{_FIELD}move/", contact_fields.move, name="settings_field_move"),
    path(f"{_FIELD}archive/", contact_fields.archive, name="settings_field_archive"),
    path(f"{_FIELD}restore/", contact_fields.restore, name="settings_field_restore"),
]
