"""The rows of one agreement given as the command that drafts or amends it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chassis.commands import parsed
from chassis.kernel.context import Context
from chassis.kernel.documents import Loaded
from chassis.kernel.errors import InvalidCommand, Refusal
from services.exchange.application.commands.agreement_text import text_of
from services.exchange.application.commands.amend_agreement import AmendAgreement, amend_agreement
from services.exchange.application.commands.draft_agreement import DraftAgreement, draft_agreement
from services.exchange.application.importing.agreement_lines import Lines, lines_of
from services.exchange.application.importing.knowing import Known
from services.exchange.application.importing.problems import Against, innermost
from services.exchange.application.importing.work import CellRefused, Work
from services.exchange.domain.agreement import Agreement
from services.exchange.domain.agreement_text import Condition, Text, must_be_possible
from services.exchange.domain.importing_rows import Row
from services.exchange.domain.refusals import UnknownSite

REASON = "Imported from a file"
_COLUMN_OF_WHAT = {
    "visits": "visits_per_year",
    "visitor-days": "visitor_days_per_year",
    "kind": "kind",
    "sending_site": "sending_site",
    "host_site": "host_site",
}
"""What a refusal is of -> its column."""
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


def written(group: Group, known: Known, work: Work, against: Against) -> Written | None:
    """Gives the command. `None` where the rows say nothing new, or something is `against` them."""
    lines = lines_of(group.rows, group.texts, known, against)
    command = None if against else _command(group, lines, against)
    if command is None:
        return None
    context = work.context(group.rows[0].sheet, group.name, group.standing.version if group.standing else None)
    text = text_of(command, command.conditions, context, work.sites, _known)
    if any(_in_any_order(text) == _in_any_order(each) for each in group.texts):
        return None
    for row, condition in zip(lines.rows, text.conditions, strict=True):
        with against.row(row):
            _must_be_possible(condition, text.partners)
    if not against:
        _give(command, context, work, group, Written(text, lines.rows), against)
    return None if against else Written(text, lines.rows)


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


def _command(group: Group, lines: Lines, against: Against) -> Command | None:
    reason = group.rows[0].cells.get("reason", "").strip() or REASON
    try:
        if group.standing is None:
            return parsed(DraftAgreement, lines.fields)
        seen = {"agreement_id": group.standing.id, "expected_version": group.standing.version}
        return parsed(AmendAgreement, lines.fields | seen | {"reason": reason})
    except InvalidCommand as invalid:
        for row, problems in _by_row(invalid, lines, group.rows[0]):
            with against.row(row):
                raise InvalidCommand(problems=problems) from None
        return None


def _by_row(invalid: InvalidCommand, lines: Lines, first: Row) -> list[tuple[Row, list[Mapping[str, str]]]]:
    """What is wrong with a condition belongs to its row, everything else to the first."""
    found: list[tuple[Row, list[Mapping[str, str]]]] = []
    for each in innermost(invalid.facts["problems"]):
        whole, _, rest = each["field"].partition(".")
        number, _, field = rest.partition(".")
        of_a_condition = whole == "conditions" and number.isdecimal()
        told = {"field": field or rest, "problem": each["problem"]} if of_a_condition else each
        found.append((lines.rows[int(number)] if of_a_condition else first, [told]))
    return found


def _must_be_possible(condition: Condition, partners: tuple[str, ...]) -> None:
    try:
        must_be_possible(condition, partners)
    except UnknownSite as refusal:
        column = "sending_site" if refusal.facts["site"] == condition.sending_site else "host_site"
        raise CellRefused(column, refusal) from None
    except Refusal as refusal:
        raise _at_its_column(refusal) from None


def _give(command: Command, context: Context, work: Work, group: Group, made: Written, against: Against) -> None:
    try:
        if isinstance(command, AmendAgreement):
            amend_agreement(command, context, work.agreements, work.sites, work.quota)
        else:
            draft_agreement(command, context, work.agreements, work.sites)
    except Refusal as refusal:
        said_by = {each.id: row for each, row in zip(made.text.conditions, made.rows, strict=True)}
        with against.row(said_by.get(refusal.facts.get("condition", ""), group.rows[0])):
            raise _at_its_column(refusal) from None


def _at_its_column(refusal: Refusal) -> Refusal | CellRefused:
    column = _COLUMN_OF_WHAT.get(str(refusal.facts.get("of", "")))
    return CellRefused(column, refusal) if column else refusal
