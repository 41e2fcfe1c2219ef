"""The addresses of the package: those there are, those documented, and an example of each."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.models import Permission
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from mypart_wagtail.generator.models import FieldHelp
from mypart_wagtail.generator.tasks import render_snapshot_pdf
from mypart_wagtail.grants.kind import ApplicationKind, digest
from mypart_wagtail.grants.models import Application
from mypart_wagtail.grants.services.applications import start_application, submit_application
from mypart_wagtail.newsletter.models import Edition, Subscriber
from mypart_wagtail.organisations.models import Authority, Invitation, JoinRequest, LegalText
from mypart_wagtail.portal.models import Message
from mypart_wagtail.portal.services import confirm_token, write_message
from tests.grants.awards import award
from tests.grants.calls import open_call
from tests.grants.offers import sample_data
from tests.news.news import category
from tests.newsletter.editions import edition, subscriber
from tests.organisations.public import accepted, directory
from tests.people import member, organisation, person
from tests.publishing.writers import draft, submitted, writer

TABLE = Path(__file__).parents[1] / "docs" / "reference" / "urls.md"
ROW = re.compile(r"^\| `(?P<name>\w+:\w+)` \| (?P<methods>[A-Z, ]+) \| (?P<who>[a-z ]+) \|", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A line of ``docs/reference/urls.md``."""

    name: str
    methods: tuple[str, ...]
    who: str

    @property
    def is_of_admin(self) -> bool:
        return self.name.startswith("mypart_admin_")


def documented() -> list[Row]:
    found = ROW.finditer(TABLE.read_text())
    return [Row(row["name"], tuple(row["methods"].split(", ")), row["who"]) for row in found]


def names() -> set[str]:
    """The names of all addresses in our namespaces."""
    return {name for name in _names(get_resolver()) if name.startswith("mypart")}


def _names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


