"""Who is who. The people that an archive has already get the key that their kind is found by."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from archive.names import kin_key

BATCH = 5_000


def fill_kin(apps, schema_editor):
    people = apps.get_model("archive", "Person").objects.only("name", "kin")
    rows = []
    for person in people.order_by("pk").iterator(BATCH):
        person.kin = kin_key(person.name)
        rows.append(person)
        if len(rows) == BATCH:
            people.bulk_update(rows, ["kin"], batch_size=500)
            rows = []
    people.bulk_update(rows, ["kin"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0004_quotation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('asked', 'an editor’s question'), ('spelling', 'the same name, spelt otherwise'), ('middle', 'a middle name more or less'), ('initial', 'a given name and its initial'), ('nickname', 'a nickname'), ('slip', 'a letter of the family name')], max_length=8, verbose_name='because of')),
                ('likelihood', models.PositiveSmallIntegerField(db_index=True, help_text='Percent of such pairs that are one person.', verbose_name='right in')),
            ],
            options={
                'verbose_name': 'likely duplicate',
                'verbose_name_plural': 'likely duplicates',
                'ordering': ('-likelihood', 'id'),
            },
        ),
        migrations.CreateModel(
            name='PersonDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merged', 'merged into'), ('split', 'divided; the other is'), ('apart', 'is not'), ('no_person', 'is not a person')], max_length=9, verbose_name='decision')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='on')),
                ('moved', models.JSONField(default=dict, help_text='The rows it changed, for its undoing.')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
            ],
            options={
                'verbose_name': 'decision about a person',
                'verbose_name_plural': 'decisions about people',
                'ordering': ('-at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='PersonLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('url', models.URLField(max_length=2000, verbose_name='address')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='person',
            name='compared',
            field=models.BooleanField(default=False, editable=False, help_text='Looked at by find_duplicate_people since the name was given.'),
        ),
        migrations.AddField(
            model_name='person',
            name='kin',
            field=models.CharField(db_index=True, default='', editable=False, help_text='The family name and the first letter of the given one.', max_length=200),
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='archive.person', verbose_name='merged into'),
        ),
        migrations.AddField(
            model_name='person',
            name='not_a_person',
            field=models.BooleanField(default=False, editable=False, verbose_name='not a person'),
        ),
        migrations.AddField(
            model_name='person',
            name='wikidata',
            field=models.CharField(blank=True, max_length=13, validators=[django.core.validators.RegexValidator('^Q[1-9][0-9]{0,11}\\Z', 'A Wikidata id is written like Q42.')], verbose_name='Wikidata id'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('compared', False)), fields=['kin'], name='person_not_compared'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged'),
        ),
        migrations.AddField(
            model_name='formerslug',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='archive.person'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likenesses', to='archive.person'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likenesses_of', to='archive.person'),
        ),
        migrations.AddField(
            model_name='persondecision',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='persondecision',
            name='other',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decisions_on', to='archive.person', verbose_name='other'),
        ),
        migrations.AddField(
            model_name='persondecision',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='archive.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='persondecision',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by'),
        ),
        migrations.AddField(
            model_name='personlink',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='archive.person'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='likeness_once'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='likeness_in_order'),
        ),
        migrations.RunPython(fill_kin, migrations.RunPython.noop, elidable=True),
    ]
