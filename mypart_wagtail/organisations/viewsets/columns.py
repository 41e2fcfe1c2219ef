from typing import Any

from wagtail.admin.ui.tables import BooleanColumn


def yes_or_no(name: str, label: Any) -> BooleanColumn:
    return BooleanColumn(name, label=label, sort_key=name)
