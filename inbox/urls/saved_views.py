"""Lists that people put together themselves."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inbox.views import saved_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("views/", saved_views.views, name="saved_views"),
    path("views/new/", saved_views.new, name="saved_view_new"),
    path("views/opening/", saved_views.opening, name="saved_views_opening"),
    path("views/<uuid:code>/", saved_views.view, name="saved_view"),
    path("views/<uuid:code>/move/", saved_views.move, name="saved_view_move"),
    path("views/<uuid:code>/delete/", saved_views.delete, name="saved_view_delete"),
]
