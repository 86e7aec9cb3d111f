"""The tables of what most pages of a source changed at one time."""

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
