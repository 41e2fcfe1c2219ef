from django.db import migrations

from mypart_wagtail.text import fold


def fill_entries(apps, schema_editor):
    """What directories are searched by, of the organisations accepted before."""
    EntryArea = apps.get_model("mypart_organisations", "EntryArea")
    for entry in apps.get_model("mypart_organisations", "DirectoryEntry").objects.select_related("organisation"):
        card = entry.organisation
        entry.name_key = fold(f"{card.name} ({card.branch})" if card.branch else card.name)[:430]
        entry.place_key = fold(card.city)[:100]
        entry.save()
        EntryArea.objects.bulk_create(EntryArea(entry=entry, point=point) for point in set(card.areas))


class Migration(migrations.Migration):

    dependencies = [
        ("mypart_organisations", "0005_profiles"),
    ]

    operations = [
        migrations.RunPython(fill_entries, migrations.RunPython.noop),
    ]
