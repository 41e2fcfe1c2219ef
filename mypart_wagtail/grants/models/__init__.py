from mypart_wagtail.grants.models.application import Application
from mypart_wagtail.grants.models.call import Call, CallStatus, CallVersion
from mypart_wagtail.grants.models.pages import CallIndexPage, CallPage

__all__ = ["Application", "Call", "CallIndexPage", "CallPage", "CallStatus", "CallVersion"]
