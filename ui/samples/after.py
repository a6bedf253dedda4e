"""What stands around the form: being saved, done, asked to leave, waiting for help, out of service. Made up, and nobody's."""

from __future__ import annotations

from kiosk.visit import pages as p
from ui.samples.words import SampleWords


def pages(w: SampleWords) -> dict[str, p.Page]:
    t = w.t
    quiet = p.Frame(w.language, back=False)
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
