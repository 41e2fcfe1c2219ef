"""Forms of the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from mypart_wagtail.grants.fields import AmountFormField
from mypart_wagtail.grants.models import Award, Call
from mypart_wagtail.organisations.forms import CleanTextMixin
from mypart_wagtail.staff import sites_of


class AwardForm(CleanTextMixin, WagtailAdminModelForm):
    """An award of a site where one works."""

    amount = AmountFormField(label=_("Amount in PLN"), help_text=_("As you write it, such as 12 500,00."))

    class Meta:
        model = Award
        fields = ["site", "organisation", "title", "year", "amount", "call", "source_url", "awarded_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = sites_of(self.for_user)
        self.fields["site"].queryset = sites
        if len(sites) == 1:
            self.fields["site"].initial = sites[0]
        self.fields["call"].queryset = Call.objects.filter(Q(site__in=sites) | Q(pk=self.instance.call_id))

    def clean_title(self) -> str:
        """With single spaces: a title is compared with those of other awards."""
        return " ".join(self.cleaned_data["title"].split())
