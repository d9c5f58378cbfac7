"""Addresses of each login."""

from khunjerab.installation import LOGINS, Backends, Installation, derived_api_url, vhost_of

BACKENDS = Backends(
    "amqp://root:r%2F@broker:5672/ignored", "http://root:r@broker:15672", "mongodb://root:r@db:27017/?authSource=admin&replicaSet=rs0"
)  # fmt: skip
HERE = Installation(BACKENDS, dict.fromkeys(LOGINS, "p@ss/word"), vhost="a/b", prefix="x_")


def test_a_login_reaches_its_vhost_and_its_database_with_its_own_password() -> None:
    assert HERE.amqp_url("notify") == "amqp://x_notify:p%40ss%2Fword@broker:5672/a%2Fb"
    assert HERE.mongo_url("notify") == (
        "mongodb://x_notify:p%40ss%2Fword@db:27017/x_notify?authSource=x_notify&replicaSet=rs0"
    )
    assert HERE.api_url("operator") == "http://x_operator:p%40ss%2Fword@broker:15672/"


def test_a_process_is_told_its_own_addresses_alone() -> None:
    environment = HERE.environment("web")
    assert set(environment) == {"AMQP_URL", "MONGO_URL", "DATABASE_PREFIX"}
    assert "root" not in str(environment)


def test_passwords_do_not_show_in_logs() -> None:
    assert "p@ss" not in repr(HERE)
    assert "r%2F" not in repr(HERE)


def test_the_management_api_is_where_it_is_by_default() -> None:
    assert derived_api_url("amqp://u:p@broker:5672/v") == "http://u:p@broker:15672"


def test_an_address_names_its_vhost_or_means_the_usual_one() -> None:
    assert vhost_of("amqp://u:p@broker:5672/a%2Fb") == "a/b"
    assert vhost_of("amqp://u:p@broker:5672/") == vhost_of("amqp://u:p@broker:5672") == "khunjerab"
