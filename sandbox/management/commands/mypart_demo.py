from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings
from django.utils import timezone

from mypart_wagtail.grants.models import Call
from sandbox.demo.build import build
from sandbox.demo.people import PASSWORD, roles

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class Command(BaseCommand):
    help = "Fill the site with demo data. Run again, it adds what is missing and changes nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="Also where DEBUG is off: the accounts' password is public."
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not (settings.DEBUG or force):
            raise CommandError(
                "The demo makes accounts, a superuser among them, whose password everybody knows. "
                "DEBUG is off here, so this may be a real site. If it is not, use --force."
            )
        # Nobody reads what the services mail to people who do not exist.
        with override_settings(EMAIL_BACKEND=NO_MAIL):
            build()
        self.stdout.write("\n".join(_table()))
        if not Call.objects.open_at(timezone.now()).exists():
            self.stdout.write("\nThe calls of this demo are over. `make demo-reset` starts over.")


def _table() -> list[str]:
    """The accounts and what each can do."""
    width = max(len(each["email"]) for each in roles())
    return [
        f"Demo accounts, each with the password {PASSWORD}",
        "",
        *(f"  {each['email']:<{width}}  {each['does']}" for each in roles()),
        "",
        "Presidents of the twelve organisations: ganek@example.org, szkwal@example.org, kot@example.org …",
    ]
