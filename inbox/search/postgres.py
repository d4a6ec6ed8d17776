"""Words in PostgreSQL: a narrow table beside the messages, with a GIN index.

Each row holds the words as they stand ("simple") and their German stems. The index also
knows in which stretch of ids a message lies, so that "the newest 20" of a word are looked for
among the newest messages first, and the cost does not grow with history.

Where to look depends on how common a word is, which nothing tells beforehand. So a statement
has several steps, and each looks only where those before it found too little. It is planned
once for each connection: planning takes longer than finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import psycopg
from django.db import connection

from inbox.search.store import ContactWords, MessageWords
from inbox.search.words import MIN_PREFIX, Query

Param = str | list[int] | list[str]
WORDS = "array_to_tsvector(string_to_array(words, ' ')) || strip(to_tsvector('german', words))"
PUT_MESSAGES = f"""
    INSERT INTO inbox_message_words (message_id, channel_id, words)
    SELECT message_id, channel_id, {WORDS}
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS t (message_id, channel_id, words)
    ORDER BY message_id
    ON CONFLICT (message_id) DO UPDATE
    SET channel_id = excluded.channel_id, words = excluded.words
"""  # noqa: S608
PUT_CONTACTS = """
    INSERT INTO inbox_contact_words (contact_id, words)
    SELECT contact_id, array_to_tsvector(string_to_array(words, ' '))
    FROM unnest(%s::bigint[], %s::text[]) AS t (contact_id, words)
    ORDER BY contact_id
    ON CONFLICT (contact_id) DO UPDATE SET words = excluded.words
