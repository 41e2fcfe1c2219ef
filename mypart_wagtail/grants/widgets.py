"""Date and time controls of a call's page in the admin."""

from datetime import datetime, time, timedelta
from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

AS_TYPED = {"validateOnBlur": False}
"""Wagtail's picker puts the present moment in place of what it cannot read, such as ``24:00`` or 31 April.

A deadline must never change behind the back of the person who types it: the server says what is wrong.
"""


class TypedDateInput(AdminDateInput):
    """A day with a picker that leaves what was typed."""

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | AS_TYPED


class TypedDateTimeInput(AdminDateTimeInput):
    """A moment with a picker that leaves what was typed."""

    def get_config(self) -> dict[str, Any]:
        return super().get_config() | AS_TYPED


class DeadlineInput(TypedDateTimeInput):
    """The end of a day shows as 23:59 of that day, as it was typed, and not as 00:00 of the next."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime) and value.time() == time.min:
            value -= timedelta(minutes=1)
        return super().format_value(value)
