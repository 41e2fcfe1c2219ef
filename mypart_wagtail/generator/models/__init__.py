from mypart_wagtail.generator.models.document import Change, FormDocument
from mypart_wagtail.generator.models.event import Event
from mypart_wagtail.generator.models.help import FieldHelp
from mypart_wagtail.generator.models.snapshot import (
    Snapshot,
    SnapshotDamaged,
    SnapshotErased,
    SnapshotMissing,
    SnapshotUnreadable,
)

__all__ = [
    "Change",
    "Event",
    "FieldHelp",
    "FormDocument",
    "Snapshot",
    "SnapshotDamaged",
    "SnapshotErased",
    "SnapshotMissing",
    "SnapshotUnreadable",
]
