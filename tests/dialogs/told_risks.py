"""What the dialogues of the life of a risk are told; every name is invented."""

from dataclasses import replace
from datetime import date, timedelta

from dialogs.facts import (
    About,
    AnsweredTold,
    ChangeTold,
    Colleague,
    DeclarationLine,
    DeclarationToReview,
    MeasureAtHand,
    MeasuresToPlan,
    MeasureTold,
    MutualChecksToAssign,
    NoneTold,
    NoticeTold,
    ObjectionAtHand,
    PostsNamed,
    PostsToPointAt,
    PostToCheckForAnother,
    ReportTold,
    RoundToOpen,
    TallyTold,
    ToPublish,
    UnitToMobilise,
    UnitToReview,
    Way,
)
from dialogs.vocabulary import (
    Aspect,
    FindingMethod,
    Grade,
    MeasureState,
    Move,
    ObjectionState,
    Opinion,
    Role,
    Severity,
)
from tests.dialogs.told import DECLARED, FORMS, FOUND, some_id

TODAY = date(2026, 3, 2)
(BRIBES,) = FOUND.before
SEALS = replace(
    BRIBES,
    point=some_id(90),
    lineage=some_id(91),
    aspect=Aspect.PROCESS,
    name="公章使用失控",
    method=FindingMethod.PUBLIC,
)
BRIBES_BEFORE = replace(
    BRIBES,
    ways=(Way("長期固定一家店", "採購三家比價"),),
    severity=Severity.CRIME,
    declared=Grade.HIGH,
)
TO_ENDORSE = DeclarationToReview(
    some_id(76),
    1,
    Move.ENDORSE,
    True,
    "黨政辦採購員",
    "黨政辦公室",
    "孫浩然",
    [BRIBES, SEALS],
    [NoneTold(Aspect.EFFICIENCY, "採購不設辦理時限。")],
)
TO_DEFINE = replace(
    TO_ENDORSE,
    version=2,
    move=Move.DEFINE,
    changes=[ChangeTold(None, SEALS), ChangeTold(BRIBES_BEFORE, BRIBES)],
    answered=[AnsweredTold(ObjectionState.UPHELD, "採納，重新界定。")],
    tallies=[TallyTold(Role.VILLAGER, Opinion.TOO_LOW, None)],
)
TO_RAISE = replace(TO_ENDORSE, move=Move.RAISE, may_send_back=False, points=[BRIBES], none=())
LINES = [
    DeclarationLine(some_id(76), 1, "黨政辦採購員", "黨政辦公室", "孫浩然", 2, Grade.MEDIUM),
    DeclarationLine(some_id(77), 1, "黨政辦文書", "黨政辦公室", "羅文靜", 0, None),
]
OF_UNIT = UnitToReview("黨政辦公室", Move.ENDORSE, LINES)
SENT_BACK = replace(
    DECLARED,
    post=replace(FOUND, before=[replace(BRIBES, comment="寫清誰來比價。")], findings=()),
    note="",
    returned=True,
)
POSTS = PostsNamed([replace(one, holders=()) for one in FORMS.posts])
TO_POINT_AT = PostsToPointAt(FORMS.posts, [FindingMethod.ORGANISATION])
COLLEAGUES = [
    Colleague(some_id(20), "許春燕", (some_id(60),)),
    Colleague(some_id(21), "呂思穎", (some_id(61),)),
]
TO_ASSIGN = MutualChecksToAssign("財政所", FORMS.posts[:1], COLLEAGUES, TODAY, date(2026, 3, 9))
TO_CHECK = PostToCheckForAnother(some_id(92), replace(FOUND, findings=()), "孫浩然")
TO_PUBLISH = ToPublish(LINES, True, 7, 5, 30)
NOTICE = NoticeTold(some_id(93), "2026-01", LINES)
CLOSED = About(some_id(93))
OBJECTION = ObjectionAtHand(
    some_id(94), "黨政辦採購員", "採購的錢都從他手裡過，應該定一級。", date(2026, 3, 9)
)
MEASURE = MeasureTold(
    some_id(95),
    "黨政辦採購員",
    "收取供應商好處",
    Grade.MEDIUM,
    "收回扣、購物卡或低價購物",
    "採購三家比價，紀檢辦每季抽查",
    "",
    "",
    None,
    MeasureState.UNPLANNED,
)
TWO = [MEASURE, replace(MEASURE, measure=some_id(96), manifestation="長期固定一家店")]
TO_PLAN = MeasuresToPlan("黨政辦採購員", TWO, COLLEAGUES, TODAY, date(2029, 12, 31))
PLANNED = replace(
    MEASURE,
    owner="許春燕",
    due=date(2026, 6, 1),
    indicator="每季抽查採購單",
    state=MeasureState.UNDER_WAY,
)
DAYS = (TODAY, date(2029, 12, 31))
TO_REPORT = MeasureAtHand(PLANNED, *DAYS)
TO_VERIFY = MeasureAtHand(
    replace(
        PLANNED,
        state=MeasureState.REPORTED,
        reports=[
            ReportTold(date(2026, 3, 1), "許春燕", "比價單已印發。", "BQ1", "比價單.docx"),
            ReportTold(date(2026, 3, 2), "許春燕", "抽查十單，單單三家。", "Ag1", "", picture=True),
        ],
    ),
    *DAYS,
)
TO_VERIFY_LATE = replace(
    TO_VERIFY, measure=replace(TO_VERIFY.measure, due=TODAY - timedelta(days=3))
)
NO_ROUND = RoundToOpen(TODAY)
LAST_ROUND = RoundToOpen(TODAY, some_id(96), "2026年度廉政風險排查", 2)
MEETING = UnitToMobilise(
    some_id(1), "財政所", some_id(96), "2026年度廉政風險排查", date(2026, 2, 20), TODAY
)
