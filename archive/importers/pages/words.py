"""What the furniture of web pages is called: the words of icons, menus, buttons and boxes."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


# Names of icons, one by one.
ICONS = _words(
    """
    accessibility add arrow back bars bell bookmark burger calendar camera caret cart chat
    check chevron circle close comment copy cross down download edit ellipsis email expand
    external eye facebook fb file filter flag forward fullscreen gear globe heart home
    instagram left like link linkedin login logo mail map menu microphone minus more mute
    next pause phone pin pinterest play plus prev previous print profile reddit refresh
    reply right rss save search send settings share sort star stop tag telegram tg toggle
    trash tweet twitter up user video vk volume whatsapp x youtube
    """
)
# Rows of menus are made of these; so is the name of a section.
MENUS = _words(
    """
    about africa americas archive arts asia audio books business climate comment comments
    contact crosswords culture east economy editorials education entertainment environment
    europe features film football galleries gallery games health home international jobs law
    letters life lifestyle live local magazine markets menu middle money more music national
    news newsletter newsletters obituaries opinion photos pictures podcast podcasts politics
    puzzles radio rss science search shop society sport sports style subscribe tech
    technology travel tv uk us usa video videos weather world
    """
)
# Lines that are nothing but this.
FURNITURE = _phrases(
    """
    a a a | about | about us | accept | accept all | accept cookies | ad | add comment | ads
    | advert | advertise | advertise with us | advertisement | advertisements | adverts |
    article continues below | audio player | back | back to top | breaking | breaking news |
    close | comment | comments | contact | contact us | continue reading | cookie policy |
    cookie settings | copied | copy link | copy url | download | e-mail | email | email this
    | embed | english | exclusive | facebook | follow us | font size | full screen |
    fullscreen | image | instagram | jump to content | like | link copied | linkedin |
    listen to this article | live | load more | loading | loading... | loading… | log in |
    log out | login | mail | manage cookies | menu | mute | my account | next | no comments
    | ok | open | pause | photo | photos | pin it | pinterest | play | prev | previous |
    print | print this | print this page | privacy | privacy policy | promoted | promoted
    content | read full article | read full story | reddit | register | reject all | rss |
    save | save for later | search | see more | settings | share | share on facebook | share
    on twitter | share this | share this article | share this page | show more | sign in |
    sign up | skip to content | skip to main content | skip to navigation | sponsored |
    sponsored content | subscribe | subscribe now | tags | telegram | terms | terms and
    conditions | terms of use | text size | top | topics | tweet | twitter | unmute | video
    player | view all | view gallery | vk | whatsapp | youtube | русский
    """
)
# Headings of what comes after an article.
ENDS = _phrases(
    """
    about the author | add a comment | around the web | editor's choice | editor's picks |
    editors' picks | from the web | join the conversation | join the discussion | latest |
    latest news | latest stories | leave a comment | leave a reply | leave a response | more
    news | more stories | most popular | most read | most shared | most viewed | most
    watched | newsletter | next article | popular | popular now | post a comment | previous
    article | promoted stories | recommended | recommended for you | recommended stories |
    sponsored links | top news | top stories | trending | trending now | up next | what to
    read next | you may also like | you may be interested in | you might also like | your
    comments
    """
)
