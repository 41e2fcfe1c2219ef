from mypart_wagtail.models.mail import OutgoingMail

__all__ = ["OutgoingMail"]
