"""What bootstrap is told by its environment."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from khunjerab.installation import Backends, Installation, derived_api_url, vhost_of


class BootstrapSettings(BaseSettings):
    """A field's environment variable is its name in capitals. The three addresses are their administrators'.

    `amqp_url` names the vhost. `database_prefix` stands before every login and database name. `replica_set` names the
    set of one member that a new database server is made; empty where somebody else sees to that.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    amqp_url: str
    broker_api_url: str = ""
    mongo_admin_url: str
    replica_set: str = ""
    database_prefix: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    exchange_password: str = Field(min_length=1)
    research_password: str = Field(min_length=1)
    notify_password: str = Field(min_length=1)
    web_password: str = Field(min_length=1)
    operator_password: str = Field(min_length=1)

    def installation(self) -> Installation:
        api_url = self.broker_api_url or derived_api_url(self.amqp_url)
        return Installation(
            backends=Backends(self.amqp_url, api_url, self.mongo_admin_url, self.replica_set),
            passwords={
                "exchange": self.exchange_password,
                "research": self.research_password,
                "notify": self.notify_password,
                "web": self.web_password,
                "operator": self.operator_password,
            },
            vhost=vhost_of(self.amqp_url),
            prefix=self.database_prefix,
        )
