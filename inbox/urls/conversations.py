"""The inbox page, its list, the person beside it, and search."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import contacts, conversations, labelling, people, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", conversations.home, name="home"),
    path("inbox/counts/", conversations.counts, name="counts"),
    path("inbox/<slug:folder>/", conversations.folder, name="folder"),
    path("inbox/<slug:folder>/rows/", conversations.rows, name="rows"),
    path("inbox/<slug:folder>/changes/", conversations.changes, name="changes"),
    path("inbox/<slug:folder>/filter/", conversations.filters, name="filter"),
    path("conversations/<uuid:code>/person/", people.person, name="person"),
    path(
        "conversations/<uuid:code>/labels/", labelling.conversation, name="conversation_labels"
    ),
    path("contacts/<uuid:code>/labels/", labelling.contact, name="contact_labels"),
    path("people/", contacts.contacts, name="contacts"),
    path("search/", search.results, name="search"),
    path("labels.css", search.label_colours, name="label_colours"),
]
