"""What stands in for the services that bring texts to people."""

from collections.abc import Mapping

from chassis.kernel.documents import Loaded
from services.notify.adapters.address_store import ADDRESS_SHAPE
from services.notify.adapters.chat import Accounts, SmsAccount, WhatsAppAccount
from services.notify.adapters.egress import RequestFailed, Response
from services.notify.application.chat import Text
from services.notify.domain.chat.address import Address
from services.notify.domain.delivery import TAKEN, Answer
from tests.fakes.documents import InMemoryDocuments
from tests.fakes.memory import Memory

ACCOUNTS = Accounts(
    frozenset({"wecom", "dingtalk", "feishu"}),
    SmsAccount("AC00112233445566778899aabbccddeeff", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "+15005550006"),
    WhatsAppAccount("106540352242922", "EAAJB0wLbZC1", "khunjerab_message"),
)
FIELDS: dict[str, dict[str, str]] = {
    "wecom": {"key": "693a91f6-7bc4-4bc4-97a0-0ec2bd3fa5aa"},
    "dingtalk": {"token": "566cc69da782ec4f" * 4, "secret": "SEC" + "240d7bb4c0bafc62" * 4},
    "feishu": {"token": "f19c4d5e-03a2-4a4c-8c3e-0e6a4d3a2b11"},
    "whatsapp": {"phone": "+923451234567"},
    "sms": {"phone": "+8613912345678"},
}
"""What it takes to reach somebody by each channel."""


class FakeAddresses(InMemoryDocuments[Address]):
    """`Addresses` in memory."""

    def every(self) -> list[Loaded[Address]]:
        return [self.load(each) for each in self.kept]


def addresses() -> FakeAddresses:
    return FakeAddresses(Memory(), "address", ADDRESS_SHAPE.state_word)


class KeepingMessenger:
    """`Messenger` who keeps what he is given. `answers` are his next answers; after them he takes everything."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.given: list[Text] = []

    def send(self, text: Text) -> Answer:
        self.given.append(text)
        return self.answers.pop(0) if self.answers else Answer(TAKEN)

    @property
    def code(self) -> str:
        """The code that came last."""
        return "".join(sign for sign in self.given[-1].body.splitlines()[0] if sign.isdigit())


class Request:
    """One that went out."""

    def __init__(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> None:
        self.method, self.address, self.headers, self.body = method, address, dict(headers), body


class FakeHttp:
    """In the place of `GuardedHttp`: keeps the requests, and answers as a test wishes."""

    def __init__(self, *answers: Response | RequestFailed) -> None:
        self.answers = list(answers)
        self.made: list[Request] = []

    def request(self, method: str, address: str, headers: Mapping[str, str], body: bytes) -> Response:
        self.made.append(Request(method, address, headers, body))
        answer = self.answers.pop(0) if self.answers else json_answer('{"errcode": 0, "code": 0}')
        if isinstance(answer, RequestFailed):
            raise answer
        return answer


def json_answer(body: str, status: int = 200) -> Response:
    return Response(status, {"content-type": "application/json"}, body.encode())
