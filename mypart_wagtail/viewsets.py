"""What our screens in the Wagtail admin share."""

from datetime import datetime
from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_plain_text(value: str) -> str:
    """``value`` so that no spreadsheet takes what people typed for a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def as_on_the_screen(value: datetime) -> datetime:
    """``value`` in the site's time zone, as lists show it: spreadsheets keep none, and a day may differ."""
    return timezone.make_naive(value) if timezone.is_aware(value) else value


class PlainTextIndexView(IndexView):
    """A list that can be exported: what people typed is no formula, and moments are as on the screen."""

    custom_value_preprocess = IndexView.custom_value_preprocess | {
        datetime: {
            IndexView.FORMAT_XLSX: as_on_the_screen,
            IndexView.FORMAT_CSV: lambda value: f"{as_on_the_screen(value):%Y-%m-%d %H:%M:%S}",
        },
        # Wagtail writes no formulas into an Excel file itself.
        str: {IndexView.FORMAT_CSV: as_plain_text},
    }


class JoinedViewSet(ModelViewSet):
    """Every viewset of ours: its list names things of other tables, ``joined``, fetched in the same query.

    Wagtail lets each list be exported.
    """

    index_view_class = PlainTextIndexView
    joined: tuple[str, ...] = ()

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        if self.joined:
            kwargs["queryset"] = self.model._default_manager.select_related(*self.joined)
        return super().get_index_view_kwargs(**kwargs)


class ChosenViewsViewSet(JoinedViewSet):
    """A viewset with only the views named in ``views``, for what may be read but not edited.

    Views that are left out have no address, and no screen links to them.
    """

    views: frozenset[str] = frozenset({"index", "index_results"})
    copy_view_enabled = False
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The names of views that are left out are not told to the others."""
        common = super().get_common_view_kwargs(**kwargs)
        left_out = {
            f"{view}_url_name"
            for view in ("add", "edit", "delete", "copy", "usage")
            if view not in self.views
        }
        return {name: value for name, value in common.items() if name not in left_out}

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in self.views]


class ProtectedDeleteView(DeleteView):
    """Deletes, unless other things need what is to be deleted: that is told, and nothing is lost."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            messages.error(
                self.request,
                _("“%(thing)s” cannot be deleted: it is needed by %(others)s.")
                % {"thing": self.object, "others": ", ".join(_kinds(error))},
            )
            return redirect(self.get_success_url())


def _kinds(error: ProtectedError) -> list[str]:
    """The kinds of things that protect, as people call them."""
    return sorted({str(each._meta.verbose_name_plural) for each in error.protected_objects})