class World:
    """One of everything, so that every address has something to show, and one person of each kind."""

    def __init__(self) -> None:
        self.club = organisation()
        self.people = {
            "anonymous": None,
            "stranger": person("stranger"),
            "asker": person("asker"),
            "editor": member(self.club, "editor"),
            "signer": member(self.club, "signer", is_signer=True),
            "administrator": member(self.club, "administrator", is_administrator=True),
            "clerk": person("clerk"),
            "staff": person("staff", is_superuser=True),
        }
        self.people["clerk"].user_permissions.add(Permission.objects.get(codename="access_admin"))
        self.asked = JoinRequest.objects.create(organisation=self.club, user=self.people["asker"])
        self.unconfirmed = EmailAddress.objects.get(user=person("mailed", is_confirmed=False))
        self.invitation = Invitation.objects.create(organisation=self.club, email="new@example.org")
        self.call = open_call(staff_open_before_deadline=True)
        self.text = LegalText.objects.create(
            authority=self.call.authority, kind="terms", version=1, language="en", title="Terms", body="Text"
        )
        self.help = FieldHelp.objects.create(
            site=self.call.site, template_id="pl.offer.2018-2057", field_key="title", language="en"
        )
        self.message = write_message(
            site=self.call.site,
            kind=Message.Kind.BARRIER,
            needs_link=False,
            at=timezone.now(),
            text="The button has no name.",
        )
        self.category = category("of-the-world")
        self.submission = self._publish_and_submit()
        self.award = award(self.choir)
        self.reader: Subscriber = subscriber("reader")
        self.newcomer: Subscriber = subscriber("newcomer", is_confirmed=False)
        self.edition: Edition = edition()
        self._unused = Authority.objects.create(site=self.call.site, name="Rada")
        self.draft = self._begin()
        self.offer = self._submit(self._begin())

    def _publish_and_submit(self) -> Any:
        """A piece of news of another organisation that is public, and a change of it that waits."""
        directory()
        choir = accepted("Chór Echo")
        author = self.people["publisher"] = writer(choir, "publisher")
        self.choir = choir
        self.piece = draft(choir, author)
        self.piece.save_revision(user=author).publish()
        self.piece.save_revision(user=author)
        return submitted(self.piece, author)

    def _begin(self) -> Application:
        signer = self.people["signer"]
        begun = start_application(signer, call=self.call, organisation=self.club, at=timezone.now())
        begun.document.data = sample_data()
        begun.document.save()
        return begun

    def _submit(self, application: Application) -> Application:
        seen = digest(application, ApplicationKind().form(application.document))
        snapshot = submit_application(
            self.people["signer"], application=application, at=timezone.now(), seen=seen
        )
        render_snapshot_pdf.func(str(snapshot.uuid))
        return Application.objects.with_parts().get(pk=application.pk)

    def address(self, name: str) -> str:
        """An example of the address ``name``."""
        return reverse(name, args=self._arguments(name))

    def _arguments(self, name: str) -> list[Any]:
        app, view = name.split(":")
        if view == "confirm_address":
            return [EmailConfirmationHMAC(self.unconfirmed).key]
        if app == "mypart_organisations":
            return self._organisation_arguments(view)
        if app == "mypart_generator":
            return self._form_arguments(view)
        if app == "mypart_grants":
            return self._offer_arguments(view)
        if app == "mypart_news":
            return [self.choir.uuid]
        if app == "mypart_publishing":
            return [self.club.uuid]
        if app == "mypart_admin_moderation":
            things = {"review": self.submission, "take_back": self.piece, "withdraw": self.piece}
            return [things[view].pk] if view in things else []
        if app == "mypart_portal":
            return self._portal_arguments(view)
        if app == "mypart_newsletter":
            return self._newsletter_arguments(view)
        if app.startswith("mypart_admin_") and view not in ("index", "index_results", "add", "numbers"):
            return [self._unused.pk if name.endswith("authorities:delete") else self._records()[app].pk]
        return []

    def _organisation_arguments(self, view: str) -> list[Any]:
        if view in ("mine", "create"):
            return []
        if view == "invitation":
            return [self.invitation.uuid]
        if view == "revoke":
            return [self.club.uuid, self.invitation.uuid]
        return [self.club.uuid, self.asked.uuid] if view == "decide" else [self.club.uuid]

    def _form_arguments(self, view: str) -> list[Any]:
        if view == "verify":
            return []
        more = {
            "section": ["description"],
            "group": ["costs", "action0001"],
            "remove": ["costs", "costs", "cost0001x0001"],
        }
        return [self.draft.document.uuid, *more.get(view, [])]

    def _offer_arguments(self, view: str) -> list[Any]:
        if view in ("applications", "mine", "feed", "calendar"):
            return []
        if view in ("start", "call_calendar"):
            return [self.call.uuid]
        of_draft = view in ("submit", "rehearse", "ask_signer", "draft_pdf")
        return [(self.draft if of_draft else self.offer).uuid]

    def _portal_arguments(self, view: str) -> list[Any]:
        arguments = {
            "message": self.message.uuid,
            "confirm": confirm_token(self.message),
            "colours": "0b5757",
        }
        return [arguments[view]] if view in arguments else []

    def _newsletter_arguments(self, view: str) -> list[Any]:
        if view in ("subscribe", "link_sent"):
            return []
        return [(self.newcomer if view == "confirm" else self.reader).token]

    def _records(self) -> dict[str, Any]:
        return {
            "mypart_admin_organisations": self.club,
            "mypart_admin_memberships": self.club.memberships.first(),
            "mypart_admin_join_requests": self.asked,
            "mypart_admin_authorities": self.call.authority,
            "mypart_admin_legal_texts": self.text,
            "mypart_admin_applications": self.offer,
            "mypart_admin_calls": self.call,
            "mypart_admin_awards": self.award,
            "mypart_admin_help": self.help,
            "mypart_admin_messages": self.message,
            "mypart_admin_news_categories": self.category,
            "mypart_admin_editions": self.edition,
            "mypart_admin_subscribers": self.reader,
        }

    def body(self, name: str) -> dict[str, Any]:
        """What is posted to ``name``, as the test client takes it; nothing where an empty form will do."""
        if name == "mypart_generator:changes":
            return {"data": json.dumps({"changes": []}), "content_type": "application/json"}
        bodies = {
            "mypart_organisations:change_member": {"member": self.club.memberships.first().pk},
            "mypart_grants:ask_signer": {"signer": self.people["signer"].pk},
        }
        return {"data": bodies.get(name, {})}
