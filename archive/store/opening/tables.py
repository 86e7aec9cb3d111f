"""The tables that a new archive begins with, as SQL; `archive.store.schema` has the migrations that add to them."""

RECORD = """
create table sources (
    name text primary key, title text, url text, state text not null default 'watched',
    last_crawl text, last_ok text, last_error text, failures integer not null default 0,
    health text not null default '', health_since text, validators_false_at text
);
create table articles (
    id integer primary key,
    source text not null, url text not null, title text not null, subtitle text not null default '',
    text text not null, published_at text, published_day text, modified_at text,
    authors text not null default '[]', language text, section text, tags text not null default '[]',
    image text, image_caption text, dateline text, issuer text, attribution text, embargo_until text,
    contacts text not null default '[]', photo_credits text not null default '[]', about text not null default '[]',
    notes text, tickers text not null default '[]', reference text, origins text not null default '{}',
    word_count integer not null, first_seen text not null, last_seen text not null, last_checked text not null,
    changed_at text not null, last_outcome text not null default 'read',
    status text not null default 'live', revisions integer not null default 1, capture_id integer not null,
    story_id integer, extractor text not null default '', missing_since text, unconfirmed integer, moved_to integer
);
create index articles_newest on articles (published_day desc, first_seen desc);
create index articles_source on articles (source, published_day desc, first_seen desc);
create index articles_url on articles (url);
create index articles_story on articles (story_id) where story_id is not null;
create index articles_extractor on articles (source, extractor);
create index articles_moved on articles (moved_to) where moved_to is not null;
create table revisions (
    article_id integer not null references articles (id), n integer not null, fetched_at text not null,
    capture_id integer not null references captures (id), title text not null, text text not null,
    severity text not null, kinds text not null default '', silent integer, summary text not null default '',
    primary key (article_id, n)
);
create table captures (
    id integer primary key,
    article_id integer references articles (id), source text not null, url text not null, final_url text not null,
    key text not null, final_key text, article_key text, kind text not null,
    fetched_at text not null, status integer not null, digest text not null,
    revisit integer not null default 0,
    warc_file text not null, warc_offset integer not null, warc_length integer not null,
    page_kind text not null default '', note text not null default '', link text,
    text_mark integer, title_mark integer, truncated text not null default '', stated_at text
);
create index captures_place on captures (warc_file, warc_offset);
create index captures_article on captures (article_id, fetched_at);
create index captures_url on captures (url, fetched_at);
create index captures_answered on captures (final_url, fetched_at);
create index captures_key on captures (source, key, fetched_at);
create index captures_final on captures (source, final_key, fetched_at) where final_key is not null;
create index captures_canonical on captures (source, article_key, fetched_at) where article_key is not null;
create index captures_newest on captures (fetched_at desc);
create index captures_text on captures (source, text_mark, fetched_at) where text_mark is not null;
create index captures_title on captures (source, title_mark) where title_mark is not null;
create index captures_probes on captures (source, fetched_at) where kind = 'probe';
create table removed (
    article_id integer not null references articles (id), position integer not null, text text not null,
    why text not null, boilerplate_id integer,
    primary key (article_id, position)
);
create table boilerplate (
    id integer primary key, source text not null, fingerprint integer not null, text text not null,
    documents integer not null, first_seen text, last_seen text, why text not null,
    state text not null default 'active', unique (source, fingerprint)
);
create table events (
    at text not null, source text not null, article_id integer, url text, kind text not null,
    detail text not null default '', capture_id integer, confirmed_by integer
);
create index events_newest on events (at desc);
create index events_article on events (article_id, at);
create index events_kind on events (kind, at desc);
create index events_source on events (source, kind, at desc);
create table stories (
    id integer primary key, title text not null, origin_id integer not null, first_at text not null,
    articles integer not null, sources integer not null
);
create table story_articles (
    article_id integer primary key references articles (id), story_id integer not null,
    origin_id integer not null, via_id integer, share real not null, kept real not null,
    delay_seconds integer not null
);
create index story_articles_story on story_articles (story_id, delay_seconds);
create table runs (
    id integer primary key, source text not null, started_at text not null, finished_at text, outcome text,
    requests integer not null default 0, captures integer not null default 0, articles integer not null default 0,
    edited integer not null default 0, gone integer not null default 0, errors integer not null default 0,
    message text not null default ''
);
create index runs_source on runs (source, started_at desc);
"""
"""What docs/sql.md documents: the columns keep their names and meaning."""

