"""Cards of people who do not exist, for the pretend readers."""

from __future__ import annotations

from kiosk.idcards import layouts

RESIDENT = layouts.build(
    {
        0: "买买提·阿不都热依木",
        30: "1",
        32: "05",
        36: "19800101",
        52: "某市某区示例路1号2单元㛃303室",
        122: "653101198001010019",
        158: "某市公安局",
        188: "20200101",
        204: "长期",
    }
)
HMT = layouts.build(
    {
        0: "陳小文",
        30: "2",
        36: "19920229",
        52: "某市某区示例街2号",
        122: "830000199202290022",
        158: "某市公安局",
        188: "20230601",
        204: "20280601",
        220: "T12345678",
        238: "02",
        248: "J",
    }
)
FOREIGN_2023 = layouts.build(
    {
        0: "李安娜",
        30: "2",
        32: "00",
        36: "19810803",
        52: "LEE, ANNA",
        122: "911124198108030024",
        188: "20240102",
        204: "20340101",
        242: "CAN",
        248: "Y",
    }
)
FOREIGN_2017 = layouts.build(
    {
        0: "MARTIN, PAUL",
        120: "1",
        122: "FRA310090010203",
        152: "FRA",
        158: "马丁保罗",
        188: "20210305",
        204: "20310304",
        220: "19900102",
        236: "01",
        240: "3100",
        248: "I",
    }
)
# A card whose address a kiosk understands down to the district, for demonstrations.
DEMO = layouts.build(
    {
        0: "张示例",
        30: "2",
        32: "01",
        36: "19900307",
        52: "北京市朝阳区示范路88号1号楼2单元301室",
        122: "110105199003070025",
        158: "北京市公安局朝阳分局",
        188: "20190408",
        204: "20390408",
    }
)
CARDS = {
    "resident": RESIDENT,
    "hmt": HMT,
    "foreign_2023": FOREIGN_2023,
    "foreign_2017": FOREIGN_2017,
    "demo": DEMO,
}
