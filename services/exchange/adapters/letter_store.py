"""Letters on MongoDB."""

from chassis.kernel.documents import Loaded
from chassis.store import WITHOUT_TRAIL, DocumentStore, store_faults
from services.exchange.domain.letter import Letter

_LIGHT = WITHOUT_TRAIL | {"pdf": 0}
_OLDEST_FIRST = (("asked_at", 1), ("number", 1))
"""Not by id: that of a letter made again follows from an event, and no moment."""


class LetterStore(DocumentStore[Letter]):
    """`Letters` on MongoDB. Where several are asked for, they come without their PDF."""

    def of_visit(self, visit_id: str) -> list[Loaded[Letter]]:
        return self.matching({"visit": visit_id}, order=_OLDEST_FIRST, without=("pdf",))

    def standing(self, visit_id: str, person: str) -> Loaded[Letter] | None:
        with store_faults():
            found = self.collection.find_one({"holds": f"letter:{visit_id}:{person}"}, _LIGHT)
        return self.loaded(found) if found else None

    def count(self, visit_id: str, person: str) -> int:
        with store_faults():
            return self.collection.count_documents({"visit": visit_id, "person": person})

    def with_pdf(self, *, after: str | None, limit: int) -> list[Loaded[Letter]]:
        return self.matching({"pdf": {"$ne": None}, "_id": {"$gt": after or ""}}, limit=limit)

    def with_code(self, code: str) -> Letter | None:
        with store_faults():
            found = self.collection.find_one({"code": code}, _LIGHT)
        return self.shape.state(found) if found else None
