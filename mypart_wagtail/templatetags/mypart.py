"""Template tags and filters of the package: ``{% load mypart %}``."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.shortcuts import resolve_url
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from mypart_wagtail import moments, people
from mypart_wagtail.display import Display, get_display
from mypart_wagtail.kept_forms import AUTHOR, sign_author
from mypart_wagtail.language_switch import LanguageLink, addresses_in_languages
from mypart_wagtail.languages import current_language
from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.money import format_pln
from mypart_wagtail.providers import providers_of
from mypart_wagtail.rendering import MypartRenderer

register = template.Library()


@register.filter
def pln(amount: Decimal | None) -> str:
    """``12 345,67 zł``; nothing for None."""
    return "" if amount is None else format_pln(Decimal(amount), current_language())


@register.simple_tag
def login_url() -> str:
    """Where the host lets people sign in: its ``LOGIN_URL``, be it an address or the name of one."""
    return resolve_url(settings.LOGIN_URL)


@register.simple_tag
def typed_by(user: Any) -> SafeString:
    """The hidden box by which ``mypart_wagtail.kept_forms`` knows whose form it is."""
    return format_html('<input type="hidden" name="{}" value="{}">', AUTHOR, sign_author(user))


@register.filter
def machine(value: Any) -> str:
    """A value for machines, never localised: ``12345.67``, ``2026-11-23T15:30:00+01:00``."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


@register.filter
def name_of(user: Any) -> str:
    """What people call ``user``; see ``people.py``."""
    return people.name_of(user)


@register.filter
def day(value: date | None) -> SafeString | str:
    """A ``time`` element reading ``23 listopada 2026``."""
    return _time(value, moments.format_date)


@register.filter
def exact_moment(value: datetime | None) -> SafeString | str:
    """A date and time of day to the second, where a second may decide."""
    return _time(value, moments.format_exact_moment)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A ``time`` element reading ``23 listopada 2026, godz. 15:30``."""
    return _time(value, moments.format_moment)


@register.filter
def opening(value: datetime | None) -> SafeString | str:
    """A ``time`` element reading ``23 listopada 2026``, with the hour unless it is midnight."""
    return _time(value, moments.format_opening)


@register.filter
def deadline(value: datetime | None) -> SafeString | str:
    """A ``time`` element reading ``23 listopada 2026, przed godz. 15:30``."""
    return _time(value, moments.format_deadline)


@register.filter
def when(value: datetime, now: datetime) -> SafeString | str:
    """A ``time`` element reading ``o 15:32``, with the date unless that is today; within a sentence."""
    return _time(value, lambda moment: moments.format_when(moment, now))


def _time(value: date | None, as_words: Any) -> SafeString | str:
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', machine(value), as_words(value))


@register.filter
def days_left(value: datetime) -> str:
    """How long is left, by days only: ``20 days left``."""
    return moments.format_days_left(value, timezone.now())


@register.inclusion_tag("mypart/components/deadline.html", takes_context=True)
def time_to_deadline(context: Context, value: datetime) -> dict[str, Any]:
    """The deadline and the time left when the request arrived; on the last day also the server's time."""
    request = context.get("request")
    now = arrived_at(request) if request else timezone.now()
    return {
        "deadline": value,
        "time_left": moments.format_time_left(value, now),
        "server_time": now if moments.is_last_day(value, now) else None,
    }


@register.inclusion_tag("mypart/components/budget_bar.html")
def budget_bar(asked: Decimal, pool: Decimal) -> dict[str, Any]:
    """Money asked for (PLN) against the pool (PLN), as a bar and in words."""
    greater = max(asked, pool) or Decimal(1)
    within = min(asked, pool)
    return {
        "asked": asked,
        "pool": pool,
        "share": round(100 * asked / pool) if pool else None,
        "width_within": round(100 * within / greater, 2),
        "width_over": round(100 * (asked - within) / greater, 2),
    }


