"""Two of the staff who send at the same moment."""

import pytest
from django.utils import timezone

from mypart_wagtail.newsletter.models import Edition
from mypart_wagtail.newsletter.services.editions import NotSent, send_edition
from tests.at_once import at_once
from tests.newsletter.editions import edition, newsletter, some_news, subscriber
from tests.people import person
from tests.sites import default_site

pytestmark = pytest.mark.database


@pytest.mark.django_db(transaction=True)
def test_of_two_editions_about_the_same_sent_at_once_one_goes():
    default_site()
    newsletter()
    some_news()
    subscriber()
    boss = person("boss", is_superuser=True, is_staff=True)
    drafts = [edition(subject=subject) for subject in ("First", "Second")]
    told = at_once(*[lambda draft=draft: send(boss, draft) for draft in drafts])
    assert sorted(told) == ["refused", "sent"]
    assert Edition.objects.started().count() == 1


def send(actor, draft) -> str:
    try:
        send_edition(actor, edition=draft, at=timezone.now())
    except NotSent:
        return "refused"
    return "sent"
