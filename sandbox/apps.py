from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """A project that uses every app: the demo, and the host in tests."""

    name = "sandbox"
    label = "sandbox"
    default_auto_field = "django.db.models.BigAutoField"
