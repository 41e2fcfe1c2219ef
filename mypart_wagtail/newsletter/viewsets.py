"""The newsletter in the Wagtail admin: editions, and who gets them, on the sites where one works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from mypart_wagtail.middleware import arrived_at
from mypart_wagtail.moments import format_moment
from mypart_wagtail.newsletter.admin_forms import EditionForm
from mypart_wagtail.newsletter.content import sections_of
from mypart_wagtail.newsletter.letters import Letters
from mypart_wagtail.newsletter.models import Edition, Subscriber
from mypart_wagtail.newsletter.models.edition import EditionStatus
from mypart_wagtail.newsletter.reading import subscriber_counts
from mypart_wagtail.newsletter.services.editions import NotSent, readers_of, send_edition, send_rest
from mypart_wagtail.newsletter.services.subscribing import unsubscribe
from mypart_wagtail.newsletter.tasks import send_trial
from mypart_wagtail.newsletter.topics import labels_of
from mypart_wagtail.staff import OfOwnSitesIndexView, OfOwnSitesViewSet, sites_of
from mypart_wagtail.viewsets import ChosenViewsViewSet

EDITIONS = "mypart_admin_editions"
SUBSCRIBERS = "mypart_admin_subscribers"


class DraftsOnlyMixin:
    """A view of what only a draft allows. An edition whose sending has begun is as good as printed."""

    def get_queryset(self) -> QuerySet[Edition]:
        return Edition.objects.filter(started_at=None)

    def lock_draft(self) -> None:
        """Raises ``Http404`` where the sending has begun meanwhile."""
        if not self.get_queryset().select_for_update().filter(pk=self.object.pk).exists():  # type: ignore[attr-defined]
            raise Http404


class EditionIndexView(OfOwnSitesIndexView):
    def get_edit_url(self, instance: Edition) -> str | None:
        return super().get_edit_url(instance) if instance.is_draft else None

    def get_delete_url(self, instance: Edition) -> str | None:
        return super().get_delete_url(instance) if instance.is_draft else None

    @cached_property
    def header_buttons(self) -> list[Any]:
        numbers = HeaderButton(NumbersView.page_title, url=reverse(f"{EDITIONS}:numbers"), icon_name="group")
        return [*super().header_buttons, numbers]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("subject", label=_("Subject"), url_name=self.inspect_url_name, width="40%"),
            Column("get_language_display", label=_("Language")),
            Column("status_name", label=_("Status")),
            Column("until", label=_("Until"), accessor=_until, sort_key="until"),
            Column("site", label=_("Site")),
        ]


class EditionAddView(generic.CreateView):
    def save_instance(self) -> Edition:
        self.form.instance.created_by = self.request.user
        return super().save_instance()


class EditionEditView(DraftsOnlyMixin, generic.EditView):
    @transaction.atomic
    def save_instance(self) -> Edition:
        self.lock_draft()
        return super().save_instance()


class EditionDeleteView(DraftsOnlyMixin, generic.DeleteView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        self.lock_draft()
        return super().form_valid(form)


class EditionReadingView(generic.InspectView):
    """What is in an edition, how far its sending is, and where the acts begin."""

    page_title = _("Edition")
    fields = ["subject"]

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.object.is_draft else None

    def get_delete_url(self) -> str | None:
        return super().get_delete_url() if self.object.is_draft else None

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm("mypart_newsletter.change_edition"):
            return []
        acts: list[type[EditionActView]] = [TrialView, SendView] if self.object.is_draft else [TrialView]
        if RestView.is_possible(self.object):
            acts.append(RestView)
        return [
            HeaderButton(act.page_title, url=reverse(f"{EDITIONS}:{act.name}", args=[self.object.pk]))
            for act in acts
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = sections_of(self.object, arrived_at(self.request))
        return super().get_context_data(
            edition=self.object,
            sections=sections,
            progress=self.object.progress(),
            last_error=self.object.last_error(),
            **kwargs,
        )


class EditionPreview(PermissionCheckedMixin, BaseObjectMixin, TemplateView):
    """The mail as it would be sent now, or as it was sent; its links lead nowhere."""

    model = Edition
    any_permission_required = ["add", "change", "delete", "view"]
    is_html = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text, html = Letters(self.object, sections_of(self.object, arrived_at(request))).everything()
        content_type = "text/html" if self.is_html else "text/plain"
        return HttpResponse(html if self.is_html else text, content_type=f"{content_type}; charset=utf-8")


class EditionActView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, FormView):
    """A page that asks once more before something is sent."""

    model = Edition
    name: str
    permission_required = "change"
    template_name = "mypart_newsletter/admin/edition/act.html"
    header_icon = "mail"
    form_class = forms.Form

    def explanation(self) -> Any:
        raise NotImplementedError

    def do(self) -> Any:
        """Does it, and gives what to tell. Raises ``NotSent``."""
        raise NotImplementedError

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{EDITIONS}:index"), "label": _("Editions")},
            {"url": self.get_success_url(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self) -> str:
        return reverse(f"{EDITIONS}:inspect", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            explanation=self.explanation(),
            submit_button_label=self.page_title,
            action_url=self.request.path,
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            done = self.do()
        except NotSent as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.get_success_url())


class SendView(EditionActView):
    name = "send"
    page_title = _("Send")

    def explanation(self) -> Any:
        sections = sections_of(self.object, arrived_at(self.request))
        count = sum(1 for _reader in readers_of(self.object, sections))
        return _(
            "The edition goes to everyone who chose something of it, at this moment %(count)d. "
            "It cannot be changed or stopped any more."
        ) % {"count": count}

    def do(self) -> Any:
        send_edition(self.request.user, edition=self.object, at=arrived_at(self.request))
        return _("The edition is on its way.")


class RestView(EditionActView):
    name = "rest"
    page_title = _("Send to the rest")

    @staticmethod
    def is_possible(edition: Edition) -> bool:
        """Not while it is being sent anyway."""
        is_resting = edition.status in (EditionStatus.SENT, EditionStatus.PUT_OFF)
        return is_resting and edition.deliveries.unreached().exists()

    def explanation(self) -> Any:
        count = self.object.deliveries.unreached().count()
        return ngettext(
            "The edition goes to %(count)d reader whom it has not reached.",
            "The edition goes to %(count)d readers whom it has not reached.",
            count,
        ) % {"count": count}

    def do(self) -> Any:
        send_rest(self.request.user, edition=self.object, at=arrived_at(self.request))
        return _("The edition is on its way.")


class TrialView(EditionActView):
    name = "trial"
    page_title = _("Send a trial to myself")

    def explanation(self) -> Any:
        words = _("The edition with all its topics goes to your own e-mail, %(email)s, and to nobody else.")
        return words % {"email": self._address() or "–"}

    def do(self) -> Any:
        address = self._address()
        if not address:
            raise NotSent(_("Your account has no e-mail."))
        send_trial.enqueue(str(self.object.uuid), address)
        return _("The trial is on its way to %(email)s.") % {"email": address}

    def _address(self) -> str:
        return getattr(self.request.user, "email", "")


class NumbersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """How many are subscribed, by language and topic; no address."""

    model = Edition
    any_permission_required = ["add", "change", "delete", "view"]
    template_name = "mypart_newsletter/admin/numbers.html"
    page_title = _("Subscribers in numbers")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[Any]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{EDITIONS}:index"), "label": _("Editions")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = subscriber_counts(sites_of(self.request.user))
        return super().get_context_data(counts=counts, **kwargs)


class EditionViewSet(OfOwnSitesViewSet, ChosenViewsViewSet):
    """Editions of the sites where one works. A draft may be changed; what was sent may be read."""

    model = Edition
    icon = "mail"
    menu_label = _("Editions")
    name = EDITIONS
    url_prefix = "mypart/newsletter/editions"
    views = frozenset(
        {"index", "index_results", "add", "edit", "delete", "inspect", "history", "history_results"}
    )
    inspect_view_enabled = True
    joined = ("site",)
    index_view_class = EditionIndexView
    add_view_class = EditionAddView
    edit_view_class = EditionEditView
    delete_view_class = EditionDeleteView
    inspect_view_class = EditionReadingView
    list_filter = ["language"]
    search_fields = ["subject"]
    template_prefix = "mypart_newsletter/admin/edition/"

    def get_form_class(self, for_update: bool = False) -> Any:
        return EditionForm

    def get_urlpatterns(self) -> list[Any]:
        pk = f"<{self.pk_path_converter}:pk>"
        return [
            *super().get_urlpatterns(),
            path("numbers/", self.construct_view(NumbersView), name="numbers"),
            path(f"html/{pk}/", self.construct_view(EditionPreview), name="html"),
            path(f"text/{pk}/", self.construct_view(EditionPreview, is_html=False), name="text"),
            *[
                path(f"{act.name}/{pk}/", self.construct_view(act), name=act.name)
                for act in (TrialView, SendView, RestView)
            ],
        ]


class SubscriberIndexView(OfOwnSitesIndexView):
    """Addresses, for those alone who may see them."""

    any_permission_required = ["view", "delete"]

    @cached_property
    def columns(self) -> list[Column]:
        delete = f"{SUBSCRIBERS}:delete" if self.user_has_permission("delete") else None
        return [
            TitleColumn("email", label=_("E-mail"), url_name=delete, sort_key="email"),
            Column("get_language_display", label=_("Language")),
            Column("topics", label=_("Topics"), accessor=_topics),
            Column("confirmed_at", label=_("Confirmed"), accessor=_confirmed, sort_key="confirmed_at"),
            Column("site", label=_("Site")),
        ]


class SubscriberDeleteView(generic.DeleteView):
    """Unsubscribes somebody who asked the office to, by telephone for example."""

    page_title = _("Unsubscribe")

    def delete_action(self) -> None:
        unsubscribe(site=self.object.site, token=self.object.token)


class SubscriberViewSet(OfOwnSitesViewSet, ChosenViewsViewSet):
    """Who gets the newsletter. Nobody is signed up here: that takes the person's own consent."""

    model = Subscriber
    icon = "group"
    menu_label = _("Subscribers")
    name = SUBSCRIBERS
    url_prefix = "mypart/newsletter/subscribers"
    views = frozenset({"index", "index_results", "delete"})
    joined = ("site",)
    index_view_class = SubscriberIndexView
    delete_view_class = SubscriberDeleteView
    list_filter = ["language"]
    search_fields = ["email"]
    form_fields = ["email"]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """To see addresses, which Wagtail offers only with a view of each, and to take some off the list."""
        return Permission.objects.filter(
            content_type__app_label="mypart_newsletter", codename__in=["view_subscriber", "delete_subscriber"]
        )


class NewsletterViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Newsletter")
    menu_icon = "mail"
    menu_order = 225
    items = (EditionViewSet, SubscriberViewSet)


def _until(edition: Edition) -> str:
    return format_moment(edition.until)


def _topics(subscriber: Subscriber) -> str:
    return ", ".join(labels_of(subscriber.topics))


def _confirmed(subscriber: Subscriber) -> Any:
    return format_moment(subscriber.confirmed_at) if subscriber.confirmed_at else _("not yet")
