"""Forms of pages in which people name no pictures, files or pages that they may not see."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from mypart_wagtail.providers import get_provider, has_provider

FOREIGN = "publishing.names_foreign_things"
"""A provider of this name tells whether a person's page names what is others': ``(user, page) -> bool``."""


class OwnThingsForm(WagtailAdminPageForm):
    """Choosers show what one may choose; numbers that were typed into a request are looked at here."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if has_provider(FOREIGN) and get_provider(FOREIGN)(self.for_user, self.instance):
            self.add_error(
                None, _("A picture, file or page named here is not yours. Choose one of your organisation's.")
            )
