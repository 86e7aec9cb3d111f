"""What Datasette shows of the archive: ready-made queries in SQL, and what the tables and columns mean."""

from __future__ import annotations

from typing import Any

_THIS_MONTH = "strftime('%Y-%m', 'now')"

CANNED: dict[str, dict[str, str]] = {
    "edits_this_month": {
        "title": "Edits this month",
        "description": "Releases whose words changed this month, with what changed.",
        "sql": f"""select r.fetched_at, a.source, a.id as article_id, a.title, r.severity, r.silent, r.summary
from revisions r join articles a on a.id = r.article_id
where r.n > 1 and r.fetched_at >= {_THIS_MONTH}
order by r.fetched_at desc""",
    },
    "silent_edits": {
        "title": "Silent edits",
        "description": "Edits that matter, made without a new date or a word about it on the page.",
        "sql": """select r.fetched_at, a.source, a.id as article_id, a.title, r.severity, r.summary
from revisions r join articles a on a.id = r.article_id
where r.silent = 1 and r.severity not in ('first', 'cosmetic')
order by r.fetched_at desc""",
    },
    "taken_down": {
        "title": "Taken down",
        "description": "Releases that are no longer where they were, the latest first.",
        "sql": """select last_checked, source, id as article_id, title, published_day, url
from articles where status = 'gone'
order by last_checked desc""",
    },
    "releases_by_source_and_month": {
        "title": "Releases by source and month",
        "description": "How much each institution publishes.",
        "sql": """select substr(published_day, 1, 7) as month, source, count(*) as releases
from articles indexed by articles_source
where published_day is not null
group by source, month
order by month desc, releases desc""",
    },
    "headlines_changed": {
        "title": "Headlines changed",
        "description": "What a headline said before and after.",
        "sql": """select r.fetched_at, a.source, a.id as article_id, before.title as said, r.title as says
from revisions r
join revisions before on before.article_id = r.article_id and before.n = r.n - 1
join articles a on a.id = r.article_id
where r.severity = 'headline'
order by r.fetched_at desc""",
    },
    "longest_releases": {
        "title": "Longest releases",
        "description": "By words of clean text.",
        "sql": """select word_count, source, id as article_id, title, published_day
from articles order by word_count desc""",
    },
    "media_contacts": {
        "title": "Media contacts",
        "description": "Who speaks for whom: every contact that releases name, with how often and until when.",
        "sql": """select json_extract(c.value, '$.name') as name, json_extract(c.value, '$.role') as role,
    json_extract(c.value, '$.email') as email, json_extract(c.value, '$.phone') as phone,
    a.source, count(*) as releases, max(a.published_day) as latest
from articles a, json_each(a.contacts) c
group by 1, 2, 3, 4, a.source
order by releases desc, latest desc""",
    },
    "same_story": {
        "title": "The same story",
        "description": "Stories that more than one release carries, and who had them first.",
        "sql": """select s.first_at, s.articles, s.sources, s.title, a.source as first_source, s.origin_id as article_id
from stories s left join articles a on a.id = s.origin_id
where s.articles > 1
order by s.sources desc, s.articles desc""",
    },
    "republished": {
        "title": "Who republishes whom",
        "description": "Sources that carry another's text: how often, how much of it, and how long after.",
        "sql": """select o.source as first_source, a.source as republished_by, count(*) as articles,
    round(avg(t.kept), 2) as of_the_text, round(avg(t.delay_seconds) / 3600.0, 1) as hours_later
from story_articles t join articles a on a.id = t.article_id join articles o on o.id = t.origin_id
where a.source <> o.source
group by 1, 2
order by articles desc""",
    },
    "full_text": {
        "title": "Full text",
        "description": "Releases that contain your words; quotes keep a phrase together.",
        "sql": """select a.id as article_id, a.published_day, a.source, a.title
from articles_fts join articles a on a.id = articles_fts.rowid
where articles_fts match dateline_query(:words)
order by a.published_day desc""",
    },
    "pages_not_kept": {
        "title": "Pages that did not become articles",
        "description": "Every page that was fetched or refused and left out, with the reason.",
        "sql": """select reason, source, count(*) as pages, max(last_checked) as latest, min(url) as for_example
from urls where reason <> ''
group by source, reason
order by pages desc""",
    },
    "boilerplate_learned": {
        "title": "Boilerplate learned",
        "description": "What Dateline considers site boilerplate, and on how many pages it stood.",
        "sql": """select source, documents, why, state, text, first_seen, last_seen
from boilerplate order by source, documents desc""",
    },
    "busiest_hours": {
        "title": "Busiest hours",
        "description": "When each institution publishes, by the hour of its own clock.",
        "sql": """select source, substr(published_at, 12, 2) as hour, count(*) as releases
from articles where length(published_at) > 10
group by source, hour
order by source, hour""",
    },
}

