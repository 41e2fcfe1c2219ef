from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sandbox", "0006_pages_of_the_portal")]

    operations = [
        migrations.DeleteModel(name="ContentPage"),
        migrations.DeleteModel(name="HomePage"),
    ]
