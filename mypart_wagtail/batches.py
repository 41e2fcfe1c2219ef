"""Doing one thing for many: what fails for one holds up no other."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger("mypart_wagtail.batches")


def count_done(deed: Callable[..., bool], batch: Iterable[tuple[Any, ...]]) -> int:
    """Call ``deed`` with each item of ``batch`` as its arguments; gives how often it says it was done.

    ``deed`` is a transaction of its own. One that fails is logged and tried again with the next run.
    """
    return sum(_is_done(deed, item) for item in batch)


def _is_done(deed: Callable[..., bool], item: tuple[Any, ...]) -> bool:
    try:
        return deed(*item)
    except Exception:
        logger.exception("%s failed for %s", deed.__qualname__, item)
        return False
