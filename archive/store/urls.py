"""How captures change the rows of `urls`: which article an address leads to, and when it is checked again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.core.ids import article_number
from archive.core.model import Capture, Policy
from archive.core.urls import canonical, host
from archive.history.events import ArticleState, Outcome
from archive.history.recheck import is_same_look, next_check, next_try, within
from archive.store.frontier import MOST_FAILURES, TROUBLES, distrust, is_given_up, spread_of
from archive.store.rows import Row, asked_key, final_key, moment, moment_from, moment_or_none, storable
from archive.store.schema import Database
from archive.text.fingerprint import words

_USUAL = Policy()
_BROKEN_OFF = ("disconnect", "time")
"""Why an answer is not whole, where its host is to blame."""
_UNSEEN = {
    "article_id": None,
    "reason": "",
    "title": "",
    "published": "",
    "modified": "",
    "via": "",
    "etag": "",
    "last_modified": "",
    "digest": "",
    "captured_at": None,
    "read_at": None,
    "last_checked": None,
    "changed_at": None,
    "next_check": None,
    "failures": 0,
    "named_at": None,
    "tries": 0,
    "full_at": None,
    "claimed_at": None,
    "false_claims": 0,
}
_MOST_LED = 9
"""How often an address that leads to another article is asked again: over ten days."""

_UNASKED_304 = "answered 304 (not modified), although nothing was known of it"


@dataclass
class UrlTable:
    """Rows of `urls` that are read and changed in one transaction; `save` writes those that changed.

    `policies` say when a source's articles are checked again. `known` are rows that were read before, None for those
    that are not there; they count until the next `save`.
    """

    db: Database
    policies: Mapping[str, Policy] = field(default_factory=dict)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    known: dict[tuple[str, str], Row | None] = field(default_factory=dict)
    _plans: dict[int, tuple[str, ArticleState]] = field(default_factory=dict)
    _asked: set[int] = field(default_factory=set)

    def get(self, source: str, key: str) -> Row | None:
        """The row of an address; None if the address is unknown."""
        if (source, key) not in self.rows:
            if (source, key) in self.known:
                row = self.known[source, key]
                if row is not None:
                    self.rows[source, key] = row
                return row
            found = list(self.db.query("select * from urls where source = ? and key = ?", (source, key)))
            if not found:
                return None
            self.rows[source, key] = found[0]
        return self.rows[source, key]

    def read(self, capture: Capture, article_id: int, identity: str, url: str, title: str) -> None:
        """Record that an article was read: its addresses lead to it, unless a later capture says otherwise.

        The article is checked again at the address of its identity once that has answered, else where it answered last.
        An address that led to an article which it did not promise is asked again for some days: a host under
        maintenance leads all of them to one page.

        What a later capture said of the address stays: an article is read again from an old capture, too.
        """
        source, at, final = capture.source, moment(capture.fetched_at), final_key(capture)
        own = self.get(source, identity)
        lives_elsewhere = final != identity and own is not None and own["state"] == "article"
        for key in dict.fromkeys((asked_key(capture), identity, final)):
            row = self._row(source, key, capture, url if key == identity else "")
            if row["read_at"] and row["read_at"] > at:
                continue
            if row["state"] == "article" and row["article_id"] != article_id:
                self._check_at_its_own(source, row["article_id"], host(row["url"]), at)
            row.update(article_id=article_id, read_at=at)
            tries, checked = row["tries"], row["last_checked"]
            is_last_look = not checked or checked <= at
            if is_last_look:
                row.update(reason="", tries=0)
            if key == final and is_last_look:
                if _is_false(row, capture):
                    distrust(self.db, source, at)
                address = canonical(capture.url) or capture.url
                row.update(url=address, last_checked=at, captured_at=moment(capture.dated), full_at=None, failures=0)
                row.update(etag=capture.etag, last_modified=capture.last_modified, digest=capture.digest)
            here = key == identity if lives_elsewhere else key == final
            row.update(state="article" if here else "alias")
            if not here:
                row["next_check"] = None
            if is_last_look and key not in (final, identity) and not leads_right(row, capture.url, title):
                self._ask_again(row, capture.fetched_at, tries, checked)
        if final == identity:
            self._retire_others(article_id, identity)

    def other(self, capture: Capture, seen: Outcome, reason: str) -> None:
        """Record what a capture that is no reading of an article says about its address."""
        for key in dict.fromkeys((asked_key(capture), final_key(capture))):
            row = self._row(capture.source, key, capture)
            at = moment(capture.fetched_at)
            if row["last_checked"] and row["last_checked"] > at:
                continue
            if row["article_id"] is None:
                self._without_article(row, capture, seen, reason)
                continue
            if row["state"] == "alias" and row["next_check"] and seen != "hop":
                row["next_check"] = None
                if seen in ("blocked", "trouble"):
                    self._ask_again(row, capture.fetched_at, row["tries"], row["last_checked"])
            row.update(last_checked=at, reason="" if seen == "unchanged" else reason)
            row["failures"] = row["failures"] + 1 if seen in ("blocked", "trouble") else 0
            if seen == "unchanged":
                row["etag"] = capture.etag or row["etag"]
                row["last_modified"] = capture.last_modified or row["last_modified"]
                row["full_at"] = at if capture.status == 200 else row["full_at"]

    def unread(self, capture: Capture) -> None:
        """Forget the validators of a capture that is no reading any more, so that the same page is not "unchanged"."""
        for key in dict.fromkeys((asked_key(capture), final_key(capture))):
            row = self.get(capture.source, key)
            if row is not None and row["digest"] == capture.digest:
                row.update(etag="", last_modified="", digest="")

    def schedule(self, source: str, article_id: int, state: ArticleState) -> None:
        """Plan when an article's own address is checked again."""
        self.schedule_later(source, article_id, state)
        self.plan()

    def schedule_later(self, source: str, article_id: int, state: ArticleState) -> None:
        """The same, with the next `plan`, for many articles at once."""
        self._plans[article_id] = (source, state)

    def ask_at_once(self, article_id: int) -> None:
        """With the next `plan`, let an article be due whatever its age, because it may have moved."""
        self._asked.add(article_id)

    def plan(self) -> None:
        """Plan what `schedule_later` and `ask_at_once` were asked for.

        The addresses from which an article moved to one that is missing now are asked again: it may be back there.
        """
        if not (self._plans or self._asked):
            return
        self.save()
        rows = self.db.query(
            "select u.* from json_each(?) j cross join urls u on u.article_id = j.value and u.state = 'article'",
            (json.dumps(list(self._plans)),),
        )
        self.db.conn.executemany(
            "update urls set next_check = ?, changed_at = ?, claimed_at = null, false_claims = ?"
            " where source = ? and key = ?",
            [self._planned(row, *self._plans[row["article_id"]]) for row in rows],
        )
        self.db.conn.executemany(
            "update urls set next_check = last_checked where article_id = ?1 and state = 'alias' and url in"
            " (select url from articles indexed by articles_moved where moved_to = ?1 and status = 'moved')",
            [(number,) for number, (_, state) in sorted(self._plans.items()) if state.missing],
        )
        self.db.conn.executemany(
            "update urls set next_check = last_checked where article_id = ? and state = 'article' and failures = 0",
            [(number,) for number in sorted(self._asked)],
        )
        self._plans.clear()
        self._asked.clear()

    def _planned(self, row: Row, source: str, state: ArticleState) -> tuple[str, str, int, str, str]:
        policy = self.policies.get(source, _USUAL)
        # The last check of this address, not of the article: a clock that was ahead must not delay the next one.
        checked = moment_from(row["last_checked"] or state.last_checked)
        changed_at = min(moment_from(state.changed_at), checked) if state.revisions > 1 else None
        again = next_check(
            checked,
            min(_published(state), checked),
            policy,
            changed_at=changed_at,
            failures=row["failures"],
            within=within(state, policy),
            spread=spread_of(row["key"]),
        )
        false_claims = row["false_claims"]
        if row["claimed_at"] and checked >= moment_from(row["claimed_at"]):
            is_true = state.pending is not None or state.changed_at >= row["claimed_at"]
            false_claims = 0 if is_true else false_claims + 1
        return moment(again), state.changed_at, false_claims, source, row["key"]

    def save(self) -> None:
        """Write the rows that changed since the last call."""
        self.known = {}
        if self.rows:
            names = list(next(iter(self.rows.values())))
            self.db.conn.executemany(
                f"insert or replace into urls ({', '.join(names)}) values ({', '.join('?' * len(names))})",
                [[storable(row[name]) for name in names] for row in self.rows.values()],
            )
            self.rows.clear()

    def _row(self, source: str, key: str, capture: Capture, url: str = "") -> Row:
        row = self.get(source, key)
        if row is None:
            asked = key == asked_key(capture)
            address = url or (capture.asked if asked and capture.asked else canonical(capture.url) or capture.url)
            row = {"source": source, "key": key, "url": address, "state": "pending", **_UNSEEN}
            row["first_seen"] = moment(capture.fetched_at)
            if capture.link:
                row.update(title=capture.link.title, published=capture.link.published, via=capture.link.via)
                row["modified"] = capture.link.modified
            self.rows[source, key] = row
        return row

    def _without_article(self, row: Row, capture: Capture, seen: Outcome, reason: str) -> None:
        """Plan when an address that leads to no article is requested again (`archive.store.frontier`)."""
        at, checked = capture.fetched_at, row["last_checked"]
        again = not is_same_look(moment_or_none(checked), at)
        row["last_checked"] = moment(at)
        if capture.kind not in ("page", "redirect"):
            row.update(state="rejected", reason=reason, next_check=None)
            return
        if seen == "unchanged":  # the same as before, or 304 where nothing was known
            reason = row["reason"] or _UNASKED_304
        row["reason"] = reason
        if seen in ("blocked", "trouble") and row["state"] == "pending":
            row["failures"] += again or not row["failures"]
            earlier = row | {"last_checked": checked}
            if row["failures"] < MOST_FAILURES or not is_given_up(self.db, earlier, row["failures"]):
                again_at = next_check(at, at, failures=row["failures"], spread=spread_of(row["key"]))
                row["next_check"] = moment(again_at)
                return
        if seen == "gone" or reason == _UNASKED_304:
            row["state"] = "gone"
        elif seen in ("blocked", "trouble") or capture.truncated in _BROKEN_OFF:
            row["state"] = "dropped"
        elif seen != "unchanged":
            row["state"] = "rejected"
        row["tries"] += again or not row["tries"]
        then = next_try(at, row["tries"], TROUBLES.get(row["state"], "missing"), spread_of(row["key"]))
        row["next_check"] = moment(then)

    def _ask_again(self, row: Row, at: datetime, tries: int, checked: str | None) -> None:
        """Plan when an address that led to another article is requested again; not any more after some days."""
        row["tries"] = tries + (not tries or not is_same_look(moment_or_none(checked), at))
        row["last_checked"] = moment(at)
        if row["tries"] <= _MOST_LED:
            row["next_check"] = moment(next_try(at, row["tries"], "missing", spread_of(row["key"])))

    def _check_at_its_own(self, source: str, article_id: int, lost: str, at: str) -> None:
        """Let an article be checked at the address of its identity, where that one of the host `lost` at which it was
        checked leads to another article now."""
        stored = self.db.execute("select key from urls where source = ? and article_id = ?", (source, article_id))
        keys = {*(key for (key,) in stored.fetchall()), *(key for at, key in self.rows if at == source)}
        own = next((key for key in keys if article_number(source, key) == article_id), None)
        row = self.get(source, own) if own else None
        if row and row["article_id"] == article_id and row["state"] == "alias" and host(row["url"]) == lost:
            row.update(state="article", last_checked=row["last_checked"] or row["read_at"], next_check=at)

    def _retire_others(self, article_id: int, identity: str) -> None:
        stored = self.db.execute(
            "select source, key from urls where article_id = ? and state = 'article'", (article_id,)
        ).fetchall()
        here = [pair for pair, row in self.rows.items() if row["article_id"] == article_id]
        for source, key in {*stored, *here}:
            row = self.get(source, key)
            if row and row["article_id"] == article_id and row["key"] != identity and row["state"] == "article":
                row.update(state="alias", next_check=None)