MEMORY = """
create table urls (
    source text not null, key text not null, url text not null, article_id integer,
    state text not null, reason text not null default '',
    title text not null default '', published text not null default '', modified text not null default '',
    via text not null default '',
    etag text not null default '', last_modified text not null default '', digest text not null default '',
    captured_at text, read_at text, first_seen text not null, last_checked text, changed_at text, next_check text,
    failures integer not null default 0, named_at text, tries integer not null default 0, full_at text,
    claimed_at text, false_claims integer not null default 0,
    primary key (source, key)
) without rowid;
create index urls_due on urls (source, next_check) where next_check is not null;
create index urls_pending on urls (source, first_seen) where state = 'pending';
create index urls_article on urls (article_id) where article_id is not null;
create index urls_failed on urls (source, last_checked) where failures > 0;
create index urls_reason on urls (source, reason, state) where reason <> '';
create table documents (
    source text not null, url text not null, kind text not null, etag text not null default '',
    last_modified text not null default '', digest text not null default '', complete integer not null default 0,
    links integer not null default 0, fetched_at text, full_at text, note text not null default '',
    problem text not null default '', offered_at text, root integer not null default 0,
    watched integer not null default 1,
    primary key (source, url)
) without rowid;
create table walk_pages (
    source text not null, key text not null, url text not null, kind text not null, way text not null default '',
    family text not null default '', state text not null, n integer not null,
    primary key (source, key)
) without rowid;
create table backfills (
    source text primary key, began_at text not null, finished_at text, found integer not null default 0,
    expected integer not null default 0, reached text not null default '', coverage text not null default ''
) without rowid;
create table hosts (
    host text primary key, rest_until text, refused_at text, refusals integer not null default 0,
    reason text not null default '', answered_at text
) without rowid;
create table templates (
    source text primary key, template blob not null,
    new_pages integer not null, table_current integer not null, pages integer not null
);
create table template_pages (
    source text not null, page integer not null, sample blob not null, primary key (source, page)
);
create table block_index (
    fingerprint integer not null, capture_id integer not null, primary key (fingerprint, capture_id)
) without rowid;
create table reextract_queue (id integer primary key, stamp integer not null);
create index reextract_queue_order on reextract_queue (stamp);
create table readings (
    id integer primary key, capture_id integer not null unique, extractor text not null, verdicts blob not null,
    content blob not null
);
create table unread (
    capture_id integer primary key, kind text not null, reason text not null, since text not null,
    tries integer not null, next_try text not null, extractor text not null
);
create index unread_due on unread (next_try);
create table article_state (article_id integer primary key, memory text not null);
create table soft404_samples (
    capture_id integer primary key references captures (id), source text not null, at text not null,
    title text not null, text text not null
);
create index soft404_samples_source on soft404_samples (source, at);
create table minhashes (
    article_id integer primary key, sort_key integer not null, bands blob not null, via_id integer,
    root_id integer not null
);
create index minhashes_via on minhashes (via_id) where via_id is not null;
create index minhashes_root on minhashes (root_id);
create table minhash_bands (
    band integer not null, sort_key integer not null, article_id integer not null,
    primary key (band, sort_key, article_id)
) without rowid;
create table similar_articles (
    later_id integer not null, earlier_id integer not null, near integer not null, resemblance real not null,
    primary key (later_id, earlier_id)
) without rowid;
create index similar_articles_earlier on similar_articles (earlier_id);
create table story_queue (article_id integer primary key);
"""
"""What Dateline needs to go on; it may change."""
