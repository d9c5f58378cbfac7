"""The types of outcomes (Researchfish) as readers know them: English, Chinese, Urdu."""

from services.exchange.adapters.reports.wording.words import Texts

OUTCOME_TYPES: dict[str, Texts] = {
    "publication": ("Publication", "论文发表", "علمی اشاعت"),
    "collaboration": ("Collaboration", "合作关系", "باہمی تعاون"),
    "further-funding": ("Further funding", "后续资助", "مزید مالی معاونت"),
    "engagement": ("Engagement", "科普与公众参与", "عوامی رابطہ"),
    "influence-on-policy-or-practice": (
        "Influence on policy or practice",
        "对政策或实践的影响",
        "پالیسی یا طبی عمل پر اثر",
    ),
    "research-tool": ("Research tool or method", "研究工具或方法", "تحقیقی آلہ یا طریقہ"),
    "dataset-or-model": ("Dataset or model", "数据集或模型", "ڈیٹا سیٹ یا ماڈل"),
    "intellectual-property": ("Intellectual property", "知识产权", "املاکِ دانش"),
    "medical-product-or-trial": ("Medical product or clinical trial", "医疗产品或临床试验", "طبی مصنوعہ یا طبی آزمائش"),
    "software": ("Software", "软件", "سافٹ ویئر"),
    "spin-out": ("Spin-out company", "衍生企业", "ذیلی کمپنی"),
    "award": ("Award", "奖项", "اعزاز"),
    "facility-use": ("Use of facilities", "设施使用", "سہولیات کا استعمال"),
    "skills-and-people": ("Skills and people", "人才与技能", "مہارت اور افرادی قوت"),
    "creative-work": ("Creative work", "创作成果", "تخلیقی کام"),
    "other": ("Other", "其他", "دیگر"),
}
