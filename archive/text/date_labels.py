"""What the words beside a date say that it is: the day of a publication, or of a later change. Pure."""

from __future__ import annotations

import re

_MODIFIED = re.compile(
    r"updat|modif|edited|last chang|aktuali[sz]|geänder|letzte änderung|stand:|"
    r"mis à jour|mise à jour|actualiz|aggiorna|atualiz|bijgewerkt|"
    r"gewijzigd|zaktualiz|"
    r"uppdater|oppdater|opdater|päivitetty|güncelle|обновл|изменен|оновл|жаңарт|ενημέρωσ|τελευταία|更新|تحديث|修改|"
    r"수정|업데이트|最終|تعديل|به‌?روز|ویرایش|עודכן|अपडेट|แก้ไข|อัปเดต|cập nhật|diperbarui|diubah|frissít|módosít|"
    r"upraven|naposled|izmijen|ažurir|posodob|bijgew|muudet|uuendat|atjaunināt|atnaujint|актуализ|ажурир|թարմաց|განახლ",
    re.I,
)
_PUBLISHED = re.compile(
    r"(?<!re)publi(?!c\b|cly\b|cul|cit|que)|posted|issued|released?\b|veröffentlicht|erstellt|erschienen|inserito|pubblic(?!o\b|he\b|hi\b)|gepubliceerd|geplaatst|"
    r"julkaist|"
    r"yayın|опублик|размещ|жариялан|δημοσ|ανάρτησ|发布|發布|نشر|created|dodano|"
    r"입력|등록|게재|작성|掲載|公開|発表|配信|投稿|公布|刊登|发表|發表|انتشار|منتشر|פורסם|प्रकाशित|প্রকাশ|เผยแพร่|"
    r"đăng|xuất bản|diterbitkan|közzét|megjelen|zveřejn|zverejn|objav|paskelb|avaldat|publisert|udgivet|offentliggj|"
    r"објављ|објаве|հրապարակ|გამოქვეყნ",
    re.I,
)
_DATE = re.compile(r"дата|時間|时间|تاریخ|\b(?:data|date|datum)\b(?! (?:de|del|di|du|da|of|der|des|van)\b)", re.I)
"""The word for a day by itself: what else is said of it tells which; with "of" behind it is no label."""


_OTHER = re.compile(
    r"(?:effective(?: date)?|in force(?: from)?|deadline|due(?: date)?|apply by|closing date|"
    r"closes|expir\w+(?: date| on)?|"
    r"valid (?:from|until|to)|event date|date of (?:the )?event|in kraft(?: ab| seit)?|gültig (?:ab|bis)|frist|"
    r"anmeldeschluss|einsendeschluss|date limite|(?:entrée )?en vigueur(?: le)?|fecha límite|plazo|scadenza|entro il|"
    r"prazo|termin(?: do)?|срок(?: до)?|вступает в силу|締切|開催日|截止(?:日期)?|마감|행사일)\W{0,3}$",
    re.I,
)


def says_other(label: str) -> bool:
    """Whether a label says that its date is of something else than the page: a deadline, an event, a rule."""
    return bool(_OTHER.search(label))


def says_modified(label: str) -> bool:
    """Whether a label says that its date is of a change, and not of a publication too."""
    return bool(_MODIFIED.search(label)) and not _PUBLISHED.search(label)


def says_published(label: str) -> bool:
    """Whether a label says that its date is of a publication."""
    return bool(_PUBLISHED.search(label) or (_DATE.search(label) and not _MODIFIED.search(label)))
