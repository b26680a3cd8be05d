"""Filling the archive: one module per format, and the machinery that all of them share.

jsonl, csv, …   the formats (`base.Format`): where records begin and end, and what each one says;
                `pages/` helps page_text, `wires/` those of IPTC
formats         the list of them, and which one a file is in
base            what passes between a format and the archive

The way of a record, room by room:

reading/        what lies under a path, unpacked as a stream; its records, each read under guard and
                made fit or refused
journal/        what a run remembers and tells: counts, rejects, checkpoint, lock
writing/        which article a record is; what of it is new; one batch in one transaction
run             all of it: begun, resumed, interrupted, ended

A new format is a module with `NAME`, `ENDINGS`, `sniff`, `split` and `build`, and its name in
`formats`.
"""
