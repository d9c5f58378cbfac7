"""The runner of the documentation's examples sees what is wrong with them: planted pages and outcomes."""

import json
from pathlib import Path

import pytest

from tests.documented.answers import differences, wanted
from tests.documented.pages import read_page, stray_commands
from tests.documented.running import Outcome, first_wrong, within

PROPOSED = Outcome(0, '{"id": "vis_7", "state": "proposed", "visitors": ["per_1", "per_2"]}', "")
REFUSED = Outcome(1, "", 'khunjerab: refused: HostFull {"seats": 3, "free": 0}\n')


def wrong(tmp_path: Path, text: str, *outcomes: Outcome) -> str | None:
    """What is found on a page with these lines as its example, when its commands end in these outcomes."""
    path = tmp_path / "page.md"
    path.write_text(f"# A page\n\n```\n{text}\n```\n")
    coming = iter(outcomes)
    return first_wrong(read_page(path), {"per_li…": "per_1"}, lambda _: next(coming))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        '{"id": "vis_…", "state": "proposed", "visitors": ["per_li…", "per_2"]}',
        '{"state": "proposed", …}',
        '{"id": …, "state": "pro…", "visitors": […, "per_2"]}',
        '{…,\n "visitors": […]}',
    ],
)
def test_an_answer_as_shown_is_right(tmp_path: Path, answer: str) -> None:
    assert wrong(tmp_path, f"khunjerab call exchange.visit\n{answer}", PROPOSED) is None


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ('{"state": "booked", …}', 'answer.state: the page has "booked", the answer "proposed"'),
        ('{"id": "vis_…", "state": "proposed"}', "answer.visitors: not on the page"),
        ('{"reply_by": …, …}', "answer.reply_by: the page has it, the answer has not"),
        ('{"visitors": ["per_li…"], …}', "answer.visitors: the page has 1 of them, the answer 2"),
        ('{"visitors": [1, …], …}', 'answer.visitors[0]: the page has 1, the answer "per_1"'),
        ('{"visitors": ["per_li…", "per_li…"], …}', 'answer.visitors[1]: the page has "per_li…", the answer "per_2"'),
        ('{"visitors": […, "per_2", …], …}', "answer.visitors: one … in a list is enough"),
        ('{"id": "agr_…", …}', 'answer.id: the page has "agr_…", the answer "vis_7"'),
        ('khunjerab: refused: HostFull {"seats": 3, …}', "it is not refused"),
        ("it is now 2026", "it prints something else"),
    ],
)
def test_a_wrong_answer_is_seen(tmp_path: Path, answer: str, found: str) -> None:
    seen = wrong(tmp_path, f"khunjerab call exchange.visit\n{answer}", PROPOSED)
    assert seen is not None
    assert seen.startswith("page.md:4: khunjerab call exchange.visit\n")
    assert found in seen


def test_a_number_is_no_truth_value_and_no_text() -> None:
    for page, came in ((1, True), (0, False), ("1", 1), (None, ""), (1, 1.5)):
        assert list(differences(page, came, {})), (page, came)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ('khunjerab: refused: HostFull {"seats": 3, "free": 0}', None),
        ("khunjerab: refused: HostFull {…}", None),
        ('khunjerab: refused: HostFull {"seats": 4, …}', "facts.seats: the page has 4, the answer 3"),
        ('khunjerab: refused: HostFull {"seats": 3}', "facts.free: not on the page"),
        ("khunjerab: refused: HostFull", "it is refused with other facts"),
        ("khunjerab: refused: QuotaExceeded {…}", "it is refused otherwise: khunjerab: refused: HostFull"),
        ('{"state": "booked"}', "it ends with status 1"),
        ("", "it ends with status 1"),
    ],
)
def test_a_refusal_is_the_one_that_is_shown(tmp_path: Path, answer: str, found: str | None) -> None:
    seen = wrong(tmp_path, f"khunjerab call exchange.visit\n{answer}", REFUSED)
    assert seen is None if found is None else found in str(seen)


def test_a_name_that_no_answer_has_told_is_seen(tmp_path: Path) -> None:
    assert "what is vis_…?" in str(wrong(tmp_path, """khunjerab call exchange.visit '{"visit_id": "vis_…"}'"""))
    assert "no words for $ALI" in str(wrong(tmp_path, "khunjerab call exchange.visits $ALI"))
    assert "what is …?" in str(wrong(tmp_path, "khunjerab call exchange.visit '{…}'"))


def test_a_name_keeps_the_value_that_it_took(tmp_path: Path) -> None:
    asked = "khunjerab call exchange.visit\n" + '{"id": "vis_…", …}\n'
    other = Outcome(0, '{"id": "vis_8"}', "")
    assert wrong(tmp_path, asked + asked, PROPOSED, PROPOSED) is None
    assert 'the page has "vis_…", the answer "vis_8"' in str(wrong(tmp_path, asked + asked, PROPOSED, other))


def test_what_comes_a_moment_later_is_waited_for(tmp_path: Path) -> None:
    text = '# a moment later\nkhunjerab call exchange.visit\n{"state": "proposed", …}'
    assert wrong(tmp_path, text, Outcome(1, "", "khunjerab: refused: Unknown {}\n"), PROPOSED) is None


def test_words_are_those_that_bash_makes(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(
        '```\nALI="--as per_li… --role programme-manager"\n```\n- In a list:\n\n  ```\n'
        '  khunjerab call exchange.add_note \'{"text": "$5,\n    a \\\\ and more"}\' \\\n    $ALI "two words"\n  ```\n'
    )
    page = read_page(path)
    words = page.examples[0].words(page.variables)
    assert words[:2] == ["call", "exchange.add_note"]
    assert json.loads(words[2], strict=False) == {"text": "$5,\n  a \\ and more"}
    assert words[3:] == ["--as", "per_li…", "--role", "programme-manager", "two words"]


@pytest.mark.parametrize("body", ["khunjerab call exchange.visit '{", "khunjerab doctor\n\nnobody's answer"])
def test_a_block_that_is_no_example_is_refused(tmp_path: Path, body: str) -> None:
    (tmp_path / "page.md").write_text(f"```\n{body}\n```\n")
    with pytest.raises(ValueError, match=r"page\.md|without an end"):
        read_page(tmp_path / "page.md")


def test_an_example_that_would_not_be_run_is_seen(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(
        "Type `khunjerab call`:\n\n    khunjerab call exchange.visits\n\n```\nkhunjerab doctor\n```\n"
    )
    assert stray_commands(tmp_path / "page.md") == ["khunjerab call exchange.visits"]


def test_the_real_command_line_is_what_runs() -> None:
    assert within(["call", "nobody.visits"]).status == 2
    assert "Call any method of a service" in within(["call", "--help"]).printed
    assert wanted('{"a": [1, …], "b": true, …}') == {"a": [1, "……"], "b": True, "……": 0}
