from django.conf import settings
from django.db import models


class AwaitedConfirmation(models.Model):
    """An account whose owner confirms the e-mail before first signing in.

    Made for those who could not answer the question at sign-up: the e-mailed link answers it for them.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user)
