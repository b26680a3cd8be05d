"""The engines side by side: the same articles, the same queries, the same answers, the time taken.

`python3 dev.py bench` runs it; docs/benchmarks.md says what is measured and how to read it.
"""
