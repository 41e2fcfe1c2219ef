from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mypart_wagtail.grants.no_answer import render_no_answer


class Command(BaseCommand):
    help = (
        "Write the page that the reverse proxy shows while no web process answers. Run it at every upgrade."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="where to write it, as the proxy's configuration names it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        file.write_text(render_no_answer(), encoding="utf-8")
        self.stdout.write(f"Written to {file}.")
