"""What somebody tells in detail of an outcome of each type: every field that the type has."""

from typing import Any

from tests.fakes.research import FakeCurrencies

decimals = FakeCurrencies().decimals

TOLD: dict[str, dict[str, Any]] = {
    "publication": {
        "kind": "journal-article", "published_in": "Acta Tropica", "year": 2026, "published_on": "2026-07-01",
        "volume": "251", "issue": "3", "pages": "107-119", "publisher": "Elsevier", "pubmed_id": "38123456",
        "open_access": "gold", "address": "https://journal.example/acta/251",
    },
    "collaboration": {
        "partners": [{"name": "California Digital Library", "ror": "https://ror.org/03yrm5c26"}],
        "began_on": "2026-05-01", "ended_on": "2027-04-30", "own_contribution": "Images and readers.",
        "partners_contribution": "A registry.", "impact": "One staging for both.", "address": "https://a.example/",
    },
    "further-funding": {
        "kind": "research-grant", "funder": {"name": "Belt and Road Health Fund", "ror": ""},
        "amount": {"amount": "120000.00", "currency": "CNY"}, "began_on": "2026-09-01", "ends_on": "2028-08-31",
        "reference": "BR-2026-014", "address": "https://fund.example/BR-2026-014",
    },
    "engagement": {
        "kind": "open-day", "audience": "patients-and-carers", "reach": "regional", "held_on": "2026-08-02",
        "people_reached": 180, "impact": "Forty were screened.", "address": "https://gilgit.example/day",
    },
    "influence-on-policy-or-practice": {
        "kind": "change-of-clinical-practice", "reach": "regional", "impact": "CE2 is staged alike.",
        "body": {"name": "Health Department", "ror": ""}, "document": "Circular 14", "took_effect_on": "2026-10-01",
        "address": "https://health.example/14",
    },
    "research-tool": {
        "kind": "imaging-method", "provided_to_others": True, "first_provided_on": "2026-07-15",
        "impact": "Two more hospitals use it.", "address": "https://tool.example/",
    },
    "dataset-or-model": {
        "kind": "image-collection", "access": "on-request", "holds_personal_data": False, "repository": "Zenodo",
        "licence": "CC-BY-4.0", "records": 1240, "published_on": "2026-07-20", "impact": "Read by three groups.",
        "address": "https://zenodo.example/1",
    },
    "intellectual-property": {
        "kind": "patent", "office": "CNIPA", "reference": "CN 1234567 A", "filed_on": "2026-06-01",
        "granted_on": "2026-06-01", "licensed": "no", "owners": [{"name": "Both hospitals", "ror": ""}],
        "impact": "None yet.", "address": "https://patents.example/1",
    },
    "medical-product-or-trial": {
        "kind": "clinical-trial", "stage": "early-clinical-assessment", "registry": "chictr",
        "registration": "ChiCTR2600012345", "began_on": "2026-06-10", "ended_on": "2026-12-10", "impact": "Recruiting.",
        "address": "https://chictr.example/1",
    },
    "software": {
        "kind": "web-or-mobile-app", "is_open_source": True, "version": "1.2", "licence": "Apache-2.0",
        "released_on": "2026-08-01", "impact": "Used at rounds.", "address": "https://code.example/staging",
    },
    "spin-out": {
        "name": "Khunjerab Imaging", "registered_in": "Pakistan", "registered_on": "2026-09-09",
        "registration": "0123456", "employees": 4, "owners": [{"name": "Founders", "ror": ""}],
        "impact": "A first order.", "address": "https://imaging.example/",
    },
    "award": {
        "kind": "medal", "awarded_by": {"name": "Society of Parasitology", "ror": ""}, "awarded_on": "2026-10-10",
        "reach": "international", "impact": "Invitations.", "address": "https://award.example/",
    },
    "facility-use": {
        "facility": "3 T MRI", "provided_by": {"name": "First People's Hospital", "ror": ""},
        "purpose": "Staging of forty cysts.", "began_on": "2026-05-02", "ended_on": "2026-05-20",
        "impact": "Twelve operations spared.", "address": "https://mri.example/",
    },
    "skills-and-people": {
        "kind": "training-completed", "people": 6, "skill": "Ultrasound staging",
        "provided_by": {"name": "First People's Hospital", "ror": ""}, "completed_on": "2026-05-20",
        "impact": "They teach others.",
    },
    "creative-work": {
        "kind": "film-video-or-animation", "shown_on": "2026-11-11", "place": "Gilgit", "impact": "Seen by schools.",
        "address": "https://film.example/",
    },
    "other": {
        "kind": "A guideline for dogs' owners", "happened_on": "2026-12-01", "impact": "Fewer dogs infected.",
        "address": "https://dogs.example/",
    },
}  # fmt: skip
