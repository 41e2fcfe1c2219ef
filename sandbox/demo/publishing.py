"""An organisation that writes in the portal: a piece that is public, one that waits, one that came back."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.organisations.models import Organisation, OrganisationPage
from mypart_wagtail.publishing.models import ModerationTaskState, Publisher
from mypart_wagtail.publishing.services import decide, name_publishers
from mypart_wagtail.publishing.services.set_up import DEPUTIES, MODERATORS
from mypart_wagtail.sites import pages_of
from sandbox.demo.content import code_uuid, day, read


def make_publishing(people: dict[str, Any], organisation: Organisation, site: Site) -> None:
    """Publishers of ``organisation``, a moderator and what they did, unless it is there already."""
    if Publisher.objects.exists():
        return
    author = people["administrator"]
    members = organisation.memberships.filter(user__in=[author, people["editor"]])
    name_publishers(author, organisation=organisation, members=members.values_list("pk", flat=True))
    people["moderator"].groups.add(Group.objects.get(name=MODERATORS))
    people["webeditor"].groups.add(Group.objects.get(name=DEPUTIES))
    profile = OrganisationPage.objects.live().filter(pages_of(site), organisation=organisation).first()
    if profile is not None:
        for item in read("publishing")["items"]:
            _write(profile, item, people)


@transaction.atomic
def _write(profile: OrganisationPage, item: dict[str, Any], people: dict[str, Any]) -> None:
    author = people["administrator"]
    page = NewsPage(
        title=item["title"],
        lead=item["lead"],
        date=day(item["day"]),
        locale=profile.locale,
        translation_key=code_uuid(f"publishing/{item['code']}"),
        owner=author,
        live=False,
    )
    profile.add_child(instance=page)
    page.save_revision(user=author)
    if "decision" in item:
        page.get_workflow().start(page, user=author)
        _decide(page, item, people["moderator"])


def _decide(page: NewsPage, item: dict[str, Any], moderator: Any) -> None:
    """As the data say; what is to wait goes on waiting."""
    if item["decision"] == "waits":
        return
    state = ModerationTaskState.objects.get(workflow_state__object_id=str(page.pk))
    decide(moderator, task_state=state, decision=item["decision"], comment=item.get("comment", ""))
