"""The files of an annual report."""

import base64

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from services.web.asking import ask

reports = Blueprint("reports", __name__)

_TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@reports.get("/reports/<id(rep):report_id>.<any(pdf, xlsx):kind>")
def file(report_id: str, kind: str) -> ResponseReturnValue:
    found = ask("exchange", "annual_report_file", report_id=report_id, format=kind)
    response = Response(base64.b64decode(found["content"]), mimetype=_TYPES[kind])
    shown = "inline" if kind == "pdf" else "attachment"
    response.headers.set("Content-Disposition", shown, filename=found["file"])
    return response
