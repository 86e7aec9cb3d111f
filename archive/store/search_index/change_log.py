"""The newest changes, in the order in which they were stored, each with its event in one transaction.

Alerts are found there.

Row 0 names the log, because another database counts anew. A source is unwell when two crawls in a row say so. What is
older than a month is no news, and the log keeps its newest 200,000 rows.
"""

from __future__ import annotations

SCHEMA = """
create table change_log (
    n integer primary key, kind text not null, source text not null, article_id integer, capture_id integer,
    at text not null
);
insert into change_log values (0, 'log', lower(hex(randomblob(8))), null, null, '');
create trigger event_logged after insert on events
when new.kind in ('new', 'edited', 'gone') and new.article_id is not null
    and new.at > strftime('%Y-%m-%dT%H:%M:%S', 'now', '-30 days') begin
    insert into change_log (kind, source, article_id, capture_id, at)
        values (new.kind, new.source, new.article_id, new.capture_id, new.at);
    delete from change_log where n > 0 and n <= (select max(n) from change_log) - 200000;
end;
create trigger source_unwell after update of health on sources
when new.health <> '' and old.health <> '' and new.state = 'watched'
    and new.health_since > strftime('%Y-%m-%dT%H:%M:%S', 'now', '-30 days') begin
    insert into change_log (kind, source, at) values ('unwell', new.name, new.health_since);
end;
"""
