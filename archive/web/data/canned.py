"""Ready-made queries in SQL."""

from __future__ import annotations

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
