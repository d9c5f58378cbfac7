"""No patient is named: a text that holds somebody's identity number is refused, whoever it belongs to.

What is looked for is what patients' papers in Kashgar and Gilgit carry: China's identity number and Pakistan's CNIC.
Whoever is refused without cause can say it otherwise; what was let through would be read at every site. So where both
are likely, it is refused. Names, birth dates and a hospital's own numbers are not recognised here.
"""

from services.exchange.domain.consultations.identity.cnic import holds_cnic
from services.exchange.domain.consultations.identity.plain_digits import plain
from services.exchange.domain.consultations.identity.refusals import PatientIdentity
from services.exchange.domain.consultations.identity.resident_identity import holds_resident_identity

CHINA, PAKISTAN = "china-resident-identity", "pakistan-cnic"
_SOUGHT = {CHINA: holds_resident_identity, PAKISTAN: holds_cnic}


def must_name_no_patient(path: str = "", /, **texts: str) -> None:
    """Looks through every text, by the name of the field that it stands in. Raises `PatientIdentity`.

    `path`: where the text stands, if its field is one of several of that name.

    Takes time in proportion to the texts' length, whatever they hold.
    """
    for field, text in texts.items():
        if kind := _kind_of_number(text):
            raise PatientIdentity(field=field, kind=kind, **({"path": path} if path else {}))


def _kind_of_number(text: str) -> str | None:
    read = plain(text)
    return next((kind for kind, holds in _SOUGHT.items() if holds(read)), None)
