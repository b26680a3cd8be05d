"""From records to rows: tied to what the archive holds, merged, written in bulk.

prepared, seen      which article a record is; whether the run met it before
plan, rows, merge   what is new and what changed, as rows, beside what editors decided
filing, persons     names to sources, sections, tags and people; `related` ties pointers at the end
media               the files that records refer to
store, commit       a batch in one transaction; record by record where one of them is refused
"""
