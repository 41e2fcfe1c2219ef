"""People who only write for organisations reach the screens they need, and no others of the admin.

Some screens of Wagtail show more than their menus do: its API tells the titles and files of everybody, a
report the latest draft of each page type. New screens stay closed until they are named here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from mypart_wagtail.publishing.files import is_kept
from mypart_wagtail.publishing.permissions import is_only_publisher

OPEN = {
    "mypart_admin_moderation:take_back",
    "mypart_admin_moderation:withdraw",
    "wagtail_localize:javascript_catalog",
    "wagtailadmin_account",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_block_preview",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_dismissibles",
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_explore_root",
    "wagtailadmin_home",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    *(
        f"wagtailadmin_pages:{name}"
        for name in (
            "add",
            "add_subpage",
            "confirm_workflow_cancellation",
            "copy",
            "delete",
            "edit",
            "history",
            "history_results",
            "preview_on_add",
            "preview_on_edit",
            "revisions_compare",
            "revisions_index",
            "revisions_revert",
            "revisions_view",
            "search",
            "search_results",
            "usage",
            "view_draft",
            "workflow_history",
            "workflow_history_detail",
        )
    ),
}
CHANGES_FILE = {
    "wagtailimages:edit": get_image_model,
    "wagtailimages:delete": get_image_model,
    "wagtailimages:delete_multiple": get_image_model,
    "wagtaildocs:edit": get_document_model,
    "wagtaildocs:delete": get_document_model,
    "wagtaildocs:delete_multiple": get_document_model,
}
OPEN_NAMESPACES = {
    "wagtaildocs",
    "wagtaildocs_chooser",
    "wagtailembeds",
    "wagtailimages",
    "wagtailimages_chooser",
}


class PublishersMiddleware:
    """Stands after ``AuthenticationMiddleware`` and ``MessageMiddleware``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, *view: Any) -> HttpResponse | None:
        """Wagtail's own answer to whoever may not enter."""
        match = request.resolver_match
        if request.method == "POST" and match.view_name in CHANGES_FILE and is_only_publisher(request.user):
            return _keep_what_moderators_read(request, match)
        is_open = match.view_name in OPEN or match.namespace in OPEN_NAMESPACES
        if is_open or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        return permission_denied(request) if is_only_publisher(request.user) else None


def _keep_what_moderators_read(request: Any, match: Any) -> HttpResponse | None:
    """A file of a page that is public, approved or waiting is not exchanged or erased past the moderators."""
    model = CHANGES_FILE[match.view_name]()
    file = model.objects.filter(pk=next(iter(match.kwargs.values()))).first()
    if file is None or not is_kept(file):
        return None
    messages.error(
        request,
        _(
            "A page that is public, approved or with the moderators shows this file. "
            "Upload a new one, and submit the page with it."
        ),
    )
    return redirect("wagtailadmin_home")
