"""What the demo has made: each thing once, so that running it again undoes nothing that people did."""

from __future__ import annotations

from sandbox.models import DemoMade


def is_first_time(kind: str, key: str) -> bool:
    """Whether the demo makes this thing for the first time; it is noted in the transaction of the caller."""
    _made, is_new = DemoMade.objects.get_or_create(key=f"{kind}/{key}")
    return is_new


def note(kind: str, key: str, made: str) -> None:
    """Note by what a thing can be found, whatever people change of it."""
    DemoMade.objects.filter(key=f"{kind}/{key}").update(made=made)


def noted(kind: str, key: str) -> str:
    """What was noted of a thing; "" if nothing was."""
    return DemoMade.objects.filter(key=f"{kind}/{key}").values_list("made", flat=True).first() or ""
