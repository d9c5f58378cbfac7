"""What stands before the figures: of what the report is, when things stood so, who made it, and what it cannot tell."""

from collections.abc import Iterator
from datetime import datetime

from services.exchange.adapters.printing import name_in
from services.exchange.adapters.reports.naming import Naming
from services.exchange.domain.reporting.compiling import Account
from services.exchange.domain.reporting.report import AGREEMENT, end_of


def title(account: Account, naming: Naming) -> str:
    return naming.say("title", year=account.asked.year)


def subject(account: Account, naming: Naming) -> str:
    """The name of the agreement or the site."""
    of = account.asked.subject
    return naming.value("agreement", of.id) if of.kind == AGREEMENT else naming.site(of.id)


def as_of(account: Account, naming: Naming) -> str:
    """The day at whose end things stood so, or the moment, and where."""
    asked = account.asked
    whole = asked.moment == end_of(asked.as_of, asked.zone)
    return naming.say("end-of-day" if whole else "during-day", **naming.moment(asked.moment))


def made(naming: Naming, by: str, at: datetime) -> str:
    return naming.say("made-by", by=by, **naming.moment(at))


def about(account: Account, naming: Naming, made_by: str) -> Iterator[tuple[str, str]]:
    """Lines of label and text."""
    asked, say = account.asked, naming.say
    yield say("title", year=asked.year), subject(account, naming)
    yield say("of-agreement" if asked.subject.kind == AGREEMENT else "of-site"), asked.subject.id
    if asked.subject.kind != AGREEMENT:
        for names in account.agreements.values():
            yield say("of-agreement"), name_in(names, naming.language)
    yield say("partners"), partners(account, naming)
    yield say("as-of"), as_of(account, naming)
    yield say("made"), made_by
    if asked.currency:
        yield say("currency"), asked.currency
    for sentence in reading(account):
        yield say("reading"), say(sentence)
    for limit in limits(account, naming):
        yield say("limits"), limit


def partners(account: Account, naming: Naming) -> str:
    return " · ".join(name_in(site.names, naming.language) for site in account.sites.values())


def reading(account: Account) -> list[str]:
    """The sentences that say how to read it."""
    money = ["reading-money"] if account.asked.currency else []
    return ["reading-codes", "reading-year", *money, *(["reading-consultations"] if account.consults else [])]


def limits(account: Account, naming: Naming) -> list[str]:
    """What the report cannot tell; that it knows of nothing, where that is so."""
    known, say = account.limits, naming.say
    told = [
        say("limit-missing", pair=f"{each.from_currency} → {each.to_currency}", day=naming.day(each.not_after))
        for each in account.missing
    ]
    if known.inexact:
        told.append(say("limit-inexact", documents=", ".join(known.inexact)))
    if known.undated:
        told.append(say("limit-undated", count=naming.number(known.undated)))
    return told or [say("limit-none")]
