"""The words of English that tell where a speaker's name begins and ends."""

from archive.data import word_list


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


VERBS = word_list("speech_verbs")
PRONOUNS = _listed("he she they we i it who")
DETERMINERS = _listed("the a an his her its their our my this that one another some many")
OPENERS = _listed("and but so yet or then meanwhile still however")

PASSIVE = _listed("was were is are be been being")
BEFORE_VERB = PASSIVE | _listed(
    "also then later has have had would will once recently just still again even did does might "
    "could should may must can never often now soon already"
)
"""What stands between somebody and the verb that tells of their speech."""

PREPOSITIONS = _listed(
    "in on at by with from to about into during over under against for after before of since "
    "until between among as per despite like unlike through within without"
)
BOUNDARIES = (PREPOSITIONS - _listed("of between among per despite like unlike")) | _listed(
    "and but while when that because if where though although so or nor than yet whether said says "
    "how why what which whom not"
)
"""What is never part of the words for somebody; "of" is: the mayor of Port Almond."""

NOT_IN_TITLES = DETERMINERS | _listed("former then ex new late mr mrs ms")
