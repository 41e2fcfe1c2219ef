"""People and groups in the admin, without the groups of organisations, which would bury those of the staff.

Name ``mypart_wagtail.publishing.users.UsersConfig`` in ``INSTALLED_APPS`` in the place of ``wagtail.users``.
"""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "mypart_wagtail.publishing.viewsets.StaffUserViewSet"
    group_viewset = "mypart_wagtail.publishing.viewsets.StaffGroupViewSet"
