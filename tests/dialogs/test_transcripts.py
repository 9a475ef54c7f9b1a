"""Whole conversations, word for word, as the people in them see them: tests/dialogs/transcripts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from dialogs.facts import (
    HolderNamed,
    Invited,
    MatterToAccept,
    Nothing,
    PostToCheck,
    SelfCheckToFillIn,
)
from dialogs.flows.questionnaire import FormAtHand
from dialogs.messages import plain_words
from dialogs.prompts import Sent
from dialogs.rules.access import Action
from dialogs.vocabulary import FindingState, Language, MatterMove
from dialogs.xlsform.library import questionnaires
from dialogs.xlsform.reading import read_form
from tests.builders.conversation import Conversation
from tests.builders.questionnaires import roads
from tests.dialogs import told, told_warnings
from tests.dialogs import told_risks as risks

TRANSCRIPTS = Path(__file__).parent / "transcripts"
MARKS = {"b": "**", "i": "*", "code": "`"}


@dataclass(frozen=True)
class Write:
    """The person writes this."""

    text: str


@dataclass(frozen=True)
class Press:
    """The person presses the button that says this."""

    label: str


@dataclass(frozen=True)
class Send:
    """The person sends a file, so many bytes of it."""

    kind: str
    name: str = ""
    size: int = 20_000


Deed = Write | Press | Send


def presses(*labels: str) -> list[Deed]:
    return [Press(label) for label in labels]


def writes(*texts: str) -> list[Deed]:
    return [Write(text) for text in texts]


@dataclass(frozen=True)
class Scene:
    """Who does what, step by step."""

    title: str
    who: str
    action: Action
    told: object
    deeds: Sequence[Deed]


TODAY = date(2026, 3, 2)
NONE = "選好了（已選 0 項）"
ONE = "選好了（已選 1 項）"
TWO = "選好了（已選 2 項）"
SEND = "✅ 確認送出"
STORY = "今年三月修村道，說好鋪三公里，只鋪了兩公里，錢卻全付了。我叫王大娘，電話 13912345678。"
SAFER = "今年三月修村道，說好鋪三公里，只鋪了兩公里，錢卻全付了。"

SCENES = {
    "form_of_a_unit": Scene(
        "要部門的表格",
        "韓守正",
        Action.FORMS,
        told.FORMS,
        presses("財政所", "本單位（財政所）", "部門廉政風險識別防控表"),
    ),
    "form_of_a_post": Scene(
        "要一個崗位的表格",
        "韓守正",
        Action.FORMS,
        told.FORMS,
        presses("上河村", "村會計（張秀英）", "個人廉政風險查找表"),
    ),
    "form_of_ones_own": Scene(
        "只有一個崗位的人要自己的表格",
        "許春燕",
        Action.FORMS,
        told.OWN_FORMS,
        presses("個人廉政風險識別防控表"),
    ),
    "audit_log_of_a_person": Scene(
        "審計員查一個人被拒的記錄",
        "白瑞麟",
        Action.AUDIT_LOG,
        told.LOG,
        presses("近 7 天", "被拒", "某一個人", "財政所", "呂思穎"),
    ),
    "audit_log_of_a_day": Scene(
        "審計員查某一天一個單位的記錄",
        "白瑞麟",
        Action.AUDIT_LOG,
        told.LOG,
        [*presses("某一天"), *writes("3月1日"), *presses("各類都看", "某單位的人", "上河村")],
    ),
    "ledger": Scene(
        "要台賬", "韓守正", Action.LEDGER, told.LEDGERS, presses("職責範圍內的全部單位")
    ),
    "join": Scene("憑邀請加入", "許春燕", Action.JOIN, told.INVITATION, presses("是")),
    "join_by_code": Scene("輸入邀請碼", "許春燕", Action.JOIN, Invited(), writes("NKDB-PMS6-TM5H")),
    "join_not_me": Scene("邀請不是給我的", "丁曉峰", Action.JOIN, told.INVITATION, presses("否")),
    "fill_in_whose": Scene(
        "替誰代填自查",
        "何文書",
        Action.FILL_IN,
        told.FILL_IN,
        presses("財政所", "財政所票據員（馮小雨）"),
    ),
    "fill_in": Scene(
        "替已加入的人代填退回的自查",
        "何文書",
        Action.FILL_IN,
        told.FILLED_IN,
        [
            *presses("是"),
            *[
                deed
                for reason in ("建房審批不經村會計", "不經手專項資金", "三資月月公開，兩人複核")
                for deed in (Press(NONE), Write(f"{reason}。"))
            ],
            *presses(SEND),
        ],
    ),
    "fill_in_measures": Scene(
        "替沒有加入的人代報一項措施",
        "何文書",
        Action.FILL_IN,
        SelfCheckToFillIn(chosen=told.FILL_IN.holders[1], to_plan=2, to_report=[risks.MEASURE]),
        presses("報告措施"),
    ),
    "review_sending_back": Scene(
        "單位負責人退回一個風險點",
        "鄭國良",
        Action.REVIEW,
        risks.TO_ENDORSE,
        [
            *presses("退回修改", "收取供應商好處", ONE),
            *writes("不行"),
            *writes("寫清誰來比價、誰來抽查。"),
            *presses("是"),
        ],
    ),
    "review_defining": Scene(
        "紀委逐項界定，一項改定並寫理由",
        "鄧委員",
        Action.REVIEW,
        risks.TO_DEFINE,
        [
            *presses("逐項定等級", "一級(高)"),
            *writes("近三年同類崗位發生過案件"),
            *presses("二級(中)", "略過", "是"),
        ],
    ),
    "review_unit": Scene(
        "單位負責人整批審核",
        "鄭國良",
        Action.REVIEW_UNIT,
        risks.OF_UNIT,
        presses("黨政辦文書", ONE, "是"),
    ),
    "revise_sent_back": Scene(
        "退回後修改",
        "孫浩然",
        Action.REVISE,
        risks.SENT_BACK,
        [
            *presses("收取供應商好處", "修改"),
            *writes("收回扣、購物卡"),
            *presses("較高", "較嚴重", "二級(中)"),
            *writes("三家比價，單位負責人每月抽查"),
            *presses("改好了", SEND),
        ],
    ),
    "suggest": Scene(
        "村民提一個風險點",
        "王大娘",
        Action.SUGGEST,
        risks.POSTS,
        [
            *presses("上河村", "村會計", "專項資金管理"),
            *writes("補貼代簽", "有人替別人簽字領補貼"),
            *presses("是"),
        ],
    ),
    "point_out": Scene(
        "紀委憑審計指出一個風險點",
        "鄧委員",
        Action.POINT_OUT,
        risks.TO_POINT_AT,
        [
            *presses("財政所", "財政所會計", "財務審計"),
            *writes("審計報告〔2026〕3 號"),
            *presses("否", "業務流程"),
            *writes("票據不核銷", "空白票據領用後不核銷"),
            *presses("是"),
        ],
    ),
    "assign_checks": Scene(
        "安排互查",
        "鄭國良",
        Action.ASSIGN_CHECKS,
        risks.TO_ASSIGN,
        presses("財政所會計", ONE, "呂思穎", "3月9日", "是"),
    ),
    "mutual_check": Scene(
        "互查同事的崗位",
        "呂思穎",
        Action.CHECK_FOR_ANOTHER,
        risks.TO_CHECK,
        [
            *presses("是", "業務流程"),
            *writes("驗收走過場", "貨沒到齊就簽收"),
            *presses("否"),
        ],
    ),
    "publish_notice": Scene(
        "發布公示",
        "鄧委員",
        Action.PUBLISH,
        risks.TO_PUBLISH,
        [*presses("選好了（已選 2 項）", "全體村民"), *writes("3", "7"), *presses("是")],
    ),
    "object": Scene(
        "村民對等級提出異議",
        "李老伯",
        Action.OBJECT,
        risks.NOTICE,
        [
            *presses("黨政辦採購員"),
            *writes("採購的錢都從他手裡過，應該定一級。"),
            *presses("是"),
        ],
    ),
    "answer_objection": Scene(
        "紀委答覆異議",
        "鄧委員",
        Action.ANSWER_OBJECTION,
        risks.OBJECTION,
        [*presses("異議成立"), *writes("採納，重新界定。"), *presses("是")],
    ),
    "vote": Scene(
        "村民評議",
        "王大娘",
        Action.VOTE,
        risks.NOTICE,
        presses("黨政辦採購員", ONE, "定低了", "略過", "是"),
    ),
    "plan_measures": Scene(
        "落實措施",
        "孫浩然",
        Action.PLAN_MEASURES,
        risks.TO_PLAN,
        [
            *presses("許春燕"),
            *writes("六月一日", "每季抽查採購單"),
            *presses("就用「許春燕」", "就用「2026年6月1日」"),
            *writes("比價單份數"),
            *presses(SEND),
        ],
    ),
    "report_measure": Scene(
        "報告措施進度，附上憑據",
        "許春燕",
        Action.REPORT_MEASURE,
        risks.TO_REPORT,
        [
            *writes("比價單已印發，三月起用。"),
            *presses("是"),
            Send("document", "比價單.docx"),
            *presses("是"),
        ],
    ),
    "verify_measure": Scene(
        "核驗措施，還不到位",
        "鄭國良",
        Action.VERIFY_MEASURE,
        risks.TO_VERIFY,
        [*presses("還不到位"), *writes("有兩單只問了兩家，補齊再報。"), *presses("是")],
    ),
    "verify_measure_late": Scene(
        "核驗措施，已過期限，還不到位",
        "鄭國良",
        Action.VERIFY_MEASURE,
        risks.TO_VERIFY_LATE,
        [
            *presses("還不到位"),
            *writes("有兩單只問了兩家，補齊再報。", "3月1日", "3月20日"),
            *presses("是"),
        ],
    ),
    "archive": Scene(
        "查閱檔案", "韓守正", Action.ARCHIVE, risks.POSTS, presses("財政所", "財政所會計")
    ),
    "open_round": Scene(
        "部署新一輪工作",
        "韓守正",
        Action.OPEN_ROUND,
        risks.NO_ROUND,
        [
            *writes("2026年度廉政風險排查", "3月9日", "3月1日", "3月30日", "5月8日", "6月30日"),
            *presses(SEND),
        ],
    ),
    "open_next_round": Scene(
        "部署新一輪工作，結束上一輪",
        "韓守正",
        Action.OPEN_ROUND,
        risks.LAST_ROUND,
        [
            *presses("是"),
            *writes("2027年度廉政風險排查", "3月9日", "3月30日", "5月8日", "6月30日"),
            *presses(SEND),
        ],
    ),
    "mobilise": Scene(
        "登記動員會",
        "鄭國良",
        Action.MOBILISE,
        risks.MEETING,
        [*writes("今天", "8", "學習實施方案，逐崗布置。"), *presses("是")],
    ),
    "raise_grade": Scene(
        "紀委提請調高等級",
        "鄧委員",
        Action.RAISE,
        risks.TO_RAISE,
        [
            *presses("逐項定等級", "一級(高)"),
            *writes("縣裡同類崗位發生過案件"),
            *presses("略過", "是"),
        ],
    ),
    "self_check_town": Scene(
        "鎮機關崗位自查：五個方面",
        "孫浩然",
        Action.SELF_CHECK,
        told.BUYER,
        [
            *presses("收取供應商好處", ONE, "符合，採用"),
            *presses(NONE),
            *writes("沒有", "本崗位只按清單採購，不經手審批。"),
            *presses("公章使用失控", ONE, "要按本崗位修改"),
            *writes("替人蓋章不登記"),
            *presses("較小", "較嚴重", "二級(中)"),
            *writes("印章兩人保管，用印必登記"),
            *presses(NONE),
            *writes("採購不設辦理時限。"),
            *presses("我自己寫", ONE),
            *writes("親友開店供貨", "從親友的店裡買辦公用品，價格比別家高"),
            *presses("較高", "較嚴重", "三級(低)"),
            *writes("本鎮採購金額小，一年不到一萬元", "採購前三家比價，紀檢辦每季抽查"),
            *presses("否", SEND),
        ],
    ),
    "self_check_village": Scene(
        "村級崗位自查：三個領域，寫錯了退回去改",
        "張秀英",
        Action.SELF_CHECK,
        told.ACCOUNTANT,
        [
            *presses(NONE),
            *writes("建房審批不經手。"),
            *presses("‹ 上一步"),
            *writes("建房審批由村主任初審，會計不經手。"),
            *presses(NONE),
            *writes("補貼名單由民政辦核定。"),
            *presses("我自己寫", ONE),
            *writes("白條入賬", "沒有正式票據的支出記進村賬"),
            *presses("高", "一般", "一級(高)"),
            *writes("每月由村監委會逐筆審票"),
            *presses("否", "4", "保留原答案", SEND),
        ],
    ),
    "findings_that_are_one": Scene(
        "別人提的線索：疑似重複的並排看，由任職的人定",
        "孫浩然",
        Action.REVISE,
        told.DECLARED,
        [
            *presses("是", "是", "就用", "較小", "較嚴重", "二級(中)"),
            *writes("用印先登記，兩人在場", "公章鎖櫃，外借由主任批准"),
            *presses("是", "是", "✔️ 改好了", SEND),
        ],
    ),
    "complaint": Scene(
        "村民反映村幹部的問題",
        "王大娘",
        Action.LODGE,
        told.INTAKE,
        [
            *presses("村（社區）幹部", "上河村", "王建國", "反映幹部問題"),
            *writes(STORY),
            *presses("沒有別的了", "5"),
            *writes(SAFER),
            *presses(SEND),
        ],
    ),
    "complaint_with_more": Scene(
        "實名反映，並請一位經辦人迴避",
        "李老伯",
        Action.LODGE,
        told.INTAKE,
        [
            *presses("鎮站所辦工作人員", "財政所", "不知道姓名", "辦事投訴"),
            *writes("跑了三趟，每次都說缺一樣材料。"),
            *presses("留姓名和聯繫方式"),
            *writes("李大山，電話 13900000000"),
            *presses("請某位經辦人迴避", "葉委員", "選好了", "沒有別的了", SEND),
        ],
    ),
    "complaint_by_voice": Scene(
        "不方便寫字，用語音反映",
        "王大娘",
        Action.LODGE,
        told.INTAKE,
        [
            *presses("村（社區）幹部", "上河村", "不知道姓名", "反映幹部問題"),
            Send("voice", "", 40_000),
            *presses("沒有別的了", SEND),
        ],
    ),
    "complaint_with_too_few_left": Scene(
        "請迴避後人手不足：指路縣裡",
        "李老伯",
        Action.LODGE,
        told.INTAKE,
        [
            *presses("不針對個人", "其他", "諮詢"),
            *writes("低保怎麼申請？"),
            *presses("請某位經辦人迴避", "葉委員", "鄧委員", "選好了", "向縣紀委監委反映"),
        ],
    ),
    "complaint_that_names_handlers": Scene(
        "寫到經辦人，改寫後送出",
        "王大娘",
        Action.LODGE,
        told.INTAKE,
        [
            *presses("村（社區）幹部", "其他", "反映幹部問題"),
            *writes("鄧委員和葉委員是這個村的包村幹部，修路的錢沒有公開。"),
            *presses("改寫"),
            *writes("修路的錢沒有公開。"),
            *presses("沒有別的了", SEND),
        ],
    ),
    "complaint_for_another": Scene(
        "代錄一件來訪",
        "何靜怡",
        Action.LODGE_FOR_ANOTHER,
        replace(told.INTAKE, assisted=True),
        [
            *presses("來訪", "不針對個人", "上河村", "辦事投訴"),
            *writes("張大爺說補貼三個月沒有發。"),
            *presses("沒有別的了", SEND),
        ],
    ),
    "complaint_about_a_leader": Scene(
        "反映鎮領導：這裡不收，指路縣裡",
        "李老伯",
        Action.LODGE,
        told.INTAKE,
        presses("鎮領導班子成員"),
    ),
    "receipt": Scene(
        "憑回執查詢",
        "王大娘",
        Action.ASK_AFTER,
        Nothing(),
        writes("我的信怎麼樣了？", "ｐｄｍｐｕ－1295 7810 5724 7300"),
    ),
    "questionnaire": Scene(
        "群眾滿意度問卷",
        "李老伯",
        Action.QUESTIONNAIRE,
        FormAtHand(questionnaires()["satisfaction"], TODAY),
        [
            *presses("低保、救助"),
            *writes("上個禮拜", "2月26日"),
            *presses("正常", "沒有"),
            *writes("兩趟", "2", "9"),
            *presses("滿意", "略過", SEND),
        ],
    ),
    "open_case": Scene("承辦人選一件來信", "韓守正", Action.CASES, told.CASES, presses("PDMPU")),
    "open_closed_case": Scene(
        "經辦人查看已辦結的來信", "韓守正", Action.CASES, told.CLOSED, presses("已辦結", "KM4NP")
    ),
    "sift_cases": Scene(
        "一併處理待看過的來信",
        "韓守正",
        Action.CASES,
        told.SET_ASIDE,
        [
            *presses("待看過", "勾選多件", "QW3RT", "ZXC7V", "選好了", "不予受理"),
            *writes("只有鏈接，沒有說明是什麼事；請寫清楚後再來信。"),
            *presses("是"),
        ],
    ),
    "answer_case": Scene(
        "答覆來信",
        "韓守正",
        Action.ANSWER_CASE,
        told.CASE,
        [*presses("受理"), *writes("已受理，十五日內派人實地丈量。"), *presses("是")],
    ),
    "assign_case": Scene(
        "交辦來信",
        "韓守正",
        Action.ANSWER_CASE,
        told.CASE,
        [*presses("交辦", "鄧委員"), *writes("您熟悉村道工程，請接辦。"), *presses("是")],
    ),
    "conclude_case": Scene(
        "辦結一件服務投訴",
        "韓守正",
        Action.ANSWER_CASE,
        told.AT_WORK,
        [*presses("辦結", "部分屬實"), *writes("已責令補鋪，向您致歉。"), *presses("是")],
    ),
    "tell_result": Scene(
        "記下實名反映的結果是怎樣告知的",
        "韓守正",
        Action.ANSWER_CASE,
        told.TO_TELL,
        [
            *presses("記下已告知結果", "電話"),
            *writes("昨天", "來信人認為應當公開，已說明公示到月底。"),
            *presses("是"),
        ],
    ),
    "unlock_vault": Scene(
        "輸入閱卷口令", "韓守正", Action.CASES, told.LOCKED, writes("河清海晏，時和歲豐")
    ),
    "supplement": Scene(
        "憑回執補充情況",
        "王大娘",
        Action.FOLLOW_CASE,
        told.FOLLOWED,
        [*presses("補充情況"), *writes("是三月十二日的事，會計也在場。"), *presses("略過")],
    ),
    "retaliation": Scene(
        "憑回執反映受到報復",
        "王大娘",
        Action.FOLLOW_CASE,
        told.FOLLOWED,
        [*presses("因此受到報復"), *writes("低保被停了，說是我多嘴。"), *presses("略過")],
    ),
    "withdraw_case": Scene(
        "憑回執撤回", "王大娘", Action.FOLLOW_CASE, told.FOLLOWED, presses("撤回並銷毀", "是")
    ),
    "judge_case": Scene(
        "評價辦理結果",
        "王大娘",
        Action.FOLLOW_CASE,
        told.CONCLUDED,
        presses("評價辦理", "基本滿意"),
    ),
    "bell": Scene(
        "有答覆時通知我", "王大娘", Action.FOLLOW_CASE, told.FOLLOWED, presses("有答覆時", "是")
    ),
    "set_key_in_chat": Scene(
        "設定閱卷口令",
        "鄧委員",
        Action.SET_KEY,
        told.NO_KEY,
        [*presses("在聊天裡閱卷"), *writes("太短", "河清海晏，時和歲豐，人心向善")],
    ),
    "set_key_offline": Scene(
        "改用離線閱卷",
        "鄧委員",
        Action.SET_KEY,
        told.OLD_KEY,
        [*presses("離線閱卷"), *writes("我的密鑰", "qfkey1:" + "0123456789abcdef" * 4)],
    ),
    "set_recovery": Scene(
        "換恢復密鑰",
        "韓守正",
        Action.SET_RECOVERY,
        told.OLD_RECOVERY,
        writes("qfshare1 0201 cfa8 7870", "qfrecovery1:" + "0123456789abcdef" * 4),
    ),
    "bring_keys": Scene(
        "交回重新密封的密鑰",
        "韓守正",
        Action.BRING_KEYS,
        Nothing(),
        [Send("document", "密鑰.txt"), Send("document", "back.qfkeys")],
    ),
    "forgotten_passphrase": Scene(
        "忘了閱卷口令",
        "鄧志遠",
        Action.SET_KEY,
        told.FORGOTTEN,
        [*presses("是", "在聊天裡閱卷"), *writes("海晏河清，時和歲豐，人心向善")],
    ),
    "forgotten_last_key": Scene(
        "忘了口令，有的來信別人打不開",
        "鄧志遠",
        Action.SET_KEY,
        told.LAST,
        presses("是", "否"),
    ),
    "keep_calendar": Scene(
        "登記放假日",
        "羅敏",
        Action.CALENDAR,
        told.OWN_DAYS,
        [
            *presses("加放假日"),
            *writes("3月1日", "4月7日", "4月6日", "4月8日", "鎮政府搬遷"),
            *presses("是"),
        ],
    ),
    "take_days_back": Scene(
        "撤回上班日", "羅敏", Action.CALENDAR, told.OWN_DAYS, presses("撤回", "補三月", "是")
    ),
    "snooze": Scene(
        "稍後再提醒",
        "許春燕",
        Action.SNOOZE,
        told.TO_SNOOZE,
        [
            *presses("防控措施"),
            *writes("3月20日", "3月16日"),
            *presses("其他原因"),
            *writes("等縣裡批下預算"),
        ],
    ),
    "reminder_hour": Scene(
        "提醒時間", "許春燕", Action.REMINDER_HOUR, told.OWN_HOUR, presses("15 點")
    ),
    "share_cases": Scene("授予新同事", "韓守正", Action.SHARE_CASES, told.TO_SHARE, presses("是")),
    "broadcast": Scene(
        "發通知",
        "韓守正",
        Action.BROADCAST,
        told.AUDIENCE,
        [
            *presses("在崗人員", ONE, NONE),
            *writes("{{姓名}}您好，{{崗位}}的{{未辦}}請在{{限期}}前辦好。"),
            *writes("{{姓名}}您好，{{崗位}}的{{未辦}}請在{{期限}}前辦好。"),
            *presses("限有事未辦的人", "定時發送", TWO, "崗位自查", ONE),
            *writes("3月20日"),
            *presses("9 點", SEND),
        ],
    ),
    "call_self_check": Scene(
        "部署自查",
        "韓守正",
        Action.CALL_SELF_CHECK,
        told.HOLDERS,
        [*writes("昨天", "下個月底", "3月31日"), *presses("是")],
    ),
    "invite": Scene(
        "邀請一個人加入", "何靜怡", Action.INVITE, told.WAITING, presses("財政所", "呂思穎")
    ),
    "look_up": Scene("看辦事流程", "王大娘", Action.LOOK_UP, told.TOWNSHIP, presses("財政所")),
    "write_power": Scene(
        "填報職權",
        "沈惠芳",
        Action.WRITE_POWER,
        told.WELFARE,
        [
            *presses("新的一條"),
            *writes("特困人員供養審核"),
            *presses("行政給付", NONE, "☐ 民政辦主任", "☐ 民政辦幹事", "選好了（已選 2 項）"),
            *writes("《社會救助暫行辦法》第 14 條", "鎮民政辦", "20 個工作日內辦結"),
            *presses("略過", "否"),
            *writes("涉及受助人隱私，名單只在村內公示"),
            *presses(SEND),
        ],
    ),
    "write_process": Scene(
        "填報業務流程：一步一步填環節",
        "沈惠芳",
        Action.WRITE_PROCESS,
        told.WELFARE,
        [
            *presses("新的一條"),
            *writes("特困人員供養流程"),
            *presses("☐ 最低生活保障審核確認", ONE),
            *writes("無勞動能力、無生活來源、無贍養人的老人；帶身份證和申請書。"),
            *writes("受理"),
            *presses("民政辦幹事"),
            *writes("兩天", "2", "看材料，不齊的一次告知。"),
            *presses("略過", "我自己寫"),
            *writes("無故不受理"),
            *presses("三級(低)", "是"),
            *writes("審定"),
            *presses("民政辦主任"),
            *writes("5", "集體研究，形成記錄。", "分管領導簽字"),
            *presses("優親厚友（一級(高)）", "否"),
            *writes("縣民政局每月抽查"),
            *presses("略過"),
            *writes("鎮紀委 8003"),
            *presses(SEND),
        ],
    ),
    "change_process": Scene(
        "修改流程：沒變的一按就過",
        "沈惠芳",
        Action.WRITE_PROCESS,
        told.WELFARE,
        [
            *presses("低保與臨時救助審核流程", "就用", "選好了（已選 2 項）", "就用"),
            *presses("就用", "就用", "就用", "就用", "就用", "就用", "就用", "就用", "否"),
            *presses("就用", "就用", "就用", SEND),
        ],
    ),
    "write_rule": Scene(
        "填報制度",
        "沈惠芳",
        Action.WRITE_RULE,
        told.WELFARE,
        [
            *presses("一次性告知制"),
            *writes("民政辦一次性告知制"),
            *presses("略過"),
            *writes("2026年4月1日"),
            *presses("在這裡寫正文"),
            *writes("材料不齊的，當場用告知單一次寫清全部要補的內容。"),
            *presses(SEND),
        ],
    ),
    "write_rule_file": Scene(
        "填報制度：發文件",
        "沈惠芳",
        Action.WRITE_RULE,
        told.WELFARE,
        [
            *presses("首問負責制（已有）"),
            *writes("民政辦首問負責制（修訂）"),
            *presses("就用「清民〔2025〕2 號」", "就用「2025年4月1日」", "發文件"),
            *writes("在這裡"),
            Send("document", "首問負責制.docx"),
            *presses(SEND),
        ],
    ),
    "take_catalogues": Scene(
        "導入目錄：先試一遍",
        "何靜怡",
        Action.TAKE_CATALOGUE,
        told.CODES,
        [*writes("怎麼發？"), Send("document", "目錄.xlsx"), *presses("試一遍")],
    ),
    "read_catalogue": Scene(
        "查閱本單位以外的目錄", "韓守正", Action.READ_CATALOGUE, told.TOWNSHIP, presses("上河村")
    ),
    "approve_entry": Scene(
        "審定一條目錄", "沈惠芳", Action.DECIDE_ENTRY, told.ENTRY, presses("審定通過")
    ),
    "approve_entries": Scene(
        "勾選多條目錄一起審定",
        "沈惠芳",
        Action.APPROVE_ENTRIES,
        told.WAITING_ENTRIES,
        presses("民政辦（3 條）", "全部", "首問負責制度", "選好了（已選 2 項）", "是"),
    ),
    "send_back_entry": Scene(
        "退回一條目錄",
        "沈惠芳",
        Action.DECIDE_ENTRY,
        told.ENTRY,
        [*presses("退回修改"), *writes("確認環節的時限要寫 5 個工作日")],
    ),
    "language": Scene("換語言", "周文博", Action.LANGUAGE, Nothing(), presses("English")),
    "organisation": Scene(
        "看誰在哪個崗位", "韓守正", Action.ORGANISATION, told.UNITS_TO_SEE, presses("財政所")
    ),
    "import_roster": Scene(
        "發組織名冊：發錯了，再發對的",
        "何靜怡",
        Action.IMPORT_ROSTER,
        Nothing(),
        [
            *writes("名冊在這裡"),
            Send("photo"),
            Send("document", "名冊.docx"),
            Send("document", "名冊.xls"),
            Send("document", "全縣名冊.xlsx", 30_000_000),
            Send("document", "名冊.xlsx"),
        ],
    ),
    "rotation": Scene(
        "輪崗：免去一個崗位，任另一個",
        "何靜怡",
        Action.POSTINGS,
        told.STAFF,
        [
            *presses("財政所", "鄭國良", "輪崗"),
            *writes("2020年5月31日", "昨天"),
            *presses("民政辦", "民政辦主任"),
            *presses("就用", "☑ 站所辦負責人", "☐ 鎮紀委委員", ONE, "是"),
        ],
    ),
    "relieve": Scene(
        "免職：有兩個崗位的，先選哪一個",
        "何靜怡",
        Action.POSTINGS,
        told.STAFF,
        [
            *presses("財政所", "呂思穎", "免職", "財政所票據員"),
            *writes("2026/3/31"),
            *presses(NONE, "是"),
        ],
    ),
    "leaving": Scene(
        "離任：不再在本鎮任職",
        "何靜怡",
        Action.POSTINGS,
        told.STAFF,
        [*presses("財政所", "呂思穎", "離任"), *writes("3月31日", "今天"), *presses("是")],
    ),
    "appoint": Scene(
        "任職：從以後的一天起",
        "何靜怡",
        Action.POSTINGS,
        told.STAFF,
        [
            *presses("未任職", "馮小雨", "任職", "民政辦", "民政辦主任"),
            *writes("2025/12/1", "2026/4/1"),
            *presses("☐ 站所辦負責人", ONE, "否"),
        ],
    ),
    "add_questionnaire": Scene(
        "新增問卷：把表發過來",
        "韓守正",
        Action.ADD_QUESTIONNAIRE,
        Nothing(),
        [*writes("怎麼發？"), Send("document", "村道.xlsx")],
    ),
    "preview_questionnaire": Scene(
        "發布之前，自己先答一遍",
        "韓守正",
        Action.PREVIEW_QUESTIONNAIRE,
        FormAtHand(read_form(roads("2"), "roads"), TODAY, told.some_id(40)),
        [
            *presses("沒有", "☐ 坑", ONE, "是"),
            *writes("橋頭", "很長", "30"),
            *presses("否", "略過", SEND),
        ],
    ),
    "publish_questionnaire": Scene(
        "發布問卷給村裡的幹部和村民",
        "韓守正",
        Action.PUBLISH_QUESTIONNAIRE,
        told.ROADS_TO_PUBLISH,
        [
            *presses("☐ 在崗人員", "☐ 村民", "選好了（已選 2 項）", "☐ 上河村", ONE),
            *writes("昨天", "3月31日"),
            *presses(SEND),
        ],
    ),
    "discard_questionnaire": Scene(
        "草稿先不刪",
        "何靜怡",
        Action.DISCARD_QUESTIONNAIRE,
        told.CANTEEN,
        presses("否"),
    ),
    "withdraw_questionnaire": Scene(
        "撤回問卷", "何靜怡", Action.WITHDRAW_QUESTIONNAIRE, told.ROADS, presses("是")
    ),
    "ask_matter": Scene(
        "憑受理號查辦件",
        "王大娘",
        Action.ASK_MATTER,
        Nothing(),
        writes("我的補貼到哪一步了？", "ａｂｃｄ 2345"),
    ),
    "choose_process": Scene(
        "代群眾受理：先選單位和事項",
        "何靜怡",
        Action.ACCEPT_MATTER,
        MatterToAccept(told.PROCESSES_TO_CHOOSE),
        presses("財政所", "惠農補貼發放流程"),
    ),
    "accept_matter": Scene(
        "受理辦件：差一樣，一次告知",
        "丁曉峰",
        Action.ACCEPT_MATTER,
        told.TO_ACCEPT,
        [
            *presses("☐ 1.", "☐ 2.", "選好了（已選 2 項）"),
            *writes("去年補貼少發兩畝，請補發", "王大娘"),
            *presses("略過", SEND),
        ],
    ),
    "take_step": Scene(
        "辦畢一個環節",
        "丁曉峰",
        Action.HANDLE_MATTER,
        told.MATTER,
        [*presses("本環節辦畢"), *writes("公示七天，無異議。"), *presses("是")],
    ),
    "send_step_back": Scene(
        "退回上一環節",
        "丁曉峰",
        Action.HANDLE_MATTER,
        told.MATTER,
        [*presses("退回上一環節"), *writes("不行", "名單缺三戶的卡號，請補。"), *presses("是")],
    ),
    "tell_once": Scene(
        "材料不齊：一次告知",
        "丁曉峰",
        Action.HANDLE_MATTER,
        told.MATTER,
        [*presses("一次性告知補正", NONE, "☐ 3.", ONE, "是")],
    ),
    "finish_matter": Scene(
        "辦結",
        "呂思穎",
        Action.HANDLE_MATTER,
        replace(
            told.MATTER, step=4, step_name="撥付到卡", moves=[MatterMove.FINISH, MatterMove.DECLINE]
        ),
        [*presses("辦結"), *writes("補發 236 元，已到卡。"), *presses("是")],
    ),
    "backtest": Scene(
        "試算預警規則",
        "韓守正",
        Action.BACKTEST,
        told.NUMBERS,
        [*presses("逾期多少"), *writes("十幾", "15", "1月5日"), *presses("就用")],
    ),
    "record_lapse": Scene(
        "記錄效能問題",
        "韓守正",
        Action.RECORD_LAPSE,
        told.LAPSE,
        [
            *presses("1. 收集名單", "擅自增加條件"),
            *presses("就用"),
            *writes("目錄裡沒有的「村證明」也要，讓人多跑一趟。"),
            *presses("是"),
        ],
    ),
    "warn_whom": Scene(
        "起草預警：選對象",
        "羅敏",
        Action.DRAFT_WARNING,
        told_warnings.TO_CHOOSE,
        presses("財政所", "財政所 財政所出納 呂思穎"),
    ),
    "draft_warning": Scene(
        "起草預警：寫明事實和依據",
        "羅敏",
        Action.DRAFT_WARNING,
        told_warnings.TO_DRAFT,
        [
            *presses("二級（橙）督導", "措施逾期"),
            *writes("現金日清的措施逾期十天，兩次提醒未報。", "2月20日", "措施台賬和提醒記錄"),
            *presses("是", "財務審計"),
            *writes("庫存現金與賬面差八十元。", "2月27日", "審計底稿第三頁"),
            *presses("否"),
            *writes("十日內書面說明並補報。"),
            *presses(SEND),
        ],
    ),
    "warning_unverified": Scene(
        "未核實的不能單獨作為預警的依據，已寫的不丟",
        "羅敏",
        Action.DRAFT_WARNING,
        replace(told_warnings.TO_DRAFT, reached=()),
        [
            *presses("三級（黃）提醒", "廉政談話"),
            *writes("談話中承認現金沒有每日清點。", "2月20日", "談話記錄"),
            *presses("查實的投訴", "否", "措施逾期"),
            *writes("現金日清的措施逾期十天。", "2月20日", "措施台賬"),
            *presses("否"),
            *writes("七日內說明並補報。"),
            *presses(SEND),
        ],
    ),
    "propose_warning": Scene(
        "提請簽發",
        "羅敏",
        Action.HANDLE_WARNING,
        told_warnings.PROPOSAL,
        presses("提請簽發", "就用", "是"),
    ),
    "drop_warning": Scene(
        "不予預警",
        "羅敏",
        Action.HANDLE_WARNING,
        told_warnings.PROPOSAL,
        [*presses("不予預警"), *writes("當天已補報，情節輕微。"), *presses("是")],
    ),
    "warning_to_lead": Scene(
        "轉為問題線索",
        "羅敏",
        Action.HANDLE_WARNING,
        told_warnings.PROPOSAL,
        [*presses("轉為問題線索"), *writes("賬外另有現金，涉嫌挪用。"), *presses("是")],
    ),
    "lead_beside_warning": Scene(
        "另立問題線索，預警照常辦理",
        "姚遠航",
        Action.HANDLE_WARNING,
        told_warnings.REPLIED,
        [
            *presses("另立問題線索"),
            *writes("回覆裡承認賬外另有現金，涉嫌挪用。"),
            *presses("是"),
        ],
    ),
    "send_reply_back": Scene(
        "回覆退回重訂",
        "姚遠航",
        Action.HANDLE_WARNING,
        told_warnings.REPLIED,
        [
            *presses("退回重訂", "☐ 原因剖析", ONE),
            *writes("沒有說清楚為什麼兩次提醒都沒有看。"),
            *presses("就用", "是"),
        ],
    ),
    "pass_reply": Scene(
        "回覆審核通過",
        "姚遠航",
        Action.HANDLE_WARNING,
        told_warnings.REPLIED,
        [*presses("審核通過"), *writes("原因找得準，措施可查。"), *presses("是")],
    ),
    "raise_warning": Scene(
        "升級",
        "姚遠航",
        Action.HANDLE_WARNING,
        told_warnings.REPLIED,
        [
            *presses("升級", "一年內累計"),
            *writes("同一問題三個月內第二次出現。", "2025-0031 號預警"),
            *presses("就用", "是"),
        ],
    ),
    "grant_more_time": Scene(
        "同意延期", "韓守正", Action.HANDLE_WARNING, told_warnings.ASKED, presses("同意延期", "是")
    ),
    "lift_warning": Scene(
        "解除預警",
        "姚遠航",
        Action.HANDLE_WARNING,
        told_warnings.ACCEPTED,
        [
            *presses("解除預警"),
            *writes("抽查三週日清記錄，齊全。"),
            Send("photo"),
            *presses("發完了", "是"),
        ],
    ),
    "answer_warning": Scene(
        "回覆預警",
        "呂思穎",
        Action.ANSWER_WARNING,
        told_warnings.TO_ANSWER,
        [
            *writes("忙", "年終事多，忘了補報，提醒也沒有看。", "每日下班前清點並登記，雙人簽字。"),
            *writes("4月1日"),
            Send("document", "日清登記表.pdf"),
            *presses("發完了"),
            *writes("按時日清，絕不拖延。"),
            *presses(SEND),
        ],
    ),
    "answer_warning_again": Scene(
        "退回後重新回覆：沒有要改的一鍵沿用",
        "呂思穎",
        Action.ANSWER_WARNING,
        told_warnings.SENT_BACK,
        [
            *writes("換了手機，提醒沒有收到，也沒有主動去看。"),
            *presses("就用", "就用", "略過", "就用", SEND),
        ],
    ),
    "answer_warning_on_paper": Scene(
        "沒有加入的人交來紙本回覆，由紀委成員照錄",
        "葉委員",
        Action.ANSWER_WARNING,
        replace(told_warnings.TO_ANSWER, on_paper="呂思穎"),
        [
            *writes("年終事多，忘了補報，提醒也沒有看。", "每日下班前清點並登記，雙人簽字。"),
            *writes("4月1日"),
            Send("photo", "回覆原件.jpg"),
            *presses("發完了"),
            *writes("按時日清，絕不拖延。"),
            *presses(SEND),
        ],
    ),
    "ask_for_more_time": Scene(
        "申請延期",
        "呂思穎",
        Action.ASK_FOR_TIME,
        told_warnings.TO_ANSWER,
        [*writes("5月1日", "3月13日", "等銀行對賬單。"), *presses("是")],
    ),
    "warning_paper": Scene(
        "取預警文書", "呂思穎", Action.WARNING_PAPER, told_warnings.PAPERS, presses("預警回覆書")
    ),
}


def told_as_markdown(html: str) -> str:
    """Turn what Telegram is sent into Markdown."""
    marked = re.sub(r"</?(b|i|code)>", lambda tag: MARKS[tag[1]], html)
    return unescape(marked)


def shown(conversation: Conversation) -> list[str]:
    """Quote what the person sees: the words, then the rows of buttons."""
    words = conversation.shown()
    lines = told_as_markdown(words.text).split("\n") if words.text else []
    rows = [" ".join(f"[{says}]" for says, _ in row) for row in words.rows]
    quoted = [*lines, *([""] if lines and rows else []), *rows]
    return [f"> {line}".rstrip() for line in quoted]


def outcome(value: Any, depth: int = 0) -> list[str]:
    """List what a conversation came to, field by field."""
    indent = "  " * depth
    lines = []
    for name in [field.name for field in fields(value)]:
        content = getattr(value, name)
        parts = content if isinstance(content, list | tuple) else None
        if parts and is_dataclass(parts[0]):
            lines.append(f"{indent}- {name}:")
            for number, part in enumerate(parts, 1):
                lines.append(f"{indent}  - {number}")
                lines += outcome(part, depth + 2)
        else:
            lines.append(f"{indent}- {name}: {plainly(content)}")
    return lines


def plainly(content: Any) -> str:
    """Write a value the way one would read it out."""
    match content:
        case None | "":
            return "—"
        case FindingState():  # nobody is told the bare word
            return content.value
        case Enum():
            return plain_words(content, Language.ZH_HANT)
        case PostToCheck():
            return content.title
        case HolderNamed():
            return content.holder
        case list() | tuple():
            return ", ".join(plainly(part) for part in content) or "—"
        case _:
            return str(content)


def transcript(scene: Scene) -> str:
    """Play a scene and write it down."""
    conversation = Conversation(scene.action, scene.told, today=TODAY)
    lines = [f"# {scene.title}", "", "清風：", "", *shown(conversation), ""]
    for deed in scene.deeds:
        match deed:
            case Write(text):
                conversation.say(text)
                lines += [f"{scene.who} 寫：{text}", ""]
            case Press(label):
                conversation.press(label)
                lines += [f"{scene.who} 按：[{label}]", ""]
            case Send(kind, name, size):
                conversation.hear(Sent(kind, "file", name, size))
                lines += [f"{scene.who} 發文件：{name or kind}", ""]
        if said := shown(conversation):
            lines += ["清風：", "", *said, ""]
    event = conversation.event
    if event is None:
        return "\n".join([*lines, "沒有留下任何記錄。", ""])
    return "\n".join([*lines, f"記錄：`{type(event).__name__}`", "", *outcome(event), ""])


@pytest.mark.parametrize("name", SCENES)
def test_a_conversation_reads_as_it_is_written_down(
    name: str, golden: Callable[[Path, str], None]
) -> None:
    golden(TRANSCRIPTS / f"{name}.md", transcript(SCENES[name]))


def test_every_transcript_is_played() -> None:
    assert {file.stem for file in TRANSCRIPTS.glob("*.md")} == SCENES.keys()
