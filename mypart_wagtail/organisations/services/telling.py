"""Whom mails about organisations go to: those who keep a card, and the city's staff who decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy

from mypart_wagtail.mail import absolute_url, in_their_language, send_mail_on_commit
from mypart_wagtail.organisations.history import Act
from mypart_wagtail.organisations.models import JoinRequest, Membership


def tell(people: Iterable[Any], mail: str, *, url: Callable[[], str], **context: Any) -> None:
    """Send ``mail`` to each of ``people`` who has an e-mail, in the language each reads.

    ``url`` gives the address it leads to, which has the language in it.
    """
    for person in in_their_language(people):
        send_mail_on_commit(
            to=person.email,
            template=f"mypart_organisations/mail/{mail}",
            context=context | {"url": url()},
        )


def tell_of_office(administrators: list[Any], membership: Membership, act: Act) -> None:
    """What the city's staff do with the people of an organisation its ``administrators`` hear of."""
    organisation = membership.organisation
    tell(
        administrators,
        "people_changed",
        url=lambda: default_base_url() + reverse("mypart_organisations:members", args=[organisation.uuid]),
        organisation=organisation,
        membership=membership,
        act=act.name,
    )


def deciders() -> QuerySet[Any]:
    """Everyone who may answer requests to join in the admin."""
    return ModelPermissionPolicy(JoinRequest).users_with_permission("change").filter(is_active=True)


def default_base_url() -> str:
    """Where links in mails lead that no request stands behind."""
    site = Site.objects.filter(is_default_site=True).first()
    return absolute_url(site, "") if site else ""
