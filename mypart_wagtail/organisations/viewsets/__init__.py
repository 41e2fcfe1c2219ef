"""Organisations, their people and legal texts in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from mypart_wagtail.organisations.viewsets.authorities import AuthorityViewSet, LegalTextViewSet
from mypart_wagtail.organisations.viewsets.organisations import OrganisationViewSet
from mypart_wagtail.organisations.viewsets.people import JoinRequestViewSet, MembershipViewSet


class OrganisationsGroup(ModelViewSetGroup):
    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 210
    items = (
        OrganisationViewSet,
        MembershipViewSet,
        JoinRequestViewSet,
        AuthorityViewSet,
        LegalTextViewSet,
    )
