import hashlib
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.generator.models.document import FormDocument
from mypart_wagtail.storage import private_storage


class SnapshotUnreadable(Exception):
    """What was submitted cannot be read: damaged, missing or erased."""


class SnapshotDamaged(SnapshotUnreadable):
    """The stored bytes of a snapshot no longer have the checksum they were submitted with."""


class SnapshotMissing(SnapshotUnreadable):
    """The storage does not give the file of a snapshot; the cause is what it said."""


def short_checksum(sha256: str) -> str:
    """The first 12 hex digits in three groups, such as ``0a55-22c2-b414``: short enough to read out."""
    return "-".join((sha256[0:4], sha256[4:8], sha256[8:12]))


class SnapshotErased(SnapshotUnreadable):
    """What was submitted has been erased after the term of retention; only its checksum is left."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def with_checksum(self, checksum: str) -> "SnapshotQuerySet":
        """Snapshots whose SHA-256 begins with ``checksum``: 12 hex digits or all 64."""
        return self.filter(sha256__startswith=checksum)

    def with_document(self) -> "SnapshotQuerySet":
        """Joined with the document, without its working copy, so that many fit into memory."""
        return self.select_related("document").defer("document__data")

    def awaiting_pdf(self) -> "SnapshotQuerySet":
        return self.filter(pdf="", erased_at=None)


class Snapshot(models.Model):
    """What was submitted, frozen: canonical JSON (RFC 8785), its SHA-256, and the PDF made of it.

    Never edited. A correction makes the next snapshot of the same document. ``services.snapshots`` stores
    the PDF and erases both when their time has come; the checksums stay.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(FormDocument, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    template_id = models.CharField(max_length=100)
    template_revision = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(storage=private_storage, upload_to="snapshots/")
    pdf = models.FileField(storage=private_storage, upload_to="pdf/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="mypart_snapshot_number"),
        ]

    def __str__(self) -> str:
        return self.checksum

    @property
    def checksum(self) -> str:
        return short_checksum(self.sha256)

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def awaits_pdf(self) -> bool:
        return not (self.pdf or self.is_erased)

    def read_bytes(self) -> bytes:
        """The canonical JSON as it was submitted.

        Raises ``SnapshotDamaged`` if its checksum differs, ``SnapshotMissing`` if the storage does not give
        it, ``SnapshotErased`` where it is no more: each a ``SnapshotUnreadable``.
        """
        if self.is_erased:
            raise SnapshotErased(f"Snapshot {self.uuid} was erased")
        try:
            with self.content.open("rb") as file:
                content = file.read()
        except Exception as error:  # noqa: BLE001 - each storage has its own way to say that a file is gone
            raise SnapshotMissing(f"Snapshot {self.uuid} cannot be read") from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise SnapshotDamaged(f"Snapshot {self.uuid} does not have the checksum {self.sha256}")
        return content

    def read(self) -> dict[str, Any]:
        """The submitted content. Raises what ``read_bytes`` raises."""
        return json.loads(self.read_bytes())
