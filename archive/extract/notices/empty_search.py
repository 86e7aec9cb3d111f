"""Whether a page is a search that found nothing. Pure."""

from __future__ import annotations

import re

from archive.extract.notices.shown import Shown, barred_parts

_SEARCH = re.compile(
    r"\W*(?:(?:site )?search|(?:search )?results|suche|suchergebnis\w*|recherche|(?:résultats|resultados|risultati) "
    r"(?:de |della |da )?(?:la )?(?:recherche|búsqueda|ricerca|pesquisa)|búsqueda|buscar|ricerca|pesquisa|"
    r"zoek(?:en|resultaten)|wyszukiwani\w+|wyniki(?: wyszukiwania)?|"
    r"(?:результаты )?поиск\w?|(?:результати )?пошук\w?|搜索(?:结果)?|"
    r"搜尋(?:結果)?|検索(?:結果)?|검색(?: ?결과)?)"
    r"(?:\W*|(?:(?<=results)|(?<=ergebnisse)| results) (?:for|für) .*|\W*[\"“„«][^\"“”»]*[\"“”»]\W*)",
    re.I,
)
"""A heading of a search, with what was sought: no more than its own words, or that in quotes."""

_NO_RESULTS = re.compile(
    r"(?<!\d)0 results|(?:no|zero) (?:\w+ )?(?:results|matches)\b|"
    r"(?:no|zero) (?:\w+ )?(?:items|articles) (?:were |was )?found|"
    r"nothing (?:was )?found|"
    r"did not match any|"
    r"keine (?:ergebnisse|treffer)|aucun résultat|sin resultados|no se (?:han encontrado|encontraron)|nenhum resultado|"
    r"nessun risultato|geen resultaten|brak wyników|ничего не найдено|нічого не знайдено|没有找到|沒有找到|"
    r"該当する\w*ありません|"
    r"검색 ?결과가 없",
    re.I,
)


def says_nothing_found(shown: Shown) -> bool:
    """Whether a page is headed by a search, and its text says that nothing was found."""
    parts = (*barred_parts(shown.title), shown.heading)
    return any(map(_SEARCH.fullmatch, parts)) and _NO_RESULTS.search(shown.text) is not None
