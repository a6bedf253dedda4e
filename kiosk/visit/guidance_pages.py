"""The pages of guidance and of the green channels, in finished words."""

from __future__ import annotations

from kiosk.guidance import channels
from kiosk.guidance.search import Signpost
from kiosk.guidance.telling import Telling
from kiosk.languages import COURT_LANGUAGE
from kiosk.visit import green, guidance
from kiosk.visit import pages as p
from kiosk.visit.guide import Guide
from kiosk.visit.visit import Moment, Visit

# The forms as people come for them, most often first; others follow as they stand on the shelf.
EVERYDAY = (
    *("private_lending", "wage_arrears", "divorce", "traffic_accident", "labour_dispute", "house_lease"),
    *("sales_contract", "property_service", "protection_order", "credit_card", "financial_loan", "general_civil"),
)


def matter_page(visit: Visit, guide: Guide, other: str) -> p.ChoicePage:
    """发生了什么事: one's own words first, then the forms, then the questions."""

    def say(key: str) -> str:
        return guide.say(key, visit.language)

    chosen = visit.entry.chosen
    options = []
    if guide.guidance is not None:
        tell = p.Option(guidance.TELL, say("guidance.tell"), say("guidance.tell_example"), guidance.TELL in chosen)
        options.append(tell)
    heads = guide.heads
    for pack_id in sorted(heads, key=lambda name: EVERYDAY.index(name) if name in EVERYDAY else len(EVERYDAY)):
        told = guide.wording.knows(f"matter.{pack_id}")  # in everyday words; a pack of the court's own has its title
        label = (
            say(f"matter.{pack_id}")
            if told
            else heads[pack_id].title.get(visit.language) or heads[pack_id].title[COURT_LANGUAGE]
        )
        options.append(p.Option(pack_id, label, say(f"matter.{pack_id}_example") if told else "", pack_id in chosen))
    key = "matter.other" if guide.guidance is None else "guidance.ask_me"
    options.append(p.Option(other, say(key), say(f"{key}_example"), other in chosen))
    frame = p.Frame(visit.language, next_label=say("nav.next"), objection=visit.objection)
    second = guide.say_second("matter.title", visit.language)
    return p.ChoicePage(frame, p.Heading(say("matter.title"), say("matter.hint"), second), tuple(options))


def guidance_page(visit: Visit, guide: Guide) -> p.Page:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    frame = p.Frame(visit.language, next_label=say("nav.next"), objection=visit.objection)
    match visit.moment:
        case Moment.TELL:
            heading = _heading("tell", visit, guide)
            most = guidance.MOST_CHARACTERS
            return p.WordsPage(frame, heading, visit.entry.text, p.Keys.WRITING, long=True, max_characters=most)
        case Moment.SIGNPOSTS:
            return p.ChoicePage(frame, _heading("signposts", visit, guide), _signposts(visit, guide))
        case Moment.BRANCHES:
            return p.ChoicePage(frame, _heading("branches", visit, guide), _branches(visit, guide))
        case Moment.TOPICS:
            return p.ChoicePage(frame, _heading("topics", visit, guide), _topics(visit, guide))
        case _:
            return _signpost(visit, guide)


def channels_page(visit: Visit, guide: Guide, frame: p.Frame) -> p.Page:
    """Asked gently: nothing is ticked, and not saying is the last tile."""
    if visit.moment is Moment.CHANNELS_TOLD:
        told = green.tells(visit, guide)
        return p.NotePage(frame, _heading("channels_told", visit, guide), told, tone="good")
    book = green.book_of(guide)  # a form taken up after a crash may be back a moment before it
    language, chosen = visit.language, visit.entry.chosen
    options = [
        p.Option(one.id, one.said(language), one.example.said(language) if one.example else "", one.id in chosen)
        for one in (channels.offered(book, visit.matter) if book is not None else ())
    ]
    options.append(p.Option(green.NONE, guide.say("guidance.no_channel", language), "", green.NONE in chosen))
    return p.ChoicePage(frame, _heading("channels", visit, guide), tuple(options), many=True)


