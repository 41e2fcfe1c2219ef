from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from mypart_wagtail.publishing.services import pass_on_overdue


class Command(BaseCommand):
    help = "Tells deputies of what moderators have not answered within the promised term. Run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        count = pass_on_overdue(at=timezone.now())
        self.stdout.write(_("Passed on to deputies: %(count)d") % {"count": count})
