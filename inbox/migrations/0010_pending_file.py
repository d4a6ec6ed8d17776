"""Files of imported history that have not come yet are a kind of their own."""

from __future__ import annotations

from django.db import migrations, models



def rename(apps, schema_editor) -> None:
    waiting = apps.get_model("inbox", "Message").objects.filter(
        kind="unsupported", content__kind="media_placeholder"
    )
    waiting.update(kind="pending_file", content={})


class Migration(migrations.Migration):

    dependencies = [
        ('inbox', '0009_quick_replies'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('text', 'Text'), ('image', 'Picture'), ('video', 'Video'), ('audio', 'Audio'), ('voice', 'Voice message'), ('document', 'Document'), ('sticker', 'Sticker'), ('location', 'Location'), ('contacts', 'Contact card'), ('buttons', 'Message with buttons'), ('list', 'Message with a list'), ('link_button', 'Message with a link'), ('request', 'Request'), ('template', 'Template'), ('reaction', 'Reaction'), ('button_reply', 'Pressed button'), ('flow_reply', 'Filled form'), ('order', 'Order'), ('call_permission', 'Answer about calls'), ('pending_file', 'Earlier file'), ('unsupported', 'Unsupported message'), ('unknown', 'Unknown message'), ('note', 'Internal note'), ('event', 'Event')], default='text', max_length=16),
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
