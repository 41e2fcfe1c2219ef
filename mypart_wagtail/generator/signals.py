"""What the generator notes when others act."""

from typing import Any

from django.conf import settings
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from mypart_wagtail.generator.accounts import record_deletion


@receiver(pre_delete, sender=settings.AUTH_USER_MODEL, dispatch_uid="mypart_generator_account_deleted")
def note_deleted_account(instance: Any, **kwargs: Any) -> None:
    """Columns that named the account become empty, which `mypart_verify` would take for tampering."""
    record_deletion(instance)
