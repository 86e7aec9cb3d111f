"""The source that the text of a release names: "reported the Harbour Authority press service". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OFFICE = r"(?:press|media|information|news)\s(?:service|office|cent(?:er|re)|department|bureau|agency|team)"
_NAMED = r"[^\W\d_a-zа-яё][^,.;:!?“”\"()]{1,60}"
_OFFICE_RU = r"(?:пресс-служб\w{1,3}|пресс-центр\w{0,2}|пресс-секретар\w{1,2}|информагентств\w{1,2}|агентств\w{1,2})"

_FORMS = tuple(
    re.compile(form)
    for form in (
        # English
        rf"\b(?:reported|reports|said|announced|informed|informs|noted|confirmed|writes|"
        rf"according to)(?:\sby)?\s(?:[Tt]he\s)?(?P<who>{_NAMED}?\s{_OFFICE})\b",
        rf"\b(?:reported|reports|said|announced|informed|informs|"
        rf"according to)(?:\sby)?\s(?:[Tt]he\s)?(?P<who>{_OFFICE}\sof\s(?:the\s)?{_NAMED}?)(?=\s(?:on|in|at|"
        rf"said)\b|[,.;]|$)",
        rf"(?:^|[.,“”]\s)(?:[Tt]he\s)?(?P<who>{_NAMED}?\s{_OFFICE})\s(?:reported|reports|said|announced|informed|"
        rf"informs)\b",
        rf"(?:^|[.,“”]\s)(?:[Tt]he\s)?(?P<who>[Pp]ress\s(?:service|"
        rf"office)\sof\s(?:the\s)?{_NAMED}?)\s(?:reported|reports|said|announced|informed|informs)\b",
        r"[,”]\s(?:reported|reports)\s(?:the\s)?(?P<who>(?!The\b)[A-Z][\w’-]+(?:\s[A-Z][\w’-]+){0,3})(?=[.,]|$)",
        r"(?:^|[.,”]\s)(?:the\s)?(?P<who>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+){0,2})\sreports(?=[.,]|$)",
        # Russian, Ukrainian, Kazakh
        rf"\b(?:сообща(?:ет|ют)|сообщил[аи]?|переда(?:ет|ёт|ют)|передал[аи]?|информирует|пишет|рассказали|"
        rf"отметили|уточнили|заявили|повідомляє|повідомили)\s(?:в\s|во\s|у\s|"
        rf"корреспондент\s)?(?P<who>{_OFFICE_RU}(?:\s[^,.;:!?]{{2,70}})?)",
        rf"\b(?:со\sссылкой\sна|по\sданным|по\sинформации|"
        rf"по\sсообщению)\s(?P<who>{_OFFICE_RU}\s[^,.;:!?]{{2,70}}?)(?=[,.;]|$)",
        r"[,–—]\s(?:сообща(?:ет|ют)|переда(?:ет|ёт|ют)|пишет|"
        r"повідомляє)\s"
        r"(?P<who>[«\"]?[A-ZА-ЯЁІЇ][\w-]*(?:\.\w+)*(?:\s[«\"]?[A-ZА-ЯЁ][\w-]*(?:\.\w+)*){0,3}[»\"]?)(?=[,.;]|\sсо\sссылк|$)",
        r"\bдеп\s(?:хабарлайды|хабарлады|жазды|мәлімдеді|"
        r"жазады)\s(?P<who>[^\W\d_a-zа-яёәғқңөұүһі][^,.;:!?]{1,70}?)(?=[,.;]|$)",
        # German, French, Spanish, Polish, Greek
        r"\b(?:teilte|erklärte|meldete)\s(?P<who>(?:die|das|der)\s(?:Presse|Medien)(?:stelle|amt|dienst|"
        r"abteilung|sprecher)[^,.;:!?]{0,60}?)(?:\sam\s\w+)?(?=\smit\b|[,.;]|$)",
        r"\b[Ww]ie\s(?P<who>(?:die\s(?:Nachrichtenagentur|Presseagentur|Pressestelle)\s[^,.;]{2,40}?|[A-Z]{2,5}|"
        r"dpa))\s(?:berichtet|meldet|mitteilt)",
        r"\b(?:annoncé|indiqué|déclaré|précisé|selon)\s(?:le\s|la\s|l['’])?(?P<who>(?:service|bureau|"
        r"agence)\sde\s(?:presse|communication)(?:\s[^,.;:!?]{2,60}?)?)(?=[,.;]|$)",
        r"\b(?:informó|informaron|anunció|según)\s(?:la\s|el\s)?(?P<who>(?:oficina|gabinete|servicio|"
        r"agencia)\sde\s(?:prensa|comunicación|noticias)(?:\s[^,.;:!?]{2,60}?)?)(?=[,.;]|$)",
        r"\b(?:poinformował[oa]?|podał[oa]?|przekazał[oa]?)\s(?P<who>(?:biuro\s(?:prasowe|rzecznika)|"
        r"centrum\s(?:prasowe|informacyjne))(?:\s[^,.;:!?]{2,60}?)?)(?=[,.;]|$)",
        r"\b(?:ανακοίνωσε|σύμφωνα με)\s(?:το\s)?(?P<who>γραφείο\sτύπου(?:\s[^,.;:!?]{2,60}?)?)(?=[,.;]|$)",
        # Chinese
        r"[据據](?P<who>[\u4e00-\u9fff]{1,12}?(?:社|报|報|网|網|台|站|局|部|厅|委|院|公司|大学))(?:报道|报导|報導|消息|讯)",
    )
)  # fmt: skip
_UNNAMED = [form.pattern.replace("?P<who>", "?:") for form in _FORMS]
_AT_WORD = "|".join(form.removeprefix(r"\b") for form in _UNNAMED if form.startswith(r"\b"))
_ANY = re.compile("|".join([rf"\b(?:{_AT_WORD})", *(form for form in _UNNAMED if not form.startswith(r"\b"))]))
"""Any of the forms: most paragraphs name no source, and one search says so."""

_LONGEST = 1_500
_PRONOUNS = frozenset({"the", "it", "he", "she", "they", "who", "which", "nobody"})
_PRESS_SERVICE = re.compile(r"^пресс-служб(?:е|у|ы|ой)\b")


def find(paragraphs: Sequence[str]) -> str:
    """The source that the first or last paragraphs name, without "the"; "" if they name none."""
    for paragraph in [*paragraphs[:3], *paragraphs[3:][-2:]]:
        paragraph = paragraph[:_LONGEST]
        for form in _FORMS if _ANY.search(paragraph) else ():
            found = form.search(paragraph)
            if found and found["who"].casefold() not in _PRONOUNS:
                return _nominative(" ".join(found["who"].split()).strip(' ,–—-.«»"“”'))
    return ""


def _nominative(source: str) -> str:
    """A Russian press service in the nominative case; any other source unchanged."""
    return _PRESS_SERVICE.sub("пресс-служба", source)
