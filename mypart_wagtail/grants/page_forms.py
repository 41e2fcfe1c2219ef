from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from mypart_wagtail.grants.legal_checks import ANNOUNCEMENT, DATES, YEARS, Gap, gaps
from mypart_wagtail.organisations.models import Authority


class CallPageForm(WagtailAdminPageForm):
    """Checks the law when a call is published, scheduled or submitted to moderation; drafts are free.

    On a translation the facts of the call are not edited: they stand in the record.

    The checks stand here and not in ``Page.clean()``: raising there breaks copying, bulk publishing and
    the scheduler. A page that reaches publication another way is not announced and says why.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.tells_facts_of_another:
            for name in self.instance.fact_names():
                self.fields.pop(name, None)
        self._offer_authorities()
        self._say_what_the_law_wants()

    def _offer_authorities(self) -> None:
        """Authorities of the page's own city; the only one is chosen already."""
        if "authority" not in self.fields:
            return
        authorities = Authority.objects.filter(site=self._site())
        self.fields["authority"].queryset = authorities  # type: ignore[attr-defined]
        if not self.initial.get("authority") and len(authorities) == 1:
            self.initial["authority"] = authorities[0].pk

    def _say_what_the_law_wants(self) -> None:
        """An empty field says what is missing and why, instead of "This field is required."."""
        for name, message in ANNOUNCEMENT:
            if name in self.fields:
                self.fields[name].error_messages["required"] = message

    def _site(self) -> Any:
        """The site where the page stands, or will stand: a new page has no place in the tree yet."""
        return (self.parent_page or self.instance).get_site()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.tells_facts_of_another:
            self.instance.take_facts(self.instance.record)
        for name in DATES:
            value = cleaned.get(name)
            if value is not None and value.year not in YEARS:
                self.add_error(name, _("Check the year."))
        if not self.is_deferred_validation:
            self._post_facts(cleaned)
            for name, message in self._gaps():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, message)
        return cleaned

    def _gaps(self) -> list[Gap]:
        page = self.instance
        found = gaps(page, at=timezone.now(), call=page.record, site=self._site())
        if page.tells_facts_of_another:
            return [gap for gap in found if gap[0] in self.fields]
        return found

    def _post_facts(self, cleaned: dict[str, Any]) -> None:
        """Put what was typed onto the page, since a model form does so only after ``clean``."""
        for name, value in cleaned.items():
            if name in self.fields and name not in self.formsets:
                setattr(self.instance, name, value)
