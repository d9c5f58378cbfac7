"""What is refused because it would tell who a patient is."""

from chassis.kernel.errors import Refusal


class PatientIdentity(Refusal):
    """A text holds an identity number, which is not repeated here.

    Facts: `field`, `kind`: `china-resident-identity` or `pakistan-cnic`, and for a field of which a command has several
    the `path` to it: `opinions.cas_…`, `actions.0.what`.
    """
