from mypart_wagtail.organisations.models.authority import Authority
from mypart_wagtail.organisations.models.directory import DirectoryEntry
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

__all__ = [
    "Authority",
    "DirectoryEntry",
    "Invitation",
    "JoinRequest",
    "JoinStatus",
    "LegalForm",
    "LegalText",
    "LegalTextShown",
    "Membership",
    "Organisation",
    "RegisterKind",
    "Representative",
]
