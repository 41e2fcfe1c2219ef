"""Providers: how a lower floor shows what a higher one owns, without importing it.

A block or a profile page of one app may list things of another: calls, news, events. The app that owns
them names its providers in its ``AppConfig``; the block asks for one by name and renders what it gives::

    class MypartGrantsConfig(AppConfig):
        mypart_providers = {"grants.calls": "mypart_wagtail.grants.providers.calls"}

Where the owning app is not installed there is no provider, and the block is not offered. App configs are
read before any model is, so that a StreamField can already tell which blocks it has.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

Provider = Callable[..., Any]


def has_provider(name: str) -> bool:
    """Whether an installed app provides ``name``."""
    return _path(name) is not None


def get_provider(name: str) -> Provider:
    """What an installed app provides as ``name``. Raises ``LookupError`` where there is none."""
    path = _path(name)
    if path is None:
        raise LookupError(f"No installed app provides {name!r}")
    return import_string(path)


def providers_of(prefix: str) -> list[Provider]:
    """Everything that installed apps provide under names that begin with ``prefix``, sorted by name."""
    paths = {
        name: path
        for config in apps.get_app_configs()
        for name, path in getattr(config, "mypart_providers", {}).items()
        if name.startswith(prefix)
    }
    return [import_string(paths[name]) for name in sorted(paths)]


def provided_names(prefix: str) -> list[str]:
    """Names that begin with ``prefix``, of all installed apps, sorted."""
    configs = apps.get_app_configs()
    return sorted(
        {
            name
            for config in configs
            for name in getattr(config, "mypart_providers", {})
            if name.startswith(prefix)
        }
    )


def _path(name: str) -> str | None:
    for config in apps.get_app_configs():
        path = getattr(config, "mypart_providers", {}).get(name)
        if path:
            return path
    return None
