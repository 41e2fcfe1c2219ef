"""A command of the sandbox in a process of its own, which waits only seconds for what a dead worker held.

``python -m tests.newsletter.impatient <port of the mail server> <command> …``
"""

import sys
from datetime import timedelta

LEASE = timedelta(seconds=5)


def main(port: str, *command: str) -> None:
    import django
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
    django.setup()

    from django.core.management import call_command

    from mypart_wagtail.newsletter.services import sending

    sending.LEASE = sending.IN_HAND = LEASE
    call_command(*command)


if __name__ == "__main__":
    main(*sys.argv[1:])
