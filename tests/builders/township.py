"""Build the example township, 清河鎮, that ships with the program; every name is invented.

Run `python -m tests.builders.township PATH` to write the workbook.
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from dialogs.documents.roster import (
    Roster,
    RosterAppointment,
    RosterKinship,
    RosterPerson,
    RosterPost,
    RosterSeat,
    RosterUnit,
    by_code,
    write_roster,
)
from dialogs.vocabulary import Role, Seat, UnitKind

CADRE, HEAD, LEADER = Role.CADRE, Role.UNIT_HEAD, Role.LEADER
COMMITTEE, SECRETARY, MEMBER = (
    Role.PARTY_COMMITTEE,
    Role.COMMISSION_SECRETARY,
    Role.COMMISSION_MEMBER,
)

# Each office: its posts, each with its duty and who holds it, each with roles beside 幹部.
Holders = tuple[tuple[str, *tuple[Role, ...]], ...]
OFFICES: dict[str, tuple[tuple[str, str, Holders], ...]] = {
    "鎮領導班子": (
        (
            "黨委書記",
            "主持鎮黨委全面工作，履行全面從嚴治黨第一責任人職責",
            (("陳立誠", LEADER, COMMITTEE),),
        ),
        ("鎮長", "主持鎮政府全面工作，分管財政、審計", (("周文博", LEADER, COMMITTEE),)),
        ("分管副鎮長（農業農村）", "分管農業農村、鄉村振興、林業、農經", (("馬向東", LEADER),)),
        (
            "分管副鎮長（項目建設）",
            "分管項目建設、自然資源、村鎮建設、綜合執法",
            (("高建平", LEADER),),
        ),
        ("分管副鎮長（民生保障）", "分管民政、人社、衛健、便民服務", (("蘇曉梅", LEADER),)),
    ),
    "鎮紀委": (
        ("鎮紀委書記", "主持鎮紀委工作，負責監督執紀問責", (("韓守正", SECRETARY, COMMITTEE),)),
        ("鎮紀委副書記", "協助書記工作，負責線索管理與案件審理", (("鄧志遠", MEMBER),)),
        ("鎮紀檢辦主任", "負責廉政風險防控、預警與督辦", (("羅敏", MEMBER, HEAD),)),
        ("鎮紀檢辦幹事", "負責信訪登記、檔案與日常監督檢查", (("姚遠航", MEMBER),)),
    ),
    "黨政辦公室": (
        ("黨政辦主任", "負責機關運轉、文電、會務與督查", (("徐明輝", HEAD),)),
        ("黨政辦文書", "負責收發文、歸檔與廉政風險防控台賬", (("何靜怡", Role.OFFICE_CLERK),)),
        ("黨政辦採購員", "負責機關辦公用品與零星採購", (("孫浩然",),)),
        ("黨政辦印章管理員", "負責印章保管與用印登記", (("何靜怡",),)),
        ("黨政辦公車管理員", "負責公務用車調度、加油與維修", (("袁大勇",),)),
        ("黨政辦資產管理員", "負責固定資產登記、調撥與報廢", (("孫浩然",),)),
    ),
    "組織人事辦": (
        ("組織人事辦主任", "負責幹部人事、考核與黨員管理", (("曹雪琴", HEAD, COMMITTEE),)),
    ),
    "財政所": (
        ("財政所所長", "負責預算執行、資金撥付與財政監督", (("鄭國良", HEAD),)),
        ("財政所會計", "負責單據審核、記賬與決算", (("許春燕",),)),
        ("財政所出納", "負責現金、銀行存款與票據兌付", (("呂思穎",),)),
        ("財政所惠農專管員", "負責惠農補貼名單核對與一卡通發放", (("丁曉峰",),)),
        ("財政所票據員", "負責票據領用、核銷與保管", (("呂思穎",),)),
    ),
    "民政辦": (
        ("民政辦主任", "負責低保、特困、臨時救助的審核與管理", (("沈惠芳", HEAD),)),
        ("民政辦幹事", "負責救助申請受理、入戶核查與動態管理", (("魏子涵",), ("盧秋菊",))),
        ("民政辦物資員", "負責救災物資的接收、保管與發放", (("魏子涵",),)),
    ),
    "鄉村振興辦": (
        ("鄉村振興辦主任", "負責項目庫、銜接資金與幫扶工作", (("蔣衛國", HEAD),)),
        ("鄉村振興辦幹事", "負責到戶獎補核驗、項目資產登記", (("賈夢琪",), ("丁海濤",))),
    ),
    "自然資源所": (
        ("自然資源所所長", "負責宅基地審核、用地管理與規劃", (("薛建軍", HEAD),)),
        ("自然資源所巡查員", "負責違法用地、違法建設巡查與報告", (("葉鵬飛",), ("余志剛",))),
        ("自然資源所幹事", "負責用地申請受理、測量與資料歸檔", (("潘麗娜",), ("雷雨晴",))),
    ),
    "項目辦": (
        ("項目辦主任", "負責項目申報、招標組織與合同管理", (("杜宏偉", HEAD),)),
        ("項目辦監管員", "負責現場監管、變更簽證與驗收", (("戴俊傑",), ("夏天佑",))),
        ("項目辦檔案員", "負責項目檔案收集、整理與移交", (("汪詩雨",),)),
    ),
    "綜合執法隊": (
        ("綜合執法隊長", "負責執法隊伍管理與案件審查", (("田振華", HEAD),)),
        (
            "綜合執法隊員",
            "負責日常巡查、取證與處罰執行",
            (("任宇航",), ("姜磊",), ("范曉東",), ("祝永康",)),
        ),
    ),
    "農經站": (
        ("農經站（三資代理中心）", "負責村級資金代管、合同備案與資產台賬", (("方玉蘭", HEAD),)),
        ("農業服務中心", "負責補貼面積核實、農技推廣", (("石成林",), ("熊曉雯",), ("康文華",))),
    ),
    "便民服務中心": (
        (
            "便民服務中心窗口",
            "負責政務事項受理、一次性告知與代辦",
            (("崔雅文", HEAD), ("譚佳慧",), ("廖志強",), ("溫可欣",), ("莫天成",)),
        ),
        ("信訪綜治辦", "負責來信來訪登記、轉辦與調處", (("邱德海",),)),
    ),
}

# Each village: secretary, director, supervision chair, accountant. Where the first two are one
# person he holds both posts (一肩挑).
VILLAGES: dict[str, tuple[str, str, str, str]] = {
    "上河村": ("王建國", "王建國", "劉長順", "張秀英"),
    "下河村": ("李保田", "趙志明", "李福來", "楊麗華"),
    "東坪村": ("張德才", "張德才", "吳秋生", "黃玉珍"),
    "西坪村": ("劉永強", "孫有財", "郭滿倉", "劉彩霞"),
    "石橋村": ("楊春山", "楊春山", "龍開明", "朱紅梅"),
    "柳林村": ("吳光明", "胡新民", "彭樹根", "吳小玲"),
    "大灣村": ("黃金貴", "黃金貴", "梁興旺", "謝冬梅"),
    "新塘村": ("林海生", "林國慶", "唐老三", "董愛蓮"),
    "竹園村": ("宋振興", "宋振興", "傅長林", "鍾淑貞"),
    "楓樹村": ("賀少華", "尹大江", "賀青松", "侯桂香"),
}
VILLAGE_POSTS = (
    ("村黨組織書記", "主持村黨組織全面工作，召集四議兩公開"),
    ("村委會主任", "主持村民委員會工作，負責宅基地申請初審與村級事務"),
    ("村監委會主任", "監督村務決策、公開、財務與項目"),
    ("村會計（文書）", "負責村級賬目、合同台賬與補貼申報資料"),
)
MORE_VILLAGE_POSTS = {
    "上河村": (
        ("村委會委員（分管民政）", "負責低保評議組織與救助申報", "萬小梅"),
        ("村委會委員（分管項目）", "負責村級項目組織與以工代賑", "段志高"),
    ),
}
# People who hold no post of the catalogue.
UNPOSTED = (
    ("白瑞麟", Role.AUDITOR),
    ("史文娟", COMMITTEE, CADRE),
    ("閻開來", COMMITTEE, CADRE),
    ("馮小雨", CADRE),
)
# Rotation (輪崗): who held which post before, and until when.
ROTATED = (
    ("許春燕", "財政所出納", date(2018, 7, 2), date(2023, 6, 30)),
    ("龔立新", "財政所會計", date(2019, 3, 1), date(2023, 6, 30)),
    ("余志剛", "綜合執法隊員", date(2020, 9, 1), date(2024, 8, 31)),
)
VILLAGE_ELECTION = date(2021, 3, 18)
# Who is in charge of which unit (分管; in villages 包村).
LEADERS = {
    "陳立誠": ("鎮領導班子", "鎮紀委", "組織人事辦"),
    "周文博": ("黨政辦公室", "財政所", "大灣村", "新塘村"),
    "馬向東": ("鄉村振興辦", "農經站", "上河村", "下河村", "竹園村"),
    "高建平": ("自然資源所", "項目辦", "綜合執法隊", "東坪村", "西坪村", "楓樹村"),
    "蘇曉梅": ("民政辦", "便民服務中心", "石橋村", "柳林村"),
}
LEADING_GROUP = {
    Seat.HEAD: ("陳立誠",),
    Seat.DEPUTY: ("周文博", "韓守正"),
    Seat.MEMBER: ("馬向東", "高建平", "蘇曉梅", "鄧志遠", "徐明輝", "曹雪琴", "鄭國良"),
    Seat.OFFICE_HEAD: ("韓守正",),
    Seat.OFFICE_MEMBER: ("羅敏", "姚遠航", "何靜怡"),
}

# Who declared whom as a relative (親屬); 鄧志遠 is of the commission.
KIN = (("鄧志遠", "薛建軍", "連襟"), ("賀少華", "賀青松", "堂弟"))


class Township:
    """A township as it is being written down; people get their codes in the order they appear."""

    def __init__(self) -> None:
        self.units: list[RosterUnit] = []
        self.posts: list[RosterPost] = []
        self.roles: dict[str, set[Role]] = {}
        self.held: list[tuple[str, str, date, date | None]] = []

    def add_post(self, title: str, duty: str, holders: Holders, since: date | None = None) -> None:
        unit = self.units[-1].code
        number = 1 + sum(post.unit == unit for post in self.posts)
        code = f"{unit}-{number:02}"
        self.posts.append(RosterPost(code, unit, title, duty))
        for name, *roles in holders:
            self.roles.setdefault(name, set()).update({CADRE, *roles})
            self.held.append((name, code, since or self.some_day(), None))

    def some_day(self) -> date:
        """Vary the first days of town posts between 2019 and 2025."""
        number = len(self.held)
        return date(2019 + number * 5 % 7, 1 + number * 7 % 12, 1 + number * 11 % 28)

    def post_of(self, title: str) -> str:
        return next(post.code for post in self.posts if post.title == title)

    def roster(self) -> Roster:
        codes = {name: f"R{number:03}" for number, name in enumerate(self.roles, start=1)}
        leaders = {unit: codes[name] for name, units in LEADERS.items() for unit in units}
        return Roster(
            tuple(replace(unit, leader=leaders[unit.name]) for unit in self.units),
            tuple(self.posts),
            tuple(
                # Four digits: an extension of the town's own exchange, nobody's number.
                RosterPerson(codes[name], name, frozenset(roles), f"8{codes[name][1:]}")
                for name, roles in self.roles.items()
            ),
            tuple(
                RosterAppointment(codes[name], post, start, end)
                for name, post, start, end in self.held
            ),
            tuple(
                RosterSeat(codes[name], seat)
                for seat, names in LEADING_GROUP.items()
                for name in names
            ),
            tuple(
                RosterKinship(codes[person], codes[relative], relation)
                for person, relative, relation in KIN
            ),
        )


def example_township() -> Roster:
    """Write down 清河鎮: 22 units, 80 posts, 90 people."""
    town = Township()
    for number, (name, posts) in enumerate(OFFICES.items(), start=1):
        town.units.append(RosterUnit(f"Z{number:02}", name, UnitKind.OFFICE))
        for title, duty, holders in posts:
            town.add_post(title, duty, holders)
    for number, (name, people) in enumerate(VILLAGES.items(), start=1):
        town.units.append(RosterUnit(f"C{number:02}", name, UnitKind.VILLAGE))
        for (title, duty), person in zip(VILLAGE_POSTS, people, strict=True):
            roles = (HEAD,) if title == "村黨組織書記" else ()
            town.add_post(title, duty, ((person, *roles),), VILLAGE_ELECTION)
        for title, duty, person in MORE_VILLAGE_POSTS.get(name, ()):
            town.add_post(title, duty, ((person,),), VILLAGE_ELECTION)
    for name, *capacities in UNPOSTED:
        town.roles[name] = set(capacities)
    for name, title, start, end in ROTATED:
        town.roles.setdefault(name, {CADRE})
        town.held.append((name, town.post_of(title), start, end))
    return by_code(town.roster())


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(write_roster(example_township()))
