"""The field's words as readers know them: English, Chinese, Urdu. Those of letters are theirs, too."""

from collections.abc import Mapping

from services.exchange.adapters.letters.wording import COSTS, KINDS, PAYERS

Texts = tuple[str, str, str]


def _of_letters(words: Mapping[str, Mapping[str, str]]) -> dict[str, Texts]:
    return {word: (texts["en"], texts["zh"], texts["ur"]) for word, texts in words.items()}


STATES: dict[str, Texts] = {
    "proposed": ("Proposed", "已提议", "تجویز شدہ"),
    "pending": ("Awaiting replies", "待回复", "جوابات کا انتظار"),
    "booked": ("Booked", "已确定", "طے شدہ"),
    "arrived": ("Under way", "进行中", "جاری"),
    "fulfilled": ("Took place", "已完成", "مکمل"),
    "cancelled": ("Cancelled", "已取消", "منسوخ"),
    "noshow": ("Did not arrive", "未到达", "نہیں پہنچے"),
    "entered-in-error": ("Entered in error", "录入有误", "غلطی سے درج"),
}

KIND: dict[str, Texts] = _of_letters(KINDS) | {
    "consultation": ("Consultation", "远程会诊", "آن لائن مشاورت"),
    "joint-outcome": ("Joint outcome", "合作成果", "مشترکہ نتیجہ"),
}

FIELDS: dict[str, Texts] = {
    "liver echinococcosis": ("Liver echinococcosis", "肝包虫病", "جگر کی ہائیڈیٹڈ بیماری"),
    "medical imaging": ("Medical imaging", "医学影像", "طبی عکس نگاری"),
    "infectious disease control": ("Infectious disease control", "传染病防控", "متعدی امراض کی روک تھام"),
    "international medicine": ("International medicine", "国际医疗", "بین الاقوامی طب"),
    "telemedicine": ("Telemedicine", "远程医疗", "ٹیلی میڈیسن"),
    "artificial intelligence": ("Artificial intelligence", "人工智能", "مصنوعی ذہانت"),
    "big data": ("Big data", "大数据", "بگ ڈیٹا"),
    "traditional chinese medicine": ("Traditional Chinese medicine", "中医药", "روایتی چینی طب"),
}

LINES: dict[str, Texts] = _of_letters(COSTS)

PAYER: dict[str, Texts] = _of_letters(PAYERS) | {
    "sending-site": ("the sending site", "派出方", "بھیجنے والا ادارہ"),
    "host-site": ("the host", "接待方", "میزبان ادارہ"),
}

STEPS: dict[str, Texts] = {
    "leave": ("Leave", "请假批准", "رخصت"),
    "no-objection": ("No-objection certificate", "无异议证明", "عدم اعتراض سند"),
    "outbound-permit": ("Outbound permit", "因公出境批件", "بیرونِ ملک اجازت نامہ"),
    "practice-permit": ("Short-term practice permit", "短期行医许可", "عارضی طبی اجازت نامہ"),
    "pakistan-visa": ("Visa of Pakistan", "巴基斯坦签证", "پاکستان کا ویزا"),
    "china-visa": ("Visa of China", "中国签证", "چین کا ویزا"),
    "insurance-proof": ("Proof of insurance", "保险证明", "بیمے کا ثبوت"),
    "police-registration": ("Police registration", "住宿登记", "پولیس رجسٹریشن"),
}

STEP_STATES: dict[str, Texts] = {
    "open": ("open", "待办", "باقی"),
    "done": ("done", "已办", "مکمل"),
    "waived": ("waived", "免办", "مستثنیٰ"),
    "not-done": ("not done", "未办", "نامکمل"),
}

FLAGS: dict[str, Texts] = {
    "early": ("arrived early", "提前到达", "قبل از وقت آمد"),
    "late": ("arrived late", "延迟到达", "تاخیر سے آمد"),
    "overstay": ("stayed longer", "超期停留", "مقررہ مدت سے زائد قیام"),
    "entered-later": ("entered later", "事后补录", "بعد میں درج"),
    "over-quota": ("over the quota", "超出配额", "کوٹے سے زائد"),
    "outside-agreement": ("outside the agreement", "协议期外", "معاہدے کی مدت سے باہر"),
    "double-booked": ("on two visits at once", "同期另有访问", "ایک ساتھ دو دورے"),
}
