"""What notify's processes need to know of the operator's accounts at WhatsApp and SMS. Each field is an environment
variable, in capitals. What is not set is not offered: nothing about anybody goes to a service of another's before the
operator has said so.
"""

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from chassis.settings import ServiceSettings
from services.notify.adapters.chat import Accounts, SmsAccount, WhatsAppAccount
from services.notify.domain.channels import DINGTALK, FEISHU, SMS, WECOM, WHATSAPP

BOTS = (WECOM, DINGTALK, FEISHU)


class ChatSettings(ServiceSettings):
    """What takes addresses needs: which channels are offered. Opens no account."""

    chat_bots: str = Field(default="", description="of wecom, dingtalk and feishu those that are offered: wecom,feishu")
    whatsapp_phone_id: str = Field(default="", pattern="^[0-9]*$", description="the sender's id at Meta's Cloud API")
    sms_account: str = Field(default="", pattern="^(AC[0-9a-f]{32})?$", description="the account's SID at Twilio")

    @property
    def offered(self) -> frozenset[str]:
        """The channels for which people may add addresses."""
        accounts = {WHATSAPP: self.whatsapp_phone_id, SMS: self.sms_account}
        return self.bots | {channel for channel, account in accounts.items() if account}

    @property
    def bots(self) -> frozenset[str]:
        """Those of them whose bots people bring themselves."""
        return frozenset(each.strip() for each in self.chat_bots.split(",") if each.strip())

    @field_validator("chat_bots")
    @classmethod
    def _are_bots(cls, text: str) -> str:
        if not {each.strip() for each in text.split(",")} <= {*BOTS, ""}:
            raise ValueError(f"of {', '.join(BOTS)} those that are offered, with commas between them")
        return text


class ChatAccountSettings(ChatSettings):
    """What the worker needs, which writes there."""

    whatsapp_token: SecretStr = Field(default=SecretStr(""), validate_default=True)
    whatsapp_template: str = Field(
        default="",
        validate_default=True,
        description="the name of a template with one place in its body, approved in en, zh_CN and ur",
    )
    sms_token: SecretStr = Field(default=SecretStr(""), validate_default=True)
    sms_sender: str = Field(
        default="",
        pattern=r"^(\+?[0-9]{5,14})?$",
        validate_default=True,
        description="the number that messages come from: +15005550006",
    )

    @field_validator("whatsapp_token", "whatsapp_template", "sms_token", "sms_sender")
    @classmethod
    def _goes_with_its_account(cls, given: SecretStr | str, others: ValidationInfo) -> SecretStr | str:
        account = "whatsapp_phone_id" if str(others.field_name).startswith("whatsapp") else "sms_account"
        value = given.get_secret_value() if isinstance(given, SecretStr) else given
        if bool(value) != bool(others.data.get(account)):
            raise ValueError(f"it and {account.upper()} go together: both, or neither")
        return given

    @property
    def accounts(self) -> Accounts:
        sms = self._sms if self.sms_account else None
        return Accounts(self.bots, sms, self._whatsapp if self.whatsapp_phone_id else None)

    @property
    def _sms(self) -> SmsAccount:
        return SmsAccount(self.sms_account, self.sms_token.get_secret_value(), self.sms_sender)

    @property
    def _whatsapp(self) -> WhatsAppAccount:
        return WhatsAppAccount(self.whatsapp_phone_id, self.whatsapp_token.get_secret_value(), self.whatsapp_template)
