from django.urls import path

from mypart_wagtail.news import views

app_name = "mypart_news"
urlpatterns = [
    path("write/<uuid:uuid>/", views.write, name="write"),
]
