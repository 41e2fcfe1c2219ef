from mypart_wagtail.grants.models.application import Application
from mypart_wagtail.grants.models.award import Award
from mypart_wagtail.grants.models.call import Call, CallStatus, CallVersion
from mypart_wagtail.grants.models.pages import CallIndexPage, CallPage

__all__ = ["Application", "Award", "Call", "CallIndexPage", "CallPage", "CallStatus", "CallVersion"]
