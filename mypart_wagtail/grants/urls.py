from django.urls import URLPattern, URLResolver, path

from mypart_wagtail.grants.views import applications, calls, papers, submission
from mypart_wagtail.programs import for_programs

app_name = "mypart_grants"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", applications.applications, name="applications"),
    path("mine/", applications.mine, name="mine"),
    path("calls.atom", for_programs(calls.CallFeed()), name="feed"),
    path("calls.ics", calls.calendar, name="calendar"),
    path("calls/<uuid:uuid>.ics", calls.call_calendar, name="call_calendar"),
    path("start/<uuid:uuid>/", applications.start, name="start"),
    path("<uuid:uuid>/submit/", submission.submit, name="submit"),
    path("<uuid:uuid>/rehearse/", submission.rehearse, name="rehearse"),
    path("<uuid:uuid>/receipt/", submission.receipt, name="receipt"),
    path("<uuid:uuid>/correct/", submission.correct, name="correct"),
    path("<uuid:uuid>/abandon-correction/", submission.abandon_correction, name="abandon_correction"),
    path("<uuid:uuid>/withdraw/", submission.withdraw, name="withdraw"),
    path("<uuid:uuid>/ask-signer/", submission.ask_signer, name="ask_signer"),
    path("<uuid:uuid>/confirm/", submission.confirm, name="confirm"),
    path("<uuid:uuid>/offer/", papers.offer_page, name="offer"),
    path("<uuid:uuid>/offer.pdf", papers.offer_pdf, name="offer_pdf"),
    path("<uuid:uuid>/draft.pdf", papers.draft_pdf, name="draft_pdf"),
]
