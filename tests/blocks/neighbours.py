"""Apps that lists ask for their things, in place of those that are installed or not there yet."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from mypart_wagtail.blocks.content import BLOCKS
from mypart_wagtail.blocks.listings import ListingBlock
from mypart_wagtail.listings import Asked, Fact, Listed, Listing

KINDS = [kind for kind in BLOCKS.values() if issubclass(kind, ListingBlock)]


class Neighbour:
    """Provides the things of every list, and remembers what it was asked."""

    def __init__(self) -> None:
        self.things = [Listed("First", "/first/", "About it.", (Fact("Until", "Friday"),)), Listed("Second")]
        self.until = timezone.now() + timedelta(hours=1)
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Listing:
        self.asked.append(asked)
        return Listing(self.things[: asked.count], self.until, "/all/")


def install(monkeypatch: pytest.MonkeyPatch) -> Neighbour:
    """A neighbour that stands in for all providers of lists until the test ends."""
    made = Neighbour()
    providers = {kind.provider: f"{__name__}.provided" for kind in KINDS}
    config = apps.get_app_config("sandbox")
    monkeypatch.setattr(config, "mypart_providers", providers, raising=False)
    for other in apps.get_app_configs():
        if other is not config and hasattr(other, "mypart_providers"):
            kept = {name: path for name, path in other.mypart_providers.items() if name not in providers}
            monkeypatch.setattr(other, "mypart_providers", kept)
    monkeypatch.setitem(globals(), "provided", made)
    return made
