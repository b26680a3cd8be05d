"""The Whoosh engine. `engine.py` is the way in; `docs/decisions/0002` says why it is as it is.

Going in: `schema.py` and `analysis.py` make fields of a document, `shelf.py` commits them through
`storage.py` and `codec.py`, `generation.py` has both shelves, `store.py` the folder of them all.
Coming out: `snapshots.py` lends a reader with its `columns.py`, `compile.py` makes a Whoosh query
of the tree, `execute.py` runs it, `facets.py` counts, `suggest.py` offers words.
"""
