"""Private files: PDFs, snapshots and attachments that no address may reach.

They are read through views that check who asks, never through ``MEDIA_URL``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db.models.fields.files import FieldFile
from django.utils.deconstruct import deconstructible

from mypart_wagtail.conf import mypart_settings


class NoPublicAddress:
    """Put first among the bases of a storage's class: it then hands out no addresses.

    >>> class PrivateS3Storage(NoPublicAddress, S3Storage): ...
    """

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no public address.")


@deconstructible
class PrivateFileSystemStorage(NoPublicAddress, FileSystemStorage):
    """Files on disk without a public address; readable by the server's own user only."""

    def __init__(self, location: str) -> None:
        super().__init__(
            location=location, base_url=None, file_permissions_mode=0o600, directory_permissions_mode=0o700
        )


def private_storage() -> Storage:
    """The storage named by ``MYPART["PRIVATE_STORAGE"]``. Pass the function itself to ``FileField``."""
    return storages[mypart_settings.PRIVATE_STORAGE]


@contextmanager
def removed_on_failure(file: FieldFile) -> Iterator[None]:
    """Take the stored ``file`` away again if what is written beside it fails: files know no rollback."""
    try:
        yield
    except BaseException:
        file.delete(save=False)
        raise


def hands_out_addresses(storage: Storage) -> bool:
    """Whether ``storage`` gives addresses by which its files can be read."""
    try:
        return bool(storage.url("check"))
    except (ValueError, NotImplementedError):  # Django's own words for "has no address".
        return False
    except Exception:  # noqa: BLE001 - one that fails now, such as for want of the net, may give one later
        return True
