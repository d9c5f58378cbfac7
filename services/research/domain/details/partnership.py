"""Who works together, with what, and who learns: collaborations, funding, engagement, facilities, people, awards."""

from services.research.domain.details.fields import (
    ADDRESS,
    AMOUNT,
    COUNT,
    DAY,
    LINE,
    ORGANISATION,
    ORGANISATIONS,
    PROSE,
    REACH,
    Fields,
    maybe,
    needed,
    one_of,
)
from services.research.domain.details.kinds import Number

COLLABORATION: Fields = {
    "partners": needed(ORGANISATIONS),
    "began_on": needed(DAY),
    "ended_on": maybe(DAY, not_before="began_on"),
    "own_contribution": needed(PROSE),
    "partners_contribution": needed(PROSE),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

FURTHER_FUNDING: Fields = {
    "kind": needed(one_of("research-grant", "fellowship", "studentship", "capital", "travel", "co-funding", "other")),
    "funder": needed(ORGANISATION),
    "amount": needed(AMOUNT),
    "began_on": needed(DAY),
    "ends_on": maybe(DAY, not_before="began_on"),
    "reference": maybe(LINE),
    "address": maybe(ADDRESS),
}

ENGAGEMENT: Fields = {
    "kind": needed(
        one_of(
            "talk-or-presentation",
            "workshop",
            "open-day",
            "media-interview",
            "press-release",
            "broadcast",
            "magazine-or-newsletter",
            "exhibition",
            "working-group",
            "other",
        )
    ),
    "audience": needed(
        one_of(
            "public",
            "patients-and-carers",
            "health-professionals",
            "policymakers",
            "media",
            "schools",
            "students",
            "industry",
            "other",
        )
    ),
    "reach": needed(REACH),
    "held_on": needed(DAY),
    "people_reached": maybe(COUNT),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

AWARD: Fields = {
    "kind": needed(
        one_of(
            "research-prize",
            "poster-or-abstract-prize",
            "medal",
            "honorary-degree",
            "honorary-membership",
            "keynote-invitation",
            "editor-of-a-journal",
            "advisor-of-a-body",
            "other",
        )
    ),
    "awarded_by": needed(ORGANISATION),
    "awarded_on": needed(DAY),
    "reach": needed(REACH),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

FACILITY_USE: Fields = {
    "facility": needed(LINE),
    "provided_by": needed(ORGANISATION),
    "purpose": needed(PROSE),
    "began_on": needed(DAY),
    "ended_on": maybe(DAY, not_before="began_on"),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

SKILLS_AND_PEOPLE: Fields = {
    "kind": needed(
        one_of("training-completed", "qualification", "degree", "secondment", "new-post", "promotion", "other")
    ),
    "people": needed(Number(least=1, most=100_000)),
    "skill": needed(LINE),
    "provided_by": maybe(ORGANISATION),
    "completed_on": maybe(DAY),
    "impact": maybe(PROSE),
}
