"""The sandbox had a home page and a content page of its own before the portal had them."""

from django.db import migrations

MOVED = {"homepage": ("lead", "body", "button", "button_page_id"), "contentpage": ("body",)}
# Everything that says of which type a page is.
POINTERS = [
    ("wagtailcore", "Page", "content_type"),
    ("wagtailcore", "Revision", "content_type"),
    ("wagtailcore", "PageLogEntry", "content_type"),
    ("wagtailcore", "TaskState", "content_type"),
    ("wagtail_localize", "TranslationSource", "specific_content_type"),
]


def move_to_portal(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    for name, fields in MOVED.items():
        old, new = apps.get_model("sandbox", name), apps.get_model("mypart_portal", name)
        for page in old.objects.all():
            # The row of the page itself stays as it is: only the table beside it is another one.
            moved = new(page_ptr_id=page.pk, **{field: getattr(page, field) for field in fields})
            moved.__dict__.update({key: value for key, value in page.__dict__.items() if key != "_state"})
            moved.save()
        before = ContentType.objects.filter(app_label="sandbox", model=name).first()
        if before is not None:
            after, _is_new = ContentType.objects.get_or_create(app_label="mypart_portal", model=name)
            for app, model, field in POINTERS:
                apps.get_model(app, model).objects.filter(**{field: before.pk}).update(**{field: after.pk})


class Migration(migrations.Migration):
    dependencies = [
        ("sandbox", "0005_names"),
        ("mypart_portal", "0002_portal"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(move_to_portal, migrations.RunPython.noop),
    ]
