"""Sentences of the annual report: English, Chinese, Urdu. `{…}` are filled in."""

from services.exchange.adapters.reports.wording import meeting
from services.exchange.adapters.reports.wording.words import Texts

PROSE: dict[str, Texts] = {
    "title": (
        "Annual report {year}",
        "{year}年度报告",
        "سالانہ رپورٹ {year}",
    ),
    "of-agreement": (
        "Agreement",
        "合作协议",
        "معاہدہ",
    ),
    "of-site": (
        "Site, as host and as sender",
        "单位（作为接待方和派出方）",
        "ادارہ، بطور میزبان اور بھیجنے والا",
    ),
    "partners": (
        "Partners",
        "合作单位",
        "شراکت دار",
    ),
    "as-of": (
        "As things stood",
        "数据截至",
        "صورتِ حال بتاریخ",
    ),
    "end-of-day": (
        "at the end of {day} ({zone})",
        "{day}结束时（{zone}）",
        "{day} کے اختتام پر ({zone})",
    ),
    "during-day": (
        "on {day} at {time} ({zone}); the day was not over",
        "{day} {time}（{zone}）；当日尚未结束",
        "{day} بوقت {time} ({zone})؛ دن ابھی ختم نہیں ہوا تھا",
    ),
    "made": (
        "Made",
        "生成",
        "تیار شدہ",
    ),
    "made-by": (
        "on {day} at {time} ({zone}) by {by}",
        "{day} {time}（{zone}），{by}",
        "{day} بوقت {time} ({zone})، {by}",
    ),
    "currency": (
        "Converted into",
        "折算币种",
        "تبدیلی کی کرنسی",
    ),
    "tile-visits": (
        "Visits that took place, of those promised",
        "已完成访问 / 承诺访问",
        "مکمل دورے / موعودہ دورے",
    ),
    "tile-days": (
        "Visitor-days passed, of those promised",
        "实际人天 / 承诺人天",
        "اصل افرادی ایام / موعودہ ایام",
    ),
    "tile-outcomes": (
        "Outcomes reported, of those promised",
        "已报告成果 / 承诺成果",
        "رپورٹ شدہ نتائج / موعودہ نتائج",
    ),
    "together": (
        "All together",
        "合计",
        "مجموعی",
    ),
    "nothing": (
        "Nothing in this year.",
        "本年度无。",
        "اس سال کچھ نہیں۔",
    ),
    "unknown": (
        "not known",
        "不详",
        "نامعلوم",
    ),
    "page": (
        "Page {page} of {pages}",
        "第{page}页，共{pages}页",
        "صفحہ {page} از {pages}",
    ),
    "reading": (
        "How to read this report",
        "阅读说明",
        "اس رپورٹ کو کیسے پڑھیں",
    ),
    "reading-codes": (
        (
            "Each figure has a code: table, line and column, such as B2.1e; line 0 is all together. The "
            "appendix names the visits and outcomes that count in each; the spreadsheet has every row."
        ),
        "每个数据都有编号：表、行、列，如B2.1e；第0行为合计。附录列出计入各数据的访问和成果；电子表格含全部明细。",
        (
            "ہر عدد کا ایک کوڈ ہے: جدول، سطر اور کالم، مثلاً B2.1e؛ سطر 0 مجموعی ہے۔ ضمیمے میں ہر عدد کے دورے "
            "اور نتائج درج ہیں؛ اسپریڈ شیٹ میں ہر قطار موجود ہے۔"
        ),
    ),
    "reading-year": (
        (
            "A visit belongs to the year of its planned arrival, as for the quota. Days are calendar days at "
            "the host, first and last included. A person on two visits counts twice among the visitors. No "
            "personal names are given."
        ),
        "访问按计划到达日期归入年度，与配额一致。天数为接待方日历日，首尾两天均计入。同一人两次访问按两人次计。报告不列个人姓名。",
        (
            "دورہ اپنی طے شدہ آمد کے سال میں شمار ہوتا ہے، جیسا کہ کوٹے میں۔ دن میزبان کے کیلنڈر کے ہیں، پہلا "
            "اور آخری شامل۔ دو دوروں پر ایک شخص دو بار شمار ہوتا ہے۔ ذاتی نام نہیں دیے گئے۔"
        ),
    ),
    "reading-money": (
        (
            "Amounts are exact. Converted amounts use the newest entered rate that is not after the amount's "
            "day; what is shown adds up to the rounded total. A total of which a rate is missing is not known."
        ),
        "金额精确。折算采用不晚于金额日期的最新录入汇率；所示各数之和等于取整后的总额。缺少汇率的合计为不详。",
        (
            "رقوم عین درست ہیں۔ تبدیلی کے لیے رقم کی تاریخ تک درج تازہ ترین شرح استعمال ہوتی ہے؛ دکھائی گئی "
            "رقوم کا مجموعہ گول کیے گئے کل کے برابر ہے۔ جس کل کی شرح موجود نہ ہو وہ نامعلوم ہے۔"
        ),
    ),
    "limits": (
        "What this report cannot tell",
        "本报告的局限",
        "یہ رپورٹ کیا نہیں بتا سکتی",
    ),
    "limit-inexact": (
        ("Of these documents it is not known how they stood then; they are told as they stand now: {documents}"),
        "下列文件当时的状况无法还原，按现状列出：{documents}",
        "ان دستاویزات کی اُس وقت کی حالت معلوم نہیں؛ وہ موجودہ حالت میں درج ہیں: {documents}",
    ),
    "limit-undated": (
        "Outcomes counted without a date, which may have been counted later: {count}",
        "计入日期不详、可能晚于截止时间的成果：{count}",
        "بغیر تاریخ شمار کیے گئے نتائج، جو شاید بعد میں شمار ہوئے: {count}",
    ),
    "limit-missing": (
        "No rate from {pair} was entered for {day} or before.",
        "未录入{day}或之前的{pair}汇率。",
        "{day} یا اس سے پہلے کی {pair} کی کوئی شرح درج نہیں۔",
    ),
    "limit-none": (
        "Nothing that is known of.",
        "无。",
        "کوئی معلوم کمی نہیں۔",
    ),
    "rates": (
        "Rates that were used",
        "所用汇率",
        "استعمال شدہ شرحِ تبادلہ",
    ),
    "appendix": (
        "Appendix: what each figure is made of",
        "附录：各数据的来源",
        "ضمیمہ: ہر عدد کس سے بنا",
    ),
    "appendix-visits": (
        "Visits",
        "访问",
        "دورے",
    ),
    "appendix-outcomes": (
        "Outcomes",
        "成果",
        "نتائج",
    ),
    "appendix-promises": (
        "Conditions",
        "合作条件",
        "شرائط",
    ),
    "counts-in": (
        "Counts in (table.line and columns)",
        "计入数据（表.行及列）",
        "شمار ہوتا ہے (جدول.سطر اور کالم)",
    ),
} | meeting.PROSE
