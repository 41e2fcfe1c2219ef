from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.tasks import send_outgoing_mail


class Command(BaseCommand):
    help = "Send the mails of the outbox that are due: those that failed, and those whose worker died."

    def handle(self, *args: Any, **options: Any) -> None:
        due = list(OutgoingMail.objects.due(timezone.now()).values_list("pk", flat=True))
        for pk in due:
            send_outgoing_mail.func(pk)
        waiting = OutgoingMail.objects.filter(sent_at=None).count()
        self.stdout.write(f"Tried {len(due)}, still waiting {waiting}.")
