"""Work of the engine done after the answer is given. Every task may run twice without harm."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.generator.pdf import PdfTakesLong
from mypart_wagtail.generator.services.snapshots import store_pdf

logger = logging.getLogger("mypart_wagtail.generator")

ATTEMPTS = 4
FIRST_DELAY = timedelta(seconds=10)


@task()
def render_snapshot_pdf(uuid: str, attempt: int = 1) -> None:
    """Make and store the PDF of a snapshot, unless it has one.

    Where tasks run inside the request, one that takes long is left to ``mypart_render_pdfs`` at once.
    A failure is tried again, later and later where the tasks' backend can wait, at once where it cannot.
    ``mypart_render_pdfs`` makes what even the last try did not.
    """
    snapshot = Snapshot.objects.select_related("document").get(uuid=uuid)
    is_waited_for = isinstance(render_snapshot_pdf.get_backend(), ImmediateBackend)
    try:
        store_pdf(snapshot, is_waited_for=is_waited_for)
    except PdfTakesLong:
        logger.info("The PDF of snapshot %s is left to mypart_render_pdfs", uuid)
    except Exception:
        logger.exception("The PDF of snapshot %s could not be made, attempt %s", uuid, attempt)
        if attempt == ATTEMPTS:
            raise
        _try_again(uuid, attempt + 1)


def _try_again(uuid: str, attempt: int) -> None:
    again = render_snapshot_pdf
    if again.get_backend().supports_defer:
        again = again.using(run_after=timezone.now() + FIRST_DELAY * 2 ** (attempt - 2))
    again.enqueue(uuid, attempt)
