"""Everything that research can be asked, on one database."""

from typing import Any

from pymongo.database import Database

from chassis.clock import Clock
from chassis.timers import Timers
from services.research.bootstrap.agreement_tracks import AgreementTracks
from services.research.bootstrap.attribution import Attribution
from services.research.bootstrap.delegates import Delegates
from services.research.bootstrap.duplicates import Duplicates
from services.research.bootstrap.exporting import Exporting
from services.research.bootstrap.finding import common_keys_on, keys_anew_on
from services.research.bootstrap.imports import Imports
from services.research.bootstrap.legal import Legal
from services.research.bootstrap.measured import counting_on
from services.research.bootstrap.measuring import Measuring
from services.research.bootstrap.outcomes import Outcomes
from services.research.bootstrap.publicity import Publicity
from services.research.bootstrap.reacting import Reacting
from services.research.bootstrap.stores import Stores, stores_on
from services.research.bootstrap.transfer import Transfer
from services.research.domain.agreement_tracks.lasting import LOOK
from services.research.domain.coming_back import GATE_DUE
from services.research.domain.expecting import DUE_SOON, OVERDUE
from services.research.domain.following_up import FOLLOW_UP
from services.research.domain.importing.importing import APPLY, CHECK, READ
from services.research.domain.legal.expiring import CLEARANCE


class Research(
    Outcomes,
    Attribution,
    Delegates,
    Duplicates,
    Imports,
    Transfer,
    Publicity,
    Exporting,
    Legal,
    AgreementTracks,
    Measuring,
    Reacting,
):
    """One per process; safe for several threads."""

    def __init__(self, database: Database[dict[str, Any]], clock: Clock) -> None:
        self.put_together(stores_on(database, clock), clock)
        fires = {
            DUE_SOON: self.remind_of_due,
            OVERDUE: self.mark_overdue,
            GATE_DUE: self.mark_gate_due,
            CLEARANCE: self.tell_clearances,
            FOLLOW_UP: self.ask_follow_up,
        }
        work = {READ: self.read_import, CHECK: self.check_import, APPLY: self.apply_import}
        self.timers = (
            Timers(database["outcomes"], fires, clock),
            Timers(database["imports"], work, clock),
            Timers(database["agreement_tracks"], {LOOK: self.look_at_track}, clock),
        )
        self.counting = counting_on(database, clock)
        self.keys_anew, self.common_keys = keys_anew_on(database), common_keys_on(database)
        self.rounds_over_all = {
            "counting anew": (self.counting.run_once, 5),
            "keys anew": (self.keys_anew.run_once, 5),
            "common keys": (self.common_keys.run_once, 60),
        }
        """What a worker does again and again about all outcomes, and the seconds between two rounds."""

    def put_together(self, stores: Stores, clock: Clock) -> None:
        """The same on any stores."""
        self.stores, self.clock = stores, clock
