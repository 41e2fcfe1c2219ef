"""Groups of the city's staff, with the permissions their work needs and no others."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

CLERKS = "Urząd: konkursy"
WEB_EDITORS = "Urząd: redakcja strony"

PERMISSIONS = {
    CLERKS: [
        "wagtailadmin.access_admin",
        "mypart_grants.view_application",
        "mypart_grants.view_call",
        "mypart_grants.change_call",
        "mypart_grants.view_award",
        "mypart_grants.add_award",
        "mypart_grants.change_award",
        "mypart_grants.delete_award",
        "mypart_organisations.view_organisation",
        "mypart_organisations.change_organisation",
        "mypart_organisations.view_membership",
        "mypart_organisations.change_membership",
        "mypart_organisations.view_joinrequest",
        "mypart_organisations.change_joinrequest",
        "mypart_organisations.view_legaltext",
        "mypart_organisations.add_legaltext",
    ],
    WEB_EDITORS: [
        "wagtailadmin.access_admin",
        "wagtail_localize.submit_translation",
        "mypart_newsletter.add_edition",
        "mypart_newsletter.change_edition",
        "mypart_newsletter.delete_edition",
        "mypart_newsletter.view_edition",
        "mypart_newsletter.change_newslettersettings",
        "mypart_portal.change_portalsettings",
        "mypart_portal.view_message",
        "mypart_portal.change_message",
        "mypart_news.add_newscategory",
        "mypart_news.change_newscategory",
        "mypart_news.delete_newscategory",
    ],
}


# Of web editors: pictures, films and files for their pages.
LIBRARY = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


def join_groups(people: dict[str, Any], *, home: list[Page], calls: list[Page]) -> None:
    """Clerks work on the pages of calls, web editors on the whole site."""
    _join(people["clerk"], CLERKS, calls)
    if _join(people["webeditor"], WEB_EDITORS, home):
        _open_library(WEB_EDITORS)


@transaction.atomic
def _join(person: Any, name: str, pages: list[Page]) -> bool:
    """Whether the group had to be made."""
    group, is_new = Group.objects.get_or_create(name=name)
    if not is_new:
        return False
    group.permissions.set(_permission(permission) for permission in PERMISSIONS[name])
    for page in pages:
        for codename in ("add_page", "change_page", "publish_page"):
            permission = _permission(f"wagtailcore.{codename}")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    if person is not None:
        person.groups.add(group)
    return True


def _open_library(name: str) -> None:
    collection = Collection.get_first_root_node()
    for app, codenames in LIBRARY.items():
        for codename in codenames:
            GroupCollectionPermission.objects.create(
                group=Group.objects.get(name=name),
                collection=collection,
                permission=_permission(f"{app}.{codename}"),
            )


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
