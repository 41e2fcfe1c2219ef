"""What a member of the city's staff may do with the calls of the sites where one works."""

from __future__ import annotations

from typing import Any

from mypart_wagtail.grants.models import Call
from mypart_wagtail.staff import sites_of


def may_manage(user: Any, call: Call) -> bool:
    """Whether ``user`` may end the intake of ``call``, cancel it or name its source."""
    return user.has_perm("mypart_grants.change_call") and sites_of(user).filter(pk=call.site_id).exists()
