"""Filling the archive: one module per format, and the machinery that all of them share.

files, packing    what lies under a path, unpacked as a stream
reading           which format a file is in; its records, each read under guard
jsonl, csv, …     the formats (`base.Format`): where the records begin and end, and what one says
checks            a record made fit for the archive, or refused by the name of what is wrong
seen              which articles one run met before, and where
run               batches, checkpoints, counts: a run that can be killed at any time
store             what a batch changes in the database; `merge` keeps what editors changed
"""
