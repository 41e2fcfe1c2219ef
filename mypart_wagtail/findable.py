"""What the search finds beside pages: things of an app that have no page of their own.

An app names a finder as a provider ``search.*``; the app with the search page keeps what it tells::

    class OrganisationFinder:
        model = Organisation
        label = _("Organisations")

        def findable(self, organisation) -> Findable | None: ...

Pages are found without a finder, by their ``search_fields``. A page type with a ``search_kind`` (a lazy
label such as ``_("Calls")``) can be looked for alone; one with ``is_searched = False`` is left to a finder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise
from wagtail.models import Site


@dataclass(frozen=True)
class Findable:
    """A thing as the search shows it. ``text`` is what it is found by beside its title.

    It is found on every site, unless it belongs to one.
    """

    title: str
    url: str = ""
    summary: str = ""
    text: str = ""
    site: Site | None = None


class Finder(Protocol):
    """Tells of things of one model; None of what the public may not see."""

    model: type[Model]
    label: str | Promise

    def findable(self, instance: Any) -> Findable | None: ...
