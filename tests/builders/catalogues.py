"""The catalogues of the example township: what some of its units do, and how; all invented."""

import sys
from datetime import date
from pathlib import Path

from dialogs.documents.catalogues import Catalogues, write_catalogues
from dialogs.facts import PowerEntry, ProcessEntry, RuleEntry, StepEntry
from dialogs.vocabulary import Grade, PowerCategory, RuleSystem

HIGH, MEDIUM, LOW = Grade.HIGH, Grade.MEDIUM, Grade.LOW
COMPLAINT = "鎮紀委：鎮政府二樓 205 室，電話 8003；或在本機器人按「意見與反映」。"
RIGHTS = "知情、陳述申辯；對結果不服的，可在 60 日內申請行政覆議，或在 6 個月內起訴。"

POWERS = (
    PowerEntry(
        unit="Z05",
        code="Z05-Q01",
        name="惠農補貼資金發放",
        category=PowerCategory.PAYMENT,
        posts=("Z05-01", "Z05-04"),
        basis=(
            "《財政部關於進一步加強財政涉農補貼資金管理的意見》；"
            "縣財政局惠農補貼「一卡通」管理辦法第 6 至 12 條。"
        ),
        subject="鎮財政所",
        commitment="名單公示滿 7 天無異議後 10 個工作日內到卡；不收任何費用。",
        discipline="不准代領代扣，不准截留抵扣，不准改動已公示的名單。",
    ),
    PowerEntry(
        unit="Z05",
        code="Z05-Q02",
        name="機關經費報銷審核",
        category=PowerCategory.INTERNAL,
        posts=("Z05-01", "Z05-02", "Z05-03"),
        basis="《行政事業單位內部控制規範（試行）》第 30 條；鎮機關財務管理制度。",
        subject="鎮財政所",
        commitment="單據齊全的 5 個工作日內付訖；不齊的一次說清。",
        discipline="不准報銷超標準開支，不准一人經辦全過程。",
        public=False,
        ground="屬機關內部管理事項，按政務公開目錄不對外公開，在機關公示欄公開。",
    ),
    PowerEntry(
        unit="Z06",
        code="Z06-Q01",
        name="最低生活保障審核確認",
        category=PowerCategory.PAYMENT,
        posts=("Z06-01", "Z06-02"),
        basis="《社會救助暫行辦法》第 11 條；民政部《最低生活保障審核確認辦法》第 5 至 23 條。",
        subject="鎮民政辦",
        commitment="自受理之日起 30 個工作日內辦結；不符合條件的書面說明理由。",
        discipline="不准優親厚友，不准收受錢物，不准以入戶次數刁難。",
    ),
    PowerEntry(
        unit="Z06",
        code="Z06-Q02",
        name="臨時救助審核審批",
        category=PowerCategory.PAYMENT,
        posts=("Z06-01", "Z06-02"),
        basis="《社會救助暫行辦法》第 47 至 49 條；縣臨時救助實施細則。",
        subject="鎮民政辦",
        commitment="急難型當天先行救助，支出型 10 個工作日內辦結。",
        discipline="不准拆分救助，不准把救助金用於其他開支。",
    ),
    PowerEntry(
        unit="C01",
        code="C01-Q01",
        name="農村宅基地申請初審",
        category=PowerCategory.VILLAGE_AFFAIRS,
        posts=("C01-01", "C01-02"),
        basis="《土地管理法》第 62 條；農業農村部、自然資源部關於規範農村宅基地審批管理的通知。",
        subject="上河村村民委員會",
        commitment="材料齊全的當月提交村民代表會議討論，結果張榜 5 天以上。",
        discipline="不准私下許諾，不准收取宅基地安排費、押金。",
    ),
    PowerEntry(
        unit="C01",
        code="C01-Q02",
        name="村集體資金開支審批",
        category=PowerCategory.VILLAGE_AFFAIRS,
        posts=("C01-01", "C01-02", "C01-03", "C01-04"),
        basis="《農村集體經濟組織法》第 46 條；鎮村級財務管理制度。",
        subject="上河村村級集體經濟組織",
        commitment="每月 10 日前公開上月收支明細，村民可查原始單據。",
        discipline="不准白條入賬，不准坐收坐支，不准化整為零。",
    ),
)

