"""The page on which people search, and what it finds."""

from __future__ import annotations

from typing import Any

import swapper
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from mypart_wagtail.blocks.pages import LeadMixin, link_to_page


class SearchEntryQuerySet(SearchableQuerySetMixin, models.QuerySet["SearchEntry"]):
    """Entries, to be filtered first and searched then."""


class SearchEntry(index.Indexed, models.Model):
    """A page or a thing, by the words people may look for; see ``portal/search``."""

    key = models.CharField(max_length=120, unique=True)
    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    site = models.ForeignKey(Site, null=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=120, blank=True)
    heading = models.CharField(max_length=300)
    url = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    # As words.py keeps them. The database backends of the search take "title" for the more important one.
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    folded_heading = models.CharField(max_length=300, blank=True)

    objects = SearchEntryQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=4),
        index.SearchField("text"),
        index.AutocompleteField("folded_heading"),
        index.FilterField("language"),
        index.FilterField("site_id"),
        index.FilterField("kind"),
        index.FilterField("page_id"),
    ]

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.heading


class SearchPageMixin(LeadMixin):
    """A box for words, kinds of things to look for, and what was found."""

    template = "mypart_portal/search_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    per_page = 20

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.portal.search.searching import Search

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        site = self.get_site()  # type: ignore[attr-defined]
        context["search"] = Search(request, site=site, per_page=self.per_page)
        return context


class SearchPage(SearchPageMixin, Page):  # type: ignore[django-manager-missing]
    """The page on which people search. The head of every page has its box."""

    page_ptr = link_to_page()
    page_description = _("Searches pages, calls, organisations and more. The head of every page has its box.")

    class Meta:
        verbose_name = _("search page")
