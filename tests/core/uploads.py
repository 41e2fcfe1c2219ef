"""The addresses of the sandbox, and of a host that takes uploads in ways of its own."""

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from mypart_wagtail.middleware import arrived_at
from sandbox.urls import urlpatterns as those_of_the_sandbox


class Counting(FileUploadHandler):
    """A host's own: counts the bytes of each file and keeps none."""

    def new_file(self, *args, **options) -> None:
        super().new_file(*args, **options)
        self.counted = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.counted += len(raw_data)

    def file_complete(self, file_size: int) -> None:
        self.request.counted = {self.field_name: self.counted}


@csrf_exempt
def taken(request: HttpRequest) -> JsonResponse:
    """What arrived, as Django understands it."""
    return JsonResponse(
        {
            "fields": request.POST.dict(),
            "files": {name: [file.name, file.read().decode()] for name, file in request.FILES.items()},
            "arrived_at": arrived_at(request).isoformat(),
        }
    )


@csrf_exempt
def body(request: HttpRequest) -> JsonResponse:
    try:
        return JsonResponse({"body": request.body.decode()})
    except RequestDataTooBig:
        return JsonResponse({"too big": True})


@csrf_exempt
def lines(request: HttpRequest) -> JsonResponse:
    """Reads the request as a file, and what is left of it by the way of WSGI."""
    first = request.readline().decode()
    return JsonResponse({"first": first, "rest": request.META["wsgi.input"].read().decode()})


@csrf_exempt
def counted(request: HttpRequest) -> JsonResponse:
    """Django lets handlers be changed only before the form is read."""
    request.upload_handlers = [Counting(request)]
    return _counted(request)


@csrf_protect
def _counted(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"fields": request.POST.dict(), "counted": request.counted})


urlpatterns = [
    path("taken/", taken),
    path("body/", body),
    path("lines/", lines),
    path("counted/", counted),
    *those_of_the_sandbox,
]
