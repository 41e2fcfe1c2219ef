"""StreamField blocks of My PART.

``from mypart_wagtail.blocks import ContentStreamBlock`` where a host declares its models, for all blocks that
the installed apps can fill, or ``OfferGeneratorBlock`` for that one alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypart_wagtail.blocks.content import ContentStreamBlock
    from mypart_wagtail.blocks.offer_generator import OfferGeneratorBlock

__all__ = ["ContentStreamBlock", "OfferGeneratorBlock"]

_MODULES = {"ContentStreamBlock": "content", "OfferGeneratorBlock": "offer_generator"}


def __getattr__(name: str) -> Any:
    # This package is an app too, imported before there may be any block of Wagtail's.
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
