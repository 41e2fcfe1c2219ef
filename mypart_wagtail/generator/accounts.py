"""Accounts that were deleted: an entry with the id stays, and tells why columns that named it are empty."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from mypart_wagtail.generator.events import append_event
from mypart_wagtail.generator.models import Event

ACCOUNTS = UUID("5c1f5bd0-6f0e-5f43-9d9a-3b1f0f0b7a11")
"""The space of names in which each account has a chain of its own."""
DELETED = "account_deleted"


def record_deletion(user: Any) -> None:
    """Note in the transaction of the deletion that the account of ``user`` is gone; nothing but its id."""
    append_event(stream=_chain_of(str(user.pk)), name=DELETED, payload={"account": str(user.pk)})


def was_deleted(account: str) -> bool:
    """Whether the account with this id was deleted, by its owner or by staff."""
    return Event.objects.filter(stream=_chain_of(account), name=DELETED).exists()


def _chain_of(account: str) -> UUID:
    return uuid5(ACCOUNTS, account)
