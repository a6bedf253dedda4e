"""Pages as a real visit would fill them, one or more of every kind. Made up, and nobody's.

For `ui.gallery` and for the tests that look at every page in every look.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.visit import pages as p
from ui.sample_import import import_pages

COURT = {"zh": "北京市朝阳区人民法院", "en": "Chaoyang District Court, Beijing"}


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
MATERIALS = (
    ("身份证", "ID card", "原件给法官看，复印件 1 份", "Show the original; 1 copy"),
    ("借条、欠条或合同", "IOU or contract", "复印件 2 份", "2 copies"),
    (
        "转账记录或收条",
        "Transfer records or receipts",
        "复印件 2 份，银行盖章更好",
        "2 copies, stamped by the bank if possible",
    ),
    ("微信、短信聊天记录", "Chat messages", "打印出来，不要删手机里的", "Printed. Keep them on your phone"),
)


def sample_pages(language: str) -> dict[str, p.Page]:
    """One or more pages of every kind, filled as a real visit would fill them."""
    return _Samples(language).pages()


class _Samples:
    def __init__(self, language: str) -> None:
        self.language = language

    def t(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def frame(self, step: int = 2, objection: str = "", **other: object) -> p.Frame:
        title = self.t("被告是谁", "The other side")
        frame = p.Frame(self.language, step, 6, title, next_label=self.t("下一步", "Next"), objection=objection)
        return frame._replace(**other)  # type: ignore[arg-type]

    def head(
        self, zh: str, en: str, hint_zh: str = "", hint_en: str = "", paper: str = "", help_: str = ""
    ) -> p.Heading:
        return p.Heading(self.t(zh, en), self.t(hint_zh, hint_en), self.t(en, zh), help_, paper)

    def option(self, code: str, zh: str, en: str, ex_zh: str = "", ex_en: str = "", chosen: bool = False) -> p.Option:
        return p.Option(code, self.t(zh, en), self.t(ex_zh, ex_en), chosen)

    def pages(self) -> dict[str, p.Page]:
        asked = {**self.questions(), **self.between(), **self.after(), **self.clerk()}
        return {**self.before(), **self.guidance(), **asked}

    def before(self) -> dict[str, p.Page]:
        t, option = self.t, self.option
        bare = p.Frame(self.language, back=False, leave=False)
        languages = (
            p.Option("zh", "中文", chosen=self.language == "zh"),
            p.Option("en", "English", chosen=self.language == "en"),
        )
        tiles = (
            option(
                "file",
                "我要立案",
                "File a case",
                "有人欠钱不还等纠纷，请带身份证",
                "For example: unpaid loans. Bring your ID",
            ),
            option(
                "about",
                "先看看怎么办",
                "How does it work?",
                "要多久、带什么、收不收钱",
                "How long, what to bring, what it costs",
            ),
            option("fetch", "我有凭条", "I have a slip", "接着填上次没填完的", "Go on where you stopped"),
        )
        welcome = p.WelcomePage(
            bare,
            COURT[self.language],
            t("自助立案：一步一步写好起诉状", "File a case here, one step at a time"),
            tiles,
            languages,
            t("工作人员", "Staff"),
        )
        alarm = t(
            "打印机没有纸了。仍可立案，凭条请到1号窗口领取。",
            "No paper. You can still file; get your slip at window 1.",
        )
        return {
            "welcome": welcome,
            "welcome-alarm": welcome._replace(alarm=alarm, tiles=tiles[:2]),
            "ask-language": p.AskPage(
                p.Frame(self.language),
                "请选语言 · Choose a language",
                "",
                (p.Option("zh", "中文"), p.Option("en", "English")),
            ),
        }

    def guidance(self) -> dict[str, p.Page]:
        """What happened, in one's own words; what it is like; what is told; who is served first."""
        t, head, option = self.t, self.head, self.option
        frame = p.Frame(self.language, next_label=t("下一步", "Next"))
        posts = (
            option(
                "0",
                "干活没拿到工钱",
                "Wages not paid",
                "您说到了：包工头、不给、工钱",
                "You said: foreman, wages, not paid",
            ),
            option("1", "给私人干活受伤", "Hurt working for a person", "您说到了：包工头", "You said: foreman"),
            option(
                "2", "辞退、合同、加班费", "Dismissal, contract, overtime", "您说到了：半年", "You said: half a year"
            ),
            option("tell", "都不像，再说一遍", "None of these, say it again"),
            option("ask me", "都不像，问我问题", "None of these, ask me"),
        )
        passages = (
            p.Passage(t("法律上叫", "In law"), (t("追索劳动报酬纠纷", "Recovery of labour remuneration"),)),
            p.Passage(
                t("先看这里", "Read this first"),
                (
                    t(
                        "有工资欠条、又不争别的事，不用仲裁，可以直接起诉。",
                        "With a written wage IOU and no other dispute you may sue without arbitration.",
                    ),
                    t(
                        "劳动争议要先申请劳动仲裁。不服裁决，收到后15日内起诉；仲裁委不受理或者到期没有裁决，也可以起诉。",
                        "Labour arbitration comes first. Sue within 15 days of the award, or when they refuse or do not decide in time.",
                    ),
                ),
                "warn",
            ),
            p.Passage(
                t("填什么表", "Which form"),
                (t("民事起诉状（追索劳动报酬）。这台机器可以填。", "Complaint (wages). You can fill it in here."),),
            ),
            p.Passage(
                t("带什么", "What to bring"),
                (
                    t("身份证原件和复印件", "Your ID and a copy"),
                    t("工资欠条、工资表、银行流水", "Wage IOU, wage slips, bank records"),
                    t("考勤、工牌、工作照、微信群记录", "Attendance, work badge, photos, group chats"),
                ),
            ),
            p.Passage(
                t("交多少钱", "What it costs"),
                (t("劳动争议每件 10元；讨薪可以不预交。", "10 yuan a case; no prepayment for wages."),),
            ),
            p.Passage(
                t("还可以找谁", "Who else can help"),
                (
                    t("劳动监察、劳动仲裁 12333", "Labour inspection 12333"),
                    t("法律援助 12348：不查收入", "Legal aid 12348, no income check"),
                ),
            ),
        )
        groups = (
            option(
                "elderly",
                "60岁以上",
                "60 or older",
                "写字不方便可以口头说",
                "You may tell staff instead of writing",
                True,
            ),
            option("disabled", "残疾人", "Living with a disability"),
            option(
                "military", "军人军属、退役军人", "Military or veteran family", "也包括烈属", "Also families of martyrs"
            ),
            option("low_income", "低保、特困、失业", "On basic support, jobless"),
            option("domestic_violence", "在家里不安全", "Not safe at home"),
            option("none", "都不是，或不想说", "None, or rather not say"),
        )
        like = head(
            "您说的像哪一种？",
            "Which of these is it like?",
            "点一个最像的。只是帮您找表，不是判断对错。",
            "Tap the closest. This finds the form; it judges nothing.",
        )
        told = head(
            "干活没拿到工钱",
            "Wages not paid",
            "老板、包工头、平台欠工资、工钱、劳务费。",
            "An employer, foreman or platform owes you for work.",
        )
        return {
            "tell": p.WordsPage(frame, head("您遇到了什么事？", "What happened to you?", "像跟人说话一样写，例如：老板不给工资。", "As you would say it: my boss does not pay me."), t("包工头不给工钱，我们干了半年", "The foreman does not pay, half a year"), p.Keys.WRITING, long=True),
            "signposts": p.ChoicePage(frame, like, posts),
            "signpost": p.SignpostPage(frame._replace(next_label=t("填这张表", "Fill it in")), told, passages, t("不是这个，再问一次", "Not this, ask again")),
            "signpost-hide": p.SignpostPage(frame._replace(next_label=t("去窗口", "To window"), hide=True), head("家里人打人、威胁", "Violence or threats at home"), passages[:3], t("不是这个，再问一次", "Not this, ask again")),
            "channels": p.ChoicePage(self.frame(1), head("您属于下面的情形吗？", "Does any of this apply to you?", "选了可以优先办理或得到帮助。不选、不说都可以。", "It may bring priority or help. You need not say."), groups, many=True),
            "ask-larger": p.AskPage(p.Frame(self.language, back=False), t("字要放大吗？", "Larger letters?"), t("以后也可以点右上角的“大字”。", "You can also tap Text size at the top any time."), (p.Option("stay", t("这样就好", "Keep it like this")), p.Option("larger", t("放到最大", "The largest letters")))),
        }  # fmt: skip

    def questions(self) -> dict[str, p.Page]:
        t, option, head = self.t, self.option, self.head
        who = (
            option(
                "person", "一个人", "A person", "例如：邻居、朋友、前夫", "For example: a neighbour, a friend", True
            ),
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
        words = p.WordsPage(self.frame(), name, "张", p.Keys.NAME, unknown_label=unknown)
        sum_ = p.SumPage(
            self.frame(3), head("借了多少钱？", "How much was lent?", "只写借出去的本金，不算利息。", "Only the sum itself, without interest."),
            "50000", t("元", "yuan"), ("50,000.00 元", "人民币伍万元整"),
        )  # fmt: skip
        date = p.DatePage(
            self.frame(3), head("哪一天借的？", "When was it lent?", "看借条上的日期。记不清可以点“记不清”。", "See the date on the IOU."),
            "2024", "5", "1", t("今天", "Today"), t("记不清", "Not sure"),
        )  # fmt: skip
        return {
            "choice": p.ChoicePage(self.frame(), suing, who),
            "choice-error": p.ChoicePage(
                self.frame(objection=t("还没有选。请点一个最像的。", "Nothing is chosen. Touch the one that fits best.")),
                suing, tuple(one._replace(chosen=False) for one in who),
            ),
            "choice-many": p.ChoicePage(self.frame(4), head("您想要对方做什么？", "What do you ask for?", "可以选几个。", "Choose all that apply."), (
                option("principal", "还借出去的钱", "Pay back the loan", chosen=True),
                option("interest", "付利息", "Pay interest", "按约定，或者按国家规定的利率", "As agreed, or at the legal rate", True),
                option("costs", "承担诉讼费", "Pay the court fee"),
                option("guarantor", "让担保人一起还", "Make the guarantor pay too"),
                option("other", "还有别的", "Something else"),
            ), many=True),
            "choice-long": p.ChoicePage(
                self.frame(1), head("您是哪个民族？", "Which ethnic group?", "写身份证上的。", "As on the ID card."),
                tuple(p.Option(name, name, chosen=name == "汉族") for name in ETHNIC_GROUPS),
            ),
            "words": words,
            "words-error": replace(words, frame=self.frame(objection=missing)),
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
            "date-error": replace(date, frame=self.frame(3, t("这一天还没有到。请改成今天或以前的日期。", "This day is still to come. Choose today or earlier."))),
            "region": p.RegionPage(self.frame(1), head("您现在住在哪里？", "Where do you live now?", "先选省，再选市、区。", "First the province, then the rest."), (), tuple(p.Option(name, name) for name in PROVINCES)),
            "region-deep": p.RegionPage(self.frame(1), head("您现在住在哪里？", "Where do you live now?"), (p.Option("11", "北京市"), p.Option("1101", "市辖区")), tuple(p.Option(name, name) for name in DISTRICTS)),
        }  # fmt: skip

    def between(self) -> dict[str, p.Page]:
        t, head, frame = self.t, self.head, self.frame
        card = head(
            "请放身份证",
            "Put your ID card on the reader",
            "放在下面亮灯的地方，不要拿开。",
            "On the lit field below. Leave it there.",
        )
        by_hand = t("没有带，自己填", "No card, I will type")
        rows = (
            p.Row(t("姓名", "Name"), ("王秀英",)),
            p.Row(t("住址", "Address"), ("北京市朝阳区建国路88号3号楼1201室",), ref="address"),
            p.Row(t("公民身份号码", "ID number"), ("110105195103080024",), masked=("110***********0024",)),
        )
        items = (
            p.Item("张三", t("一个人", "A person")),
            p.Item("北京某某物业管理有限公司", t("公司或单位", "A company")),
        )
        warn = head("利息超过了上限", "The interest is above the limit")
        notice = (
            t("您有权委托一至二人作为诉讼代理人。", "You may appoint one or two people to act for you."),
            t("当事人对自己提出的主张，有责任提供证据。", "Each side must give evidence for what it claims."),
            t(
                "请如实填写。故意提供虚假信息的，要承担法律责任。",
                "Tell the truth. False statements on purpose have legal consequences.",
            ),
        )
        materials = tuple(
            p.Material(str(n), t(zh, en), t(zh2, en2), n == 1) for n, (zh, en, zh2, en2) in enumerate(MATERIALS, 1)
        )
        return {
            "card-waiting": p.CardPage(frame(1), card, p.CardMoment.WAITING, t("请把身份证放在读卡器上", "Put the card on the reader"), (), by_hand),
            "card-failed": p.CardPage(frame(1), card, p.CardMoment.FAILED, t("没有读到。请拿开，再放一次。", "Not read. Lift the card and put it down again."), (), by_hand),
            "card-read": p.CardPage(frame(1), head("身份证上的，对不对？", "Is this right?"), p.CardMoment.READ, t("读好了，可以拿走身份证", "Done. Take your card."), rows, ""),
            "list": p.ListPage(frame(), head("被告都在这里吗？", "Are these all the defendants?", "少了就再加一个，多了就删。", "Add one, or remove one."), items, t("再加一个被告", "Add a defendant"), ""),
            "list-sums": p.ListPage(frame(3), head("钱是怎么给的？", "How was it paid?"), tuple(p.Item(f"2024年{n}月1日  {n}0,000.00 元", t("银行转账", "Bank transfer")) for n in range(1, 9)), t("再加一笔", "Add one"), t("合计：360,000.00 元", "Total: 360,000.00 yuan")),
            "note": p.NotePage(frame(4), head("预计诉讼费", "Court fee, estimated"), (t("按五万元计算，诉讼费大约 1,050.00 元。", "For 50,000 yuan the fee is about 1,050.00 yuan."), t("以后由输的一方承担。这里不收钱。", "The losing side bears it. Nothing is paid here."))),
            "note-warn": p.NotePage(frame(3), warn, (t("您写的年利率是 24%。法律保护的上限是 13.8%。", "You wrote 24% a year. The law protects up to 13.8%."), t("超过的部分，法院一般不支持。可以上一步去改。", "The court does not usually grant more. Go back to change it.")), "warn"),
            "materials": p.MaterialsPage(frame(4), head("您带了哪些材料？", "What did you bring?", "带了就点一下。没带的，以后可以补。", "Touch what you have. The rest may come later."), materials),
            "check": p.CheckPage(frame(4), head("请核对您填的内容", "Please check your answers", "有错就点“改”。没有错就点“下一步”。", "Touch Change where something is wrong."), self.check_rows()),
            "notice": p.NoticePage(frame(5), head("您的权利和义务", "Your rights and duties", "请看完，再打勾。", "Read all of it, then tick."), notice, t("我看完了，明白了", "I have read this"), False),
            "notice-error": p.NoticePage(frame(5, t("还没有打勾。看完后请点下面的方框。", "Not ticked yet. Touch the box below when you have read it.")), head("您的权利和义务", "Your rights and duties", "请看完，再打勾。", "Read all of it, then tick."), notice * 3, t("我看完了，明白了", "I have read this"), False),
            "sign": p.SignPage(frame(6), head("请您签名", "Please sign", "用手指写，要看得清。", "With your finger, clearly."), "王秀英", False, t("重签", "Sign again")),
            "sign-error": p.SignPage(frame(6, t("还没有签名。请在框里写您的名字。", "Not signed yet. Write your name in the field.")), head("请您签名", "Please sign"), "王秀英", False, t("重签", "Sign again")),
            "hand-in": self.hand_in(t("共 5 页，已签名", "5 pages, signed")),
            "hand-in-being-made": self.hand_in(t("已签名，正在排版……", "Signed, being laid out …")),
        }  # fmt: skip

    def hand_in(self, complaint: str) -> p.HandInPage:
        t = self.t
        rows = (
            p.Row(t("交给哪个法院", "Court"), (COURT[self.language],)),
            p.Row(t("什么纠纷", "Kind of case"), (t("民间借贷纠纷", "Private lending dispute"),)),
            p.Row(t("起诉状和其他文书", "Complaint and other papers"), (complaint,)),
        )
        hint = ("看一看，没有错就点“提交”。", "Look once more, then touch Submit.")
        reminder = t(
            "现在还没有提交。点“提交”以后，机器打印凭条。",
            "Nothing is submitted yet. After Submit you get a printed slip.",
        )
        frame = self.frame(6, next_label=t("提交", "Submit"))
        return p.HandInPage(frame, self.head("可以提交了", "Ready to submit", *hint), rows, reminder)

    def check_rows(self) -> tuple[p.Row, ...]:
        t = self.t
        return (
            p.Row(t("原告", "Plaintiff"), (t("王秀英，女，1951年3月8日出生", "王秀英, female, born 8 March 1951"),), "1"),
            p.Row(t("原告的身份证号码", "Plaintiff's ID number"), ("110105195103080024",), "2", masked=("110***********0024",)),
            p.Row(t("原告的电话", "Plaintiff's phone"), ("13812348000",), "3", masked=("138****8000",)),
            p.Row(t("被告", "Defendant"), (t("张三（一个人）", "张三 (a person)"),), "4"),
            p.Row(t("借款金额", "Sum lent"), ("50,000.00 元", "人民币伍万元整"), "5", by_clerk=True),
            p.Row(t("借款日期", "Lent on"), (t("2024年5月1日", "1 May 2024"),), "6"),
            p.Row(t("您的请求", "What you ask for"), (t("1. 还钱 50,000 元", "1. 50,000 yuan back"), t("2. 付利息", "2. interest"), t("3. 被告承担诉讼费", "3. the court fee")), "7"),
            p.Row(t("事实和理由", "What happened"), ("2024年5月1日，张三说家里装修急用钱，向我借了五万元，说好一年后还，写了借条。到期以后我打了很多次电话，他总说再等等，后来电话也不接了。" * 4,), "8"),
        )  # fmt: skip

    def after(self) -> dict[str, p.Page]:
        t = self.t
        quiet = p.Frame(self.language, back=False)
        ratings = tuple(
            p.Option(str(n), t(zh, en), chosen=n == 5)
            for n, (zh, en) in enumerate(
                (("很差", "Very bad"), ("不好", "Bad"), ("一般", "OK"), ("满意", "Good"), ("很好", "Great")), 1
            )
        )
        there = (
            p.Option("stay", t("我还在", "I am still here")),
            p.Option("leave", t("我办完了，清除", "I am done, clear everything")),
        )
        return {
            "working": p.WorkingPage(quiet._replace(leave=False), t("正在安全保存，请稍等。不要走开。", "Saving safely. Please wait a moment.")),
            "done": p.DonePage(
                quiet._replace(leave=False), t("您的材料已存好", "Your papers are saved"), "0105-261123-0007-K3",
                t("已安全保存在本机，尚未上传", "Saved safely here, not yet sent"), t("凭条正在打印，请取走", "Your slip is printing, please take it"),
                (t("一、法院接收以后，会给您发短信。", "1. You get a text message when the court has received it."), t("二、一般七日内决定是否立案。", "2. The court usually decides within seven days."), t("三、有问题请拨 12368，或者到1号窗口。", "3. Questions: call 12368 or go to window 1.")),
                ratings, t("清除并离开", "Clear and go"),
            ),
            "ask-leave": p.AskPage(quiet, t("要离开吗？", "Do you want to leave?"), t("离开以后，填的内容会全部清除。", "Everything you filled in will be cleared."), (p.Option("stay", t("不走，接着填", "Stay and go on")), p.Option("leave", t("离开，全部清除", "Leave and clear everything")))),
            "ask-still-there": p.AskPage(quiet, t("您还在吗？", "Are you still there?"), t("不点的话，填的内容会清除。", "Otherwise everything will be cleared."), there, 47),
            "help": p.HelpPage(quiet, t("已经叫了工作人员", "Staff have been called"), t("请稍等，有人会过来。您填的内容已经遮住。", "Somebody will come. Your answers are hidden."), t("不用等了，接着填", "Go on without waiting")),
            "out-of-service": p.OutOfServicePage(quiet._replace(leave=False), t("这台机器暂停使用", "This machine is out of service"), t("请到1号窗口办理，或者拨 12368。", "Please go to window 1, or call 12368."), "E-STORE-17"),
        }  # fmt: skip

    def clerk(self) -> dict[str, p.Page]:
        t = self.t
        frame = p.Frame(self.language, next_label=t("下一步", "Next"))
        states = (
            t("已存本机，尚未上传", "Saved here, not yet sent"),
            t("提交中", "Sending"),
            t("法院已接收（待审核）", "Received by the court (under review)"),
        )
        recent = tuple(p.Option(f"0105-261123-{n:04d}-K{n}", f"王** / 张*{n}", states[n % 3]) for n in range(1, 10))
        rows = tuple(
            p.Row(t(zh, en), (value,))
            for zh, en, value in (
                ("当事人", "Parties", "王** / 张*"),
                ("案由", "Cause", "民间借贷纠纷"),
                ("取号时间", "Ticket time", "2026-11-23 09:41"),
                ("法院回执", "Receipt", "—"),
                ("已打印", "Printed", "1"),
            )
        )
        title = t("工作人员登录", "Staff sign-in")
        return {
            **import_pages(self.language),
            "clerk-number": p.ClerkSignInPage(frame, title, "1024", 0, False, t("请输入工号", "Enter your staff number")),
            "clerk-pin": p.ClerkSignInPage(frame, title, "1024", 4, True, t("密码不对，请 30 秒后再试。", "Wrong PIN. Try again in 30 seconds.")),
            "clerk-find": p.ClerkFindPage(frame, t("查找立案", "Find a filing"), "0105-2611", t("输入或扫描凭条上的号码", "Type or scan the number on the slip"), recent, (t("打印机：正常", "Printer: ready"), t("法院：已连接", "Court: connected"), t("存储：正常", "Store: fine")), t("退出登录", "Sign out"), t("批量立案", "Import cases")),
            "clerk-filing": p.ClerkFilingPage(p.Frame(self.language), "0105-261123-0007-K3", rows, states[2], t("已排队补打", "Reprint queued"), t("补打", "Reprint"), t("返回", "Back")),
            "clerk-receipt": p.ClerkFilingPage(p.Frame(self.language), "0105-261123-0007-K3", (*rows[:3], p.Row(rows[3].label, ("110105-1-00000012",)), rows[4]), states[2], t("回执副联等待打印", "The receipt slip is waiting to print."), t("补打凭条", "Reprint slip"), t("返回", "Back"), t("打印回执", "Print receipt")),
        }  # fmt: skip
