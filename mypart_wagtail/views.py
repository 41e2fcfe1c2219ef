"""Views of the core."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mypart_wagtail.display import COOKIES, set_display
from mypart_wagtail.middleware import STAMP_HEADER, arrived_at
from mypart_wagtail.proxy_doctor import is_signed


# Exempt, so that the switch in every page's header needs no token and public pages stay cacheable. The
# worst a forged post can do is to change colours.
@csrf_exempt
@require_POST
def choose_display(request: HttpRequest) -> HttpResponse:
    """Keep the posted ``theme`` or ``contrast`` in a cookie and go back to ``next``."""
    response = HttpResponseRedirect(_safe_next(request))
    choices = {name: request.POST[name] for name in COOKIES if name in request.POST}
    try:
        set_display(response, secure=request.is_secure(), **choices)
    except ValueError:
        return HttpResponseBadRequest()
    return response


# Exempt, since the doctor is no browser: it signs its requests. To all others there is nothing here.
@csrf_exempt
@never_cache
def tell_arrival(request: HttpRequest) -> HttpResponse:
    """Tell the doctor the stamp of arrival that its request bears ("" if none), and what was made of it."""
    if request.method != "POST" or not is_signed(request):
        raise Http404
    stamp = request.headers.get(STAMP_HEADER, "")
    return JsonResponse({"stamp": stamp, "arrived_at": arrived_at(request).isoformat()})


def _safe_next(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return "/"
