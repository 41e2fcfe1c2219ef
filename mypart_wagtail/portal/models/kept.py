"""Pages that are kept whole."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse


class KeptPageMixin(models.Model):
    """A page that is the same for everybody of whom nothing is known; see ``portal/page_cache.py``."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from mypart_wagtail.portal.page_cache import serve_kept

        served = super().serve  # type: ignore[misc]
        return serve_kept(request, lambda request: served(request, *args, **kwargs))
