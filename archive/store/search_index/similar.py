"""Articles that say much the same as one: found by the words that it is told apart by. Pure: SQL, and what to ask next.

A text is told apart by the words that it says often and few others do. Words are weighed by TF-IDF (Spärck Jones, A
statistical interpretation of term specificity, 1972) and chosen as Lucene's MoreLikeThis chooses them: the heaviest
few, none that is in one text alone, none that is in very many. First `candidates` names the words of the article; then
`counts` says in how many articles each is, no further than a bound; `choose` chooses; `alike` adds up what the chosen
words weigh in each article. So the work has a bound, whatever the size of the archive.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping

from archive.store.search_index.query import Statement
from archive.text.fulltext import word_queries

READ = 4_000
"""Characters of a text that its words are taken from."""

TITLE_WEIGHT = 3
"""How often a word of the title counts."""

CANDIDATES = 150
"""Words that are weighed: the most frequent ones of the text."""

COUNTED = 1_000
"""Articles that a word is counted in, at most. A word in more of them tells little."""

CHOSEN = 12
"""Words that are chosen."""

FOUND = 4_000
"""Articles that all chosen words together are in, at most: each of them is ranked."""

RANKED = 100
"""The best matches whose length is looked at."""

_LENGTH = "(1.3 + 0.9 * a.word_count / 400)"
"""What a long text's weight is divided by, since it has more words by chance: as BM25 does it for words that are said
once (k1 = 1.2, b = 0.75, a usual text of 400 words)."""

TOTAL = Statement("select coalesce(sum(articles), 0) from search_groups", {})
"""How many articles there are."""


def candidates(title: str, text: str) -> dict[str, int]:
    """Full-text expressions of the words of a text, with how often each is said; the most frequent ones."""
    said = Counter(word_queries(text[:READ]))
    for word in word_queries(title):
        said[word] += TITLE_WEIGHT
    return dict(said.most_common(CANDIDATES))


def choose(said: Mapping[str, int], articles: Mapping[str, int], total: int) -> dict[str, float]:
    """The expressions that articles like this one are found by, the heaviest first, with what each weighs.

    `said` is what `candidates` gave, `articles` in how many articles each is (counted no further than COUNTED + 1),
    `total` how many articles there are.
    """
    weights = {
        word: (1 + math.log(times)) * math.log(total / articles[word])
        for word, times in said.items()
        if 2 <= articles.get(word, 0) <= min(COUNTED, total - 1)
    }
    chosen: dict[str, float] = {}
    found = 0
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        if len(chosen) == CHOSEN:
            break
        if found + articles[word] <= FOUND:
            chosen[word] = weights[word]
            found += articles[word]
    return chosen


def of_article(article: int) -> Statement:
    """The title, text and story of an article."""
    return Statement("select title, text, story_id from articles where id = :article", {"article": article})


def counts(expressions: Iterable[str]) -> Statement:
    """Each of these expressions with the number of articles that have it, COUNTED + 1 at most."""
    sql = (
        "select t.value, (select count(*) from"
        " (select 1 from search_fts where search_fts match t.value limit :most)) from json_each(:terms) t"
    )
    return Statement(sql, {"terms": json.dumps([*expressions]), "most": COUNTED + 1})


def alike(chosen: Mapping[str, float], article: int, story: int | None, limit: int) -> Statement:
    """The articles with most of what these expressions weigh, the best first, each with how many of them it has.

    The article itself is left out, and so are those that carry its text: of its story, or the same text of its source.
    One word alone makes no likeness if there are more.
    """
    sql = f"""
        select p.article_id, f.shared from (
            select search_fts.rowid as place, count(*) as shared, sum(json_extract(t.value, '$[1]')) as weight
            from json_each(:terms) t cross join search_fts where search_fts match json_extract(t.value, '$[0]')
            group by 1 having shared >= :fewest order by weight desc, place desc limit {RANKED}
        ) f cross join search_places p on p.place = f.place cross join articles a on a.id = p.article_id
        where a.id <> :article and a.story_id is not :story
        and not exists (
            select 1 from similar_articles where (later_id, earlier_id) in ((a.id, :article), (:article, a.id))
        ) order by f.weight / {_LENGTH} desc, f.place desc limit :limit
    """
    values = {
        "terms": json.dumps([*chosen.items()]),
        "article": article,
        "story": -1 if story is None else story,
        "fewest": min(2, len(chosen)),
        "limit": limit,
    }
    return Statement(sql, values)
