from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from mypart_wagtail.news.services import erase_left_photos


class Command(BaseCommand):
    help = "Erases photos of forms that were left unfinished for a day. Run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        count = erase_left_photos(at=timezone.now())
        self.stdout.write(_("Photos erased: %(count)d") % {"count": count})
