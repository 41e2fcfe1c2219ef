"""What several parts of one page ask for is found once for the request."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


def once(request: Any, key: Hashable, find: Callable[[], T]) -> T:
    """What ``find`` gives, kept with ``request`` under ``key``; found anew where there is no request."""
    if request is None:
        return find()
    kept: dict[Hashable, Any] = request.__dict__.setdefault("_mypart_once", {})
    if key not in kept:
        kept[key] = find()
    return kept[key]
