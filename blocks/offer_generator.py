"""The way into the generator: the calls one can apply in, on any page of any site."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.checks import CheckMessage, Warning
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from mypart_wagtail.blocks.choices import ProvidedChoiceBlock
from mypart_wagtail.providers import get_provider, has_provider

CALLS = "grants.calls"
CALL_CHOICES = "grants.call_choices"
AREA_CHOICES = "areas"


def _choices(provider: str) -> list[tuple[str, str]]:
    return get_provider(provider)() if has_provider(provider) else []


def call_choices() -> list[tuple[str, str]]:
    """Calls of the installation as (UUID, code and title)."""
    return _choices(CALL_CHOICES)


def area_choices() -> list[tuple[str, str]]:
    """Areas of public tasks as (point of art. 4, name)."""
    return _choices(AREA_CHOICES)


class OfferGeneratorBlock(blocks.StructBlock):
    """Calls with their dates, money and days left, and a button that begins an offer.

    The HTML is the same for everyone, so that a shared cache can keep the page. What belongs to one
    visitor, one's drafts and offers, is loaded from an address that no cache keeps; without JavaScript a
    link leads there. It brings its own stylesheet, which touches nothing else of the page.
    """

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    intro = blocks.RichTextBlock(label=_("Introduction"), required=False, features=["bold", "italic", "link"])
    selection = blocks.ChoiceBlock(
        label=_("Calls shown"),
        choices=[
            ("open", _("All open calls")),
            ("area", _("Calls of an area")),
            ("chosen", _("Chosen calls")),
        ],
        default="open",
    )
    area = ProvidedChoiceBlock(
        label=_("Area"), choices=area_choices, required=False, help_text=_("For “Calls of an area”.")
    )
    calls = blocks.MultipleChoiceBlock(
        label=_("Calls"),
        choices=call_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For “Chosen calls”. They stay on the page after their intake has ended."),
    )
    layout = blocks.ChoiceBlock(
        label=_("Layout"), choices=[("cards", _("Cards")), ("list", _("List"))], default="cards"
    )

    class Meta:
        icon = "form"
        label = _("Offer generator")
        group = _("My PART")
        description = _("Open calls with their dates and money, and the way to fill in an offer.")
        template = "mypart_blocks/offer_generator.html"
        preview_template = "mypart_blocks/offer_generator_preview.html"

    @staticmethod
    def is_available() -> bool:
        """Whether an app with calls is installed; without one ``ContentStreamBlock`` leaves the block out."""
        return has_provider(CALLS)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """By name alone: a better help text here must not ask every host for a migration."""
        return f"{OfferGeneratorBlock.__module__}.{OfferGeneratorBlock.__qualname__}", [], {}

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list[Any], dict[str, Any]]:
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, lookup: Any, *args: Any, **kwargs: Any) -> "OfferGeneratorBlock":
        return cls(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        errors = super().check(**kwargs)
        if not self.is_available():
            errors.append(
                Warning(
                    "OfferGeneratorBlock is offered to editors, but no installed app has calls to show.",
                    hint="Add 'mypart_wagtail.grants' to INSTALLED_APPS, or offer ContentStreamBlock, "
                    "which leaves the block out.",
                    obj=kwargs.get("field"),
                    id="mypart_blocks.W001",
                )
            )
        return errors

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Two invented calls, so that the picker shows the block on a site that has none yet."""
        in_weeks = timezone.make_aware(
            datetime.combine(timezone.localdate() + timedelta(days=21), time(15, 30))
        )
        sport = {"title": _("Sport for children"), "pool": Decimal(150_000), "greatest": Decimal(30_000)}
        culture = {"title": _("Culture and heritage"), "pool": Decimal(80_000), "greatest": Decimal(20_000)}
        calls = [sport | {"until": in_weeks}, culture | {"until": in_weeks + timedelta(days=7)}]
        return super().get_preview_context(value, parent_context) | {"sample_calls": calls}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        missing = {"area": _("Choose an area."), "chosen": _("Choose at least one call.")}
        needed = {"area": "area", "chosen": "calls"}.get(cleaned["selection"])
        if needed and not cleaned[needed]:
            raise blocks.StructBlockValidationError(
                block_errors={needed: ValidationError(missing[cleaned["selection"]])}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        if self.is_available():
            selection = value.get("selection")
            context |= get_provider(CALLS)(
                request=context.get("request"),
                page=context.get("page"),
                area=value.get("area") if selection == "area" else "",
                chosen=value.get("calls") if selection == "chosen" else None,
            )
        return context
