"""The site something is shown on."""

from typing import Any

from wagtail.models import Site


def site_of(request: Any = None, page: Any = None) -> Site | None:
    """The site of ``request``, or else of the ``page`` shown; None where neither tells."""
    if request is not None:
        return Site.find_for_request(request)
    return page.get_site() if page is not None else None
