"""Forms of pages that organisations write too: they see what they need, and name nothing that is others'."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import TitleFieldPanel
from wagtail.blocks import BlockField

from mypart_wagtail.blocks.content import ContentStreamBlock, of_plain_blocks
from mypart_wagtail.providers import get_provider, has_provider
from mypart_wagtail.slugs import free_slug

FOREIGN = "publishing.names_foreign_things"
"""A provider of this name tells whether a person's page names what is others': ``(user, page) -> bool``."""
PUBLISHER = "publishing.is_only_publisher"
"""A provider of this name tells who does nothing but write for organisations: ``(user) -> bool``."""
FOR_STAFF = ("slug", "seo_title", "search_description", "show_in_menus")
"""Addresses, menus and texts for search engines are the staff's to set."""


class OwnThingsForm(WagtailAdminPageForm):
    """Choosers show what one may choose; numbers that were typed into a request are looked at here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and has_provider(PUBLISHER) and get_provider(PUBLISHER)(self.for_user):
            self._keep_it_plain()

    def _keep_it_plain(self) -> None:
        """Blocks that staff have put on the page stay, and can be changed."""
        for name in FOR_STAFF:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            if isinstance(field, BlockField) and isinstance(field.block, ContentStreamBlock):
                present = {child.block_type for child in getattr(self.instance, name)}
                self.fields[name] = BlockField(
                    of_plain_blocks(field.block, present),
                    required=field.required,
                    label=field.label,
                    help_text=field.help_text,
                )

    def _post_clean(self) -> None:
        if "slug" not in self.fields and not self.instance.slug:
            title = self.cleaned_data.get("title", "")
            self.instance.slug = free_slug(title, parent=self.parent_page, otherwise="page")
        super()._post_clean()
        if has_provider(FOREIGN) and get_provider(FOREIGN)(self.for_user, self.instance):
            self.add_error(
                None, _("A picture, file or page named here is not yours. Choose one of your organisation's.")
            )


class OwnTitlePanel(TitleFieldPanel):
    """The title; it writes an address only where the form asks for one: Wagtail's script fails otherwise."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Any]:
            attrs = super().get_attrs()
            if "slug" in self.form.fields:
                return attrs
            return {name: value for name, value in attrs.items() if not name.startswith("data-")}
