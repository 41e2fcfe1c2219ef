import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlainEncoder(json.JSONEncoder):
    """Writes letters as they are: escaped, those of Polish take three times the room and the time to save."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False})


class FormDocument(models.Model):
    """An official form being filled in, or filled in and submitted.

    ``data`` is the working copy, see ``filled.py`` for its shape. What was submitted lies in snapshots and
    stays in force while a correction is being written. ``template_revision`` is the wording it was started
    in, and from its submission on the one it was submitted in. Who the document belongs to is the business
    of the app that owns its ``kind``.
    """

    class Status(models.TextChoices):
        """Follows from the document's events, see ``services/documents.py``."""

        DRAFT = "draft", _("Draft, not submitted")
        SUBMITTED = "submitted", _("Submitted")
        CORRECTING = "correcting", _("Submitted, correction not submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=50)
    template_id = models.CharField(max_length=100)
    template_revision = models.PositiveIntegerField()
    data = models.JSONField(default=dict, encoder=PlainEncoder)
    title = models.CharField(_("title"), max_length=250, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("last changed"), auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title or str(self.uuid)

    @property
    def is_open(self) -> bool:
        """Whether the working copy may be changed."""
        return self.status in (self.Status.DRAFT, self.Status.CORRECTING)

    @property
    def is_in_force(self) -> bool:
        """Whether a submitted version counts, also while a correction of it is being written."""
        return self.status in (self.Status.SUBMITTED, self.Status.CORRECTING)


class Change(models.Model):
    """A deed that autosave has applied, so that the same one sent twice is applied once.

    It keeps which place was changed, not what was written there.
    """

    document = models.ForeignKey(FormDocument, on_delete=models.CASCADE, related_name="changes")
    uuid = models.UUIDField()
    deed = models.CharField(max_length=20)
    path = models.CharField(max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "uuid"], name="mypart_change_applied_once"),
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.path}"
