"""Room in the pages of messages, and more beginnings of contacts' words on SQLite.

PostgreSQL can put a changed row beside the old one, without touching any index, where its page
has room for it: every message of ours changes three times (sent, delivered, read).

On SQLite typing a number walks through all that begin with its first digits, unless
beginnings of that length have an index of their own.
"""

from __future__ import annotations

from django.db import migrations

POSTGRES = ["ALTER TABLE inbox_message SET (fillfactor = 85)"]
POSTGRES_BEFORE = ["ALTER TABLE inbox_message RESET (fillfactor)"]


def _with_beginnings(lengths: str) -> list[str]:
    return [
        f"""
        CREATE VIRTUAL TABLE inbox_contact_words_new
        USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0, prefix = '{lengths}')
        """,
        """
        INSERT INTO inbox_contact_words_new (rowid, words)
        SELECT rowid, words FROM inbox_contact_words
        """,
        "DROP TABLE inbox_contact_words",
        "ALTER TABLE inbox_contact_words_new RENAME TO inbox_contact_words",
    ]


def change(apps, schema_editor) -> None:
    _run(schema_editor, POSTGRES, _with_beginnings("2 3 4 5 6 7"))


def change_back(apps, schema_editor) -> None:
    _run(schema_editor, POSTGRES_BEFORE, _with_beginnings("2 3"))


def _run(schema_editor, postgres: list[str], sqlite: list[str]) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0006_former_codes")]
    operations = [migrations.RunPython(change, change_back)]
