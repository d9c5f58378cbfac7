"""What the report says of consultations: English, Chinese, Urdu."""

from services.exchange.adapters.reports.wording.words import Texts

CHAPTERS: dict[str, Texts] = {
    "F": ("Consultations", "远程会诊", "آن لائن مشاورت"),
    "G": ("Cases and actions", "病例与后续事项", "کیس اور اقدامات"),
}

TABLES: dict[str, Texts] = {
    "F1": ("Sessions, by state", "会诊场次，按状态", "نشستیں، بلحاظِ حالت"),
    "F2": ("Sessions promised and held", "承诺与已举行的场次", "موعودہ اور منعقدہ نشستیں"),
    "F3": ("What became of sessions, by condition", "各场次情况，按合作条件", "نشستوں کا انجام، بلحاظِ شرط"),
    "F4": ("What became of sessions, by field", "各场次情况，按领域", "نشستوں کا انجام، بلحاظِ شعبۂ کار"),
    "F5": ("Who was there, by condition", "出席情况，按合作条件", "حاضری، بلحاظِ شرط"),
    "F6": ("Who was there, by field", "出席情况，按领域", "حاضری، بلحاظِ شعبۂ کار"),
    "F7": ("What became of sessions, by agreement", "各场次情况，按协议", "نشستوں کا انجام، بلحاظِ معاہدہ"),
    "G1": ("Cases and opinions, by condition", "病例及已出意见，按合作条件", "کیس اور آراء، بلحاظِ شرط"),
    "G2": ("Cases and opinions, by field", "病例及已出意见，按领域", "کیس اور آراء، بلحاظِ شعبۂ کار"),
    "G3": ("Actions, by condition", "后续事项，按合作条件", "اقدامات، بلحاظِ شرط"),
    "G4": ("Actions, by field", "后续事项，按领域", "اقدامات، بلحاظِ شعبۂ کار"),
}

MEASURES: dict[str, Texts] = {
    "sessions": ("Sessions", "场次", "نشستیں"),
    "consultations": ("Consultations", "会诊", "مشاورتیں"),
    "consultations-urgent": ("of them urgent", "其中紧急", "ان میں فوری"),
    "sessions-promised": ("Sessions promised", "承诺场次", "موعودہ نشستیں"),
    "sessions-held": ("Took place", "已举行", "منعقد ہوئیں"),
    "sessions-taken": ("Booked or awaited", "已排定", "طے شدہ یا منتظر"),
    "sessions-called-off": ("Called off", "已取消", "منسوخ"),
    "sessions-missed": ("Nobody came", "无人出席", "کوئی نہیں آیا"),
    "sessions-not-closed": ("Not closed", "待录结果", "نتیجہ درج نہیں"),
    "sessions-to-come": ("To come", "待举行", "آئندہ"),
    "hours-held": ("Hours held", "会诊时长（小时）", "منعقدہ گھنٹے"),
    "findings": ("Joint findings", "共同发现", "مشترکہ دریافتیں"),
    "sites-attending": ("Sites", "出席单位", "ادارے"),
    "people-attending": ("People", "出席人数", "افراد"),
    "attendances": ("Attendances", "出席人次", "حاضریاں"),
    "cases": ("Cases", "病例", "کیس"),
    "opinions-routine": ("Opinion given: routine", "常规意见", "رائے دی گئی: معمول"),
    "opinions-urgent": ("Opinion given: urgent", "紧急意见", "رائے دی گئی: فوری"),
    "opinions-emergency": ("Opinion given: emergency", "危急意见", "رائے دی گئی: ہنگامی"),
    "cases-withdrawn": ("Withdrawn", "已撤回", "واپس لیے گئے"),
    "cases-open": ("Open", "待会诊", "زیرِ انتظار"),
    "cases-unheard": ("Never heard", "未能会诊", "زیرِ غور نہ آئے"),
    "actions": ("Asked for", "已提出", "طے کردہ"),
    "actions-in-time": ("Done in time", "按时完成", "بروقت مکمل"),
    "actions-late": ("Done late", "逾期完成", "تاخیر سے مکمل"),
    "actions-overdue": ("Overdue", "逾期未完成", "مدت گزر چکی"),
    "actions-not-due": ("Not due yet", "尚未到期", "مدت باقی"),
    "actions-dropped": ("Dropped", "不再需要", "ترک شدہ"),
}

STATES: dict[str, Texts] = {
    "held": ("Took place", "已举行", "منعقد"),
    "called-off": ("Called off", "已取消", "منسوخ"),
    "missed": ("Nobody came", "无人出席", "کوئی نہیں آیا"),
    "not-closed": ("Begun, not closed", "已开始，待录结果", "شروع ہوئی، نتیجہ درج نہیں"),
    "to-come": ("To come", "待举行", "آئندہ"),
    "done-in-time": ("done in time", "按时完成", "بروقت مکمل"),
    "done-late": ("done late", "逾期完成", "تاخیر سے مکمل"),
    "overdue": ("overdue", "逾期未完成", "مدت گزر چکی"),
    "not-due": ("not due yet", "尚未到期", "مدت باقی"),
    "dropped": ("dropped", "不再需要", "ترک شدہ"),
}
"""Of sessions, and of actions."""

