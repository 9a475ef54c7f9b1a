"""The organisation workbook's sheets and columns, and the words its cells may hold."""

from dataclasses import dataclass

from dialogs.vocabulary import Role, Seat, UnitKind


@dataclass(frozen=True)
class Column:
    """A column: its headers, the first of which is printed, and what its cells may hold.

    `width` and `most` are in letters. A cell that is not `required` may be empty; its heading must
    be there all the same, unless it is `optional`, for what is not said would be taken for empty.
    """

    headers: tuple[str, ...]
    width: int = 16
    most: int = 100
    required: bool = True
    optional: bool = False


@dataclass(frozen=True)
class Layout:
    """A sheet: its titles, the first of which is printed, and its columns by key.

    One that is not `required` may be left out.
    """

    titles: tuple[str, ...]
    columns: dict[str, Column]
    required: bool = True


CODE = Column(("代碼", "代码", "編號", "编号", "code"), width=12, most=40)

UNITS = Layout(
    ("單位", "单位", "units"),
    {
        "code": CODE,
        "name": Column(("名稱", "名称", "name"), width=24),
        "kind": Column(("類別", "类别", "kind"), width=12),
        "leader": Column(
            ("分管領導代碼", "分管领导代码", "leader code", "leader"),
            width=14,
            most=40,
            required=False,
            optional=True,
        ),
    },
)
POSTS = Layout(
    ("崗位", "岗位", "posts"),
    {
        "code": CODE,
        "unit": Column(("單位代碼", "单位代码", "unit code", "unit"), width=12, most=40),
        "title": Column(("名稱", "名称", "name", "title"), width=30),
        "duty": Column(("職責", "职责", "duty", "duties"), width=70, most=4000, required=False),
    },
)
PEOPLE = Layout(
    ("人員", "人员", "people"),
    {
        "code": CODE,
        "name": Column(("姓名", "name"), width=12),
        "roles": Column(("角色", "role", "roles"), width=34),
        "phone": Column(("電話", "电话", "phone"), width=16, most=40, required=False),
    },
)
APPOINTMENTS = Layout(
    ("任職", "任职", "appointments"),
    {
        "person": Column(("人員代碼", "人员代码", "person code", "person"), width=12, most=40),
        "post": Column(("崗位代碼", "岗位代码", "post code", "post"), width=12, most=40),
        "start": Column(("起", "任職起", "任职起", "start", "from"), width=14),
        "end": Column(("止", "任職止", "任职止", "end", "to"), width=14, required=False),
    },
)
LEADING_GROUP = Layout(
    ("領導小組", "领导小组", "leading group"),
    {
        "person": Column(("人員代碼", "人员代码", "person code", "person"), width=12, most=40),
        "seat": Column(("職務", "职务", "seat"), width=16),
    },
    required=False,
)
KINSHIP = Layout(
    ("親屬關係", "亲属关系", "kinship"),
    {
        "person": Column(
            ("人員代碼", "人员代码", "人員編號", "人员编号", "person code", "person"),
            width=12,
            most=40,
        ),
        "relative": Column(
            ("親屬代碼", "亲属代码", "親屬編號", "亲属编号", "relative code", "relative"),
            width=12,
            most=40,
        ),
        "relation": Column(("關係", "关系", "relation"), width=16, most=40, required=False),
    },
    required=False,
)
LAYOUTS = (UNITS, POSTS, PEOPLE, APPOINTMENTS, LEADING_GROUP, KINSHIP)

KIND_WORDS = {UnitKind.OFFICE: "站所辦", UnitKind.VILLAGE: "村"}
KINDS = {
    **{word: kind for kind, word in KIND_WORDS.items()},
    **{kind.value: kind for kind in UnitKind},
    "站所办": UnitKind.OFFICE,
    "村居": UnitKind.VILLAGE,
}

ROLE_WORDS = {
    Role.CADRE: "幹部",
    Role.UNIT_HEAD: "站所辦負責人",
    Role.LEADER: "分管領導",
    Role.COMMISSION_MEMBER: "鎮紀委委員",
    Role.COMMISSION_SECRETARY: "鎮紀委書記",
    Role.PARTY_COMMITTEE: "黨委",
    Role.OFFICE_CLERK: "辦公室經辦",
    Role.AUDITOR: "審計員",
    Role.VILLAGER: "村民",
}
ROLES = {
    **{word: role for role, word in ROLE_WORDS.items()},
    **{role.value: role for role in Role},
    **{role.value.replace("_", " "): role for role in Role},
    "干部": Role.CADRE,
    "站所办负责人": Role.UNIT_HEAD,
    "分管领导": Role.LEADER,
    "镇纪委委员": Role.COMMISSION_MEMBER,
    "镇纪委书记": Role.COMMISSION_SECRETARY,
    "党委": Role.PARTY_COMMITTEE,
    "办公室经办": Role.OFFICE_CLERK,
    "审计员": Role.AUDITOR,
}

SEAT_WORDS = {
    Seat.HEAD: "組長",
    Seat.DEPUTY: "副組長",
    Seat.MEMBER: "成員",
    Seat.OFFICE_HEAD: "辦公室主任",
    Seat.OFFICE_MEMBER: "辦公室成員",
}
SEATS = {
    **{word: seat for seat, word in SEAT_WORDS.items()},
    **{seat.value: seat for seat in Seat},
    **{seat.value.replace("_", " "): seat for seat in Seat},
    "组长": Seat.HEAD,
    "副组长": Seat.DEPUTY,
    "成员": Seat.MEMBER,
    "办公室主任": Seat.OFFICE_HEAD,
    "办公室成员": Seat.OFFICE_MEMBER,
}

STILL = frozenset({"至今", "現任", "现任", "present"})  # an appointment that has not ended
