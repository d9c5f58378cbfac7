"""The compose file itself, with the images that it builds: one visit, from a call to a mail and a page."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from chassis.clock import DemoClock
from khunjerab.demo.memorandum import Memorandum
from khunjerab.demo.pages import Browser
from tests.e2e.composed import Composed, made_environment, why_not
from tests.e2e.main_job import Json, MainJob
from tests.manifests import ROOT
from tests.probes import Finding, eventually

PATIENCE = 60.0
pytestmark = [pytest.mark.docker, pytest.mark.timeout(480)]

Booked = tuple[Memorandum, str]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := why_not():
        pytest.skip(f"no docker tests: {reason}")
    return made_environment(tmp_path_factory.mktemp("compose"))


@pytest.fixture(scope="module")
def docker_compose_command(environment: Path) -> str:
    return f'docker compose --env-file "{environment}"'


@pytest.fixture(scope="module")
def docker_compose_file() -> str:
    return str(ROOT / "docker-compose.yml")


@pytest.fixture(scope="module")
def docker_cleanup() -> list[str]:
    """Nothing: `docker_setup` cleans up after a start that failed, too."""
    return []


@pytest.fixture(scope="module")
def docker_setup(
    docker_compose_command: str, docker_compose_file: str, docker_compose_project_name: str
) -> Iterator[list[str]]:
    yield ["build --quiet", f"up --detach --wait --wait-timeout {PATIENCE * 3:.0f}"]
    command = f'{docker_compose_command} -f "{docker_compose_file}" -p {docker_compose_project_name}'
    subprocess.run(f"{command} down --volumes --timeout 10", shell=True, check=True, capture_output=True)  # noqa: S602


@pytest.fixture(scope="module")
def here(environment: Path, docker_services: object, docker_compose_project_name: str) -> Composed:
    """The installation, up and healthy."""
    options = [
        "--env-file",
        str(environment),
        "-f",
        str(ROOT / "docker-compose.yml"),
        "-p",
        docker_compose_project_name,
    ]
    lines = (line.partition("=") for line in environment.read_text().splitlines())
    return Composed(["docker", "compose", *options], {name: value for name, _, value in lines})


@pytest.fixture(scope="module")
def booked(here: Composed, tmp_path_factory: pytest.TempPathFactory) -> Booked:
    """The memorandum in effect, and a visit that was proposed and accepted under it."""
    with here.calling() as rpc:
        return MainJob(rpc, DemoClock(tmp_path_factory.mktemp("clock") / "offset")).book()


def test_whoever_comes_is_shown_where_to_sign_in(here: Composed) -> None:
    page = requests.get(here.web_url, timeout=10)
    assert page.status_code == 200
    assert page.url.partition("?")[0].endswith("/sign-in")


def test_the_doctor_finds_nothing_wrong(here: Composed) -> None:
    assert "everything is well" in here.operate("doctor")


def test_who_leads_a_visit_hears_that_it_is_booked(here: Composed, booked: Booked) -> None:
    memorandum, visit = booked

    def inbox() -> Finding[list[Json]]:
        with here.calling() as rpc:
            items = rpc.call("notify", "inbox", {}, actor=memorandum.actor("bano"))["items"]
        about = [one["purpose"] for one in items if visit in str(one["about"])]
        return Finding(items, any("booked" in purpose for purpose in about), f"a notification that {visit} is booked")

    eventually(inbox, PATIENCE)


def test_and_gets_a_mail(here: Composed, booked: Booked) -> None:
    memorandum, _ = booked

    def mails() -> Finding[str]:
        printed = here.run("logs", "--no-log-prefix", "mailbox")
        return Finding(printed[-1000:], memorandum.email("bano") in printed, f"a mail to {memorandum.email('bano')}")

    eventually(mails, PATIENCE)


def test_whom_the_operator_lets_in_sees_the_visit_on_the_page(here: Composed, booked: Booked) -> None:
    memorandum, visit = booked
    secret = "a pass between two valleys"
    actor = memorandum.actor("zhang")
    roles = [word for role in actor.roles for word in ("--role", role)]
    sites = [word for site in actor.sites for word in ("--site", site)]
    who = ["--person", str(actor.person), *roles, *sites, "--password", secret]
    here.operate("account", "add", memorandum.email("zhang"), *who)
    browser = Browser(here.web_url)
    browser.send(browser.open("/sign-in"), "/sign-in", {"email": memorandum.email("zhang"), "password": secret})
    assert memorandum.sample["visit"]["purpose"][:40] in browser.open(f"/visits/{visit}").text


def test_broker_and_database_come_back_at_other_addresses_and_nothing_is_lost(here: Composed, booked: Booked) -> None:
    memorandum, visit = booked
    addresses = {name: here.address(name) for name in ("broker", "database")}
    here.run("stop", "--timeout", "10", *addresses)
    here.run("rm", "--force", *addresses)
    # Docker gives out the lowest address that is free: whoever had the higher one takes the other's.
    for name in sorted(addresses, key=addresses.__getitem__, reverse=True):
        here.run("up", "--detach", "--no-deps", name)
    here.run("up", "--detach", "--no-deps", "--wait", *addresses)
    assert here.address("broker") != addresses["broker"]

    def seen() -> Finding[Json]:
        with here.calling() as rpc:
            view = rpc.call("exchange", "visit", {"visit_id": visit}, actor=memorandum.actor("ali"))
        return Finding(view, view["state"] == "booked", "the visit as it was")

    eventually(seen, PATIENCE)
    eventually(lambda: Finding(said := here.operate("doctor"), "everything is well" in said, "a well one"), PATIENCE)


def test_the_exchanges_image_prints_in_three_scripts(here: Composed) -> None:
    fonts = "Noto Serif, Noto Nastaliq Urdu, Noto Serif CJK SC"
    page = f"<p style='font-family: {fonts}'>Kashgar گلگت 喀什"
    pdf = f'HTML(string="{page}").write_pdf(uncompressed_pdf=True)'
    printing = f'from weasyprint import HTML; print({pdf}.count(b"/FontFile"))'
    assert int(here.run("exec", "-T", "exchange-worker", "python", "-c", printing).split()[-1]) >= 3


def test_a_process_can_change_no_file_of_its_own(here: Composed) -> None:
    with pytest.raises(AssertionError, match="Read-only file system"):
        here.run("exec", "-T", "exchange-serve", "touch", "/opt/khunjerab/planted")
