"""Two texts side by side: field by field, conditions matched by their ids, in values that a page can show."""

import json
from dataclasses import replace
from datetime import date

from services.exchange.domain.agreement_difference import difference
from tests.unit.exchange import given

BEFORE = given.agreement().text
NOTHING = {"fields": [], "conditions": {"added": [], "removed": [], "changed": []}}


def test_a_text_does_not_differ_from_itself() -> None:
    assert difference(BEFORE, BEFORE) == NOTHING


def test_each_field_that_differs_is_named_with_what_it_was_and_is() -> None:
    after = replace(BEFORE, in_effect_until=date(2027, 6, 30), note="Illustrative")
    assert difference(BEFORE, after) == NOTHING | {
        "fields": [
            {"field": "in_effect_until", "from": "2026-12-31", "to": "2027-06-30"},
            {"field": "note", "from": "", "to": "Illustrative"},
        ]
    }


def test_each_language_of_a_name_is_a_field_of_its_own() -> None:
    after = replace(BEFORE, names={"en": "Memorandum", "zh": "备忘录"})
    assert difference(BEFORE, after)["fields"] == [{"field": "names.zh", "from": None, "to": "备忘录"}]


def test_of_a_list_what_came_and_what_went_is_told() -> None:
    after = replace(BEFORE, fields=("telemedicine",))
    assert difference(BEFORE, after)["fields"] == [
        {
            "field": "fields",
            "from": ["liver echinococcosis"],
            "to": ["telemedicine"],
            "added": ["telemedicine"],
            "removed": ["liver echinococcosis"],
        }
    ]


def test_conditions_are_matched_by_id_whatever_their_order() -> None:
    second = given.condition(id="cnd_2", field="imaging")
    before = replace(BEFORE, conditions=(given.condition(), second))
    after = replace(
        before,
        conditions=(second, given.condition(visits_per_year=10, rules={"weekend": "forbid"}, expects_outcome=None)),
    )
    assert difference(before, after)["conditions"] == {
        "added": [],
        "removed": [],
        "changed": [
            {
                "id": "cnd_1",
                "kind": "training",
                "field": "liver echinococcosis",
                "changes": [
                    {"field": "visits_per_year", "from": 12, "to": 10},
                    {"field": "expects_outcome.type", "from": "publication", "to": None},
                    {"field": "expects_outcome.due_days", "from": 90, "to": None},
                    {"field": "rules.weekend", "from": None, "to": "forbid"},
                ],
            }
        ],
    }


def test_conditions_that_came_and_went_are_told_whole() -> None:
    after = replace(BEFORE, conditions=(given.condition(id="cnd_2"),))
    told = difference(BEFORE, after)["conditions"]
    assert [(each["id"], each["visits_per_year"]) for each in told["added"]] == [("cnd_2", 12)]
    assert [each["id"] for each in told["removed"]] == ["cnd_1"]
    assert told["changed"] == []


def test_it_is_plain_json() -> None:
    after = replace(BEFORE, in_effect_from=date(2026, 2, 1), conditions=(given.condition(id="cnd_2"),))
    told = difference(BEFORE, after)
    assert json.loads(json.dumps(told)) == told
