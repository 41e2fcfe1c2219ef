from typing import Any

from django.core.management.base import BaseCommand

from mypart_wagtail.portal.search.indexing import index_everything


class Command(BaseCommand):
    help = "Make the index of the search anew. Run it once after installing; publishing keeps it up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"The search finds {index_everything()} things.")
