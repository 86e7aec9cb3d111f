"""How good the method is on sites that it was not fitted to: `make quality` prints it.

Two ways of leaving data out, each through the whole extraction (metadata, blocks, forests, templates of the source,
cleaning, page kind): cross-validation by host in five folds, and leaving one whole corpus out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from unittest.mock import patch

from archive.boilerplate.template import TemplateBuilder, learn
from archive.core.model import Extraction, Response
from archive.core.urls import host
from archive.extract.classifier import Forest
from archive.extract.extract import derive, judge_once
from tests.bench.corpora import gold_of, name_of, responses
from tests.bench.examples import Example, fold_of
from tests.bench.fit import fit
from tests.bench.fit_pages import fit_pages, read_pages
from tests.bench.measures import Answer

FOLDS = 5


def by_host(examples: Sequence[Example], corpora: Sequence[Path]) -> dict[str, dict[str, Answer]]:
    """The answers for each corpus, by address: every page read with forests fitted to other hosts' pages."""
    answers: dict[str, dict[str, Answer]] = defaultdict(dict)
    for fold in range(FOLDS):
        forests = fit([one for one in examples if fold_of(one.host, FOLDS) != fold]).forests()
        for path in corpora:
            ours = [page for page in responses(path) if fold_of(host(page.capture.url), FOLDS) == fold]
            answers[name_of(path)] |= answers_of(ours, forests)
    return answers


def by_corpus(examples: Sequence[Example], corpora: Sequence[Path]) -> dict[str, dict[str, Answer]]:
    """The answers for each corpus, by address: every page read with forests fitted to the other corpora."""
    answers: dict[str, dict[str, Answer]] = {}
    for path in corpora:
        forests = fit([one for one in examples if one.corpus != name_of(path)]).forests()
        answers[name_of(path)] = answers_of(responses(path), forests)
    return answers


def kinds_by_host(corpora: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """How many pages of each kind become articles, and of how many: judged by trees fitted to other hosts' pages.

    The kinds are those that the gold values name, and the name of its corpus for a page that is an article.
    """
    gold = {page["url"]: page.get("kind") or name_of(path) for path in corpora for page in gold_of(path)}
    examples = [example for path in corpora for example in read_pages(path)]
    kept, all_pages = Counter[str](), Counter[str]()
    judge_once.cache_clear()
    for fold in range(FOLDS):
        fitted = fit_pages([one for one in examples if fold_of(one.host, FOLDS) != fold])
        judges = fitted.judges(tuple(examples[0].features))
        with patch("archive.extract.classifier.page_forest", lambda judges=judges: judges):
            for page in (page for path in corpora for page in responses(path)):
                if (kind := gold.get(page.capture.url)) and fold_of(host(page.capture.url), FOLDS) == fold:
                    all_pages[kind] += 1
                    kept[kind] += isinstance(derive(page).result, Extraction)
    return {kind: (kept[kind], pages) for kind, pages in all_pages.items()}


def answers_of(pages: Iterable[Response], forests: tuple[Forest, Forest]) -> dict[str, Answer]:
    """What extraction says of pages, each read with the template that all pages of its host give."""
    by_source: defaultdict[str, list[Response]] = defaultdict(list)
    for page in pages:
        by_source[page.capture.source].append(page)
    answers: dict[str, Answer] = {}
    judge_once.cache_clear()
    with patch("archive.extract.classifier.forests", lambda: forests):
        for group in by_source.values():
            builder = TemplateBuilder()
            for page in group:
                learn(builder, derive(page).sample, page.capture.fetched_at)
            template = builder.template()
            for page in group:
                result = derive(page, template).result
                if isinstance(result, Extraction):
                    answers[page.capture.url] = Answer(result.text, result.title, result.published_at, result.authors)
    return answers
