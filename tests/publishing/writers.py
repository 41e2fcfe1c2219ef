"""People who write for organisations, and moderators, for tests."""

from typing import Any

from django.contrib.auth.models import Group
from django.core import mail

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.organisations.models import Organisation
from mypart_wagtail.publishing.models import ModerationTaskState
from mypart_wagtail.publishing.services import name_publishers
from mypart_wagtail.publishing.services.set_up import DEPUTIES, MODERATORS
from tests.blocks.samples import root_collection
from tests.organisations.public import profile_of
from tests.people import member, person


def writer(club: Organisation, name: str) -> Any:
    """An administrator of ``club`` who writes for it in the portal, beside those who do already."""
    root_collection()  # Tests that empty the database take it away.
    user = member(club, name, is_administrator=True)
    already = club.memberships.filter(mypart_publisher__isnull=False).values_list("pk", flat=True)
    own = club.memberships.get(user=user).pk
    name_publishers(user, organisation=club, members=[*already, own])
    return user


def moderator(name: str = "moderator") -> Any:
    return _in_group(name, MODERATORS)


def deputy(name: str = "deputy") -> Any:
    return _in_group(name, DEPUTIES)


def _in_group(name: str, group: str) -> Any:
    user = person(name)
    user.groups.add(Group.objects.get(name=group))
    return user


def draft(club: Organisation, author: Any, title: str = "Regatta") -> NewsPage:
    """A piece of news that nobody has submitted yet."""
    page = NewsPage(title=title, lead="They sail.", owner=author, live=False)
    profile_of(club).add_child(instance=page)
    page.save_revision(user=author)
    return NewsPage.objects.get(pk=page.pk)


def submitted(page: Any, author: Any) -> ModerationTaskState:
    """What the button of the editor does."""
    state = page.current_workflow_state
    if state is not None:
        state.resume(user=author)
    else:
        page.get_workflow().start(page, user=author)
    return ModerationTaskState.objects.filter(workflow_state__object_id=str(page.pk)).latest("started_at")


def mailed_to(user: Any) -> list[str]:
    """Subjects of the mails that ``user`` got, in order."""
    return [message.subject for message in mail.outbox if message.to == [user.email]]