def _signposts(visit: Visit, guide: Guide) -> tuple[p.Option, ...]:
    book, chosen = guidance.search_of(guide).book, visit.entry.chosen
    options = [
        p.Option(
            str(at), book.by_id[post.topic].title.said(visit.language), _why(post, visit, guide), str(at) in chosen
        )
        for at, post in enumerate(visit.signposts)
    ]
    for code, key in ((guidance.TELL, "guidance.tell_again"), (guidance.ASK_ME, "guidance.ask_me_instead")):
        options.append(p.Option(code, guide.say(key, visit.language), "", code in chosen))
    return tuple(options)


def _why(post: Signpost, visit: Visit, guide: Guide) -> str:
    """The words that led here, or what the topic is when only the whole was alike."""
    if not post.why:
        return guidance.search_of(guide).book.by_id[post.topic].what.said(visit.language)
    return guide.say("guidance.why", visit.language, words=guide.say("guidance.and", visit.language).join(post.why))


def _branches(visit: Visit, guide: Guide) -> tuple[p.Option, ...]:
    language, chosen = visit.language, visit.entry.chosen
    options = [
        p.Option(one.id, one.said(language), one.example.said(language), one.id in chosen)
        for one in guidance.search_of(guide).book.tree
    ]
    return (*options, _unsure(visit, guide))


def _topics(visit: Visit, guide: Guide) -> tuple[p.Option, ...]:
    options = [
        p.Option(one.id, one.title.said(visit.language), "", one.id in visit.entry.chosen)
        for one in guidance.topics_of(visit, guide)
    ]
    return (*options, _unsure(visit, guide))


def _unsure(visit: Visit, guide: Guide) -> p.Option:
    words = guide.say("guidance.unsure", visit.language)
    return p.Option(guidance.UNSURE, words, chosen=guidance.UNSURE in visit.entry.chosen)


def _signpost(visit: Visit, guide: Guide) -> p.SignpostPage:
    def say(key: str, **places: str | int) -> str:
        return guide.say(key, visit.language, **places)

    told = guidance.told(visit, guide)
    hides = told.pack == "protection_order" or "domestic_violence" in green.open_now(visit, guide)
    frame = p.Frame(
        visit.language, next_label=say("nav.fill_in" if told.pack else "nav.to_window"), objection=visit.objection
    )
    passages = (
        *((p.Passage(say("guidance.cause"), (told.cause,)),) if told.cause else ()),
        *((p.Passage(say("guidance.gate"), told.gates, "warn"),) if told.gates else ()),
        p.Passage(say("guidance.form"), (_form_words(told, guide, visit.language),)),
        p.Passage(say("guidance.bring"), told.bring),
        p.Passage(say("guidance.where"), (told.where,)),
        p.Passage(say("guidance.fee"), (told.fee,)),
        p.Passage(say("guidance.deadline"), (told.deadline,)),
        p.Passage(say("guidance.doors"), told.doors),
    )
    heading = p.Heading(told.title, told.what)
    return p.SignpostPage(frame._replace(hide=hides), heading, passages, say("guidance.again"))


def _form_words(told: Telling, guide: Guide, language: str) -> str:
    if told.pack is None:
        return guide.say("guidance.form_window", language, window=guide.window)
    title = guide.heads[told.pack].title.get(language) or guide.heads[told.pack].title[COURT_LANGUAGE]
    return guide.say("guidance.form_own" if told.own_form else "guidance.form_general", language, form=title)


def _heading(name: str, visit: Visit, guide: Guide) -> p.Heading:
    key = f"guidance.{name}"
    title, hint = guide.say(f"{key}_title", visit.language), guide.say(f"{key}_hint", visit.language)
    return p.Heading(title, hint, guide.say_second(f"{key}_title", visit.language))