_COLUMNS: dict[str, dict[str, str]] = {
    "articles": {
        "text": "The clean text: paragraphs, joined by a blank line",
        "published_at": "As the page states it, ISO 8601, with its own offset where one was given",
        "published_day": "The day of publication, for sorting",
        "status": "live, gone, moved or blocked",
        "revisions": "How many versions of the text are kept",
        "origins": "Where each field's value was found",
        "story_id": "Releases that carry the same story share it",
    },
    "revisions": {
        "severity": "first, cosmetic, minor, major, headline or date",
        "silent": "1 when the page states when it was modified and that did not change; null when it states no date",
    },
    "captures": {
        "url": "The address as asked",
        "final_url": "The address that answered, after redirects",
        "digest": "SHA-1 of the payload",
        "stated_at": "The date in its WARC record, where the clock was ahead when it was written; else null",
        "revisit": "1 when the page was unchanged and only its headers were kept",
    },
    "stories": {
        "origin_id": "The article that was published first, as far as the pages say",
        "first_at": "When that was",
        "articles": "How many articles carry the text",
        "sources": "How many sources they are of",
    },
    "story_articles": {
        "origin_id": "The story's first article, with which this one is compared",
        "via_id": "The earlier article that it is most like",
        "share": "How much of its own text is that of the first, 0 to 1",
        "kept": "How much of the first's text it has, 0 to 1",
        "delay_seconds": "How long after the first; a page that states only a day counts from its midnight in UTC",
    },
}
TABLES = {
    "articles": "Releases: clean text and what is known of each.",
    "revisions": "Every version of a release's text that was seen.",
    "captures": "Every page as it was served, and where it lies in the WARC files.",
    "events": "What happened: published, edited, taken down, back online.",
    "removed": "Passages that cleaning took out of a release, and why.",
    "boilerplate": "Text that a source repeats on its pages.",
    "sources": "The newsrooms watched, and how crawling them goes.",
    "runs": "Every crawl of a source.",
    "stories": "Texts that more than one source published, and who had each first.",
    "story_articles": "Who carries a story's text, how much of it, and how long after the first.",
    "urls": "Every address ever met: what became of it, and why.",
    "documents": "Feeds, sitemaps and listings that lead to releases.",
}
"""The tables that a visitor is shown; all others are Dateline's memory."""

_SORTED = {"articles": "published_day", "revisions": "fetched_at", "captures": "fetched_at", "events": "at"}


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata: titles, descriptions and sort orders."""
    tables: dict[str, dict[str, Any]] = {
        name: {"description": text, "columns": _COLUMNS.get(name, {})} for name, text in TABLES.items()
    }
    for name, column in _SORTED.items():
        tables[name]["sort_desc"] = column
    tables["articles"] |= {"fts_table": "articles_fts", "fts_pk": "id", "label_column": "title"}
    description = "Press releases as they were published, edited and taken down. Read-only; ask it anything in SQL."
    return {"title": "Dateline", "databases": {database: {"description": description, "tables": tables}}}
