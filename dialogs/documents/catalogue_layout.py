"""The workbook of catalogues: its sheets and columns, and the words its cells may hold."""

from dialogs.documents import wording
from dialogs.documents.roster_layout import CODE, Column, Layout
from dialogs.rules.entries import MOST_CLAUSE, MOST_LINE, MOST_NAME, MOST_RULE, MOST_STEP, MOST_TEXT
from dialogs.vocabulary import Grade, PowerCategory, RuleSystem

UNIT = Column(("單位代碼", "单位代码", "unit code", "unit"), width=12, most=40)


def paragraph(*headers: str, most: int = MOST_CLAUSE) -> Column:
    """Lay out a column of text that may be left empty."""
    return Column(headers, width=40, most=most, required=False)


POWERS = Layout(
    ("職權", "职权", "powers"),
    {
        "unit": UNIT,
        "code": CODE,
        "name": Column(("名稱", "名称", "name"), width=28, most=MOST_NAME),
        "category": Column(("類別", "类别", "category"), width=14),
        "posts": Column(("行使崗位", "行使岗位", "posts"), width=20, most=400),
        "basis": Column(("行使依據", "行使依据", "basis"), width=50, most=MOST_TEXT),
        "subject": Column(("責任主體", "责任主体", "subject"), width=20, most=MOST_NAME),
        "commitment": paragraph("服務承諾", "服务承诺", "commitment"),
        "discipline": paragraph("工作紀律", "工作纪律", "discipline"),
        "public": Column(("公開", "公开", "public"), width=8),
        "ground": paragraph("不公開理由", "不公开理由", "ground"),
    },
)
PROCESSES = Layout(
    ("流程", "業務流程", "业务流程", "processes"),
    {
        "unit": UNIT,
        "code": CODE,
        "name": Column(("名稱", "名称", "name"), width=28, most=MOST_NAME),
        "powers": Column(("對應職權", "对应职权", "powers"), width=20, most=400),
        "conditions": paragraph("辦理條件", "办理条件", "conditions", most=MOST_TEXT),
        "supervision": paragraph("監督制約", "监督制约", "supervision"),
        "rights": paragraph("相對人權利", "相对人权利", "rights"),
        "complaint": paragraph("投訴舉報途徑", "投诉举报途径", "complaint"),
    },
)
STEPS = Layout(
    ("流程環節", "流程环节", "steps"),
    {
        "process": Column(("流程代碼", "流程代码", "process"), width=12, most=40),
        "ordinal": Column(("序號", "序号", "no", "ordinal"), width=8),
        "name": Column(("環節", "环节", "step", "name"), width=20, most=MOST_STEP),
        "post": Column(("承辦崗位", "承办岗位", "post"), width=12, most=40),
        "days": Column(("時限(工作日)", "时限(工作日)", "days"), width=14),
        "deed": paragraph("辦理內容", "办理内容", "deed"),
        "supervision": paragraph("監督制約", "监督制约", "supervision", most=MOST_LINE),
        "risk": paragraph("風險點", "风险点", "risk", most=MOST_LINE),
        "grade": Column(("風險等級", "风险等级", "grade"), width=12, required=False),
    },
)
RULES = Layout(
    ("制度", "rules"),
    {
        "unit": UNIT,
        "system": Column(("制度", "六項制度", "六项制度", "system"), width=16),
        "title": Column(("標題", "标题", "title"), width=36, most=MOST_NAME),
        "number": paragraph("文號", "文号", "number", most=MOST_NAME),
        "in_force": Column(("施行日期", "in force"), width=14, required=False),
        "text": paragraph("正文", "text", most=MOST_RULE),
    },
)
LAYOUTS = (POWERS, PROCESSES, STEPS, RULES)

CATEGORY_WORDS = {
    PowerCategory.LICENCE: "行政許可",
    PowerCategory.PAYMENT: "行政給付",
    PowerCategory.CONFIRMATION: "行政確認",
    PowerCategory.PENALTY: "行政處罰",
    PowerCategory.INSPECTION: "行政檢查",
    PowerCategory.OTHER_POWER: "其他行政權力",
    PowerCategory.PUBLIC_SERVICE: "公共服務",
    PowerCategory.INTERNAL: "內部管理",
    PowerCategory.VILLAGE_AFFAIRS: "村級事務",
}
CATEGORIES = {
    **{word: category for category, word in CATEGORY_WORDS.items()},
    **{category.value: category for category in PowerCategory},
    "行政许可": PowerCategory.LICENCE,
    "行政给付": PowerCategory.PAYMENT,
    "行政确认": PowerCategory.CONFIRMATION,
    "行政处罚": PowerCategory.PENALTY,
    "行政检查": PowerCategory.INSPECTION,
    "其他行政权力": PowerCategory.OTHER_POWER,
    "公共服务": PowerCategory.PUBLIC_SERVICE,
    "内部管理": PowerCategory.INTERNAL,
    "村级事务": PowerCategory.VILLAGE_AFFAIRS,
}
SYSTEM_WORDS = {
    RuleSystem.POST_DUTY: "崗位責任制",
    RuleSystem.FIRST_ASKED: "首問負責制",
    RuleSystem.TELL_ONCE: "一次性告知制",
    RuleSystem.TIME_LIMIT: "限時辦結制",
    RuleSystem.APPRAISAL: "績效評估制",
    RuleSystem.ACCOUNTABILITY: "行政問責制",
}
SYSTEMS = {
    **{word: system for system, word in SYSTEM_WORDS.items()},
    **{system.value: system for system in RuleSystem},
    "岗位责任制": RuleSystem.POST_DUTY,
    "首问负责制": RuleSystem.FIRST_ASKED,
    "限时办结制": RuleSystem.TIME_LIMIT,
    "绩效评估制": RuleSystem.APPRAISAL,
    "行政问责制": RuleSystem.ACCOUNTABILITY,
}
GRADES = {
    **{wording.grade(grade): grade for grade in Grade},
    **{wording.grade(grade)[3]: grade for grade in Grade},  # 高, 中, 低
}
YES, NO = "是", "否"
ANSWERS = {YES: True, NO: False, "公開": True, "公开": True, "不公開": False, "不公开": False}
