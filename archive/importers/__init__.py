"""Filling the archive: one module per format, and the machinery that all of them share.

The way of a record, module by module:

files, packing      what lies under a path, unpacked as a stream
formats, reading    which format a file is in; its records, each read under guard
jsonl, csv, …       the formats (`base.Format`): where records begin and end, and what one says
checks              a record made fit for the archive, or refused by the name of what is wrong
prepared, seen      which article it is; where this run met the same one before
plan, rows, merge   what is new and what changed, as rows, beside what editors decided
store, commit       a batch in one transaction, with its counts, rejects and checkpoint (`ledger`)
run                 all of it: begun, resumed, interrupted, ended

A new format is a module with `NAME`, `ENDINGS`, `sniff`, `split` and `build`, and its name in
`formats`.
"""
