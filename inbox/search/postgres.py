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
# The same expression as in the index (migration 0002): stretches of 2^14 ids as they are,
# of 2^18 ids as complement, so that both fit one array.
STRETCHES = "ARRAY[message_id >> 14, ~(message_id >> 18)]"
NEWEST = "(SELECT max(message_id) FROM inbox_message_words)"
# The newest 16 to 32 thousand, the newest 262 to 524 thousand, all.
REACHES = (
    f" AND {STRETCHES} && ARRAY[{NEWEST} >> 14, ({NEWEST} >> 14) - 1]",
    f" AND {STRETCHES} && ARRAY[~({NEWEST} >> 18), ~(({NEWEST} >> 18) - 1)]",
    "",
)


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
    seen = " AND NOT channel_id = ANY(%s)" if hidden else ""
    params += [list(hidden)] if hidden else []
    found: list[int] = []
    for reach in REACHES:
        found = _ids(
            # Materialized: finding goes by the words' index, sorting comes after.
            "WITH hits AS MATERIALIZED (SELECT message_id FROM inbox_message_words"  # noqa: S608
            f" WHERE words @@ ({condition}){reach}{seen})"
            " SELECT message_id FROM hits ORDER BY message_id DESC LIMIT %s",
            [*params, limit],
        )
        if len(found) == limit:
            break
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
        "SELECT contact_id FROM inbox_contact_words w"  # noqa: S608
        f" WHERE words @@ %s::tsquery{seen} ORDER BY contact_id DESC LIMIT %s",
        [terms, *params, limit],
    )


def _spoken(query: Query) -> tuple[str, list[Param]]:
    """Each word as it stands or by its stem; the last one also as a beginning."""
    params: list[Param] = []
    last = len(query.words) - 1
    for place, word in enumerate(query.words):
        star = ":*" if place == last and len(word) >= MIN_PREFIX else ""
        params += [f"'{word}'{star}", word]
    terms = ["(%s::tsquery || plainto_tsquery('german', %s))"] * len(query.words)
    return " && ".join(terms), params


def _execute(sql: str, params: list[Param]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _ids(sql: str, params: list[Param]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
