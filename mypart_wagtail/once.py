"""What several parts of one page ask for is found once for the request, unless the request changes it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from mypart_wagtail.fragments import changes_here

T = TypeVar("T")


def once(request: Any, key: Hashable, find: Callable[[], T]) -> T:
    """What ``find`` gives, kept with ``request`` under ``key``; found anew where there is no request."""
    if request is None:
        return find()
    kept: dict[Hashable, Any] = request.__dict__.setdefault("_mypart_once", {})
    as_of = (key, changes_here())
    if as_of not in kept:
        kept[as_of] = find()
    return kept[as_of]
