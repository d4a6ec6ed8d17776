"""Acting on many conversations at once."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import bulk

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/<slug:folder>/choose-all/", bulk.choose_all, name="bulk_choose_all"),
    path("bulk/", bulk.start, name="bulk_start"),
    path("bulk/assign/", bulk.assign_menu, name="bulk_assign_menu"),
    path("bulk/labels/", bulk.label_menu, name="bulk_label_menu"),
    path("bulk/<uuid:code>/", bulk.act, name="bulk_act"),
    path("bulk/<uuid:code>/cancel/", bulk.cancel, name="bulk_cancel"),
    path("bulk/<uuid:code>/undo/", bulk.undo, name="bulk_undo"),
]
