"""Our screens in the Wagtail admin."""

from django.urls import path

from mypart_wagtail.publishing.views import moderation

app_name = "mypart_admin_moderation"
urlpatterns = [
    path("", moderation.index, name="index"),
    path("<int:pk>/", moderation.review, name="review"),
    path("take-back/<int:pk>/", moderation.take_back, name="take_back"),
    path("withdraw/<int:pk>/", moderation.withdraw, name="withdraw"),
]