"""


class Step(NamedTuple):
    """A part of the table, and when it is worth a look at all."""

    name: str
    latest: int = 0  # so many of the newest ids, read one by one; 0: by the words' index
    where: str = "true"


NEWEST = "(SELECT id FROM newest)"
# The same expression as in the index (migration 0002): stretches of 2^16 ids as they are,
# of 2^20 ids as complement, so that both fit one array.
STRETCHES = "ARRAY[message_id >> 16, ~(message_id >> 20)]"
# What is common has at least two among the newest 512, and so enough among the newest 4096.
# Reading these costs less than gathering the many places of a common word from the index.
READ = (
    Step("tasted", latest=512),
    Step("read", latest=4096, where="(SELECT count(*) FROM tasted) > 1"),
)
MESSAGE_STEPS = (
    *READ,
    Step("near", where=f"{STRETCHES} && ARRAY[{NEWEST} >> 16, ({NEWEST} >> 16) - 1]"),
    # A desk with fewer messages than two such stretches looks everywhere at once.
    Step(
        "far",
        where=f"{NEWEST} >> 21 > 0"
        f" AND {STRETCHES} && ARRAY[~({NEWEST} >> 20), ~(({NEWEST} >> 20) - 1)]",
    ),
    Step("everywhere"),
)
CONTACT_STEPS = (*READ, Step("everywhere"))
TERM = "(%s::tsquery || plainto_tsquery('german', %s))"
# So short a beginning matches so much that it is cheaper to check it at what the other words
# found than to gather it from the index.
SHORT_PREFIX = 4


def put_messages(rows: Sequence[MessageWords]) -> None:
    ids = [row.message_id for row in rows]
    channels = [row.channel_id for row in rows]
    _execute(PUT_MESSAGES, [ids, channels, [" ".join(row.words) for row in rows]])


def drop_messages(ids: Sequence[int]) -> None:
    _execute("DELETE FROM inbox_message_words WHERE message_id = ANY(%s)", [list(ids)])


def put_contacts(rows: Sequence[ContactWords]) -> None:
    ids = [row.contact_id for row in rows]
    _execute(PUT_CONTACTS, [ids, [" ".join(row.words) for row in rows]])


def drop_contacts(ids: Sequence[int]) -> None:
    _execute("DELETE FROM inbox_contact_words WHERE contact_id = ANY(%s)", [list(ids)])


def find_messages(query: Query, hidden: Sequence[int], limit: int) -> list[int]:
    *whole, last = query.either
    params: list[Param] = [list(hidden)]
    for spellings in whole:
        params += [_any(spellings), spellings[0]]
    params += [_any(last, ":*" if len(last[0]) >= MIN_PREFIX else ""), last[0]]
    if query.written:
        params.append(_any(query.written, ":*"))
    is_checked = bool(whole) and len(last[0]) <= SHORT_PREFIX and not query.written
    sql = _messages_sql(len(whole), is_checked, bool(query.written), limit)
    return _ids(sql, params)


def find_contacts(query: Query, hidden: Sequence[int], limit: int) -> list[int]:
    *whole, last = query.either
    begins = "" if query.last_only else ":*"
    terms = " & ".join(
        f"({term})" for term in [*[_any(its, begins) for its in whole], _any(last, ":*")]
    )
    if query.phone:
        terms = f"'{query.phone}':* | ({terms})"
    return _ids(_contacts_sql(bool(hidden), limit), [list(hidden), terms])


def _any(spellings: Sequence[str], begins: str = "") -> str:
    return " | ".join(f"'{spelling}'{begins}" for spelling in spellings)


@lru_cache(maxsize=64)
def _messages_sql(whole: int, is_checked: bool, has_number: bool, limit: int) -> str:
    """Each word as it stands or by its stem; the last one also as a beginning."""
    asked = f"{' && '.join([TERM] * (whole + 1))} AS words"
    condition = "words @@ (SELECT words FROM asked)"
    if is_checked:
        asked = f"{' && '.join([TERM] * whole)} AS words, {TERM} AS rest"
        # "|| ''" keeps the beginning off the index.
        condition += " AND (words || '') @@ (SELECT rest FROM asked)"
    if has_number:
        asked = f"({' && '.join([TERM] * (whole + 1))}) || %s::tsquery AS words"
    condition += " AND NOT channel_id = ANY((SELECT hidden FROM asked)::bigint[])"
    return _sql("message", asked, condition, MESSAGE_STEPS, limit)


@lru_cache(maxsize=8)
def _contacts_sql(has_hidden: bool, limit: int) -> str:
    condition = "words @@ (SELECT words FROM asked)"
    if has_hidden:
        condition += (
            " AND EXISTS (SELECT 1 FROM inbox_conversation c WHERE c.contact_id ="
            " w.contact_id AND NOT c.channel_id = ANY((SELECT hidden FROM asked)::bigint[]))"
        )
    return _sql("contact", "%s::tsquery AS words", condition, CONTACT_STEPS, limit)


def _sql(kind: str, asked: str, condition: str, steps: Sequence[Step], limit: int) -> str:
    """The newest that fit, by one step after the other until there are enough."""
    table, key = f"inbox_{kind}_words", f"{kind}_id"
    parts = [
        f"asked AS MATERIALIZED (SELECT %s::bigint[] AS hidden, {asked})",
        f"newest AS MATERIALIZED (SELECT max({key}) AS id FROM {table})",  # noqa: S608
    ]
    enough = ""
    for step in steps:
        source, most = table, ""
        if step.latest:
            # "OFFSET 0" keeps the planner from gathering the words from the index first.
            source = (
                f"(SELECT * FROM {table} WHERE {key} > {NEWEST} - {step.latest}"  # noqa: S608
                f" ORDER BY {key} DESC OFFSET 0)"
            )
            most = f" LIMIT {limit}"
        parts.append(
            f"{step.name} AS MATERIALIZED (SELECT {key} AS id FROM {source} AS w"  # noqa: S608
            f" WHERE {condition} AND {step.where}{enough}{most})"
        )
        enough += f" AND (SELECT count(*) FROM {step.name}) < {limit}"  # noqa: S608
    found = " UNION ".join(f"SELECT id FROM {step.name}" for step in steps)  # noqa: S608
    return f"WITH {', '.join(parts)} {found} ORDER BY id DESC LIMIT {limit}"


def _execute(sql: str, params: list[Param]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _ids(sql: str, params: list[Param]) -> list[int]:
    with connection.cursor() as cursor:
        if connection.queries_logged:  # by Django's own cursor only
            cursor.execute(sql, params)
            return [row[0] for row in cursor.fetchall()]
        # Django's cursor writes the values into the statement, so that each is a new one.
        with connection.wrap_database_errors, psycopg.Cursor(cursor.connection) as prepared:
            prepared.execute(sql.encode(), params, prepare=True)
            return [row[0] for row in prepared.fetchall()]
