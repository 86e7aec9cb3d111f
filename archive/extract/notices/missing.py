"""Whether a page says that it is not there, though its server answered 200. Pure.

It is read in two ways. The first knows the usual names of such a page (`_NOT_FOUND`), which must be said of a page, in
two of its places or beside next to no text. The second (`_says_no_more`) puts together what is missing (`_A_PAGE`) and
that it is (`_NO_MORE`, `_REMOVED`), in some forty languages; next to no letters may stand beside.
"""

from __future__ import annotations

import re

from archive.extract.features import weight
from archive.extract.notices.shown import VERY_SHORT, Shown, letters, sentences, title_parts

_NOT_FOUND = re.compile(
    r"(?:^|[|–—:·-]\s*)404(?:\s*[|–—:·-]|\W*$)|404\W{1,3}(?:error|not found|page)|"
    r"(?:error|erreur|fehler|errore|błąd|ошибка|помилка|código|hata|http|status)\W{1,3}404\b|"
    r"(?:page|document|article|file|content)\s(?:could\s)?(?:was\s)?not\s(?:be\s)?(?:found|available)|"
    r"^not found|no longer (?:exists|available)|"
    r"nicht gefunden|page introuvable|page non trouvée|página no encontrada|no se encuentra|pagina non trovata|"
    r"não encontrada|"
    r"nie (?:została )?znalezion|страница не найдена|не найден|сторінк\w+ не знайден|бет табылмады|"
    r"табылмады|δεν βρέθηκε|"
    r"sayfa bulunamadı|sidan (?:kunde inte hittas|finns inte)|页面不存在|找不到|頁面不存在|الصفحة غير موجودة|غير موجود",
    re.I,
)
_PAGE_WORD = re.compile(
    r"\b(?:page|site|document|file|content|article|url|link|address|seite|inhalt|adresse|contenu|página|pagina|contenido|documento|"
    r"strona|stron[aey]|страниц\w*|документ\w*|адрес\w*|сторінк\w*|бет(?:ті)?|парақша\w*|σελίδα|sayfa\w*|sidan|siden|pagina|stránk\w+)\b|"
    r"页面|頁面|网页|網頁|文件|ページ|페이지|الصفحة|صفحه",
    re.I,
)
"""What such words may be said of; those near them tell it from a person or a thing that was not found."""

_AROUND, _NAME = 60, 8
"""Characters around the words in which what they are said of is looked for, and those that may stand beside them in a
title that says next to nothing else."""

_LONGEST_TITLE, _BEGINNING, _TITLE_BEGINNING = 80, 300, 60
_NEXT_TO_NO_TEXT = 120
"""Weight of a text under which a title alone is believed."""

_A_PAGE = re.compile(
    r"\b(?:(?:web)?page|(?:web|internet)?seite|página|pagina|stron[aey]|stránk\w*|oldal(?:t|on)?|sidan|"
    r"siden(?=\W*$| (?:du|ble|blev|er|finnes|findes|kan|kunne|ikke)\b)|sivua?|leh(?:t|te|ekülge?)|lapa|puslapi\w*|"
    r"stranic\w*|страниц\w*|сторінк\w*|старонк\w*|бет(?:ті)?|парақша\w*|σελίδα|sayfa\w*|səhifə\w*|halaman|"
    r"trang(?=\W*$| (?:web|này|bạn|không|đã)\b)|ה?(?:דף|עמוד))\b|"
    r"页面|頁面|网页|網頁|ページ|페이지|الصفحة|صفحه|หน้า(?:นี้|เว็บ|ที่คุณ|\W*$)|पृष्ठ|पेज",
    re.I,
)
"""What is missing, where next to nothing else is said: a page, no document and no article, which may be news."""

_FIRST = 3
"""Sentences of a text of which one may say so below a sigh."""

_SIGH = 12
"""No headline is as short as this beside a text about a page that is not there: "Sorry!", "Oops" or a site's name."""

_LITTLE, _SOME = 10, 24
"""Letters beside the words that a page is not there, in a headline and in the first words below a sigh."""

