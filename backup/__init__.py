"""A copy of the archive that can be trusted, and the way back: `manage.py backup` and `restore`.

A folder of backups has one folder for each, named by when it began (UTC):

    20261123T193607Z/
      manifest.json      written last, durably: without it this is no backup
      database.sqlite3   or database.dump, of pg_dump
      media.jsonl        path, size, time and checksum of each file, in order
      named.jsonl        the files that the database names
      media/             the files
"""
