from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mypart_wagtail.portal.start.building import NotEmpty, start_portal


class Command(BaseCommand):
    help = "Put the table of contents of an NGO portal into an empty Wagtail site, ready to be edited."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            home = start_portal()
        except NotEmpty as other:
            raise CommandError(
                f"The default site begins with the page “{other}”, which the starter has not made. "
                "Make pages under it in the admin, or give the site another first page."
            ) from None
        self.stdout.write(f"The portal begins at {home.full_url}. Edit its pages in the admin.")
        self.stdout.write("Drafts wait to be filled in: the accessibility statement, the sign-language page.")
