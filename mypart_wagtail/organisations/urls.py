from django.urls import URLPattern, URLResolver, path

from mypart_wagtail.organisations.views import cards, members

app_name = "mypart_organisations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", cards.mine, name="mine"),
    path("new/", cards.create, name="create"),
    path("invitations/<uuid:uuid>/", members.invitation, name="invitation"),
    path("<uuid:uuid>/", cards.change, name="change"),
    path("<uuid:uuid>/confirm-profile/", cards.confirm_profile, name="confirm_profile"),
    path("<uuid:uuid>/join/", cards.join, name="join"),
    path("<uuid:uuid>/ask-office/", cards.ask_office, name="ask_office"),
    path("<uuid:uuid>/members/", members.members, name="members"),
    path("<uuid:uuid>/members/change/", members.change_member, name="change_member"),
    path("<uuid:uuid>/members/invite/", members.invite, name="invite"),
    path("<uuid:uuid>/invitations/<uuid:invitation_uuid>/revoke/", members.revoke, name="revoke"),
    path("<uuid:uuid>/requests/<uuid:request_uuid>/", members.decide, name="decide"),
]
