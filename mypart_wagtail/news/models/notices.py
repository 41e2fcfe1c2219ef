"""Notices, what organisations look for and offer for a while, and the pages that list them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from mypart_wagtail.blocks.pages import PROSE, LeadMixin, link_to_page
from mypart_wagtail.moments import end_of_day
from mypart_wagtail.news.page_forms import NoticePageForm
from mypart_wagtail.own_things import OwnTitlePanel


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    VOLUNTEERS = "volunteers", _("Volunteers wanted")
    PARTNER = "partner", _("Partner wanted")
    ROOM = "room", _("Room or place")
    EQUIPMENT = "equipment", _("Equipment")
    OTHER = "other", _("Something else")


class NoticeMixin(RoutablePageMixin, LeadMixin):
    """Wanted or offered, until a day. Whom to write to or to call is told to people, not to robots."""

    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind, db_index=True)
    body = RichTextField(
        _("text"),
        features=PROSE,
        blank=True,
        help_text=_("Write no e-mail and no phone number here: below they are hidden from robots."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        db_index=True,
        help_text=_("The last day on which the notice is shown; at most a year ahead."),
    )
    contact_name = models.CharField(_("whom to ask"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)

    template = "mypart_news/notice_page.html"
    over_template = "mypart_news/notice_over.html"
    base_form_class = NoticePageForm
    search_kind = _("Notices")
    # The contact is left out: what is searched is shown to everybody, robots too.
    search_fields = [
        *LeadMixin.search_fields,
        index.SearchField("body"),
        index.SearchField("place"),
        index.FilterField("valid_until"),
    ]
    content_panels = [
        OwnTitlePanel("title"),
        FieldPanel("kind"),
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("place"),
        FieldPanel("valid_until"),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")],
            heading=_("Contact"),
            help_text=_("Shown to people who press a button. An e-mail or a phone number is needed."),
        ),
    ]

    if TYPE_CHECKING:  # What a page brings.
        expire_at: Any
        expired: Any
        live: Any
        get_parent: Any

    class Meta:
        abstract = True

    @property
    def is_current(self) -> bool:
        """Whether it is still shown today."""
        return self.valid_until is not None and self.valid_until >= timezone.localdate()

    def clean(self) -> None:
        """Wagtail unpublishes it, and the search forgets it, when its last day is over."""
        super().clean()
        self.expire_at = end_of_day(self.valid_until) if self.valid_until else None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Also to what Wagtail took down because its day was over, so that its address says so."""
        if self.expired and not self.live and not path_components and self.get_parent().live:
            return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from mypart_wagtail.news.notices import answer_gone

        if not (self.live and self.is_current):
            return answer_gone(self, request)
        return super().serve(request, *args, **kwargs)

    @path("")
    def notice(self, request: HttpRequest) -> HttpResponse:
        """The notice without its contact, the same for everyone."""
        return self.render(request)

    @path("contact/")
    def contact(self, request: HttpRequest) -> HttpResponse:
        """A button, and behind it the contact."""
        from mypart_wagtail.news.notices import answer_contact

        return answer_contact(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from mypart_wagtail.news.authors import with_authors
        from mypart_wagtail.news.listing import list_of

        context = super().get_context(request, *args, **kwargs)
        with_authors([self])
        context["index"] = list_of(self, request, NoticeIndexPage)
        return context


class NoticePage(NoticeMixin, Page):  # type: ignore[django-manager-missing]
    """A notice."""

    page_ptr = link_to_page()

    parent_page_types = ["mypart_news.NoticeIndexPage", "mypart_organisations.OrganisationPage"]
    subpage_types: list[str] = []
    page_description = _("Volunteers, a partner, a room, equipment: wanted or offered until a day.")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")


class NoticeIndexMixin(RoutablePageMixin, LeadMixin):
    """All notices under it that are still current, by kind; and their feeds."""

    with_organisations = models.BooleanField(
        _("show notices of organisations too"),
        default=True,
        help_text=_("Notices that stand under the profiles of the directory, in the language of this page."),
    )

    template = "mypart_news/notice_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("with_organisations")]
    per_page = 12

    if TYPE_CHECKING:  # What a page brings.
        get_site: Any
        locale: Any

    class Meta:
        abstract = True

    def notices(self) -> models.QuerySet[Any]:
        """What the list shows while it is current. A host with a type of its own answers with that."""
        from mypart_wagtail.news.authors import listed_by

        return listed_by(self, NoticePage.objects.all())

    @path("")
    def all_notices(self, request: HttpRequest) -> HttpResponse:
        from mypart_wagtail.news.notices import NoticeList

        return self.render(request, context_overrides={"notices": NoticeList(self, request)})

    @path("rss/")
    def rss(self, request: HttpRequest) -> HttpResponse:
        from mypart_wagtail.news.feeds import NoticeFeed, answer_until_midnight

        return answer_until_midnight(request, NoticeFeed(), index=self)

    @path("atom/")
    def atom(self, request: HttpRequest) -> HttpResponse:
        from mypart_wagtail.news.feeds import NoticeAtomFeed, answer_until_midnight

        return answer_until_midnight(request, NoticeAtomFeed(), index=self)


class NoticeIndexPage(NoticeIndexMixin, Page):  # type: ignore[django-manager-missing]
    """A list of notices."""

    page_ptr = link_to_page()
    subpage_types = ["mypart_news.NoticePage"]
    page_description = _("Lists the notices under it and those of organisations while they are current.")

    class Meta:
        verbose_name = _("list of notices")
        verbose_name_plural = _("lists of notices")
