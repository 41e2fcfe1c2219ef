from django.urls import URLPattern, URLResolver, path

from mypart_wagtail.generator.views import autosave, verification, wizard

app_name = "mypart_generator"
urlpatterns: list[URLPattern | URLResolver] = [
    path("verify/", verification.verify, name="verify"),
    path("<uuid:uuid>/", wizard.task_list, name="tasks"),
    path("<uuid:uuid>/summary/", wizard.summary, name="summary"),
    path("<uuid:uuid>/changes/", autosave.changes, name="changes"),
    path("<uuid:uuid>/<slug:section>/", wizard.section, name="section"),
    path("<uuid:uuid>/<slug:section>/<slug:group>/", wizard.section, name="group"),
    path("<uuid:uuid>/<slug:section>/<slug:table>/<slug:row>/remove/", wizard.remove, name="remove"),
]
