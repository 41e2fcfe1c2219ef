"""People and groups in the admin: groups of organisations follow their members, whatever is chosen here."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.groups import IndexView as GroupIndexView
from wagtail.users.views.users import IndexView as UserIndexView
from wagtail.users.views.users import UserViewSet

from mypart_wagtail.publishing.permissions import groups_of_staff
from mypart_wagtail.viewsets import PlainTextIndexView


class StaffGroupsMixin:
    """A form of a person that shows the groups of the staff alone, and leaves the others as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = groups_of_staff()  # type: ignore[attr-defined]

    @transaction.atomic
    def _save_m2m(self) -> None:
        user = self.instance  # type: ignore[attr-defined]
        of_organisations = list(user.groups.exclude(mypart_space=None)) if user.pk else []
        super()._save_m2m()  # type: ignore[misc]
        user.groups.add(*of_organisations)


class StaffUserCreationForm(StaffGroupsMixin, UserCreationForm):
    pass


class StaffUserEditForm(StaffGroupsMixin, UserEditForm):
    pass


class StaffUserIndexView(PlainTextIndexView, UserIndexView):
    pass


class StaffUserViewSet(UserViewSet):
    index_view_class = StaffUserIndexView

    def get_form_class(self, for_update: bool = False) -> Any:
        return StaffUserEditForm if for_update else StaffUserCreationForm


class StaffGroupIndexView(PlainTextIndexView, GroupIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(mypart_space=None)


class StaffGroupViewSet(GroupViewSet):
    index_view_class = StaffGroupIndexView
