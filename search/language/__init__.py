"""The query language: what readers type, as a tree that every engine can compile."""
