"""Run in a deployment before a deadline: complete drafts of as many clubs, each with its signer signed in.

Writes the page of the proxy to the file named. Prints as JSON the ids of the two calls and, of each offer,
its addresses and its signer's session.
"""

import json
import sys

import django
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone, translation


def furnish(count: int) -> dict[str, object]:
    """``count`` offers in one call, and two in another, by which web processes can be kept busy."""
    from tests.grants.calls import open_call

    last, other = open_call(), open_call()
    offers = [_offer(last, f"storm{number}", number) for number in range(count)]
    sleepers = [_offer(other, f"sleeper{number}", count + number) for number in range(2)]
    return {"call": last.pk, "other_call": other.pk, "offers": offers, "sleepers": sleepers}


def _offer(call, name: str, number: int) -> dict[str, object]:
    from django.test import Client
    from django.urls import reverse

    from mypart_wagtail.grants.services.applications import start_application
    from tests.grants.offers import sample_data
    from tests.people import member, organisation

    club = organisation(f"Klub {name}", register_number=f"{number + 1000:010}")
    signer = member(club, name, is_signer=True)
    begun = start_application(signer, call=call, organisation=club, at=timezone.now())
    begun.document.data = sample_data()
    begun.document.save()
    browser = Client()
    browser.force_login(signer, backend="django.contrib.auth.backends.ModelBackend")
    with translation.override("pl"):
        submit, receipt = (
            reverse(f"mypart_grants:{view}", args=[begun.uuid]) for view in ("submit", "receipt")
        )
    session = browser.cookies["sessionid"].value
    return {"submit": submit, "receipt": receipt, "session": session}


if __name__ == "__main__":
    django.setup()
    # Nobody signs in by the password, so nobody need wait for its hash.
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        print(json.dumps(furnish(int(sys.argv[1]))))  # noqa: T201
    call_command("mypart_no_answer_page", sys.argv[2], stdout=sys.stderr)
