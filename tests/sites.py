"""Sites for tests."""

from django.conf import settings
from wagtail.models import Locale, Page, Site


def new_site(hostname: str, **facts: int) -> Site:
    """One more site, with a home page of its own under the one root that Wagtail knows."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    home = root.add_child(title=hostname, slug=hostname.replace(".", "-"))
    return Site.objects.create(hostname=hostname, root_page=home, **facts)


def default_site() -> Site:
    """The default site, made if there is none."""
    return Site.objects.filter(is_default_site=True).first() or new_site("localhost", is_default_site=True)
