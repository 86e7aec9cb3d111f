"""What the words beside a date say that it is: the day of a publication, or of a later change. Pure."""

from __future__ import annotations

import re

_MODIFIED = re.compile(
    r"updat|modif|edited|aktualis|geänder|stand:|mis à jour|mise à jour|actualiz|aggiorna|atualiz|bijgewerkt|"
    r"gewijzigd|zaktualiz|"
    r"uppdater|oppdater|opdater|päivitetty|güncelle|обновл|изменен|оновл|жаңарт|ενημέρωσ|τελευταία|更新|تحديث|修改",
    re.I,
)
_PUBLISHED = re.compile(
    r"publi|posted|issued|released?\b|veröffentlicht|erstellt|erschienen|inserito|pubblic|gepubliceerd|geplaatst|"
    r"julkaist|"
    r"yayın|опублик|размещ|дата|жариялан|δημοσ|ανάρτησ|发布|發布|時間|时间|نشر|created|dodano|\b(?:data|date|datum)\b",
    re.I,
)


def says_modified(label: str) -> bool:
    """Whether a label says that its date is of a change, and not of a publication too."""
    return bool(_MODIFIED.search(label)) and not _PUBLISHED.search(label)


def says_published(label: str) -> bool:
    """Whether a label says that its date is of a publication."""
    return bool(_PUBLISHED.search(label))
