"""The rule that closes idle conversations, with a warning first: there from the start, and off.

It cannot be switched on before somebody has chosen the quick reply that warns.
"""

from django.db import migrations


def add(apps, schema_editor):
    apps.get_model("inbox", "Rule").objects.create(
        name="Close idle conversations, with a warning first",
        trigger="quiet",
        when={"trigger": "quiet", "minutes": 12 * 60},
        conditions=[],
        acts=[{"do": "reply", "code": ""}, {"do": "close", "minutes": 24 * 60}],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0020_rules"),
    ]

    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
