"""The rows of one agreement given as the command that drafts or amends it."""

from dataclasses import dataclass, replace

from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import Refusal
from services.exchange.application.commands.agreement_text import WrittenText, text_of
from services.exchange.application.commands.amend_agreement import AmendAgreement, amend_agreement
from services.exchange.application.commands.draft_agreement import DraftAgreement, draft_agreement
from services.exchange.application.importing.agreement_lines import Lines, Readings, lines_of
from services.exchange.application.importing.agreement_rules import at_its_column, look_at_rules
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.work import Work
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_text import Text
from services.exchange.domain.importing_rows import Row

REASON = "Imported from a file"
Command = DraftAgreement | AmendAgreement


@dataclass(frozen=True)
class Group:
    """All rows of one agreement; `standing` where it is known. `name`: as a cell calls it."""

    name: str
    standing: Loaded[Agreement] | None
    rows: tuple[Row, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """The text whose place an amendment takes, then the one in force where that is another."""
        if self.standing is None:
            return ()
        agreement = self.standing.state
        return (agreement.waiting.text, agreement.text) if agreement.waiting else (agreement.text,)


@dataclass(frozen=True)
class Written:
    """The new text that the rows make, and the row of each of its conditions."""

    text: Text
    rows: tuple[Row, ...]


def written(group: Group, known: Known, work: Work, readings: Readings) -> Written | None:
    """Gives the command. `None` where the rows say nothing new, or something stands against them."""
    lines = lines_of(group.rows, group.texts, known, readings)
    command = _command(group, lines, readings)
    if command is None:
        look_at_rules(lines, readings)
        return None
    context = work.context(group.rows[0].sheet, group.name, group.standing.version if group.standing else None)
    text = text_of(command, command.conditions, context, work.sites, _known)
    if any(_in_any_order(text) == _in_any_order(each) for each in group.texts):
        return None
    look_at_rules(lines, readings)
    made = Written(text, lines.rows)
    if all(readings.values()):
        _give(command, context, work, made, readings)
    return made if all(readings.values()) else None


def _known(_: str) -> None:
    """The ids of conditions are those of the agreement's own texts."""


def _in_any_order(text: Text) -> Text:
    conditions = (replace(each, acceptance=tuple(sorted(each.acceptance))) for each in text.conditions)
    return replace(
        text,
        partners=tuple(sorted(text.partners)),
        fields=tuple(sorted(text.fields)),
        conditions=tuple(sorted(conditions, key=lambda each: each.id)),
    )


def _command(group: Group, lines: Lines, readings: Readings) -> Command | None:
    """What the rows make, where nothing stands against any of them: each condition has been looked at by itself."""
    first, fields = readings[group.rows[0].number], lines.fields
    if not all(readings.values()):
        first.checked(WrittenText, {name: said for name, said in fields.items() if name != "conditions"})
        return None
    if group.standing is None:
        return first.checked(DraftAgreement, fields)
    reason = group.rows[0].cells.get("reason", "").strip() or REASON
    seen = {"agreement_id": group.standing.id, "expected_version": group.standing.version}
    return first.checked(AmendAgreement, fields | seen | {"reason": reason})


def _give(command: Command, context: Context, work: Work, made: Written, readings: Readings) -> None:
    try:
        if isinstance(command, AmendAgreement):
            amend_agreement(command, context, work.agreements, work.sites, work.quota)
        else:
            draft_agreement(command, context, work.agreements, work.sites)
    except Refusal as refusal:
        said_by = {each.id: row.number for each, row in zip(made.text.conditions, made.rows, strict=True)}
        readings[said_by.get(refusal.facts.get("condition", ""), min(readings))].refuse(at_its_column(refusal))
