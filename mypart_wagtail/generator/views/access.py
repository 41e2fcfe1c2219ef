"""Finding the document a request is about, for the person who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from mypart_wagtail.generator.kinds import Access, kind_of
from mypart_wagtail.generator.models import FormDocument
from mypart_wagtail.kept_forms import has_kept, keeps_typed

View = Callable[..., HttpResponse]


def named_document(uuid: UUID) -> FormDocument:
    """The document with nothing but its kind read; access is not checked yet. 404 if there is none."""
    document = FormDocument.objects.only("kind").filter(uuid=uuid).first()
    if document is None:
        raise Http404
    return document


def find_document(user: Any, uuid: UUID, needed: Access) -> FormDocument:
    """The document, joined with what its kind reads. 404 unless ``user`` may do with it what is needed."""
    kind = kind_of(named_document(uuid))
    document = kind.documents().get(uuid=uuid)
    if kind.access(user, document) < needed:
        raise Http404
    return document


def document_view(needed: Access) -> Callable[[View], View]:
    """A view of one document, given to it instead of its UUID; no cache keeps its answer.

    Whoever is signed out is sent to sign in; what they posted is kept meanwhile.
    """

    def decorate(view: View) -> View:
        @never_cache
        @keeps_typed
        @wraps(view)
        def wrapped(request: HttpRequest, uuid: UUID, **kwargs: Any) -> HttpResponse:
            return view(request, find_document(request.user, uuid, needed), **kwargs)

        return wrapped

    return decorate


def while_open(view: View) -> View:
    """What is submitted is not filled in any more: its pages lead to where it is read."""

    @wraps(view)
    def wrapped(request: HttpRequest, document: FormDocument, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" and not document.is_open and not has_kept(request):
            return redirect(kind_of(document).submission_url(document))
        return view(request, document, **kwargs)

    return wrapped
