"""Words in PostgreSQL: a narrow table beside the messages, with a GIN index.

Each row holds the words as they stand ("simple") and their German stems. The index also
knows in which stretch of ids a message lies, so that "the newest 20" of a common word are
looked for among the newest messages first, and the cost does not grow with history.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from inbox.search.store import ContactWords, MessageWords
from inbox.search.words import MIN_PREFIX, Query

Param = str | int | list[int] | list[str]
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
NEWEST = "(SELECT max(message_id) FROM inbox_message_words)"
# Reading this many messages costs as much as asking the index once, and finds the newest 20
# of every common word or beginning.
WALKED = 4096
WALK = (
    "SELECT message_id FROM inbox_message_words"  # noqa: S608
    f" WHERE message_id > {NEWEST} - {WALKED} AND {{condition}}"
    " ORDER BY message_id DESC LIMIT %s"
)
# Materialized: finding goes by the words' index, sorting comes after.
LOOK = (
    "WITH hits AS MATERIALIZED"
    " (SELECT message_id FROM inbox_message_words WHERE {condition}{reach})"
    " SELECT message_id FROM hits ORDER BY message_id DESC LIMIT %s"
)
# The same expression as in the index (migration 0002): stretches of 2^16 ids as they are,
# of 2^20 ids as complement, so that both fit one array. Looked through are the newest one or
# two stretches, then everything.
STRETCHES = "ARRAY[message_id >> 16, ~(message_id >> 20)]"
REACHES = (
    f" AND {STRETCHES} && ARRAY[{NEWEST} >> 16, ({NEWEST} >> 16) - 1]",
    f" AND {STRETCHES} && ARRAY[~({NEWEST} >> 20), ~(({NEWEST} >> 20) - 1)]",
    "",
)
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
    condition, params = _spoken(query)
    if hidden:
        condition += " AND NOT channel_id = ANY(%s)"
        params.append(list(hidden))
    params.append(limit)
    found = _ids(WALK.format(condition=condition), params)
    for reach in REACHES:
        if len(found) == limit:
            break
        found = _ids(LOOK.format(condition=condition, reach=reach), params)
    return found


def find_contacts(query: Query, hidden: Sequence[int], limit: int) -> list[int]:
    terms = " & ".join(f"'{word}':*" for word in query.words)
    if query.phone:
        terms = f"'{query.phone}':* | ({terms})"
    seen, params = "", list[Param]()
    if hidden:
        seen = (
            " AND EXISTS (SELECT 1 FROM inbox_conversation c WHERE c.contact_id ="
            " w.contact_id AND NOT c.channel_id = ANY(%s))"
        )
        params = [list(hidden)]
    return _ids(
        "WITH hits AS MATERIALIZED (SELECT contact_id FROM inbox_contact_words w"  # noqa: S608
        f" WHERE words @@ %s::tsquery{seen})"
        " SELECT contact_id FROM hits ORDER BY contact_id DESC LIMIT %s",
        [terms, *params, limit],
    )


def _spoken(query: Query) -> tuple[str, list[Param]]:
    """Each word as it stands or by its stem; the last one also as a beginning."""
    *whole, last = query.words
    params: list[Param] = []
    for word in whole:
        params += [f"'{word}'", word]
    params += [f"'{last}':*" if len(last) >= MIN_PREFIX else f"'{last}'", last]
    term = "(%s::tsquery || plainto_tsquery('german', %s))"
    first = " && ".join([term] * len(whole))
    if whole and len(last) <= SHORT_PREFIX:
        # "|| ''" keeps the beginning off the index.
        return f"words @@ ({first}) AND (words || '') @@ {term}", params
    return f"words @@ ({' && '.join([term] * len(query.words))})", params


def _execute(sql: str, params: list[Param]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _ids(sql: str, params: list[Param]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
