import pytest
from django.core.cache import cache
from django.utils import translation

from mypart_wagtail.ratelimit import limiter


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    """No test uses up the rate of another."""
    limiter.cache_clear()
    cache.clear()


@pytest.fixture(autouse=True)
def _default_language(settings):
    """A request in Polish leaves Polish active in its thread; the next test begins anew."""
    translation.activate(settings.LANGUAGE_CODE)
