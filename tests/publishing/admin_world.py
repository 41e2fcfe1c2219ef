"""Every address of the Wagtail admin, with things of one organisation in it, and people of each role."""

import re
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site, Workflow

from mypart_wagtail.publishing.models import ModerationTask, OrganisationSpace
from mypart_wagtail.publishing.services.set_up import MODERATORS
from tests.blocks.samples import stored_file, stored_picture
from tests.organisations.public import accepted, directory, profile_of
from tests.people import person
from tests.publishing.writers import draft, submitted, writer

SECRET = "Tajemnica"
"""Stands in the title of everything that is not public."""
ADMIN = "admin/"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses() -> list[tuple[str, str]]:
    """Names of all addresses of the admin, with their patterns; those without a name by their pattern."""
    found = dict(_walk(get_resolver()))
    return sorted((name, pattern) for pattern, name in found.items() if pattern.startswith(ADMIN))


def _walk(resolver: URLResolver, before: str = "", namespace: str = "") -> Any:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each, pattern, inner)
        elif isinstance(each, URLPattern):
            yield pattern, namespace + (each.name or pattern)


class AdminWorld:
    """Two organisations that publish; one has a draft that waits, a picture and a file, all secret."""

    def __init__(self) -> None:
        directory()
        self.club, choir = accepted("Klub Fala"), accepted("Chór Echo")
        author = writer(self.club, "author")
        self.people = {
            "colleague": writer(self.club, "colleague"),
            "stranger": writer(choir, "stranger"),
            "moderator": person("moderator"),
            "clerk": person("clerk"),
        }
        self.people["moderator"].groups.add(Group.objects.get(name=MODERATORS))
        self.people["clerk"].user_permissions.add(Permission.objects.get(codename="access_admin"))
        self.profile = profile_of(self.club)
        self.page = draft(self.club, author, SECRET)
        self.other = draft(self.club, author, f"{SECRET} 2")
        self.state = submitted(self.page, author)
        space = OrganisationSpace.objects.get(organisation=self.club)
        self.collection, self.group = space.collection, space.group
        self.image = self._kept(get_image_model(), stored_picture())
        self.document = self._kept(get_document_model(), stored_file("plan.pdf"))
        self.author = author

    def _kept(self, model: Any, thing: Any) -> Any:
        model.objects.filter(pk=thing.pk).update(title=SECRET, collection=self.collection)
        return model.objects.get(pk=thing.pk)

    def address(self, name: str, pattern: str) -> str:
        """``pattern`` with the ids of what the club has."""
        filled = PARAMETER.sub(lambda match: str(self._value(name, match[1] or match[2])), pattern)
        return "/" + re.sub(r"[\^$]", "", filled).replace(r"\.", ".")

    def _value(self, name: str, parameter: str) -> Any:
        by_name = {
            "parent_page_id": self.profile.pk,
            "destination_id": self.profile.pk,
            "page_id": self.page.pk,
            "page_pk": self.page.pk,
            "page_to_move_id": self.other.pk,
            "revision_id": self.page.latest_revision_id,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
            "task_state_id": self.state.pk,
            "task_id": ModerationTask.objects.get().pk,
            "workflow_state_id": self.state.workflow_state_id,
            "workflow_pk": Workflow.objects.latest("pk").pk,
            "action_name": "copy" if "api" in name else "approve",
            "image_id": self.image.pk,
            "document_id": self.document.pk,
            "doc_id": self.document.pk,
            "collection_id": self.collection.pk,
            "filter_spec": "width-100",
            "content_type_app_name": "mypart_news",
            "content_type_model_name": "newspage",
            "app_label": "mypart_news" if "wagtail_bulk" not in name else "wagtailcore",
            "app_name": "mypart_publishing" if "settings" in name else "mypart_news",
            "model_name": "newspage",
            "object_id": self.page.pk,
            "action": "publish",
            "pk": self._pk(name),
        }
        if name == "wagtail_bulk_action":
            by_name["model_name"] = "page"
        if name.startswith("wagtailsettings"):
            by_name["model_name"] = "moderationsettings"
        return by_name.get(parameter, 1)

    def _pk(self, name: str) -> Any:
        kinds = {
            "images": self.image.pk,
            "documents": self.document.pk,
            "wagtaildocs": self.document.pk,
            "wagtailimages": self.image.pk,
            "collections": self.collection.pk,
            "groups": self.group.pk,
            "wagtailusers_users": self.author.pk,
            "workflows": Workflow.objects.latest("pk").pk,
            "moderation:review": self.state.pk,
            "sites": Site.objects.get().pk,
            "settings": Site.objects.get().pk,
        }
        return next((pk for part, pk in kinds.items() if part in name), self.page.pk)

    def queries(self) -> list[str]:
        """Query strings that ask for what the club has."""
        return [
            f"?q={SECRET[:-2]}",
            f"?id={self.page.pk}&id={self.other.pk}",
            f"?id={self.image.pk}&id={self.document.pk}",
            f"?collection_id={self.collection.pk}&child_of={self.profile.pk}&fields=*",
        ]

    def bodies(self) -> list[dict[str, Any]]:
        """What a stranger might post."""
        page = {"title": "Mine", "slug": "mine", "lead": "Mine", "date": "2026-11-10", "comment": "Mine"}
        more = {"body-count": "0", "attachments-count": "0", "new_title": "Mine", "new_slug": "mine"}
        acts = [{}, {"action-publish": "1"}, {"action-submit": "1"}, {"action-workflow-action": "1"}]
        ids = {"id": self.page.pk, "seen": self.page.latest_revision_id, "decision": "approve"}
        moved = {"new_parent_page": self.profile.pk, "collection": self.collection.pk, "position": 0}
        return [page | more | ids | moved | act for act in acts]

    def as_it_is(self) -> list[Any]:
        """What nobody but the club and moderators may change."""
        pages = Page.objects.filter(path__startswith=self.profile.path)
        facts = pages.order_by("pk").values_list(
            "pk", "path", "title", "live", "latest_revision", "locked", "slug"
        )
        waiting = ModerationTask.objects.get().task_states.values_list("pk", "status")
        files = [
            list(model.objects.values_list("pk", "title", "collection").order_by("pk"))
            for model in (get_image_model(), get_document_model())
        ]
        return [list(facts), list(waiting.order_by("pk")), files]
