"""How to reach people. Every contact has a channel other than voice."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from mypart_wagtail.blocks.base import CONTACT, ContentBlock
from mypart_wagtail.blocks.pictures import drawn_picture


class PhoneBlock(blocks.RegexBlock):
    """A telephone number; the same in every language."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", {"invalid": _("Write the number as “32 555 00 00” or “+48 32 555 00 00”.")}
        )
        super().__init__(regex=r"^\+?[0-9][0-9 \-]{5,20}$", **kwargs)


class ReachableMixin:
    """Refuses a contact that only those who hear and speak can use."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)  # type: ignore[misc]
        if self.is_deferred_validation or cleaned.get("email") or cleaned.get("other"):  # type: ignore[attr-defined]
            return cleaned
        message = _("Add an e-mail address or another channel: not everybody can use a telephone.")
        raise blocks.StructBlockValidationError(block_errors={"email": ValidationError(message)})


class ContactPersonBlock(ReachableMixin, ContentBlock):
    """Somebody one may ask."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Function"), max_length=160, required=False)
    topics = blocks.CharBlock(
        label=_("Ask about"),
        max_length=250,
        required=False,
        help_text=_("What this person knows most about."),
    )
    image = ImageBlock(label=_("Picture"), required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = PhoneBlock(label=_("Telephone"), required=False)
    other = blocks.CharBlock(
        label=_("Other channel"),
        max_length=160,
        required=False,
        help_text=_("For example a text message, a room."),
    )

    class Meta:
        icon = "user"
        label = _("Contact person")
        group = CONTACT
        description = _("Name, function, e-mail and telephone of somebody one may ask.")
        template = "mypart_blocks/contact_person.html"

    def example(self) -> dict[str, Any]:
        return {
            "name": "Anna Przykładowa",
            "role": gettext("Officer for NGOs"),
            "topics": gettext("calls, offers, reports"),
            "image": drawn_picture(""),
            "email": "ngo@example.org",
            "phone": "32 555 00 00",
            "other": "",
        }


class HoursBlock(blocks.StructBlock):
    """Days and the hours on them."""

    days = blocks.CharBlock(label=_("Days"), max_length=80, help_text=_("For example “Monday to Thursday”."))
    hours = blocks.CharBlock(
        label=_("Hours"), max_length=80, help_text=_("For example “7:30–15:30” or “closed”.")
    )


class OpeningHoursBlock(ContentBlock):
    """When a place is open."""

    lists = {"hours": "days"}

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    hours = blocks.ListBlock(HoursBlock(label=_("Days and hours")), label=_("Days and hours"))
    note = blocks.CharBlock(label=_("Note"), max_length=250, required=False)

    class Meta:
        icon = "time"
        label = _("Opening hours")
        group = CONTACT
        description = _("Days and hours, with a note about exceptions.")
        template = "mypart_blocks/opening_hours.html"

    def example(self) -> dict[str, Any]:
        return {
            "heading": gettext("Opening hours"),
            "hours": [
                {"days": gettext("Monday to Wednesday"), "hours": "7:30–15:30"},
                {"days": gettext("Thursday"), "hours": "7:30–17:30"},
                {"days": gettext("Friday"), "hours": "7:30–13:30"},
            ],
            "note": gettext("An interpreter of sign language is here on Thursdays."),
        }


class HelpBoxBlock(ReachableMixin, ContentBlock):
    """Whom to ask when one is stuck, on each page where one may get stuck."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = PhoneBlock(label=_("Telephone"), required=False)
    hours = blocks.CharBlock(label=_("Hours"), max_length=160, required=False)
    other = blocks.CharBlock(
        label=_("Other channel"),
        max_length=160,
        required=False,
        help_text=_("For example a text message, a room."),
    )

    class Meta:
        icon = "help"
        label = _("Help box")
        group = CONTACT
        description = _("Telephone, e-mail and hours of those who help.")
        template = "mypart_blocks/help_box.html"

    def example(self) -> dict[str, Any]:
        return {
            "heading": gettext("Need help?"),
            "text": gettext("We help to fill in offers, also in sign language."),
            "email": "ngo@example.org",
            "phone": "32 555 00 00",
            "hours": gettext("Monday to Friday, 7:30–15:30"),
            "other": "",
        }
