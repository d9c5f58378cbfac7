"""The field's codes as words, in English: the catalogues have them in the other languages."""

import re
from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "because": {
        "digest": "You receive this because you asked for it in one message.",
        "visitor": "You receive this because you are one of the visitors.",
        "proposer": "You receive this because you proposed the visit.",
        "deputy": "You receive this because you stand in for somebody who is away.",
        "host-coordinator": "You receive this because you coordinate visits for the host.",
        "sending-coordinator": "You receive this because you coordinate visits for the sending site.",
        "stand-in": "You receive this because you stand in for who was asked.",
        "programme-manager": "You receive this because you manage the programme at the site that was asked.",
        "coordinator": "You receive this because you coordinate visits for a partner of the agreement.",
        "participant": "You receive this because you take part in the consultation.",
        "organiser": "You receive this because you organise the consultation.",
        "chair": "You receive this because you chair the consultation.",
        "owner": "You receive this because you took on an action.",
        "site-coordinator": "You receive this because you coordinate consultations for a site that takes part.",
        "responsible": "You receive this because you are responsible for the outcome.",
        "clearance-owner": "You receive this because you see to this clearance.",
        "follower": "You receive this because you follow the outcome.",
        "adopter": "You receive this because you confirmed that the outcome is in use.",
        "importer": "You receive this because you brought the file.",
        "registrar": "You receive this because you registered the webhook.",
        "announced-to-all": "You receive this because it was announced to everybody.",
        "announced-to-site": "You receive this because it was announced to people of your site.",
        "announced-to-field": "You receive this because it was announced to people who work in your field.",
        "track-follower": "You receive this because you follow an outcome that the agreement serves.",
    },
    "time": {"span": "%(begins)s–%(until)s"},
    "person": {"unknown": "a colleague"},
    "party": {
        "sending-site": "the sending site",
        "host-department": "the host department",
        "international-office": "the international office",
        "authority": "the authority",
    },
    "reply": {
        "accepted": "accepted",
        "tentative": "tentative",
        "declined": "declined",
        "needs-action": "no reply yet",
    },
    "answer": {
        "accepted": "Accept",
        "tentative": "Tentative",
        "declined": "Decline",
        "acknowledged": "I know of this",
    },
    "reason": {
        "declined by sending-site": "The sending site declined.",
        "declined by host-department": "The host department declined.",
        "declined by international-office": "The international office declined.",
        "declined by authority": "The authority declined.",
        "everybody declined": "Everybody declined.",
        "not settled": "It was not settled in time.",
    },
    "outcome": {
        "publication": "publication",
        "collaboration": "collaboration",
        "further-funding": "further funding",
        "engagement": "engagement",
        "influence-on-policy-or-practice": "influence on policy or practice",
        "research-tool": "research tool or method",
        "dataset-or-model": "dataset or model",
        "intellectual-property": "intellectual property",
        "medical-product-or-trial": "medical product or clinical trial",
        "software": "software",
        "spin-out": "spin-out company",
        "award": "award",
        "facility-use": "use of facilities",
        "skills-and-people": "skills and people",
        "creative-work": "creative work",
        "other": "other outcome",
    },
    "stage": {
        "disclosure": "disclosure",
        "evaluation": "evaluation",
        "protection": "protection",
        "terms": "terms",
        "pilot": "pilot",
        "adoption": "adoption",
    },
    "gate": {
        "accepted": "passed",
        "deferred": "deferred",
        "declined": "not passed",
        "not-applicable": "not applicable",
    },
    "track": {
        "material-transfer": "material transfer agreement",
        "data-transfer": "data transfer agreement",
        "licence": "licence",
    },
    "webhook": {
        "gone": "Its receiver answered that it wants nothing any more.",
        "failing": "Nothing that was tried for five days has reached it.",
    },
    "side": {"provider": "giving hospital", "recipient": "receiving hospital"},
    "step": {
        "data-protection-plan": "data protection plan",
        "term-sheet": "term sheet",
        "term-sheet-review": "review of the term sheet",
        "draft": "draft",
        "review": "review",
        "provider-legal-review": "legal review",
        "recipient-legal-review": "legal review",
        "provider-signature": "signature",
        "recipient-signature": "signature",
    },
    "visit-step": {
        "leave": "Leave of absence",
        "no-objection": "No-objection certificate",
        "outbound-permit": "Permit to travel abroad",
        "practice-permit": "Permit for medical practice",
        "pakistan-visa": "Visa for Pakistan",
        "china-visa": "Visa for China",
        "insurance-proof": "Proof of insurance",
        "police-registration": "Registration with the police",
    },
    "field": {
        "liver echinococcosis": "Liver echinococcosis",
        "medical imaging": "Medical imaging",
        "infectious disease control": "Infectious disease control",
        "international medicine": "International medicine",
        "telemedicine": "Telemedicine",
        "artificial intelligence": "Artificial intelligence",
        "big data": "Big data",
        "traditional chinese medicine": "Traditional Chinese medicine",
    },
}

LAPSED = re.compile(r"^not settled by \d{4}-\S+$")
"""The reason where time ran out, which has the moment in it."""


def english(code: str, group: str) -> str:
    """The English word for a code of a group; a code that nobody knows yet is shown as it is, hyphens as spaces."""
    known = WORDS[group]
    if group == "reason":
        code = LAPSED.sub("not settled", code)
    plain = code.replace("-", " ")
    return known.get(code) or known.get(plain.lower()) or (code if group == "reason" else plain)
