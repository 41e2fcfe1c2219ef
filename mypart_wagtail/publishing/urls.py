from django.urls import path

from mypart_wagtail.publishing.views import publishers

app_name = "mypart_publishing"
urlpatterns = [
    path("<uuid:uuid>/publishers/", publishers.publishers, name="publishers"),
]
