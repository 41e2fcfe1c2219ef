"""Page types of the portal, and what people and editors write that is no page."""

from mypart_wagtail.portal.models.accessibility_statement import (
    AccessibilityStatementMixin,
    AccessibilityStatementPage,
)
from mypart_wagtail.portal.models.content import ContentPage, ContentPageMixin
from mypart_wagtail.portal.models.easy_to_read import (
    EasyToReadPage,
    EasyToReadPageMixin,
    SignLanguagePage,
    SignLanguagePageMixin,
)
from mypart_wagtail.portal.models.home import HomePage, HomePageMixin
from mypart_wagtail.portal.models.message import Message
from mypart_wagtail.portal.models.procedure import ProcedurePage, ProcedurePageMixin
from mypart_wagtail.portal.models.search import SearchEntry, SearchPage, SearchPageMixin
from mypart_wagtail.portal.models.section import SectionPage, SectionPageMixin
from mypart_wagtail.portal.models.settings import (
    Partner,
    PinnedPage,
    PortalSettings,
    PortalWords,
    SocialLink,
)

# Uses the others.
from mypart_wagtail.portal.models.contact import ContactPage, ContactPageMixin  # isort: skip

__all__ = [
    "AccessibilityStatementMixin",
    "AccessibilityStatementPage",
    "ContactPage",
    "ContactPageMixin",
    "ContentPage",
    "ContentPageMixin",
    "EasyToReadPage",
    "EasyToReadPageMixin",
    "HomePage",
    "HomePageMixin",
    "Message",
    "Partner",
    "PinnedPage",
    "PortalSettings",
    "PortalWords",
    "ProcedurePage",
    "ProcedurePageMixin",
    "SearchEntry",
    "SearchPage",
    "SearchPageMixin",
    "SectionPage",
    "SectionPageMixin",
    "SocialLink",
    "SignLanguagePage",
    "SignLanguagePageMixin",
]
