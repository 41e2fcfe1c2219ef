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


def pages_of(site: Site, request: Any = None) -> Q:
    """A filter for the pages of ``site``, in all its languages; found once for ``request``."""
    return once(request, ("pages of", site.pk), lambda: _pages_of(site))


def public(pages: Any, request: Any = None) -> Any:
    """Those of ``pages`` that are live and public; what is private is found once for ``request``."""
    private = once(request, "private pages", lambda: Page.objects.all().private_q())
    return pages.live().exclude(private)


def _pages_of(site: Site) -> Q:
    homes = site.root_page.get_translations(inclusive=True).values_list("path", flat=True)
    return Q(*(Q(path__startswith=path) for path in homes), _connector=Q.OR)
