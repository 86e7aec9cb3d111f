"""The tables of what most pages of a source changed at one time, and of when most had another page in their place."""

from __future__ import annotations

MASS_CHANGES = """
create table seen_changes (
    source text not null, key integer not null, until text not null, article_id integer not null, since text not null,
    primary key (source, key, until, article_id)
) without rowid;
create index seen_changes_article on seen_changes (source, article_id);
create table mass_changes (
    source text not null, key integer not null, at text not null, pages integer not null,
    primary key (source, key, at)
) without rowid;
"""

MASS_ABSENCES = """
create table mass_absences (
    source text not null, at text not null, until text not null, absent integer not null, present integer not null,
    back text not null, primary key (source, at)
) without rowid;
insert or ignore into reextract_queue
    select id, 1 from articles where missing_since is not null
    union select article_id, 1 from events where kind in ('missing', 'returned') and article_id is not null;
"""
"""With the articles that have been missing: what they showed is to be known too."""
