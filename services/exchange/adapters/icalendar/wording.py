"""What calendar entries say in each language. `{…}` are filled in by `describing` and `visits`.

What begins with a name begins with a right-to-left mark in Urdu: programs set a line from where its first letter is
read from, and a name in Latin letters would turn the line around.
"""

from collections.abc import Mapping

from services.exchange.adapters.reports.wording.words import FIELDS

Wording = Mapping[str, str]

TEXTS: Mapping[str, Wording] = {
    "about": {
        "en": "Online consultation: {field}. Number of cases: {cases}.",
        "zh": "远程会诊：{field}。病例数：{cases}。",
        "ur": "آن لائن مشاورت: {field}۔ کیسوں کی تعداد: {cases}۔",
    },
    "urgent": {"en": "Urgent.", "zh": "紧急。", "ur": "فوری۔"},
    "times": {
        "en": "Local time at each end:",
        "zh": "各方当地时间：",
        "ur": "ہر مقام کا مقامی وقت:",
    },
    "session": {"en": "Session {number}:", "zh": "第{number}次：", "ur": "نشست {number}:"},
    "more": {
        "en": "Further sessions: {count}.",
        "zh": "其余场次：{count}。",
        "ur": "مزید نشستیں: {count}۔",
    },
    "at": {
        "en": "{place}: {day}, {begins}–{ends} ({zone}, {offset})",
        "zh": "{place}：{day} {begins}–{ends}（{zone}，{offset}）",
        "ur": "\u200f{place}: {day}، {begins} سے {ends} تک ({zone}، {offset})",
    },
    "you": {"en": "You", "zh": "您所在地", "ur": "آپ کے ہاں"},
    "join": {"en": "Join: {link}", "zh": "会议链接：{link}", "ur": "شمولیت کا لنک: {link}"},
    "room": {"en": "{room} ({site})", "zh": "{room}（{site}）", "ur": "\u200f{room} ({site})"},
    "conference": {"en": "Video meeting", "zh": "视频会议", "ur": "ویڈیو ملاقات"},
    "visit": {
        "en": "Visit to {host}: {field}",
        "zh": "赴{host}访问：{field}",
        "ur": "\u200f{host} کا دورہ: {field}",
    },
    "visitors": {"en": "Visitors: {names}", "zh": "来访人员：{names}", "ur": "مہمان: {names}"},
    "from": {"en": "From: {site}", "zh": "派出单位：{site}", "ur": "بھیجنے والا ادارہ: {site}"},
    "place": {"en": "{department}, {host}", "zh": "{host}{department}", "ur": "\u200f{department}، {host}"},
    "between": {"en": ", ", "zh": "、", "ur": "، "},
}


def say(text: str, language: str, **facts: object) -> str:
    """In English where the language has no wording."""
    words = TEXTS[text]
    return words.get(language, words["en"]).format(**facts)


def field_in(field: str, language: str) -> str:
    """A field of work as readers know it; one that has no wording, or an English reader, has it as it is written."""
    _, chinese, urdu = FIELDS.get(field.lower(), (field, field, field))
    return {"zh": chinese, "ur": urdu}.get(language, field)