@register.inclusion_tag("mypart/components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet | None) -> dict[str, Any]:
    """The list of all errors of ``forms`` (formsets too), each linking to the control it is about."""
    return {"errors": [error for form in forms if form is not None for error in _errors(form)]}


def _errors(form: BaseForm | BaseFormSet) -> Iterable[dict[str, Any]]:
    if isinstance(form, BaseFormSet):
        yield from ({"text": text, "href": ""} for text in form.non_form_errors())
        for member in form:
            yield from _errors(member)
        return
    yield from ({"text": text, "href": f"#{form_errors_id(form)}"} for text in form.non_field_errors())
    for field in form:
        href = "" if field.is_hidden else f"#{first_control_id(field)}"
        yield from ({"text": f"{field.label}: {text}", "href": href} for text in field.errors)


@register.filter
def form_errors_id(form: BaseForm) -> str:
    """Id of the element with the errors of the form as a whole."""
    return f"{form.prefix or 'form'}-errors"


@register.filter
def first_control_id(field: BoundField) -> str:
    """Id of the control that a link to ``field`` should reach, also in a group of radio buttons."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def accessible_form(form: BaseForm) -> SafeString:
    """``form`` in the package's markup, for forms of other packages."""
    form.renderer = MypartRenderer()
    return form.render()


@register.simple_tag
def accessible_field(field: BoundField) -> SafeString:
    """One field in the package's markup, for forms of other packages."""
    field.form.renderer = MypartRenderer()
    return field.as_field_group()


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label of ``field`` belongs after its control."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.simple_tag(takes_context=True)
def display_choice(context: Context) -> Display:
    """The visitor's theme and contrast."""
    return get_display(context.get("request"))


@register.simple_tag(takes_context=True)
def own_links(context: Context) -> list[dict[str, Any]]:
    """Where the signed-in visitor finds what is their own: the providers ``account.*`` of the apps."""
    request = context.get("request")
    if request is None or not hasattr(request, "user") or not request.user.is_authenticated:
        return []
    links = [provider() for provider in providers_of("account.")]
    return [link | {"current": request.path == link["url"]} for link in links]


@register.simple_tag(takes_context=True)
def page_frame(context: Context) -> dict[str, Any]:
    """What the apps put around every page: the providers ``frame.*``, each given the request.

    ``head``, ``brand``, ``search`` and ``footer`` are HTML; ``links`` stand at the foot, and ``menu``, if
    there is one, takes the place of the menu made from the page tree: lists of ``{"title", "url", "pk"}``.
    """
    request = context.get("request")
    frame: dict[str, Any] = {}
    for provider in providers_of("frame.") if request is not None else ():
        for name, part in provider(request).items():
            frame[name] = frame[name] + part if name in frame else part
    return frame


@register.simple_tag(takes_context=True)
def menu_pages(context: Context) -> list[Page]:
    """Pages of the main menu: live children of the home page in the current language, shown in menus."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    return list(site.root_page.localized.get_children().live().public().in_menu())


@register.simple_tag(takes_context=True)
def page_crumbs(context: Context) -> list[dict[str, str]]:
    """The pages above a Wagtail page, from the home page of its site; none above the home page itself."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or not page.pk:
        return []
    home = _home(request) or page.get_root()
    is_under_home = page.path[: -page.steplen] == home.path
    above = [home] if is_under_home else page.get_ancestors().filter(depth__gte=home.depth).live()
    titles = {home.depth: _("Home page")}
    return [
        {"title": titles.get(each.depth, each.title), "url": each.get_url(request) or ""} for each in above
    ]


def _home(request: Any) -> Page | None:
    site = Site.find_for_request(request) if request else None
    return site.root_page if site else None


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The current address in each language, for the language switch."""
    request = context.get("request")
    return [] if request is None else addresses_in_languages(request, context.get("page"))


@register.filter
def translated(links: Iterable[LanguageLink]) -> list[LanguageLink]:
    """Links of the language switch that lead to a translation."""
    return [link for link in links if link.is_translated]


@register.filter
def field_title(field: BoundField) -> str:
    """The words that come before an error for those who hear it apart from its field."""
    return _("Error in %(field)s:") % {"field": field.label}


@register.filter
def pairs(first: Iterable[Any], second: Iterable[Any]) -> list[tuple[Any, Any]]:
    """``first`` and ``second`` side by side; raises ``ValueError`` where one is longer."""
    return list(zip(first, second, strict=True))


@register.filter
def page_numbers(page_obj: Any) -> list[int | str]:
    """Numbers to show in a pagination, with gaps."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1))
