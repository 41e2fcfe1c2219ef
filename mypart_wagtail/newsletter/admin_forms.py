"""Forms of the newsletter in the Wagtail admin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from mypart_wagtail.newsletter.models import Edition
from mypart_wagtail.newsletter.services.editions import already_told
from mypart_wagtail.staff import sites_of

USUAL_LENGTH = timedelta(days=7)


class EditionForm(WagtailAdminModelForm):
    """A draft of an edition, of a site where one works. A new one begins where the last one ended."""

    class Meta:
        model = Edition
        fields = ["site", "language", "subject", "intro", "since", "until"]
        widgets = {"since": AdminDateTimeInput, "until": AdminDateTimeInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = sites_of(self.for_user)
        self.fields["site"].queryset = sites
        if not self.instance.pk:
            now = _minute(timezone.localtime())
            last = _last_one(site__in=sites)
            self.initial |= {
                "site": last.site_id if last else sites.first(),
                "language": last.language if last else None,
                "since": last.until if last else now - USUAL_LENGTH,
                "until": now,
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since >= until:
            self.add_error("until", _("The end must come after the beginning."))
        last = _last_one(site=cleaned.get("site"), language=cleaned.get("language"))
        if since and last and since == _minute(last.until):
            # The box shows minutes only; what came out in the rest of that one was in the last edition.
            cleaned["since"] = last.until
        if not self.errors:
            self._refuse_what_was_told(cleaned)
        return cleaned

    def _refuse_what_was_told(self, cleaned: dict[str, Any]) -> None:
        """Readers get nothing twice because two people worked on it."""
        period = {name: cleaned[name] for name in ("site", "language", "since", "until")}
        told = Edition.objects.telling(**period).first()
        if told:
            self.add_error("until" if told.since > cleaned["since"] else "since", already_told(told))


def _last_one(**of_what: Any) -> Edition | None:
    return Edition.objects.started().filter(**of_what).order_by("-until").first()


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
