# What the maker of the site adds to the settings that `wagtail start` wrote.
INSTALLED_APPS += [
    "mypart_wagtail.portal",
    "mypart_wagtail.news",
    "mypart_wagtail.newsletter",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "mypart_wagtail.publishing",
    "mypart_wagtail.grants",
    "mypart_wagtail.generator",
    "mypart_wagtail.organisations",
    "mypart_wagtail.blocks",
    "mypart_wagtail",
    "captcha",
]
STORAGES["mypart_private"] = {
    "BACKEND": "mypart_wagtail.storage.PrivateFileSystemStorage",
    "OPTIONS": {"location": str(BASE_DIR / "private")},
}
DATABASES["default"]["OPTIONS"] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;",
}

TIME_ZONE = "Europe/Warsaw"
MIDDLEWARE.insert(0, "mypart_wagtail.middleware.ArrivalMiddleware")
MIDDLEWARE.append("mypart_wagtail.publishing.middleware.PublishersMiddleware")
WAGTAIL_FINISH_WORKFLOW_ACTION = "mypart_wagtail.publishing.workflow.publish_approved"
WAGTAILIMAGES_IMAGE_FORM_BASE = "mypart_wagtail.image_forms.CleanImageForm"
