"""A catalogue harvests over HTTP, from the running web and research, while what it harvests changes: works, and whom
they name."""

import urllib.parse
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chassis.kernel.actor import SYSTEM
from chassis.kernel.context import Context
from chassis.kernel.decision import Decision
from chassis.kernel.ids import derived
from chassis.store import database_at
from khunjerab.installation import Installation
from services.research.application.ports.outcomes import Outcomes
from services.research.bootstrap.measured import outcomes_on
from services.research.domain.contributors import Contributor
from services.research.domain.harvesting.formats import ORGANISATION, PERSON
from services.research.domain.harvesting.named import id_of
from tests.alliance import StandingClock
from tests.fixtures.running import Processes
from tests.unit.research.harvesters import CERIF, REPOSITORY, Asked, identifier, ids, outcome_of, texts, token, verb
from tests.xml_judge import judged

SETTINGS = {"OAI_REPOSITORY": REPOSITORY, "OAI_ADMIN_EMAIL": "office@kashgar.example"}
HOW_MANY = 103
PUBLICATIONS, PERSONS = ("set", "openaire_cris_publications"), ("set", "openaire_cris_persons")
BANO, ZHANG = "https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0009-0000-0000-0000"


def told(outcomes: Outcomes, number: int, **different: Any) -> None:
    """Puts an outcome into the database, or changes the one that is there."""
    context = Context(derived(str(number), str(different)), SYSTEM, datetime.now(UTC))
    outcome = outcome_of("publication", number)
    if different:
        loaded = outcomes.load(outcome.id)
        outcomes.save(loaded, Decision(replace(loaded.state, **different), what="told"), context)
    else:
        outcomes.add(outcome.id, Decision(outcome, what="told"), context)


def test_a_catalogue_gets_all_as_it_stands_while_records_change(
    installation: Installation, processes: Processes
) -> None:
    outcomes = outcomes_on(database_at(installation.mongo_url("research")), StandingClock())
    for number in range(HOW_MANY):
        told(outcomes, number)
    told(outcomes, 102, contributors=(Contributor("Zhang, Wei", "author", None, ZHANG),))
    processes.start("research", "serve")
    processes.start("web", env=SETTINGS)
    address = f"http://127.0.0.1:{processes.web_port}/oai"

    def harvested(*arguments: Asked, post: bool = False) -> Any:
        asked = urllib.parse.urlencode(arguments)
        at, sent = (address, asked.encode()) if post else (f"{address}?{asked}", None)
        with urllib.request.urlopen(at, sent, timeout=30) as answer:  # noqa: S310
            assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
            return judged(answer.read().decode())

    def following(page: Any) -> tuple[Asked, Asked]:
        return verb("ListRecords"), ("resumptionToken", token(page) or "")

    assert texts(harvested(verb("Identify")), "repositoryIdentifier") == [REPOSITORY]
    first = harvested(verb("ListRecords"), CERIF, PUBLICATIONS)
    assert texts(harvested(verb("ListRecords"), CERIF, PERSONS), "ORCID") == [BANO, ZHANG]
    told(outcomes, 3, title="Told another time")
    told(outcomes, 60, title="Another title")
    told(outcomes, 102, public=False)
    second = harvested(*following(first), post=True)
    last = harvested(*following(second))
    came = [*ids(first), *ids(second), *ids(last)]
    still = [f"out_{number:03}" for number in range(HOW_MANY) if number not in (60, 102)]
    assert came == [*still, "out_003", "out_060", "out_102!"]
    assert "Another title" in texts(last, "Title")
    assert token(last) == ""
    zhang = id_of(PERSON, ZHANG)
    assert ids(harvested(verb("ListIdentifiers"), CERIF, PERSONS)) == [id_of(PERSON, BANO), zhang + "!"]
    assert ids(harvested(verb("GetRecord"), CERIF, identifier(zhang))) == [zhang + "!"]
    (library,) = harvested(verb("ListRecords"), CERIF, ("set", "openaire_cris_orgunits")).iter("{*}OrgUnit")
    assert library.get("id") == id_of(ORGANISATION, "https://ror.org/03yrm5c26")
    moved = harvested(verb("ListIdentifiers"), CERIF, PERSONS, ("from", texts(last, "datestamp")[-1]))
    assert ids(moved) == [zhang + "!"]
