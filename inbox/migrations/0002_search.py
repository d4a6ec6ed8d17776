"""The words of messages and contacts, found by PostgreSQL's full text or SQLite's FTS5.

Raw tables: Django has no model for either. They hold no foreign keys, because rows that
outlive their message find nothing (searching always joins the message).
"""

from __future__ import annotations

from django.db import migrations

POSTGRES = [
    """
    CREATE TABLE inbox_message_words (
        message_id bigint PRIMARY KEY,
        channel_id bigint NOT NULL,
        words tsvector NOT NULL
    )
    """,
    # See inbox/search/postgres.py for the stretches. A short list of pending entries keeps
    # searching fast while messages pour in.
    """
    CREATE INDEX message_words_found ON inbox_message_words
    USING gin (words, (ARRAY[message_id >> 16, ~(message_id >> 20)]))
    WITH (fastupdate = on, gin_pending_list_limit = 256)
    """,
    "CREATE TABLE inbox_contact_words (contact_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    """
    CREATE INDEX contact_words_found ON inbox_contact_words USING gin (words)
    WITH (fastupdate = on, gin_pending_list_limit = 256)
    """,
]
SQLITE = [
    """
    CREATE VIRTUAL TABLE inbox_message_words
    USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0, prefix = '3 4')
    """,
    """
    CREATE VIRTUAL TABLE inbox_contact_words
    USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0, prefix = '2 3')
    """,
]


def create(apps, schema_editor) -> None:
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def drop(apps, schema_editor) -> None:
    for table in ("inbox_message_words", "inbox_contact_words"):
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
