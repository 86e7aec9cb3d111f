"""The tables of what each source can be expected to do and of what is wrong with it, and their indexes."""

from __future__ import annotations

HEALTH = """
create table if not exists contracts (
    source text primary key, releases integer not null, usual_days real, longest_days real, silent_after real,
    articles real, titled real, dated real, words integer, checked_at text not null
);
create table if not exists health (
    source text not null, kind text not null, about text not null default '', since text not null,
    words text not null, advice text not null, primary key (source, kind, about)
);
create index if not exists captures_pages on captures (source, fetched_at desc) where kind = 'page' and revisit = 0;
create index if not exists captures_robots on captures (source, fetched_at desc) where kind = 'robots';
"""
