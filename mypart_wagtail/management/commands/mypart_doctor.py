from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mypart_wagtail.doctor import Finding, Options, examine_all


class Command(BaseCommand):
    help = (
        "Try mail, clock, private storage, cache, tasks, HTTPS, proxy and PDF; tell the remedy of each fault."
    )
    # It tells what the checks say itself, and goes on to try the rest.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--send-to", default="", metavar="ADDRESS", help="really send a mail there")
        parser.add_argument(
            "--clock-url",
            default="",
            metavar="URL",
            help="compare the clock with the Date header of an answer from there",
        )
        parser.add_argument(
            "--through",
            default="",
            metavar="URL",
            help="the public address, by which the proxy is tried: does it stamp the arrival of requests",
        )
        parser.add_argument(
            "--patience",
            type=float,
            default=Options.patience,
            metavar="SECONDS",
            help="how long a worker has to pick up a task (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = {name: options[name] for name in ("send_to", "clock_url", "through", "patience")}
        faults = 0
        for finding in examine_all(Options(**chosen)):
            self._tell(finding)
            faults += bool(finding.remedy)
        if faults:
            raise CommandError(f"{faults} to be put right.")

    def _tell(self, finding: Finding) -> None:
        line = f"{finding.subject}: {finding.message}"
        if finding.remedy:
            self.stdout.write(f"{self.style.ERROR('FAULT')} {line}. {finding.remedy}")
        else:
            self.stdout.write(f"{self.style.SUCCESS('OK   ')} {line}.")