SHEETS: dict[str, Texts] = {
    "sessions": ("Sessions", "会诊场次", "نشستیں"),
    "attendance": ("Attendance", "出席", "حاضری"),
    "actions": ("Actions", "后续事项", "اقدامات"),
}

SHEET_NOTES: dict[str, Texts] = {
    "sessions": (
        "Every session of the year; of cases their number alone",
        "本年度全部会诊场次；病例仅列数量",
        "اس سال کی تمام نشستیں؛ کیسوں کی صرف تعداد",
    ),
    "attendance": (
        "Everybody who was at a session that took place, by their id",
        "已举行场次的全部出席人员（仅列编号）",
        "منعقدہ نشستوں کے تمام حاضرین، صرف شناختی نمبر سے",
    ),
    "actions": (
        "Every action that a session of the year asked for",
        "本年度各场次提出的全部后续事项",
        "اس سال کی نشستوں میں طے ہونے والے تمام اقدامات",
    ),
}

COLUMNS: dict[str, Texts] = {
    "sessions": ("Sessions promised", "承诺场次", "موعودہ نشستیں"),
    "consultation": ("Consultation", "会诊", "مشاورت"),
    "title": ("Title", "标题", "عنوان"),
    "urgent": ("Urgent", "紧急", "فوری"),
    "slot": ("First planned for (UTC)", "原定时间（UTC）", "اصل وقت (UTC)"),
    "begins": ("Begins (UTC)", "开始时间（UTC）", "آغاز (UTC)"),
    "local": ("Begins at each end", "各方当地开始时间", "ہر مقام پر آغاز"),
    "hours": ("Hours", "时长（小时）", "گھنٹے"),
    "holds": ("Booked or awaited", "已排定", "طے شدہ یا منتظر"),
    "attended": ("Came", "出席人数", "حاضرین"),
    "cases": ("Cases", "病例", "کیس"),
    "opinion_routine": ("Opinions: routine", "意见：常规", "آراء: معمول"),
    "opinion_urgent": ("Opinions: urgent", "意见：紧急", "آراء: فوری"),
    "opinion_emergency": ("Opinions: emergency", "意见：危急", "آراء: ہنگامی"),
    "cases_withdrawn": ("Cases withdrawn", "撤回病例", "واپس لیے گئے کیس"),
    "cases_open": ("Cases open", "待会诊病例", "زیرِ انتظار کیس"),
    "cases_unheard": ("Cases never heard", "未能会诊病例", "زیرِ غور نہ آئے کیس"),
    "actions": ("Actions", "后续事项", "اقدامات"),
    "found": ("Joint finding: outcome expected", "共同发现：预期成果", "مشترکہ دریافت: متوقع نتیجہ"),
    "held_on": ("Held on", "举行日期", "انعقاد کی تاریخ"),
    "person": ("Person", "人员", "فرد"),
    "site": ("For the site", "所属单位", "منجانب ادارہ"),
    "owner": ("Owner", "负责人", "ذمہ دار"),
    "due": ("Due on", "到期日", "مقررہ تاریخ"),
}

PROSE: dict[str, Texts] = {
    "tile-sessions": (
        "Sessions held, of those promised",
        "已举行会诊 / 承诺场次",
        "منعقدہ نشستیں / موعودہ نشستیں",
    ),
    "reading-consultations": (
        (
            "A session belongs to the year of the day on which it begins where the consultation is organised. "
            "Somebody who came to several sessions is counted once among the people, each time among the "
            "attendances. Of a case nothing is told but how urgent it is and what became of it."
        ),
        (
            "会诊场次按主办地的开始日期归入年度。同一人出席多场，人数计一，人次逐场计。病例仅统计数量、紧急程度和处理情况。"
        ),
        (
            "نشست اُس سال میں شمار ہوتی ہے جس میں وہ منتظم ادارے کے مقامی وقت کے مطابق شروع ہو۔ کئی نشستوں میں آنے "
            "والا شخص افراد میں ایک بار اور حاضریوں میں ہر بار شمار ہوتا ہے۔ کیس کے بارے میں صرف تعداد، فوری نوعیت "
            "اور انجام بتایا جاتا ہے۔"
        ),
    ),
    "appendix-consultations": (
        "Consultations",
        "远程会诊",
        "آن لائن مشاورتیں",
    ),
    "sessions-of": (
        "sessions: {count}",
        "场次：{count}",
        "نشستیں: {count}",
    ),
}
