"""Run in a host: check it, migrate it, and open each public and admin page that needs no argument."""

import django
from django.core.management import call_command

VIEWS = ("mine", "create", "verify", "applications", "index", "barrier", "suggestions", "subscribe")


def addresses() -> dict[str, set[int]]:
    """Each address with the statuses it may answer to someone signed in as a superuser."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    found = {"/": {200}, "/admin/": {200}}
    for namespace in get_resolver().namespace_dict:
        if not namespace.startswith("mypart_"):
            continue
        for view in (
            "mine",
            "create",
            "verify",
            "applications",
            "index",
            "barrier",
            "suggestions",
            "subscribe",
        ):
            try:
                found[reverse(f"{namespace}:{view}")] = {200}
            except NoReverseMatch:
                continue
    return found


def main() -> None:
    django.setup()
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check_changes=True, dry_run=True)
    call_command("migrate", verbosity=0)

    from django.contrib.auth import get_user_model
    from django.test import Client

    visitor = Client()
    visitor.force_login(get_user_model().objects.create_superuser("ola", "ola@example.org", "x"))
    for address, statuses in addresses().items():
        status = visitor.get(address).status_code
        assert status in statuses, (address, status)
        print(address)  # noqa: T201


if __name__ == "__main__":
    main()
