"""One question a page: choices, words, sums, dates, places. Made up, and nobody's."""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ETHNIC_GROUPS = _names(
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 "
    "东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 "
    "保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族"
)
PROVINCES = _names(
    "北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 广西壮族自治区 "
    "海南省 重庆市 四川省 贵州省 云南省 西藏自治区 陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区"
)
DISTRICTS = _names(
    "朝阳区 东城区 西城区 丰台区 石景山区 海淀区 门头沟区 房山区 通州区 顺义区 昌平区 大兴区 怀柔区 平谷区"
)


def pages(w: SampleWords) -> dict[str, p.Page]:
    t, option, head = w.t, w.option, w.head
    who = (
        option("person", "一个人", "A person", "例如：邻居、朋友、前夫", "For example: a neighbour, a friend", True),
        option(
            "org",
            "公司或单位",
            "A company or body",
            "例如：物业公司、工厂、学校",
            "For example: a factory, a school",
        ),
        option("trader", "个体工商户", "A sole trader", "例如：小店、饭馆", "For example: a shop, a restaurant"),
        option("?", "我不清楚", "I am not sure"),
    )
    help_ = t(
        "被告就是您要告的人或单位。写清楚是谁，法院才能通知到他。",
        "The defendant is the person or body you sue. The court must know who it is to reach them.",
    )
    suing = head(
        "您要告的是谁？", "Who are you suing?", "选一个。不清楚就选最后一个，工作人员会帮您看。",
        "Choose one. If unsure, choose the last; staff will help.", t("被告", "defendant"), help_,
    )  # fmt: skip
    name = head(
        "被告叫什么名字？", "What is the defendant's full name?", "写对方身份证上的姓名。不要写小名、外号。",
        "As on the ID card. No nicknames.",
    )  # fmt: skip
    missing = t(
        "还没有填被告的姓名。请写出姓名，或者点“我不知道全名”。",
        "The name is missing. Write it, or touch I do not know.",
    )
    unknown = t("我不知道全名", "I do not know the full name")
    words = p.WordsPage(w.frame(), name, "张", p.Keys.NAME, unknown_label=unknown)
    sum_ = p.SumPage(
        w.frame(3), head("借了多少钱？", "How much was lent?", "只写借出去的本金，不算利息。", "Only the sum itself, without interest."),
        "50000", t("元", "yuan"), ("50,000.00 元", "人民币伍万元整"),
    )  # fmt: skip
    date = p.DatePage(
        w.frame(3), head("哪一天借的？", "When was it lent?", "看借条上的日期。记不清可以点“记不清”。", "See the date on the IOU."),
        "2024", "5", "1", t("今天", "Today"), t("记不清", "Not sure"),
    )  # fmt: skip
    return {
        "choice": p.ChoicePage(w.frame(), suing, who),
        "choice-error": p.ChoicePage(
            w.frame(objection=t("还没有选。请点一个最像的。", "Nothing is chosen. Touch the one that fits best.")),
            suing, tuple(one._replace(chosen=False) for one in who),
        ),
        "choice-many": p.ChoicePage(w.frame(4), head("您想要对方做什么？", "What do you ask for?", "可以选几个。", "Choose all that apply."), (
            option("principal", "还借出去的钱", "Pay back the loan", chosen=True),
            option("interest", "付利息", "Pay interest", "按约定，或者按国家规定的利率", "As agreed, or at the legal rate", True),
            option("costs", "承担诉讼费", "Pay the court fee"),
            option("guarantor", "让担保人一起还", "Make the guarantor pay too"),
            option("other", "还有别的", "Something else"),
        ), many=True),
        "choice-long": p.ChoicePage(
            w.frame(1), head("您是哪个民族？", "Which ethnic group?", "写身份证上的。", "As on the ID card."),
            tuple(p.Option(name, name, chosen=name == "汉族") for name in ETHNIC_GROUPS),
        ),
        "words": words,
        "words-error": replace(words, frame=w.frame(objection=missing)),
        "words-suggestions": replace(
            words, heading=head("文书寄到哪里？", "Where should papers go?"), text="", keys=p.Keys.WRITING,
            lead="北京市朝阳区", suggestions=("建国路88号3号楼1201室", "望京街道花家地西里12号院"), unknown_label="",
        ),
        "words-long": replace(
            words, heading=head("请讲讲事情的经过", "What happened?", "什么时候、借给谁、多少钱、还了没有。", "When, to whom, how much, what came back."),
            text="2024年5月1日，张三说家里装修急用钱，向我借了五万元。", keys=p.Keys.WRITING, long=True, unknown_label="",
        ),
        "sum": sum_,
        "date": date,
        "date-error": replace(date, frame=w.frame(3, t("这一天还没有到。请改成今天或以前的日期。", "This day is still to come. Choose today or earlier."))),
        "region": p.RegionPage(w.frame(1), head("您现在住在哪里？", "Where do you live now?", "先选省，再选市、区。", "First the province, then the rest."), (), tuple(p.Option(name, name) for name in PROVINCES)),
        "region-deep": p.RegionPage(w.frame(1), head("您现在住在哪里？", "Where do you live now?"), (p.Option("11", "北京市"), p.Option("1101", "市辖区")), tuple(p.Option(name, name) for name in DISTRICTS)),
    }  # fmt: skip
