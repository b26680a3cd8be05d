"""From records to rows: checked, tied to what the archive holds, merged, written in bulk.

checks, prepared    a record made fit for the archive, or refused by the name of what is wrong;
                    which article it is
plan, rows, merge   what is new and what changed, as rows, beside what editors decided
filing, persons     names to sources, sections, tags and people; `related` ties pointers at the end
media               the files that records refer to
store, commit       a batch in one transaction; record by record where one of them is refused
"""
