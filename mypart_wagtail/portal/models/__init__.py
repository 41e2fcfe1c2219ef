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
from mypart_wagtail.portal.models.procedure import ProcedurePage, ProcedurePageMixin
from mypart_wagtail.portal.models.section import SectionPage, SectionPageMixin

__all__ = [
    "AccessibilityStatementMixin",
    "AccessibilityStatementPage",
    "ContentPage",
    "ContentPageMixin",
    "EasyToReadPage",
    "EasyToReadPageMixin",
    "HomePage",
    "HomePageMixin",
    "ProcedurePage",
    "ProcedurePageMixin",
    "SectionPage",
    "SectionPageMixin",
    "SignLanguagePage",
    "SignLanguagePageMixin",
]
