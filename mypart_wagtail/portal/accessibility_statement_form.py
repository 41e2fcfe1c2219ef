from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from mypart_wagtail.portal.accessibility_statement_checks import faults


class AccessibilityStatementForm(WagtailAdminPageForm):
    """Checks a statement when it is published, scheduled or submitted to moderation; drafts are free."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self._find_faults(cleaned)
        return cleaned

    def _find_faults(self, cleaned: dict[str, Any]) -> None:
        # A model form puts what was typed onto the page only after this.
        for name, value in cleaned.items():
            if name in self.fields and name not in self.formsets:
                setattr(self.instance, name, value)
        for name, message in faults(self.instance, today=timezone.localdate()):
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, message)
