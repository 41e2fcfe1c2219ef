"""The site something is shown on."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page, Site

from mypart_wagtail.once import once


def site_of(request: Any = None, page: Any = None) -> Site | None:
    """The site of ``request``, or else of the ``page`` shown; None where neither tells."""
    if request is not None:
        return Site.find_for_request(request)
    return page.get_site() if page is not None else None


def homes_of(site: Site, request: Any = None) -> list[Page]:
    """The home page of ``site`` in each of its languages; found once for ``request``."""
    homes = site.root_page.get_translations(inclusive=True).select_related("locale")
    return once(request, ("homes of", site.pk), lambda: list(homes))


def pages_of(site: Site, request: Any = None) -> Q:
    """A filter for the pages of ``site``, in all its languages."""
    return Q(*(Q(path__startswith=home.path) for home in homes_of(site, request)), _connector=Q.OR)


def public(pages: Any, request: Any = None) -> Any:
    """Those of ``pages`` that are live and public; what is private is found once for ``request``."""
    private = once(request, "private pages", lambda: Page.objects.all().private_q())
    return pages.live().exclude(private)
