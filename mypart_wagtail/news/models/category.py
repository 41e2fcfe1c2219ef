"""What news are sorted by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from mypart_wagtail.languages import current_language, language_choices


class NewsCategoryManager(models.Manager["NewsCategory"]):
    """Categories with their names: lists and choices of forms name each of them."""

    def get_queryset(self) -> models.QuerySet[NewsCategory]:
        return super().get_queryset().prefetch_related("names")


class NewsCategory(ClusterableModel):
    """One for all languages, so that a translated page keeps it; named in each."""

    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        help_text=_("Stands in the addresses of lists: lower-case letters, digits and hyphens."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Smaller numbers come first.")
    )

    objects = NewsCategoryManager()

    panels = [
        InlinePanel("names", heading=_("Names"), label=_("Name"), min_num=1),
        FieldPanel("slug"),
        FieldPanel("position"),
    ]

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("category of news")
        verbose_name_plural = _("categories of news")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the moment, or else in the first that has one."""
        names = {each.language: each.name for each in self.names.all()}
        return names.get(current_language()) or next(iter(names.values()), self.slug)


class NewsCategoryName(models.Model):
    """What a category is called in one language."""

    category = ParentalKey(NewsCategory, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=10, choices=language_choices)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["category", "language"], name="mypart_news_one_name_per_language")
        ]
        verbose_name = _("name of a category")
        verbose_name_plural = _("names of categories")

    def __str__(self) -> str:
        return self.name
