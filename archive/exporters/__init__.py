"""The mirror of the importers: articles written so that an import reads them back unchanged.

records         articles as records, streamed from the database
jsonl, csv, …   one module per format: what stands before the records, each of them, and after
formats         the list of them
"""
