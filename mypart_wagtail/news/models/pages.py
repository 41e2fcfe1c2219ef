"""News and the pages that list them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, Tag
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from mypart_wagtail.blocks.files import DocumentItemBlock, present_files
from mypart_wagtail.blocks.pages import BodyMixin, LeadMixin, link_to_page
from mypart_wagtail.news.models.category import NewsCategory
from mypart_wagtail.news.page_forms import NewsPageForm
from mypart_wagtail.own_things import OwnTitlePanel
from mypart_wagtail.programs import for_programs
from mypart_wagtail.streamfields import ExtensibleStreamField

FIRST_DAY = date(1990, 1, 1)
LONGEST_AHEAD = 366


def today() -> date:
    """The day on the clock of the site."""
    return timezone.localdate()


def check_date(value: date) -> None:
    """Lists sort by it: a slip of the finger would stay on top for ever."""
    if not FIRST_DAY <= value <= today() + timedelta(days=LONGEST_AHEAD):
        raise ValidationError(_("Check the year: news may lie at most a year ahead."))


class NewsMixin(BodyMixin):
    """What happened or will: dated, sorted, with a picture, files and what to read next."""

    date = models.DateField(_("date"), default=today, validators=[check_date], db_index=True)
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Above the text, in lists, and where people share the page."),
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who cannot see it. Needed unless the picture is only an ornament."),
    )
    picture_is_ornament = models.BooleanField(
        _("the picture is only an ornament, nothing is lost without it"), default=False
    )
    people_agree = models.BooleanField(
        _("everyone who can be recognised in the pictures has agreed to be shown"),
        default=False,
        help_text=_("Needed with pictures, also those in the text. For children their parents agree."),
    )
    category = models.ForeignKey(
        NewsCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    attachments = ExtensibleStreamField(
        [("document", DocumentItemBlock(label=_("Document"), icon="doc-full"))],
        verbose_name=_("attachments"),
        blank=True,
    )

    base_form_class = NewsPageForm
    template = "mypart_news/news_page.html"
    search_kind = _("News")
    search_fields = [
        *BodyMixin.search_fields,
        index.SearchField("attachments"),
        index.FilterField("date"),
    ]
    content_panels = [
        OwnTitlePanel("title"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_alt"), FieldPanel("picture_is_ornament")],
            heading=_("Picture"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("people_agree")], heading=_("People in the pictures")),
        FieldPanel("attachments"),
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel("category"),
                FieldPanel("tags", help_text=_("Words under which similar news are found.")),
            ],
            heading=_("Date and subject"),
        ),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.news.authors import with_authors
        from mypart_wagtail.news.listing import list_of, related_to
        from mypart_wagtail.news.structured_data import news_article

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        with_authors([self])
        context["index"] = list_of(self, request)
        context["documents"] = present_files(self.attachments)
        context["related"] = related_to(self)
        context["structured_data"] = news_article(self, request)
        return context


class NewsPage(NewsMixin, Page):  # type: ignore[django-manager-missing]
    """A piece of news."""

    page_ptr = link_to_page()
    tags = ClusterTaggableManager(through="mypart_news.NewsTag", blank=True, verbose_name=_("tags"))

    parent_page_types = ["mypart_news.NewsIndexPage", "mypart_organisations.OrganisationPage"]
    subpage_types: list[str] = []
    page_description = _("A piece of news: date, picture, lead, text, files.")

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")


class NewsTag(ItemBase):
    """A tag on a piece of news."""

    content_object = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="tagged_items")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")


class NewsIndexMixin(RoutablePageMixin, LeadMixin):
    """All news under it, the newest first, by category, tag and month; and its feeds."""

    with_organisations = models.BooleanField(
        _("show news of organisations too"),
        default=True,
        help_text=_("News that stand under the profiles of the directory, in the language of this page."),
    )

    template = "mypart_news/news_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("with_organisations")]
    per_page = 12

    if TYPE_CHECKING:  # What a page brings.
        get_site: Any
        locale: Any
        render: Any

    class Meta:
        abstract = True

    def news(self) -> models.QuerySet[Any]:
        """What the list shows. A host whose news are of a type of its own answers with those."""
        from mypart_wagtail.news.authors import listed_by

        return listed_by(self, NewsPage.objects.all())

    @path("")
    def all_news(self, request: HttpRequest) -> HttpResponse:
        """All of them, or those of a category or a tag."""
        return self._list(request)

    @path("<int:year>/<int:month>/")
    def month(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        """Those of one month."""
        return self._list(request, year, month)

    @path("rss/")
    def rss(self, request: HttpRequest) -> HttpResponse:
        from mypart_wagtail.news.feeds import NewsFeed

        return for_programs(NewsFeed())(request, index=self)

    @path("atom/")
    def atom(self, request: HttpRequest) -> HttpResponse:
        from mypart_wagtail.news.feeds import NewsAtomFeed

        return for_programs(NewsAtomFeed())(request, index=self)

    def _list(self, request: HttpRequest, *month: int) -> HttpResponse:
        from mypart_wagtail.news.listing import NewsList

        found = NewsList(self, request.GET, *month)
        return self.render(request, context_overrides={"news": found})


class NewsIndexPage(NewsIndexMixin, Page):  # type: ignore[django-manager-missing]
    """A list of news."""

    page_ptr = link_to_page()
    subpage_types = ["mypart_news.NewsPage"]
    page_description = _("Lists the news under it by itself, with an archive and feeds.")

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")