_SOUGHT = re.compile(
    r"\b(?:page|article|content|release) (?:that )?you(?:['’]re| are| were| have)? "
    r"(?:look|request|ask|tr(?:y|ied)|want|sought|seek|follow|search)",
    re.I,
)
_REMOVED = re.compile(
    r"\b(?:(?:has|have|was|been) )+(?:removed|deleted|expired|moved)|gelöscht|supprimée|eliminada|rimossa|removida|"
    r"usunięt\w|удалена|видалена|削除され\w*|被?(?:删除|刪除)",
    re.I,
)
_THIS = re.compile(
    r"\b(?:the|this|that|die|diese|wurde|la|cette|esta|questa|a|ta|эта|ця|a été|ha sido|è stata|foi|została|была|"
    r"була)\b|この|该|此|[已はがた]",
    re.I,
)
_NO_MORE = re.compile(
    r"\b(?:not|no longer|isn['’]t|can['’]?t|cannot|couldn['’]t) (?:be )?(?:found|find|available|exists?)\b|"
    r"does(?:n['’]t| not) exist|"
    r"nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden|auffindbar)|existiert nicht|"
    r"n['’]existe (?:plus|pas)|introuvable|(?:non|pas été) trouvée|n['’]est plus disponible|"
    r"no existe|no (?:se|ha sido|fue) encontrad|no encontrad|no (?:está )?disponible|"
    r"non (?:esiste|trovata|(?:è )?disponibile)|não (?:existe|(?:foi )?encontrad|está disponível)|"
    r"niet (?:meer )?(?:gevonden|beschikbaar)|bestaat niet|nie istnieje|nie znalezion|"
    r"nenalezen|neexist|nebyla nalezen|nenaš[lie]|nenájden|nem (?:található|létezik)|nu (?:a fost găsit|există)|"
    r"ikke (?:fundet|funnet)|find(?:es)? ikke|finnes ikke|fant ikke|hittades inte|finns inte|inte hittas|"
    r"ei (?:löydy|löytynyt|ole olemassa|leitud)|nav atrast|neeksistē|nerast|neegzistuoja|"
    r"не (?:найден|существу|знайден|існу|е намерен|знойдзен|постоји)|није пронађен|"
    r"nije pronađen|ne (?:postoji|obstaja)|ni (?:bilo mogoče )?najden|δεν (?:βρέθηκε|υπάρχει)|"
    r"bulunamadı|mevcut değil|tapılmadı|табылмады|tidak (?:ditemukan|ada|dijumpai)|không (?:tìm thấy|tồn tại)|"
    r"見つかりません|存在しません|찾을 수 없|존재하지 않|不存在|找不到|"
    r"ไม่พบ|ไม่มีอยู่|नहीं मिला|मौजूद नहीं|לא נמצא|לא קיים|אינו קיים|یافت نشد|پیدا نشد|وجود ندارد|غير موجود|لم يتم العثور",
    re.I,
)


def says_missing(shown: Shown, is_article: bool) -> bool:
    """Whether a page says that it is not there. `is_article`: it states when it was published, and has sentences."""
    places = (shown.title if len(shown.title) < _LONGEST_TITLE else "", shown.heading, shown.text[:_BEGINNING])
    in_title, in_heading, in_text = (_NOT_FOUND.search(place) is not None for place in places)
    of_page = any(map(_is_page_missing, places))
    if not is_article and _says_no_more(shown.page_title[:_TITLE_BEGINNING], shown.heading, shown.text):
        return True
    if is_article or not of_page:
        return in_title and not is_article and not in_text and weight(shown.text) < _NEXT_TO_NO_TEXT
    says_little = weight(shown.text) < VERY_SHORT
    return (in_title and (in_text or in_heading or says_little)) or (in_heading and in_text)


def _is_page_missing(text: str) -> bool:
    """Whether a text says of a page, and not of a person or a thing, that it was not found."""
    found = _NOT_FOUND.search(text)
    return found is not None and (
        "404" in found[0]
        or _PAGE_WORD.search(text[max(0, found.start() - _AROUND) : found.end() + _AROUND]) is not None
        or _is_bare(text, found)
    )


def _is_bare(text: str, found: re.Match[str]) -> bool:
    """Whether next to nothing stands beside the words: a title that is nothing else."""
    beside = title_parts(text)
    return any(len(part.strip()) <= len(found[0]) + _NAME for part in beside if found[0] in part)


def _says_no_more(title: str, heading: str, text: str) -> bool:
    """Whether a page says, in its title or heading and next to nothing else there, that it is not there; or, in a short
    text, of the page that its visitor looks for, or of any page where no headline stands above."""
    if any(_is_missing(part, _LITTLE) for part in (*title_parts(title), *title_parts(heading))):
        return True
    if weight(text) >= VERY_SHORT:
        return False
    all_said = sentences(text)
    if any(_SOUGHT.search(one) and (_NO_MORE.search(one) or _REMOVED.search(one)) for one in (heading, *all_said)):
        return True
    return weight(heading or title) <= _SIGH and any(_is_missing(one, _SOME) for one in all_said[:_FIRST])


def _is_missing(words: str, most: int) -> bool:
    """Whether words tell of a page that it is not there, with few letters beside, or of this one that it is removed."""
    of_page = _A_PAGE.search(words)
    if of_page is None:
        return False
    beside = words[: of_page.start()] + " " + words[of_page.end() :]
    if _NO_MORE.search(beside):
        return letters(_NO_MORE.sub("", beside)) <= most
    return _REMOVED.search(beside) is not None and not letters(_THIS.sub("", _REMOVED.sub("", beside)))
