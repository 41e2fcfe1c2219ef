"""The one setting of the package, ``MYPART``, read in one place.

>>> from mypart_wagtail.conf import mypart_settings
>>> mypart_settings.PRIVATE_STORAGE
'mypart_private'

Defaults live in ``DEFAULTS``, each with what it means. A key not listed there is an error, told by a
system check at start-up and raised when read. ``override_settings(MYPART=...)`` works in tests, since
nothing is cached.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DEFAULTS: dict[str, Any] = {
    # Alias in STORAGES for files that nobody may reach by an address: PDFs, snapshots, attachments.
    "PRIVATE_STORAGE": "mypart_private",
    # Dotted path of the class that asks people to prove they are no robot; None switches it off.
    "CAPTCHA": "mypart_wagtail.captcha.WordsCaptcha",
    # Least number of seconds a person needs to fill in a public form.
    "CAPTCHA_MINIMUM_SECONDS": 3,
    # How often one address may post a public form, in the notation of the `limits` library.
    "PUBLIC_FORM_RATE": "20/hour",
    # How often one address may ask about a checksum: a whole office may check its printouts.
    "VERIFICATION_RATE": "200/hour",
    # Storage of the rate limits, in the notation of `limits`: "memory://" or "redis://host:port/0".
    "RATE_LIMIT_STORAGE": "memory://",
    # Number of reverse proxies before the site whose X-Forwarded-For and X-Request-Start are to be believed.
    "TRUSTED_PROXIES": 0,
    # Seconds by which a proxy's stamp of arrival may lie before the server's own clock.
    "ARRIVAL_BOUND": 120,
    # Megabytes of memory that reading one photo may take, in a process of its own.
    "PHOTO_MEMORY": 512,
    # Whether whole pages of the portal are kept in the cache for visitors of whom nothing is known.
    "KEEP_PAGES": True,
    # Hosts whose players a visitor may load into a page: "www.youtube-nocookie.com". None unless told.
    "EMBED_HOSTS": [],
}


class MypartSettings:
    """Attribute access to ``settings.MYPART`` over ``DEFAULTS``.

    Raises ``ImproperlyConfigured`` for a key that is not a setting of the package.
    """

    def __getattr__(self, name: str) -> Any:
        if name not in DEFAULTS:
            raise AttributeError(f"MYPART has no setting {name!r}")
        configured = getattr(settings, "MYPART", {})
        if not isinstance(configured, dict):
            raise ImproperlyConfigured("MYPART is no dict")
        unknown = unknown_keys(configured)
        if unknown:
            raise ImproperlyConfigured(f"Unknown keys in MYPART: {', '.join(unknown)}")
        return configured.get(name, DEFAULTS[name])


def unknown_keys(configured: dict[str, Any]) -> list[str]:
    """Keys of ``configured`` that the package does not know, sorted."""
    return sorted(set(configured) - set(DEFAULTS))


mypart_settings = MypartSettings()
