"""Subscribing to the newsletter, changing what one gets, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Site

from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.newsletter.forms import ChoiceForm, SubscribeForm
from mypart_wagtail.newsletter.models import NewsletterSettings, NewsletterWords, Subscriber
from mypart_wagtail.newsletter.services import subscribing
from mypart_wagtail.newsletter.topics import labels_of, topics
from mypart_wagtail.ratelimit import client_key, within_rate
from mypart_wagtail.secret_addresses import at_secret_address

PAGE = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PAGE)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Where one signs up. The answer is the same whether or not the address is known."""
    site = _site(request)
    words = NewsletterSettings.of(site).words_in(current_language())
    posted = request.POST if request.method == "POST" else None
    form = SubscribeForm(posted, is_known=_is_known(request), address=client_key(request))
    is_within_rate = posted is None or within_rate(request, "newsletter")
    if posted is not None and is_within_rate and form.is_valid():
        subscribing.ask_to_subscribe(
            site=site,
            email=form.cleaned_data["email"],
            topics=form.cleaned_data["topics"],
            language=current_language(),
            consent=_told(words),
            at=arrived_at(request),
        )
        return redirect("mypart_newsletter:link_sent")
    context = {"form": form, "words": words, "has_topics": topics(), "is_too_often": not is_within_rate}
    status = 200 if is_within_rate else 429
    return render(request, "mypart_newsletter/subscribe.html", context, status=status)


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """What to do next, for whoever has signed up."""
    return render(request, "mypart_newsletter/link_sent.html")


@at_secret_address
@require_http_methods(PAGE)
def confirm(request: HttpRequest, token: UUID) -> HttpResponse:
    """Where the mailed link leads. A button, since programs that check mails follow links too."""
    site = _site(request)
    if request.method == "POST":
        found = subscribing.confirm(site=site, token=token, at=arrived_at(request))
        return _confirmed(request, found) if found else _gone(request)
    found = _found(request, site, token)
    if found is None:
        return _gone(request)
    if found.is_confirmed:
        return redirect("mypart_newsletter:manage", token)
    context = {"subscriber": found, "topics": labels_of(found.topics)}
    return render(request, "mypart_newsletter/confirm.html", context)


@at_secret_address
@require_http_methods(PAGE)
def manage(request: HttpRequest, token: UUID) -> HttpResponse:
    """What one gets: topics, language, and the way out."""
    found = Subscriber.objects.confirmed().filter(site=_site(request), token=token).first()
    if found is None:
        return _gone(request)
    posted = request.POST if request.method == "POST" else None
    form = ChoiceForm(posted, initial={"topics": found.topics, "language": found.language})
    if posted is not None and form.is_valid():
        chosen = {"language": found.language} | form.cleaned_data
        subscribing.change_choice(subscriber=found, **chosen)
        messages.success(request, _("Your choice is saved."))
        return redirect("mypart_newsletter:manage", token)
    return render(request, "mypart_newsletter/manage.html", {"form": form, "subscriber": found})


# Exempt, since mail programs post here by themselves, without cookies (RFC 8058). Whoever knows the token may
# unsubscribe, and nobody else can forge it.
@csrf_exempt
@at_secret_address
@require_http_methods(PAGE)
def unsubscribe(request: HttpRequest, token: UUID) -> HttpResponse:
    """The way out. A post to it is answered alike each time, and says of no token whether it is known."""
    site = _site(request)
    if request.method == "POST":
        subscribing.unsubscribe(site=site, token=token)
        return render(request, "mypart_newsletter/unsubscribed.html")
    found = _found(request, site, token)
    if found is None:
        return _gone(request)
    return render(request, "mypart_newsletter/unsubscribe.html", {"subscriber": found})


def _found(request: HttpRequest, site: Site, token: UUID) -> Subscriber | None:
    """Whom a link is of, unless it is too old to be confirmed."""
    return Subscriber.objects.with_good_link(arrived_at(request)).filter(site=site, token=token).first()


def _confirmed(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    context = {"subscriber": subscriber, "topics": labels_of(subscriber.topics)}
    return render(request, "mypart_newsletter/confirmed.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "mypart_newsletter/gone.html", status=404)


def _told(words: NewsletterWords | None) -> str:
    """What the page says of personal data, as it is kept."""
    return strip_tags(words.privacy).strip() if words else ""


def _is_known(request: HttpRequest) -> bool:
    user: Any = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def _site(request: HttpRequest) -> Site:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site
