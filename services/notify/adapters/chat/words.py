"""What goes to chats and telephones, in words: plain text alone."""

from services.notify.adapters.environments import TEXT
from services.notify.adapters.writer import TemplateWriter
from services.notify.application.chat import Note
from services.notify.application.ports import Message


class ChatWords(TemplateWriter):
    """`ChatWriter` with Jinja2."""

    def note(self, message: Message) -> Note:
        told = self.told(message)
        return Note(
            subject=self._line("layouts/subject.j2", told),
            text=self._line("layouts/summary.j2", told),
            link=self._link(message.notification),
            language=message.reader.language,
        )

    def code(self, code: str, language: str) -> str:
        template = self._environments[language, TEXT].get_template("chat/code.txt.j2")
        return template.render(code=code).strip()
