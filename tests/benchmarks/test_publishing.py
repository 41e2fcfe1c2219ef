"""The queue of moderators with ten thousand submissions, beside one of twelve."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from mypart_wagtail.news.models import NewsPage
from mypart_wagtail.publishing.models import ModerationTask, ModerationTaskState
from tests.benchmarks.many import add_many
from tests.benchmarks.measure import Visitor, cpu_side_by_side
from tests.benchmarks.test_queries import queries
from tests.blocks.samples import root_collection
from tests.organisations.public import accepted, directory, profile_of
from tests.people import person
from tests.publishing.writers import writer
from tests.sites import default_site

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db(transaction=True)]

MANY, FEW = 10_000, 12


def submit_many(profile: Page, number: int) -> None:
    """``number`` news under ``profile``, all of which wait."""
    known = set(NewsPage.objects.values_list("pk", flat=True))
    add_many(NewsPage, profile, number, lead="They sail.", date=timezone.localdate())
    task, author = ModerationTask.objects.get(), profile.owner
    workflow = task.workflows.get()
    kinds = {
        "content_type": ContentType.objects.get_for_model(NewsPage),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    for page in NewsPage.objects.exclude(pk__in=known):
        revision = Revision.objects.create(
            object_id=str(page.pk), content=page.serializable_data(), object_str=page.title, **kinds
        )
        Page.objects.filter(pk=page.pk).update(latest_revision=revision, live=False)
        state = WorkflowState.objects.create(
            object_id=str(page.pk), workflow=workflow, requested_by=author, **kinds
        )
        waiting = ModerationTaskState.objects.create(
            workflow_state=state, revision=revision, task=task, due_at=timezone.now()
        )
        WorkflowState.objects.filter(pk=state.pk).update(current_task_state=waiting)


def test_the_queue_of_moderators(table):
    default_site()
    root_collection()
    directory()
    club = accepted("Klub Fala")
    writer(club, "ewa")
    visitor = Visitor(person("boss", is_superuser=True))
    address = reverse("mypart_admin_moderation:index")
    submit_many(profile_of(club), FEW)
    few = queries(visitor, address)
    small = cpu_side_by_side(lambda: visitor.get(address), lambda: None, rounds=20)[0]
    submit_many(profile_of(club), MANY - FEW)
    table.counts(f"queries, queue of moderators, {MANY} : {FEW}", queries(visitor, address), few)
    large = cpu_side_by_side(lambda: visitor.get(address), lambda: None, rounds=20)[0]
    table.ratio(f"queue of moderators, {MANY} beside {FEW}", large, small, target=3)
