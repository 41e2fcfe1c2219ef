"""Where a member of the city's staff works: on the sites whose pages one edits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Site
from wagtail.permissions import page_permission_policy

from mypart_wagtail.viewsets import JoinedViewSet, PlainTextIndexView

EDITING = {"add", "change", "publish"}


def sites_of(user: Any) -> QuerySet[Site]:
    """Sites where ``user`` edits pages: the whole site, or a part of it."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, EDITING)
    sites = Site.objects.select_related("root_page")
    mine = [site.pk for site in sites if pages.filter(path__startswith=site.root_page.path).exists()]
    return Site.objects.filter(pk__in=mine)


class OfOwnSitesIndexView(PlainTextIndexView):
    """A list of what belongs to the sites where one works. ``site_path`` leads from the model to the site."""

    site_path = "site"

    def get_base_queryset(self) -> QuerySet[Any]:
        mine = sites_of(self.request.user)
        return super().get_base_queryset().filter(**{f"{self.site_path}__in": mine})


class OfOwnSitesViewSet(JoinedViewSet):
    """What belongs to a site: staff of another site get 404, on every view of it."""

    site_path = "site"
    index_view_class = OfOwnSitesIndexView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(site_path=self.site_path, **kwargs)

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., Any]:
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def of_own_sites(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if "pk" in kwargs and not self._is_of(request.user, unquote(str(kwargs["pk"]))):
                raise Http404
            return view(request, *args, **kwargs)

        return of_own_sites

    def _is_of(self, user: Any, pk: str) -> bool:
        mine = {"pk": pk, f"{self.site_path}__in": sites_of(user)}
        return self.model._default_manager.filter(**mine).exists()
