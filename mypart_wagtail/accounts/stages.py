from typing import Any

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.stages import EmailVerificationStage

from mypart_wagtail.accounts.models import AwaitedConfirmation


class ConfirmationStage(EmailVerificationStage):
    """E-mail confirmation is optional, but for accounts that it has to prove a person's."""

    def handle(self) -> Any:
        user = self.login.user
        # Nobody: the address has an account already, which only a mail to it tells.
        if user is None or AwaitedConfirmation.objects.filter(user=user).exists():
            self.login.email_verification = EmailVerificationMethod.MANDATORY
        return super().handle()
