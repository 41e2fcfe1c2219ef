from mypart_wagtail.organisations.models.authority import Authority
from mypart_wagtail.organisations.models.directory import DirectoryEntry, EntryArea
from mypart_wagtail.organisations.models.invitation import Invitation
from mypart_wagtail.organisations.models.legal_text import LegalText, LegalTextShown
from mypart_wagtail.organisations.models.organisation import (
    JoinRequest,
    JoinStatus,
    LegalForm,
    Membership,
    Organisation,
    RegisterKind,
    Representative,
)
from mypart_wagtail.organisations.models.profile import (
    DirectoryMixin,
    DirectoryPage,
    OrganisationPage,
    ProfileMixin,
)

__all__ = [
    "Authority",
    "DirectoryEntry",
    "DirectoryMixin",
    "DirectoryPage",
    "EntryArea",
    "Invitation",
    "JoinRequest",
    "JoinStatus",
    "LegalForm",
    "LegalText",
    "LegalTextShown",
    "Membership",
    "Organisation",
    "OrganisationPage",
    "ProfileMixin",
    "RegisterKind",
    "Representative",
]
