"""Run once in a new deployment: its tables and static files, one call, one club, its signer and its offers.

Prints the addresses and texts that the tests use, as JSON.
"""

import json
import sys

import django
from django.core.management import call_command
from django.utils import timezone, translation


def furnish(hostname: str) -> dict[str, str]:
    from django.urls import reverse

    from mypart_wagtail.grants.services.applications import start_application
    from tests.grants.calls import open_call
    from tests.grants.offers import sample_data
    from tests.people import member, organisation
    from tests.sites import default_site

    site = default_site()
    site.hostname, site.port = hostname, 443
    site.save()
    club = organisation()
    signer = member(club, "signer", is_signer=True)
    call = open_call()

    def offer() -> tuple[str, str]:
        begun = start_application(signer, call=call, organisation=club, at=timezone.now())
        begun.document.data = sample_data()
        begun.document.save()
        return str(begun.uuid), str(begun.document.uuid)

    with translation.override("pl"):
        addresses = {
            "sign_in": reverse("account_login"),
            "sign_up": reverse("account_signup"),
            "applications": reverse("mypart_grants:applications"),
            "verify": reverse("mypart_generator:verify"),
        }
    for name in ("typed", "submitted", "interrupted"):
        application, document = offer()
        with translation.override("pl"):
            for view in ("submit", "receipt", "offer_pdf"):
                addresses[f"{name}_{view}"] = reverse(f"mypart_grants:{view}", args=[application])
            for view in ("tasks", "changes"):
                addresses[f"{name}_{view}"] = reverse(f"mypart_generator:{view}", args=[document])
    return addresses


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps(furnish(sys.argv[1])))  # noqa: T201
