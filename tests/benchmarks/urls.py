"""The sandbox, and beside it the least that a Django view can do to save one value."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from mypart_wagtail.generator.models import FormDocument
from sandbox.urls import urlpatterns as sandbox_urls


@login_required
@require_POST
def bare_save(request: HttpRequest) -> JsonResponse:
    """Authenticate and update one row; no rules, no lock, no history."""
    body = json.loads(request.body)
    FormDocument.objects.filter(uuid=body["document"]).update(title=body["title"])
    return JsonResponse({"saved": True})


urlpatterns = [path("bare/", bare_save, name="bare_save"), *sandbox_urls]
