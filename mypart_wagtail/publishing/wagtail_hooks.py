from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from mypart_wagtail.publishing import admin_urls
from mypart_wagtail.publishing.files import may_read_file
from mypart_wagtail.publishing.history import Act, formatter
from mypart_wagtail.publishing.panels import ModerationPanel, OrganisationsPanel
from mypart_wagtail.publishing.permissions import (
    is_only_publisher,
    may_withdraw,
    own_pages,
    profiles_of,
    spaces_of,
)
from mypart_wagtail.publishing.queue import is_moderator

KEPT_ITEMS = {"explorer", "images", "documents"}
"""Items of the menu that publishers need; all others are out of their sight."""


@hooks.register("register_admin_urls")
def register_screens() -> list[Any]:
    return [path("moderation/", include(admin_urls))]


@hooks.register("insert_global_admin_css")
def style_dashboards() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("mypart_publishing/admin.css"))


@hooks.register("register_log_actions")
def register_acts(actions: Any) -> None:
    for act in Act:
        actions.register_action(act)(formatter(act))


class ModerationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_moderator(request.user)


@hooks.register("register_admin_menu_item")
def add_moderation() -> MenuItem:
    address = reverse("mypart_admin_moderation:index")
    return ModerationMenuItem(
        _("Moderation"), address, name="mypart-moderation", icon_name="clipboard-list", order=150
    )


@hooks.register("construct_main_menu", order=1000)
def hide_what_publishers_do_not_need(request: HttpRequest, items: list[Any]) -> None:
    if is_only_publisher(request.user):
        items[:] = [item for item in items if item.name in KEPT_ITEMS]


@hooks.register("construct_homepage_panels", order=1000)
def show_dashboards(request: HttpRequest, panels: list[Any]) -> None:
    if is_only_publisher(request.user):
        panels.clear()
    if spaces_of(request.user):
        panels.append(OrganisationsPanel())
    if is_moderator(request.user):
        panels.append(ModerationPanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def hide_counts(request: HttpRequest, items: list[Any]) -> None:
    if is_only_publisher(request.user):
        items.clear()


@hooks.register("before_delete_page")
def keep_profiles(request: HttpRequest, page: Any) -> None:
    """A profile leaves with its entry in the directory; its people delete pages under it."""
    if is_only_publisher(request.user) and any(page.path == each.path for each in profiles_of(request.user)):
        raise PermissionDenied


@hooks.register("before_serve_document")
def serve_what_is_published(document: Any, request: HttpRequest) -> None:
    """Files of an organisation that no public page shows are for its people and for staff."""
    space = getattr(document.collection, "mypart_space", None)
    if space is not None and not may_read_file(request.user, document, space):
        raise Http404


@hooks.register("before_move_page")
def refuse_who_may_not_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """The screen that asks once more shows the title of any page to everybody in the admin."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_is_public_or_own(pages: Any, request: HttpRequest) -> Any:
    """Drafts of others show not even their titles."""
    if not is_only_publisher(request.user):
        return pages
    return pages.live().public() | pages.filter(own_pages(request.user))


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
def choose_own_files(files: Any, request: HttpRequest) -> Any:
    if not is_only_publisher(request.user):
        return files
    return files.filter(collection__in=[space.collection_id for space in spaces_of(request.user)])


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def add_what_asks_no_moderator(page: Any, user: Any, next_url: str = "", **kwargs: Any) -> Any:
    if page.workflow_in_progress and may_withdraw(user, page):
        address = reverse("mypart_admin_moderation:take_back", args=[page.pk])
        yield Button(_("Take back from the moderators"), address, icon_name="undo", priority=54)
    if (page.live or page.approved_schedule) and may_withdraw(user, page):
        address = reverse("mypart_admin_moderation:withdraw", args=[page.pk])
        yield Button(_("Take off the site"), address, icon_name="download", priority=55)
