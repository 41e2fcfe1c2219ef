"""Page types of the portal."""

from mypart_wagtail.portal.models.accessibility_statement import (
    AccessibilityStatementMixin,
    AccessibilityStatementPage,
)

__all__ = ["AccessibilityStatementMixin", "AccessibilityStatementPage"]
