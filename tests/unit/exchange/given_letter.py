"""A letter of invitation to start from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.exchange.domain.letter import ISSUED, Letter, Signer, Stated

KASHGAR = {"en": "First People's Hospital of Kashgar Prefecture", "zh": "喀什地区第一人民医院"}
GILGIT = {"en": "Provincial Hospital, Gilgit", "zh": "吉尔吉特省立医院", "ur": "صوبائی ہسپتال، گلگت"}
SURGERY = {"en": "Hepatobiliary Surgery", "zh": "肝胆外科", "ur": "شعبۂ جگر سرجری"}


def letter(**different: Any) -> Letter:
    stated = Stated(
        passport_name="BANO, SHAHIDA",
        sex="female",
        birth_date=date(1988, 2, 29),
        passport_last_four="4567",
        kind="training",
        purpose="Ultrasound staging of <cystic> echinococcosis & surgery",
        arrival=date(2026, 4, 6),
        departure=date(2026, 4, 24),
        host=KASHGAR,  # type: ignore[arg-type]
        host_country="CN",
        host_zone="Asia/Shanghai",
        host_department=SURGERY,  # type: ignore[arg-type]
        sending=GILGIT,  # type: ignore[arg-type]
        pays={"travel": "sending-site", "stay": "host-site", "insurance": "visitor"},
        signer=Signer("Dr Zhang Wei", "Director"),
    )
    evening = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
    return Letter(
        "ltr_1", ISSUED, "vis_1", "per_1", 1, "K7QM2D4X9RTPWB3H", replace(stated, **different), "per_zhang", evening
    )
