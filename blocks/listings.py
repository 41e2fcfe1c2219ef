"""Lists of things that other apps own. A block is offered only where the app that owns them is installed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from mypart_wagtail.blocks.base import PreviewMixin
from mypart_wagtail.blocks.choices import ProvidedChoiceBlock
from mypart_wagtail.blocks.links import LinkBlock
from mypart_wagtail.fragments import kept
from mypart_wagtail.languages import current_language
from mypart_wagtail.listings import Asked, Fact, Listed
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.providers import get_provider, has_provider
from mypart_wagtail.sites import site_of

LISTS = _("Lists that fill themselves")
MOST = 12
THINGS = "mypart_blocks/includes/things.html"

Choices = list[tuple[str, str]]


class ListingBlock(PreviewMixin, blocks.StructBlock):
    """Things of another app, kept up to date by themselves. The HTML is the same for everyone."""

    provider: ClassVar[str]
    topic: ClassVar[str]
    # Fields of the block that the provider is told of.
    choice: ClassVar[tuple[str, ...]] = ()

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=MOST, default=3)
    link = LinkBlock(
        label=_("Link to all of them"),
        required=False,
        help_text=_("Left empty: to their list, if there is one."),
    )

    class Meta:
        group = LISTS
        template = "mypart_blocks/listing.html"

    @classmethod
    def is_available(cls) -> bool:
        """Whether an app is installed that provides the things; see ``ContentStreamBlock``."""
        return has_provider(cls.provider)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        level = 3 if value.get("heading") else 2
        if context.get("is_preview"):
            things = self.example_things()
            return context | {
                "things": _as_html(things, level),
                "all_url": "#",
                "all_words": self._all_words(value),
            }
        things_html, all_url = self._things(value, level, context) if self.is_available() else ("", "")
        link = value.get("link")
        return context | {
            "things": things_html,
            "all_url": (link.href if link else "") or all_url,
            "all_words": self._all_words(value),
        }

    def _all_words(self, value: Any) -> str:
        link = value.get("link")
        return (link.words if link and link.href else "") or str(self.meta.all_words)

    def _things(self, value: Any, level: int, context: dict[str, Any]) -> tuple[SafeString, str]:
        request = context.get("request")
        site = site_of(request, context.get("page"))
        choice = {name: value.get(name) for name in self.choice}
        count = min(value.get("count") or 1, MOST)
        at = arrived_at(request) if request else timezone.now()
        asked = Asked(site=site, at=at, count=count, choice=choice, request=request)

        def render() -> tuple[tuple[str, str], Any]:
            listing = get_provider(self.provider)(asked)
            return (_as_html(listing.things, level), listing.all_url), listing.until

        parts = (self.provider, str(site and site.pk), current_language(), repr((count, level, choice)))
        html, all_url = kept(self.topic, parts, render)
        return mark_safe(html), all_url  # noqa: S308  # rendered by our template

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_preview_context(value, parent_context) | {"is_preview": True}

    def example(self) -> dict[str, Any]:
        no_link = {"text": "", "page": None, "document": None, "url": ""}
        return {"heading": str(self.label), "count": 3, "link": no_link} | dict.fromkeys(self.choice, "")

    def example_things(self) -> list[Listed]:
        """Invented things, so that the picker shows the block on a site that has none yet."""
        raise NotImplementedError


def _as_html(things: list[Listed], level: int) -> SafeString:
    context = {"things": things, "level": level}
    return mark_safe(render_to_string(THINGS, context).strip()) if things else mark_safe("")  # noqa: S308


def areas() -> Choices:
    """Areas of public tasks as (point of art. 4, name)."""
    return get_provider("areas")() if has_provider("areas") else []


def organisations() -> Choices:
    """Organisations of the directory as (UUID, name)."""
    return get_provider("organisations.choices")() if has_provider("organisations.choices") else []


class OpenCallsBlock(ListingBlock):
    """Calls in which the intake is open."""

    provider, topic, choice = "grants.open_calls", "calls", ("area",)

    area = ProvidedChoiceBlock(label=_("Area"), choices=areas, required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Open calls")
        description = _("Calls that take offers now, those that end first on top.")
        all_words = _("All calls")

    def example_things(self) -> list[Listed]:
        until = Fact(_("Deadline for offers"), "15.12.2026, 15:30")
        return [
            Listed(gettext("Sport for children"), "#", facts=(until,)),
            Listed(gettext("Culture and heritage"), "#", facts=(until,)),
        ]


class LatestNewsBlock(ListingBlock):
    """The newest news."""

    provider, topic = "news.latest", "news"

    class Meta:
        icon = "doc-full"
        label = _("Latest news")
        description = _("The newest news of the city and of organisations.")
        all_words = _("All news")

    def example_things(self) -> list[Listed]:
        return [
            Listed(gettext("The library opens at weekends"), "#", gettext("From March also on Sundays.")),
            Listed(gettext("Results of the call for sport"), "#", gettext("Eleven clubs get grants.")),
        ]


class UpcomingEventsBlock(ListingBlock):
    """Events that are still to come."""

    provider, topic = "events.upcoming", "events"

    class Meta:
        icon = "date"
        label = _("Upcoming events")
        description = _("What happens next, the soonest first.")
        all_words = _("All events")

    def example_things(self) -> list[Listed]:
        when = Fact(_("When"), "24.04.2027, 10:00")
        return [Listed(gettext("NGO Day in the park"), "#", facts=(when,))]


class OpenConsultationsBlock(ListingBlock):
    """Consultations in which one can still say something."""

    provider, topic = "consultations.open", "consultations"

    class Meta:
        icon = "comment"
        label = _("Open consultations")
        description = _("Drafts on which people may give remarks now.")
        all_words = _("All consultations")

    def example_things(self) -> list[Listed]:
        until = Fact(_("Remarks until"), "30.11.2026")
        return [Listed(gettext("Programme of cooperation for next year"), "#", facts=(until,))]


class NoticesBlock(ListingBlock):
    """What organisations look for and offer."""

    provider, topic = "news.notices", "notices"

    class Meta:
        icon = "pin"
        label = _("Notices")
        description = _("Volunteers, partners, rooms and equipment wanted and offered.")
        all_words = _("All notices")

    def example_things(self) -> list[Listed]:
        return [Listed(gettext("Volunteers wanted for reading to children"), "#")]


class OrganisationsBlock(ListingBlock):
    """Organisations of the directory."""

    provider, topic, choice = "organisations.listed", "organisations", ("area",)

    area = ProvidedChoiceBlock(label=_("Area"), choices=areas, required=False)

    class Meta:
        icon = "group"
        label = _("Organisations")
        description = _("Organisations of the directory, all or those active in an area.")
        all_words = _("All organisations")

    def example_things(self) -> list[Listed]:
        return [
            Listed(gettext("Sports club “Start”"), "#", gettext("sport")),
            Listed(gettext("Association of friends of the city"), "#", gettext("culture, heritage")),
        ]


class OrganisationInFocusBlock(ListingBlock):
    """One organisation that the editor chose."""

    provider, topic, choice = "organisations.in_focus", "organisations", ("organisation",)

    organisation = ProvidedChoiceBlock(label=_("Organisation"), choices=organisations, required=False)
    why = blocks.TextBlock(label=_("Why just this one"), max_length=400, rows=3, required=False)

    class Meta:
        icon = "pick"
        label = _("Organisation in focus")
        description = _("One organisation, and why it is worth knowing.")
        all_words = _("All organisations")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned.get("organisation"):
            error = ValidationError(_("Choose an organisation."))
            raise blocks.StructBlockValidationError(block_errors={"organisation": error})
        return cleaned

    def example(self) -> dict[str, Any]:
        return super().example() | {"why": ""}

    def example_things(self) -> list[Listed]:
        return [Listed(gettext("Association of friends of the city"), "#", gettext("culture, heritage"))]
