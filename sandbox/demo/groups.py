"""Groups of the city's staff, with the permissions their work needs and no others."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page

CLERKS = "Urząd: konkursy"
WEB_EDITORS = "Urząd: redakcja strony"

PERMISSIONS = {
    CLERKS: [
        "wagtailadmin.access_admin",
        "mypart_grants.view_application",
        "mypart_grants.view_call",
        "mypart_grants.change_call",
        "mypart_organisations.view_organisation",
        "mypart_organisations.change_organisation",
        "mypart_organisations.view_membership",
        "mypart_organisations.change_membership",
        "mypart_organisations.view_joinrequest",
        "mypart_organisations.change_joinrequest",
        "mypart_organisations.view_legaltext",
        "mypart_organisations.add_legaltext",
    ],
    WEB_EDITORS: ["wagtailadmin.access_admin", "wagtail_localize.submit_translation"],
}


def join_groups(people: dict[str, Any], *, home: list[Page], calls: list[Page]) -> None:
    """Clerks work on the pages of calls, web editors on the whole site."""
    _join(people["clerk"], CLERKS, calls)
    _join(people["webeditor"], WEB_EDITORS, home)


@transaction.atomic
def _join(person: Any, name: str, pages: list[Page]) -> None:
    group, is_new = Group.objects.get_or_create(name=name)
    if not is_new:
        return
    group.permissions.set(_permission(permission) for permission in PERMISSIONS[name])
    for page in pages:
        for codename in ("add_page", "change_page", "publish_page"):
            permission = _permission(f"wagtailcore.{codename}")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    person.groups.add(group)


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
