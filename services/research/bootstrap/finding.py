"""What a worker does so that outcomes are found by their keys, opened on a database."""

from typing import Any

from pymongo.database import Database

from chassis.store import DocumentStore
from services.research.adapters.common_keys import CommonKeys
from services.research.adapters.keys_anew import KeysAnew
from services.research.adapters.shapes import OUTCOME_SHAPE


def keys_anew_on(database: Database[dict[str, Any]]) -> KeysAnew:
    return KeysAnew(database["marks"], DocumentStore(database["outcomes"], OUTCOME_SHAPE))


def common_keys_on(database: Database[dict[str, Any]]) -> CommonKeys:
    return CommonKeys(database["marks"], database["outcomes"], database["common_keys"], keys_anew_on(database))
