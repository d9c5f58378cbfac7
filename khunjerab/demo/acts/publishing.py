"""The outcome is for anybody to read of, and a catalogue of research harvests it."""

from khunjerab.demo.acts.outcome import give
from khunjerab.demo.pages import Browser
from khunjerab.demo.running import OAI_REPOSITORY
from khunjerab.demo.stage import Stage

HARVESTED = "harvested-oai_dc.xml"


def publish(stage: Stage, who: str) -> None:
    give(stage, who, "publish_outcome", consent="Both departments agreed; nobody can be known by it.")


def harvest(stage: Stage) -> None:
    """As anybody may, without an account."""
    identifier = f"oai:{OAI_REPOSITORY}:{stage.ids['outcome']}"
    asked = f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier={identifier}"
    stage.print(HARVESTED, Browser(stage.web_url).fetch(asked))
    stage.said.append(f"harvested: {identifier}")