PROCESSES = (
    ProcessEntry(
        unit="Z05",
        code="Z05-L01",
        name="惠農補貼發放流程",
        powers=("Z05-Q01",),
        conditions="承包地實際種植的農戶；面積經村、鎮兩級核實並公示；已登記社會保障卡賬號。",
        supervision="民政、農經站交叉核名單；鎮紀委每季抽查到戶一次。",
        rights="可查本戶面積和金額；對公示有異議的，公示期內向村或財政所提出。",
        complaint=COMPLAINT,
        steps=(
            StepEntry(
                *("收集名單", "Z05-04", 5, "收齊各村報來的面積和卡號，與土地承包台賬核對。"),
                *("村監委會主任在名單上簽字。", "虛報面積，或為親友多報", MEDIUM),
            ),
            StepEntry(
                *("公示", "Z05-04", 7, "名單在村務公開欄張榜，留存照片。"),
                *("鎮紀檢辦抽查張榜情況。", "不張榜或提前撤榜", LOW),
            ),
            StepEntry(
                *("審核", "Z05-01", 3, "核對名單、金額和公示記錄，簽署意見。"),
                *("會計、所長兩人簽字。", "不核名單就簽字", MEDIUM),
            ),
            StepEntry(
                *("撥付到卡", "Z05-03", 2, "按審定名單經一卡通系統發放。"),
                *("銀行回單與名單逐筆核對。", "截留、挪用或發放到非本人賬戶", HIGH),
            ),
        ),
    ),
    ProcessEntry(
        unit="Z06",
        code="Z06-L01",
        name="低保與臨時救助審核流程",
        powers=("Z06-Q01", "Z06-Q02"),
        conditions=(
            "本鎮戶籍或常住；家庭人均收入低於當地低保標準，財產符合規定；"
            "帶申請書、戶口簿、身份證，並簽核對授權書。"
        ),
        supervision="入戶兩人以上，評議有村監委會成員在場；縣民政局每月抽查。",
        rights=RIGHTS,
        complaint=COMPLAINT,
        steps=(
            StepEntry(
                *("受理", "Z06-02", 1, "看材料是否齊全；不齊的一次性書面告知。"),
                *("受理登記號可在本機器人查詢。", "無故不受理，讓群眾多跑", LOW),
            ),
            StepEntry(
                *("入戶調查", "Z06-02", 10, "兩人以上入戶，核對收入、財產，填調查表並簽字。"),
                *("調查表由被調查人簽字。", "走過場，編造入戶記錄", MEDIUM),
            ),
            StepEntry(
                *("民主評議", "C01-05", 3, "村裡組織村民代表評議，如實記錄。"),
                *("鎮幹部到場監督。", "操縱評議，排斥困難戶", MEDIUM),
            ),
            StepEntry(
                *("審核公示", "Z06-02", 7, "擬定名單和金額，在村裡公示 7 天。"),
                *("鎮紀檢辦抽查張榜情況。", "隱去親友信息不公示", MEDIUM),
            ),
            StepEntry(
                *("確認", "Z06-01", 5, "集體研究後確認；不同意的書面說明理由。"),
                *("研究記錄存檔，分管領導簽字。", "優親厚友，收受好處放寬標準", HIGH),
            ),
            StepEntry(
                *("發放", "Z05-03", 4, "次月起按月發放到本人賬戶。"),
                *("財政所與民政辦按月對賬。", "虛報冒領、截留救助金", HIGH),
            ),
        ),
    ),
    ProcessEntry(
        unit="C01",
        code="C01-L01",
        name="宅基地申請流程",
        powers=("C01-Q01",),
        conditions="本村集體成員；一戶一宅；申請書、戶口簿、原有住房情況說明。",
        supervision="村監委會全程列席；鎮自然資源所「三到場」。",
        rights=RIGHTS,
        complaint=COMPLAINT,
        steps=(
            StepEntry(
                *("村民申請", "C01-04", 0, "收件登記，當場告知還差什麼。"),
                *("登記簿由村監委會每月查看。", "扣件不登記", LOW),
            ),
            StepEntry(
                *("代表會議討論", "C01-01", 20, "當月召開村民代表會議，形成記錄。"),
                *("村監委會主任列席並簽字。", "不開會就蓋章", HIGH),
            ),
            StepEntry(
                *("張榜公示", "C01-04", 5, "討論結果張榜 5 天以上。"),
                *("拍照存檔。", "公示不足天數", LOW),
            ),
            StepEntry(
                *("報鎮審核", "Z08-03", 10, "鎮裡受理，組織實地踏勘。"),
                *("兩人到場，留影像。", "收受好處，違規佔用耕地也放行", HIGH),
            ),
        ),
    ),
)

RULES = (
    RuleEntry(
        *("Z05", RuleSystem.POST_DUTY, "財政所崗位責任制", "清財〔2025〕3 號", date(2025, 3, 1)),
        "所長管審批，會計管審核，出納管收付，三個崗位不得由一人兼任；離崗要書面交接。",
    ),
    RuleEntry(
        *("Z05", RuleSystem.TIME_LIMIT, "財政所限時辦結制", "清財〔2025〕4 號", date(2025, 3, 1)),
        "報銷 5 個工作日，補貼發放 10 個工作日；逾期要向申請人說明原因。",
    ),
    RuleEntry(
        *("Z06", RuleSystem.FIRST_ASKED, "民政辦首問負責制", "清民〔2025〕2 號", date(2025, 4, 1)),
        "第一個接待的人負責到底：屬本崗位的當場辦，不屬的帶到經辦人面前。",
    ),
    RuleEntry(
        *("Z06", RuleSystem.TELL_ONCE, "民政辦一次性告知制", "清民〔2025〕3 號", date(2025, 4, 1)),
        "材料不齊的，當場用告知單一次寫清全部要補的內容，雙方簽字各執一份。",
    ),
    RuleEntry(
        *("C01", RuleSystem.POST_DUTY, "上河村村幹部崗位責任制", "", date(2025, 5, 1)),
        "支書、主任、監委會主任、會計各負其責；用章、用錢都要登記。",
    ),
)


def example_catalogues() -> Catalogues:
    """Write down what 財政所, 民政辦 and 上河村 do; the rest is missing, as it would be."""
    return Catalogues(POWERS, PROCESSES, RULES)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(write_catalogues(example_catalogues()))
