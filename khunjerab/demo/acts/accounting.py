"""The year's account: what was promised, what happened, what it cost."""

from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from khunjerab.demo.acts.visiting import planned_arrival
from khunjerab.demo.stage import Stage, once

LANGUAGES = ("en", "zh", "ur")
CURRENCY = "CNY"


def enter_costs(stage: Stage, who: str) -> None:
    """The flights, budgeted and paid in rupees, and a rate by which the report can add them up."""
    visit, today = {"visit_id": stage.ids["visit"]}, stage.today().isoformat()
    rate = {"from_currency": "PKR", "to_currency": CURRENCY, "rate": "0.0256", "source": "State Bank of Pakistan"}
    stage.call(who, "enter_rate", day=planned_arrival(stage).isoformat(), **rate)
    stage.call(who, "add_money_line", **visit, kind="travel", currency="PKR", budgeted="85000")
    budget = stage.call(who, "visit_budget", **visit)
    line, version = budget["lines"][0]["id"], budget["version"]
    stage.call(who, "enter_actual", **visit, line_id=line, amount="83250.50", day=today, expected_version=version)


def print_annual_report(stage: Stage, who: str) -> None:
    """Of the agreement, in each language, for the year in which the visit began; each file is fetched from its page."""
    browser, _ = stage.opened(who, "/")
    for report in [_made(stage, who, language) for language in LANGUAGES]:
        for kind in ("pdf", "xlsx"):
            name = f"annual-report-{report['year']}-{report['language']}.{kind}"
            stage.print(name, browser.fetch(f"/reports/{report['id']}.{kind}"))


def figures(stage: Stage) -> dict[str, str]:
    """Code -> value, as the English spreadsheet has them."""
    file = next(stage.printed.glob("annual-report-*-en.xlsx"))
    rows = CalamineWorkbook.from_filelike(BytesIO(file.read_bytes())).get_sheet_by_name("Figures").to_python()
    heading = next(number for number, row in enumerate(rows) if "Code" in row)
    code, value = rows[heading].index("Code"), rows[heading].index("Value")
    return {str(row[code]): str(row[value]) for row in rows[heading + 1 :]}


def _made(stage: Stage, who: str, language: str) -> dict[str, Any]:
    of = {"agreement_id": stage.memorandum.agreement, "year": planned_arrival(stage).year}
    asked = stage.call(who, "make_annual_report", **of, language=language, currency=CURRENCY)

    def report() -> dict[str, Any]:
        return stage.call(who, "annual_report", report_id=asked["id"])

    return once(report, lambda found: found["state"] == "made", f"the annual report in {language}")