def leads_right(row: Row, url: str, title: str) -> bool:
    """Whether an address leads where it promised to: by the title of the link to it, else by the words of its own name.

    The article that is there has its title, or its address the same words.
    """
    promised = set(words(row["title"])) or set(_name_of(row["url"]))
    there = {*words(title), *_name_of(url)}
    return 2 * len(promised & there) >= max(len(promised), 2)


def _name_of(url: str) -> tuple[str, ...]:
    """The words of the last part of an address, without numbers."""
    return tuple(word for word in words(unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]) if word.isalpha())


def _is_false(row: Row, capture: Capture) -> bool:
    """Whether a page has other bytes than before under the same validator: a conditional request would have missed it.

    If there is an ETag it counts, else Last-Modified (RFC 9110, section 13.1.3).
    """
    known, now = (row["etag"], capture.etag) if capture.etag else (row["last_modified"], capture.last_modified)
    changed = bool(row["digest"]) and row["digest"] != capture.digest and not capture.truncated
    return bool(now) and known == now and changed


def plan_again(db: Database, policies: Mapping[str, Policy]) -> None:
    """Plan the checks of sources anew whose ages of checks are not those of the last call.

    Where something waits to be seen again, or an address fails, a check is only brought forward. A source that is
    seen for the first time is planned as it is.
    """
    known = {row["source"]: row["ages"] for row in db.query("select source, ages from check_policies")}
    for source, policy in policies.items():
        ages = " ".join(str(int(age.total_seconds())) for age in (*policy.ages, policy.then))
        if known.get(source) == ages:
            continue
        db.execute("insert or replace into check_policies (source, ages) values (?, ?)", (source, ages))
        if source in known:
            _plan_source(db, source, policy)


