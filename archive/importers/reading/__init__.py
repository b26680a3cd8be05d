"""From a path to records: files in a fixed order, packed ones as streams, bytes as text.

files, packing    what lies under a path, and what is packed in it
text              bytes as text
xml, cutting      XML without trust, and the records of a file of it
html, figures     HTML as paragraphs, photos and recordings
dates, fields     what formats read dates, and keys with values, with
checks            a record made fit for the archive, or refused by the name of what is wrong
entries           all of it, record by record, under guard
"""
