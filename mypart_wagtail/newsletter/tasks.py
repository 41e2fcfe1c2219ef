"""Work of the newsletter done after the answer is given. Every task may run twice without harm."""

from django.utils import timezone
from django_tasks import task

from mypart_wagtail.newsletter.content import sections_of
from mypart_wagtail.newsletter.letters import Letters
from mypart_wagtail.newsletter.models import Edition
from mypart_wagtail.newsletter.services.sending import send_batch


@task()
def send_newsletter(uuid: str) -> None:
    """Send a batch of an edition, and leave the next to another task, so that other work has its turn.

    Where tasks are done at once, one does it all. ``mypart_send_newsletters`` sends what a worker that died
    has left, and what has to be tried again.
    """
    edition = Edition.objects.select_related("site").get(uuid=uuid)
    can_wait = send_newsletter.get_backend().supports_defer
    while send_batch(edition):
        if can_wait:
            send_newsletter.enqueue(uuid)
            return


@task()
def send_trial(uuid: str, address: str) -> None:
    """Send an edition as it is now to one of the staff."""
    edition = Edition.objects.select_related("site").get(uuid=uuid)
    Letters(edition, sections_of(edition, timezone.now())).trial(address).send()
