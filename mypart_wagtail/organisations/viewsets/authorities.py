"""Authorities and their legal texts, each on the sites where one works."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView

from mypart_wagtail.organisations import services
from mypart_wagtail.organisations.admin_forms import AuthorityForm, LegalTextForm
from mypart_wagtail.organisations.models import Authority, LegalText
from mypart_wagtail.staff import OfOwnSitesViewSet
from mypart_wagtail.viewsets import ChosenViewsViewSet, ProtectedDeleteView


class AuthorityViewSet(OfOwnSitesViewSet):
    delete_view_class = ProtectedDeleteView
    model = Authority
    icon = "home"
    menu_label = _("Authorities")
    name = "mypart_admin_authorities"
    url_prefix = "mypart/authorities"
    copy_view_enabled = False
    joined = ("site",)
    list_display = ["name", "office", "site"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return AuthorityForm


class LegalTextAddView(CreateView):
    def save_instance(self) -> LegalText:
        return services.publish_text(self.request.user, **self.form.cleaned_data)

    def get_success_buttons(self) -> list[Any]:
        # What is published is never edited.
        return []


class LegalTextViewSet(OfOwnSitesViewSet, ChosenViewsViewSet):
    """Published versions never change: a new wording is a new version."""

    add_view_class = LegalTextAddView
    model = LegalText
    icon = "doc-full"
    menu_label = _("Legal texts")
    name = "mypart_admin_legal_texts"
    url_prefix = "mypart/legal-texts"
    views = frozenset({"index", "index_results", "add", "inspect", "history", "history_results"})
    inspect_view_enabled = True
    site_path = "authority__site"
    joined = ("authority",)
    list_display = ["title", "authority", "kind", "language", "version", "published_at"]
    list_filter = ["kind", "language"]

    def get_form_class(self, for_update: bool = False) -> Any:
        return LegalTextForm
