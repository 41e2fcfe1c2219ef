from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from mypart_wagtail.portal.prose import is_written

ASKED = ("for_whom", "time_limits", "legal_basis")


class ProcedurePageForm(WagtailAdminPageForm):
    """Asks a procedure for what every procedure has, when it is published; drafts are free.

    An empty rich text is a paragraph without words, which Django takes for something.
    """

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in () if self.is_deferred_validation else ASKED:
            if name in cleaned and not is_written(cleaned[name]):
                self.add_error(name, _("This field is required."))
        return cleaned
