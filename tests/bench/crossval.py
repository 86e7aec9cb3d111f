"""How good the method is on sites that it was not fitted to: `make quality` prints it.

Two ways of leaving data out, each through the whole extraction (metadata, blocks, forests, templates of the source,
cleaning, page kind): cross-validation by host in five folds, and leaving one whole corpus out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from unittest.mock import patch

from archive.boilerplate.template import TemplateBuilder, learn
from archive.core.model import Extraction, Response
from archive.core.urls import host
from archive.extract.classifier import Forest
from archive.extract.extract import derive, judge_once
from tests.bench.corpora import name_of, responses
from tests.bench.examples import Example, fold_of
from tests.bench.fit import fit
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
