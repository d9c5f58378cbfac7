"""The sheets of the spreadsheet and their columns: English, Chinese, Urdu."""

from services.exchange.adapters.reports.wording import meeting
from services.exchange.adapters.reports.wording.words import Texts

SHEETS: dict[str, Texts] = {
    "about": ("About", "说明", "تعارف"),
    "figures": ("Figures", "数据", "اعداد"),
    "promises": ("Promises", "承诺", "وعدے"),
    "visits": ("Visits", "访问", "دورے"),
    "outcomes": ("Outcomes", "成果", "نتائج"),
    "steps": ("Formalities", "手续", "ضابطے"),
    "money": ("Money", "经费", "اخراجات"),
    "rates": ("Rates", "汇率", "شرحِ تبادلہ"),
} | meeting.SHEETS

SHEET_NOTES: dict[str, Texts] = {
    "about": ("What this report is", "本报告说明", "اس رپورٹ کے بارے میں"),
    "figures": (
        "Each figure, the sheet and column that it is made of, and how. Its rows bear its code.",
        "每个数据及其来源工作表、列和计算方式；相关各行均标有其编号。",
        "ہر عدد، اس کی شیٹ اور کالم، اور حساب کا طریقہ۔ متعلقہ قطاروں پر اس کا کوڈ درج ہے۔",
    ),
    "promises": ("What was in force for the year", "本年度有效的承诺", "اس سال کے لیے نافذ وعدے"),
    "visits": ("Every visit of the year", "本年度全部访问", "اس سال کے تمام دورے"),
    "outcomes": ("Every outcome that was reported", "全部已报告成果", "تمام رپورٹ شدہ نتائج"),
    "steps": ("Every step of every visit", "各次访问的全部手续", "ہر دورے کے تمام مراحل"),
    "money": ("Every line that counts", "全部计入的费用", "شمار ہونے والی تمام مدات"),
    "rates": (
        "Rates that were used, and those that are missing",
        "所用汇率及缺少的汇率",
        "استعمال شدہ اور غیر موجود شرحیں",
    ),
} | meeting.SHEET_NOTES

COLUMNS: dict[str, Texts] = {
    "code": ("Code", "编号", "کوڈ"),
    "codes": ("Counts in", "计入数据", "شمار ہوتا ہے"),
    "id": ("Document", "文件编号", "دستاویز"),
    "chapter": ("Chapter", "章节", "باب"),
    "table": ("Table", "表格", "جدول"),
    "row": ("Of", "项目", "بابت"),
    "measure": ("Figure", "数据", "عدد"),
    "value": ("Value", "数值", "قدر"),
    "unit": ("Currency", "币种", "کرنسی"),
    "sheet": ("Sheet", "工作表", "شیٹ"),
    "how": ("How", "计算方式", "طریقہ"),
    "column": ("Column", "列", "کالم"),
    "number": ("No.", "序号", "نمبر"),
    "visits": ("Visits promised", "承诺访问", "موعودہ دورے"),
    "visitor_days": ("Visitor-days promised", "承诺人天", "موعودہ افرادی ایام"),
    "outcomes": ("Outcomes promised", "承诺成果", "موعودہ نتائج"),
    "planned_arrival": ("Planned arrival", "计划到达", "طے شدہ آمد"),
    "planned_departure": ("Planned departure", "计划离开", "طے شدہ روانگی"),
    "actual_arrival": ("Arrived", "实际到达", "آمد"),
    "actual_departure": ("Left", "实际离开", "روانگی"),
    "visitors": ("Visitors", "人次", "مہمان"),
    "came": ("Came", "实到", "آئے"),
    "planned_days": ("Visitor-days planned", "计划人天", "طے شدہ افرادی ایام"),
    "actual_days": ("Visitor-days passed", "实际人天", "اصل افرادی ایام"),
    "proposed": ("Proposed on", "提议日期", "تجویز کی تاریخ"),
    "booked": ("Booked on", "确定日期", "طے ہونے کی تاریخ"),
    "days_to_booked": ("Days to booking", "确定所需天数", "طے ہونے میں ایام"),
    "overdue": ("Overdue", "逾期", "مدت گزر چکی"),
    "slipped": ("Slipped", "延后", "مؤخر"),
    "flags": ("Out of the ordinary", "特殊情况", "غیر معمولی"),
    "type": ("Type", "类型", "قسم"),
    "visit": ("Visit", "访问", "دورہ"),
    "consultation": ("Consultation", "远程会诊", "آن لائن مشاورت"),
    "counted": ("Counted on", "计入日期", "شمار کی تاریخ"),
    "deadline": ("Deadline", "期限", "آخری تاریخ"),
    "expected": ("Expected on", "预计日期", "متوقع تاریخ"),
    "done": ("Done on", "办结日期", "تکمیل کی تاریخ"),
    "budgeted": ("Budgeted", "预算", "تخمینہ"),
    "budgeted_day": ("Valued on", "预算计价日", "تخمینے کی تاریخ"),
    "actual": ("Spent", "实际支出", "اصل خرچ"),
    "actual_day": ("Spent on", "支出日期", "خرچ کی تاریخ"),
    "budgeted_converted": ("Budgeted, converted", "预算（折算）", "تخمینہ (تبدیل شدہ)"),
    "actual_converted": ("Spent, converted", "实际支出（折算）", "اصل خرچ (تبدیل شدہ)"),
    "from": ("From", "原币种", "کرنسی"),
    "to": ("Into", "折算币种", "تبدیل بہ"),
    "rate": ("Rate", "汇率", "شرح"),
    "day": ("From the day", "生效日", "تاریخ سے"),
    "source": ("Source", "来源", "ماخذ"),
} | meeting.COLUMNS

HOW: dict[str, Texts] = {
    "count": ("number of rows", "行数", "قطاروں کی تعداد"),
    "sum": ("sum of the column", "该列之和", "کالم کا مجموعہ"),
    "median": ("median of the column", "该列中位数", "کالم کا وسطانیہ"),
    "distinct": ("number of different values in the column", "该列不同值的个数", "کالم میں مختلف قدروں کی تعداد"),
}