def _plan_source(db: Database, source: str, policy: Policy) -> None:
    planned = list(
        db.query(
            "select u.key, u.last_checked, u.changed_at, u.failures, u.next_check, a.first_seen, a.published_at,"
            " a.status = 'live' and a.missing_since is null and not coalesce(a.unconfirmed, 0) as is_settled"
            " from urls u join articles a on a.id = u.article_id"
            " where u.source = ? and u.state = 'article' and u.last_checked is not null and u.next_check is not null",
            (source,),
        )
    )
    for row in planned:
        checked = moment_from(row["last_checked"])
        again = next_check(
            checked,
            min(_began(row["first_seen"], row["published_at"] or ""), checked),
            policy,
            changed_at=moment_from(row["changed_at"]) if row["changed_at"] != row["first_seen"] else None,
            failures=row["failures"],
            spread=spread_of(row["key"]),
        )
        following = moment(again) if row["is_settled"] else min(moment(again), row["next_check"])
        db.execute("update urls set next_check = ? where source = ? and key = ?", (following, source, row["key"]))


def _published(state: ArticleState) -> datetime:
    return _began(state.first_seen, state.extraction.published_at)


def _began(first: str, stated: str) -> datetime:
    """When an article's age starts: at its publication if that is known and past, else when it was first seen."""
    first_seen = moment_from(first)
    try:
        published = datetime.fromisoformat(stated)
    except ValueError:
        return first_seen
    return min(first_seen, published if published.tzinfo else published.replace(tzinfo=UTC))


def address_columns(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """The keys of all addresses in a row of `captures`: requested, answered, and the article's own."""
    return row["key"], row["final_key"] or row["key"], row["article_key"] or row["final_key"] or row["key"]
