import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Site

from mypart_wagtail.grants.services.awards import FaultyFile, import_awards


class Command(BaseCommand):
    help = "Keep the awarded grants of a CSV file; none of them where a line is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="csv", help="The file, in UTF-8, with a header.")
        parser.add_argument("--site", help="Host name of the city's site; the default site if left out.")

    def handle(self, *args: Any, path: Path, site: str | None, **options: Any) -> None:
        try:
            done = import_awards(path.read_text(encoding="utf-8-sig"), site=_site(site))
        except FaultyFile as file:
            raise CommandError("\n".join(["Nothing was written.", *file.faults])) from None
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{path} cannot be read: {error}") from None
        self.stdout.write(f"New {done['new']}, changed {done['changed']}, unchanged {done['unchanged']}.")


def _site(hostname: str | None) -> Site:
    asked = {"hostname": hostname} if hostname else {"is_default_site": True}
    site = Site.objects.filter(**asked).first()
    if site is None:
        raise CommandError("There is no such site.")
    return site
