"""What comes into use: influence, rights, medical products and trials, companies; and what has no type of its own."""

from services.research.domain.details.fields import (
    ADDRESS,
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

INFLUENCE_ON_POLICY_OR_PRACTICE: Fields = {
    "kind": needed(
        one_of(
            "citation-in-clinical-guideline",
            "citation-in-systematic-review",
            "citation-in-policy-document",
            "guideline-committee",
            "advisory-committee",
            "evidence-to-a-review",
            "training-of-practitioners",
            "change-of-clinical-practice",
            "other",
        )
    ),
    "reach": needed(REACH),
    "impact": needed(PROSE),
    "body": maybe(ORGANISATION),
    "document": maybe(LINE),
    "took_effect_on": maybe(DAY),
    "address": maybe(ADDRESS),
}

INTELLECTUAL_PROPERTY: Fields = {
    "kind": needed(
        one_of("patent-application", "patent", "utility-model", "copyright", "trademark", "design", "trade-secret")
    ),
    "office": maybe(LINE),
    "reference": maybe(LINE),
    "filed_on": needed(DAY),
    "granted_on": maybe(DAY, not_before="filed_on"),
    "licensed": needed(one_of("no", "yes", "in-confidence")),
    "owners": maybe(ORGANISATIONS),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

MEDICAL_PRODUCT_OR_TRIAL: Fields = {
    "kind": needed(
        one_of(
            "clinical-trial",
            "diagnostic-tool-imaging",
            "diagnostic-tool-other",
            "drug",
            "vaccine",
            "traditional-medicine",
            "device",
            "surgery",
            "radiotherapy",
            "rehabilitation",
            "screening-or-prevention",
            "disease-management",
            "care-service",
            "other",
        )
    ),
    "stage": needed(
        one_of(
            "initial-development",
            "non-clinical-refinement",
            "clinical-refinement",
            "early-clinical-assessment",
            "late-clinical-evaluation",
            "market-authorisation",
            "small-scale-adoption",
            "wide-scale-adoption",
        )
    ),
    "registry": maybe(one_of("chictr", "clinicaltrials-gov", "isrctn", "other")),
    "registration": maybe(LINE),
    "began_on": maybe(DAY),
    "ended_on": maybe(DAY, not_before="began_on"),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

SPIN_OUT: Fields = {
    "name": needed(LINE),
    "registered_in": needed(LINE),
    "registered_on": needed(DAY),
    "registration": maybe(LINE),
    "employees": maybe(COUNT),
    "owners": maybe(ORGANISATIONS),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}

OTHER: Fields = {
    "kind": needed(LINE),
    "happened_on": maybe(DAY),
    "impact": maybe(PROSE),
    "address": maybe(ADDRESS),
}
