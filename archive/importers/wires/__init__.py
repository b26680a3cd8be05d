"""What stands behind the formats of IPTC (ninjs, NITF, NewsML-G2).

codes                           their codes and dates in our words
own_words                       what our own exports say where they have no word
ninjs_item, g2_item             an item's parts by name, whatever version or language
ninjs_story, nitf_story, …      what an item tells: text, pictures, pointers, people
"""
