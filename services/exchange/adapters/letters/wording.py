"""What a letter says in each language. `{…}` are filled in by `rendering`."""

from collections.abc import Mapping

Wording = Mapping[str, str]

TEXTS: Mapping[str, Wording] = {
    "en": {
        "title": "Letter of invitation",
        "opening": "To whom it may concern: under the cooperation agreement between the two institutions, {host} "
        "invites the member of staff of {sending} named below to visit its {department}.",
        "costs": "The costs of the visit are borne as follows: {costs}.",
        "closing": "We kindly request that the visas and permits required for this visit be issued. {host} is "
        "responsible for the programme during the stay.",
        "stamp": "Stamp",
        "check": "To check that this letter is valid, enter the code at",
    },
    "zh": {
        "title": "邀请函",
        "opening": "敬启者：根据双方合作协议，{host}特邀请{sending}的下列工作人员到我院{department}访问交流。",
        "costs": "访问费用承担方式如下：{costs}。",
        "closing": "敬请为其办理本次访问所需的签证及许可。来访期间的交流活动由{host}负责安排。",
        "stamp": "盖章处",
        "check": "本函是否有效，可凭验证码查询：",
    },
    "ur": {
        "title": "دعوت نامہ",
        "opening": "متعلقہ حکام کی خدمت میں: {host} دونوں اداروں کے درمیان تعاون کے معاہدے کے تحت {sending} کے درج ذیل "
        "رکنِ عملہ کو اپنے ہاں {department} کے دورے کی دعوت دیتا ہے۔",
        "costs": "دورے کے اخراجات اس طرح ادا ہوں گے: {costs}۔",
        "closing": "درخواست ہے کہ اس دورے کے لیے درکار ویزا اور اجازت نامے جاری کیے جائیں۔ "
        "قیام کے دوران دورے کے پروگرام کا ذمہ دار {host} ہو گا۔",
        "stamp": "مہر",
        "check": "یہ خط درست ہے یا نہیں، اس کوڈ سے یہاں جانچا جا سکتا ہے:",
    },
}

LABELS: Mapping[str, Wording] = {
    "passport_name": {"en": "Name as in passport", "zh": "护照姓名", "ur": "پاسپورٹ کے مطابق نام"},
    "sex": {"en": "Sex", "zh": "性别", "ur": "جنس"},
    "birth_date": {"en": "Date of birth", "zh": "出生日期", "ur": "تاریخِ پیدائش"},
    "passport": {"en": "Passport number", "zh": "护照号码", "ur": "پاسپورٹ نمبر"},
    "purpose": {"en": "Purpose", "zh": "来访事由", "ur": "مقصد"},
    "dates": {"en": "Dates of the visit", "zh": "访问日期", "ur": "دورے کی تاریخیں"},
    "place": {"en": "Place", "zh": "访问地点", "ur": "مقام"},
}

SEXES: Mapping[str, Wording] = {
    "female": {"en": "Female", "zh": "女", "ur": "عورت"},
    "male": {"en": "Male", "zh": "男", "ur": "مرد"},
    "unspecified": {"en": "Unspecified", "zh": "未指明", "ur": "غیر متعین"},
}

KINDS: Mapping[str, Wording] = {
    "teaching": {"en": "Teaching", "zh": "教学", "ur": "تدریس"},
    "training": {"en": "Training", "zh": "进修培训", "ur": "تربیت"},
    "clinical-work": {"en": "Clinical work", "zh": "临床工作", "ur": "طبی کام"},
    "research": {"en": "Research", "zh": "科研", "ur": "تحقیق"},
}

COSTS: Mapping[str, Wording] = {
    "travel": {"en": "travel", "zh": "交通", "ur": "سفر"},
    "stay": {"en": "accommodation", "zh": "住宿", "ur": "رہائش"},
    "allowance": {"en": "allowance", "zh": "津贴", "ur": "وظیفہ"},
    "insurance": {"en": "insurance", "zh": "保险", "ur": "بیمہ"},
    "visa": {"en": "visa", "zh": "签证", "ur": "ویزا"},
    "interpreter": {"en": "interpreter", "zh": "翻译", "ur": "مترجم"},
}

PAYERS: Mapping[str, Wording] = {
    "visitor": {"en": "the visitor", "zh": "访问者本人", "ur": "مہمان خود"},
    "alliance": {"en": "the hospital alliance", "zh": "医院合作联盟", "ur": "ہسپتالوں کا اتحاد"},
}
"""Those who are no site; a site stands with its own name."""

PLACES: Wording = {"en": "{department}, {host}", "zh": "{host}{department}", "ur": "{department}، {host}"}
"""Where the visit takes place: Chinese goes from the whole to its part."""

BETWEEN: Mapping[str, Wording] = {
    "items": {"en": ", ", "zh": "、", "ur": "، "},
    "payers": {"en": "; ", "zh": "；", "ur": "؛ "},
    "payer": {"en": ": ", "zh": "：", "ur": ": "},
    "dates": {"en": " to ", "zh": "至", "ur": " تا "},
}
