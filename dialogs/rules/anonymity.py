"""What in a text may give its writer away."""

import re

from dialogs.prompts import plain
from dialogs.vocabulary import Word


class Tale(Word):
    """線索: a kind of sign by which a writer may be known."""

    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"
    OWN_NAME = "own_name"
    ONLY_ME = "only_me"
    HOME = "home"


SURNAMES = (  # the common ones, as they are written on both sides
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何林高羅罗鄭郑梁謝谢宋唐許许鄧邓韓韩馮冯曹彭曾"
    "肖蕭萧田董潘袁蔡蔣蒋余于杜葉叶程魏蘇苏呂吕丁任盧卢姚沈鍾钟姜崔譚谭陸陆范汪廖石金韋韦賈贾夏付傅方"
    "鄒邹熊白孟秦邱侯江尹薛閆闫雷龍龙黎史陶賀贺毛段郝顧顾龔龚邵覃武錢钱戴嚴严莫孔向湯汤溫温康施文牛樊"
    "葛邢安齊齐易喬乔伍龐庞顏颜倪莊庄聶聂章魯鲁岳翟殷詹申歐欧耿關关蘭兰焦俞柳甘祝阮藍蓝賴赖包柯凌"
)
ROLES = "[子女媳兒儿人員员戶户主工頭头師师者匠夫]"  # a word for what somebody is ends so
WORDS = (  # they begin like names
    r"高[中級级齡龄]|白[領领天]|江[西蘇苏]|黃河|安[保全]|石[匠工]|小[學学組组隊队孩]"
)
NAME = (
    rf"(?!{WORDS})(?:[{SURNAMES}]|[小阿])(?!{ROLES})"
    rf"[\u4e00-\u9fff]?(?!{ROLES})[\u4e00-\u9fff]"
    r"(?=[\s,.;:!?。、()「」]|$|住|家住|電話|电话|手機|手机)"
)
WHERE_FROM = (
    r"(?:[\u4e00-\u9fff\d]{0,8}(?:村民|居民|群眾|群众|職工|职工|村的|組的|组的|隊的|队的|社的))?"
)
COUNT = r"[一二三四五六七八九十百\d]{1,4}"

SIGNS = {
    Tale.PHONE: re.compile(
        r"(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # a mainland mobile
        r"|(?<!\d)09\d{2}[- ]?\d{3}[- ]?\d{3}(?!\d)"  # a Taiwanese one
        r"|(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"  # a landline
        r"|微信"
    ),
    Tale.IDENTITY_NUMBER: re.compile(
        r"(?<!\d)\d{6} ?(?:19|20)\d{2} ?\d{4} ?\d{3}[\dXx](?!\d)"
        r"|(?<!\d)\d{17}[\dXx](?!\d)|(?<![A-Za-z0-9])[A-Za-z][12]\d{8}(?!\d)"
    ),
    Tale.OWN_NAME: re.compile(
        rf"(?:我是|我叫|我的名字[是叫]|本人(?:叫|是|名叫)?)[:,]?{WHERE_FROM}{NAME}"
        rf"|(?:舉報|举报|反映|投訴|投诉|來信|来信)人[:是]\s?{NAME}"
        rf"|我姓[{SURNAMES}]"
    ),
    Tale.ONLY_ME: re.compile(
        r"只有我|就是我自己|就我一[個个人]|僅我|仅我|only I\b|only me\b", re.IGNORECASE
    ),
    Tale.HOME: re.compile(
        rf"{COUNT}[組组隊队社] ?{COUNT}[號号](?![開开上下晚早去來来那前後后到至以之領领發发收])"
        rf"|{COUNT}[號号](?:院子?|宅|戶|户)(?!主?名)"
        rf"|(?:我家|住)[^,。;月]{{0,12}}[路街巷弄村區区] ?{COUNT}[號号]"
        r"|門牌[號号是:]|门牌[号是:]"
    ),
}


def tell_tales(text: str) -> tuple[Tale, ...]:
    """List the kinds of signs in a text by which its writer may be known."""
    folded = plain(text)
    return tuple(tale for tale, sign in SIGNS.items() if sign.search(folded))
