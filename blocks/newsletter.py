"""The way to the newsletter of the site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from mypart_wagtail.blocks.base import LINKS, ContentBlock
from mypart_wagtail.digests import SIGN_UP_URL
from mypart_wagtail.providers import get_provider, has_provider


class NewsletterBlock(ContentBlock):
    """A band with a sentence and a button that leads to signing up; the form stands on a page of its own."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    button = blocks.CharBlock(
        label=_("Words on the button"),
        max_length=60,
        required=False,
        help_text=_("Left empty: “Subscribe to the newsletter”."),
    )

    class Meta:
        icon = "mail"
        label = _("Newsletter")
        group = LINKS
        description = _("A coloured band that leads to signing up for the newsletter.")
        template = "mypart_blocks/newsletter.html"

    @staticmethod
    def is_available() -> bool:
        """Whether an app with a newsletter is installed; without one ``ContentStreamBlock`` leaves it out."""
        return has_provider(SIGN_UP_URL)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | {"url": get_provider(SIGN_UP_URL)() if self.is_available() else ""}

    def example(self) -> dict[str, Any]:
        return {
            "heading": gettext("News by e-mail"),
            "text": gettext("Calls and news, on the topics you choose."),
            "button": "",
        }
