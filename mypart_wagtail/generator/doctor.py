"""What the engine adds to ``manage.py mypart_doctor``."""

import time
from datetime import timedelta

from django.utils import timezone

from mypart_wagtail.doctor import Fault, Options, examination
from mypart_wagtail.generator.models import Snapshot
from mypart_wagtail.generator.pdf import render_pdf
from mypart_wagtail.generator.presentation import Heading, Paragraph

LONGEST_WITHOUT_PDF = timedelta(minutes=10)


@examination("PDF", remedy="Install the package again: typst or its fonts are missing or broken.")
def examine_pdf(options: Options) -> str:
    """Prints a page with Polish letters."""
    start = time.perf_counter()
    pdf = render_pdf([Heading("Próba", 1), Paragraph("Zażółć gęślą jaźń.")], title="Próba", language="pl")
    took = (time.perf_counter() - start) * 1000
    return f"printed {len(pdf)} bytes in {took:.0f} ms"


@examination("PDFs of what was submitted", remedy="Migrate the database (manage.py migrate).")
def examine_missing_pdfs(options: Options) -> str:
    """A PDF whose task failed for good, or whose worker died, is made by ``mypart_render_pdfs``."""
    since = timezone.now() - LONGEST_WITHOUT_PDF
    missing = Snapshot.objects.awaiting_pdf().filter(submitted_at__lt=since).count()
    if missing:
        raise Fault(
            f"{missing} are missing",
            "Run manage.py mypart_render_pdfs, which names what goes wrong; have the system run it every 5 "
            "minutes.",
        )
    return "none is missing"
