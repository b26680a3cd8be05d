"""Draw the pictures and speak the bulletins of the sample archive into `sample/media/`.

The bulletins need `espeak-ng` and `sox` on the PATH; without them they are left as they are.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

from bulletins import BULLETINS, speak
from canvas import HEIGHT, WIDTH, Canvas, points, rounded

MEDIA = Path(__file__).parent / "media"

INK, NIGHT, SLATE, GREY = 0x1D2B3A, 0x141D2B, 0x3B4D5E, 0x9AA7AE
SEA, TEAL, FOAM, SKY = 0x2B566B, 0x4D8787, 0xDDE8E4, 0xC9DDE0
PAPER, SAND, YELLOW, ORANGE = 0xF4EFE3, 0xE3CDA2, 0xF1BC54, 0xE0753A
BRICK, GREEN, BLUEPRINT, CREAM = 0xA94F3C, 0x3C7A57, 0x1F4E79, 0xFAE3B4

# --- things that stand in more than one picture ---


def bridge(c: Canvas, y: float, colour: int, width: float = 9, scale: float = 1) -> None:
    """Three bowstring arches across the whole picture, the deck at `y`."""
    rise = [118 * scale * math.sin(math.pi * i / 32) for i in range(33)]
    for left in (40, 340, 640):
        arch = [(left + 280 * i / 32, y - rise[i]) for i in range(33)]
        c.line(arch, width, colour)
        for x, top in arch[4:-3:4]:
            c.line([(x, top), (x, y)], max(width / 4, 1.5), colour)
    for x in (30, 330, 630, 930):
        c.rect(x - width, y, width * 2, 190 * scale, colour)
    c.rect(0, y - width / 2, WIDTH, width * 1.3, colour)


def facade(c: Canvas, wall: int, trim: int, glass: int) -> None:
    """The front of the Pelican Theatre, with the bird over its door."""
    c.rect(240, 250, 480, 330, wall)
    c.polygon(points("215,250 480,120 745,250"), trim)
    c.polygon(points("270,237 480,138 690,237"), wall)
    c.rect(215, 246, 530, 16, trim)
    for x in (262, 366, 562, 666):
        c.rect(x, 262, 32, 318, trim)
    for x in (306, 600):
        c.oval(x + 24, 330, 24, 26, glass)
        c.rect(x, 330, 48, 70, glass)
        c.rect(x, 450, 48, 130, glass)
    c.oval(480, 330, 58, 56, glass)
    c.rect(422, 330, 116, 78, glass)
    c.rect(410, 424, 140, 12, trim)
    for x in (412, 460, 508):
        c.rect(x, 456, 40, 124, glass)
    c.rect(200, 580, 560, 14, trim)
    pelican(c, 480, 232, trim)


def pelican(c: Canvas, x: float, foot: float, colour: int) -> None:
    c.oval(x + 8, foot - 20, 24, 17, colour)
    c.line(points("-6,-26 -14,-46 -6,-58", x, foot), 8, colour)
    c.oval(x - 8, foot - 59, 9, 8, colour)
    c.polygon(points("-12,-65 -52,-48 -20,-40", x, foot), colour)
    c.rect(x, foot - 6, 5, 10, colour)
    c.rect(x + 12, foot - 6, 5, 10, colour)


def seal(c: Canvas, x: float, y: float, size: float, way: int) -> None:
    """A harbour seal facing right, or left when `way` is -1, with its belly at `y`."""
    back = "-74,8 -52,-8 -20,-26 14,-24 24,-40 44,-52 62,-42 66,-30 52,-22 46,0 34,16 -30,16 -60,16"
    c.polygon(rounded(points(back, x, y, size, way)), INK)
    tail = "-58,2 -70,-2 -92,-18 -86,0 -94,12 -72,12"
    c.polygon(rounded(points(tail, x, y, size, way), 1), INK)
    c.polygon(rounded(points("14,6 40,24 0,22", x, y, size, way), 2), INK)
    c.oval(x + way * 50 * size, y - 39 * size, 2.4 * size, 2.4 * size, FOAM)


def gull(c: Canvas, x: float, y: float, size: float = 1) -> None:
    c.line(points("-24,-4 -13,-10 0,0 13,-10 24,-4", x, y, size), 3.4 * size, INK)


def crowd(c: Canvas, colour: int, ground: float, step: int) -> None:
    """People seen from behind, standing across the whole picture."""
    for place, x in enumerate(range(20, WIDTH, step)):
        tall = 56 + place * 17 % 18
        c.oval(x, ground - tall, 10, 11, colour)
        body = f"-9,{11 - tall} 9,{11 - tall} 16,30 -16,30"
        c.polygon(points(body, x, ground), colour)


def sky_dots(c: Canvas, how_many: int, size: float, colour: int) -> None:
    """Stars or sparks, strewn by a rule that draws them the same each time."""
    for place in range(how_many):
        c.oval(place * 397 % WIDTH, place * place * 31 % 260, size, size, colour)


# --- the pictures ---


def bridge_plan(c: Canvas) -> None:
    for x in range(0, WIDTH, 40):
        c.rect(x, 0, 1, HEIGHT, 0x2B5C88)
    for y in range(0, HEIGHT, 40):
        c.rect(0, y, WIDTH, 1, 0x2B5C88)
    bridge(c, 330, FOAM, width=4)
    for y in (470, 484, 498):
        c.line([(x, y + 3 * math.sin(x / 14)) for x in range(0, 964, 6)], 2, 0x8FB4CC)
    c.line(points("330,560 630,560"), 2, YELLOW)
    for x in (330, 630):
        c.rect(x - 1, 546, 2, 28, YELLOW)
    c.number("204", 480, 520, 5, YELLOW)
    c.line(points("800,338 800,466"), 2, YELLOW)
    c.number("38", 834, 388, 5, YELLOW)


def seals(c: Canvas) -> None:
    c.oval(700, 270, 62, 62, CREAM)
    c.waves(300, 3, 130, TEAL)
    c.waves(360, 4, 190, SEA, 60)
    c.polygon(rounded(points("-300,700 -40,500 420,420 700,450 1000,500 1260,700")), SAND)
    for x, y, size, way in ((330, 462, 0.9, -1), (560, 452, 1, 1), (730, 478, 0.8, 1)):
        seal(c, x, y, size, way)
    for x, y, size, way in ((140, 520, 1.1, 1), (360, 580, 1.5, 1), (700, 590, 1.7, -1)):
        seal(c, x, y, size, way)
    c.line(points("878,560 888,492 898,486 906,494"), 5, BRICK)


def crane(c: Canvas) -> None:
    c.oval(250, 250, 90, 90, CREAM)
    c.rect(0, 500, WIDTH, 140, SEA)
    c.rect(300, 478, 660, 60, SLATE)
    for x in range(340, 960, 90):
        c.rect(x, 538, 18, 102, INK)
    c.line(points("520,478 550,240"), 16, INK)
    c.line(points("700,478 670,240"), 16, INK)
    c.line(points("536,400 684,330"), 7, INK)
    c.line(points("684,400 536,330"), 7, INK)
    c.rect(520, 214, 180, 40, INK)
    c.rect(560, 160, 90, 56, BRICK)
    c.rect(574, 172, 26, 22, CREAM)
    c.line(points("600,160 610,70 690,214"), 9, INK)
    c.line(points("560,200 240,120 610,70"), 8, INK)
    c.line(points("244,122 204,300"), 8, INK)
    c.line(points("204,300 204,366"), 3, INK)
    c.line(points("204,366 204,384 194,392 186,384"), 5, INK)
    for x, y, colour in ((350, 438, GREEN), (430, 438, ORANGE), (390, 398, TEAL)):
        c.rect(x, y, 76, 40, colour)
    gull(c, 130, 130)
    c.waves(560, 4, 110, TEAL)


def theatre(c: Canvas) -> None:
    c.rect(0, 330, 240, 264, 0xC8B48C)
    c.rect(720, 300, 240, 294, 0xC8B48C)
    for x in (40, 130, 770, 860):
        c.rect(x, 390, 50, 70, 0xAD9A74)
    facade(c, BRICK, PAPER, INK)
    c.rect(0, 594, WIDTH, 46, SLATE)
    for x, colour in ((90, ORANGE), (800, TEAL)):
        c.polygon(points("0,0 20,-34 88,-34 112,0 130,6 130,34 -16,34 -16,4", x, 565), colour)
        for wheel in (x + 18, x + 96):
            c.oval(wheel, 599, 15, 15, NIGHT)


def cannery(c: Canvas) -> None:
    c.oval(190, 330, 70, 70, YELLOW)
    c.polygon(points("574,480 586,130 634,130 646,480"), BRICK)
    c.rect(580, 122, 60, 16, INK)
    for x in range(60, 900, 140):
        c.polygon(points("0,400 0,300 140,400", x), SLATE)
        c.polygon(points("10,392 10,326 96,392", x), GREY)
    c.rect(60, 396, 840, 130, INK)
    for x in range(105, 850, 71):
        c.rect(x, 424, 40, 34, CREAM if x == 744 else SLATE)
    c.rect(440, 464, 80, 62, BRICK)
    c.rect(0, 524, WIDTH, 116, SLATE)
    for place in range(26):
        x, y = 60 + place * 34, 552 + place * 37 % 22
        c.oval(x, y - 24, 7, 8, CREAM)
        c.rect(x - 9, y - 16, 18, 40, NIGHT)
        c.rect(x - 9, y + 18, 18, 12, PAPER)
    for x, y in ((300, 120), (380, 180), (120, 160), (604, 112)):
        gull(c, x, y)


def lifeboat(c: Canvas) -> None:
    for x in range(-320, WIDTH, 46):
        c.line([(x, 0), (x + 290, 640)], 1.5, 0x5C6D7B)
    c.polygon(points("740,640 790,300 840,240 870,170 960,120 960,640"), NIGHT)
    c.waves(420, 46, 520, SEA, 120)
    c.polygon(points("250,372 300,440 560,412 640,318 560,336"), ORANGE)
    c.polygon(points("250,372 560,336 640,318 634,330 560,352 258,386"), PAPER)
    c.polygon(points("360,358 374,296 470,284 500,342"), FOAM)
    c.polygon(points("386,322 390,304 462,296 472,314"), INK)
    c.line(points("420,290 410,210"), 4, PAPER)
    c.oval(410, 208, 7, 7, YELLOW)
    c.waves(474, 40, 430, FOAM, 300)
    c.waves(482, 40, 430, TEAL, 300)
    c.waves(554, 30, 360, FOAM, 40)
    c.waves(560, 30, 360, SEA, 40)
    for x, y, size in ((622, 410, 10), (650, 380, 7), (664, 412, 5), (636, 356, 4), (240, 420, 6)):
        c.oval(x, y, size, size, FOAM)


def votes(c: Canvas) -> None:
    """Votes for mayor in 1989 and 1993: O’Halloran in brick, Vale in teal."""
    for level in (2000, 4000, 6000):
        c.rect(120, 520 - level / 18, 720, 1, GREY)
    for x, year, counts in ((200, "1989", (5912, 5207)), (540, "1993", (5873, 6480))):
        for left, count, colour in ((x, counts[0], BRICK), (x + 120, counts[1], TEAL)):
            c.rect(left, 520 - count / 18, 100, count / 18, colour)
            c.number(f"{count:,}", left + 50, 488 - count / 18, 4, INK)
        c.number(year, x + 110, 548, 7, INK)
    c.rect(120, 520, 720, 4, INK)


def flood(c: Canvas) -> None:
    c.oval(800, 110, 44, 44, CREAM)
    for place, paint in enumerate((BRICK, SAND, TEAL, PAPER, ORANGE, SLATE, SAND, BRICK)):
        x, top = place * 122 - 8, 210 + place * 53 % 46
        c.rect(x, top, 122, 300, paint)
        c.polygon(points("-4,0 61,-56 126,0", x, top), INK)
        c.rect(x + 88, top - 66, 14, 40, INK)
        for window in (20, 72):
            lit = (place + window) % 5 == 0
            c.rect(x + window, top + 34, 30, 44, YELLOW if lit else NIGHT)
            c.rect(x + window, top + 112, 30, 44, NIGHT)
    bands = ((396, SEA, 0), (440, TEAL, 20), (466, SEA, 90), (520, TEAL, 50), (548, SEA, 0))
    for y, colour, shift in bands:
        c.waves(y, 5, 210, colour, shift)
    c.polygon(points("330,452 360,486 560,486 604,446 560,456"), ORANGE)
    c.polygon(points("330,452 560,456 604,446 596,460 340,464"), PAPER)
    for x in (400, 432, 468, 500):
        c.oval(x, 424, 9, 10, CREAM)
        c.rect(x - 11, 434, 22, 20, INK)
    c.rect(660, 500, 108, 10, PAPER)
    c.line(points("714,500 714,470"), 14, BRICK)
    c.oval(714, 458, 10, 11, CREAM)


def opening(c: Canvas) -> None:
    c.polygon(
        rounded(points("-100,640 -60,430 180,350 420,420 700,340 1100,440 1100,640")), 0xA9C4BC
    )
    c.waves(470, 4, 170, TEAL)
    c.polygon(points("430,508 450,560 560,560 584,504"), PAPER)
    c.rect(470, 482, 70, 26, BRICK)
    bridge(c, 350, GREEN)
    c.waves(530, 5, 230, SEA, 80)
    for place in range(92):
        x, tall = 12 + place * 10.3, 13 + place * 7 % 6
        c.rect(x, 346 - tall, 6, tall, (INK, BRICK, SEA, ORANGE)[place % 4])
        c.oval(x + 3, 342 - tall, 3.4, 3.8, CREAM)
    for place in range(30):
        y = 86 + 26 * math.sin(place / 3)
        c.polygon(points("0,0 26,0 13,38", place * 33, y), (BRICK, YELLOW, GREEN, SEA)[place % 4])
    for x, y in ((180, 190), (520, 200), (580, 186), (820, 190)):
        gull(c, x, y, 0.8)


def ferry(c: Canvas) -> None:
    c.oval(150, 110, 34, 34, CREAM)
    bridge(c, 262, 0x2C4A4A, width=6, scale=0.8)
    c.waves(400, 3, 140, 0x1F3A4C)
    for x in range(10, WIDTH, 38):
        c.oval(x, 250, 3.2, 3.2, YELLOW)
        c.rect(x - 1, 420 + x * 7 % 40, 3, 46, 0x6B6A45)
    c.polygon(points("250,440 300,512 690,512 760,430 700,440"), PAPER)
    c.polygon(points("262,458 300,512 690,512 744,450"), BRICK)
    c.rect(360, 370, 260, 72, CREAM)
    for x in range(376, 610, 40):
        c.rect(x, 384, 26, 28, ORANGE)
    c.rect(470, 310, 80, 60, PAPER)
    c.rect(482, 322, 56, 22, NIGHT)
    c.rect(580, 300, 26, 72, BRICK)
    for place in range(17):
        c.oval(290 + place * 25, 434 - place * 5 % 6, 6, 7, SLATE)
    c.line(points("738,436 738,380"), 4, PAPER)
    c.oval(738, 374, 12, 14, YELLOW)
    c.waves(506, 4, 160, 0x27495E, 70)
    for y in range(520, 630, 14):
        c.oval(738 + 8 * math.sin(y), y, 26 - (y - 520) / 6, 3, YELLOW)


def fire(c: Canvas) -> None:
    tongues = ((306, 96), (354, 30), (420, 80), (490, -10), (556, 60), (612, 10), (654, 100))
    flame = "0,0 -14,110 -52,190 -40,420 40,420 56,200 22,120 16,60"
    for colour, size, lower in ((BRICK, 1.3, -10), (ORANGE, 1.05, 30), (YELLOW, 0.72, 76)):
        for x, top in tongues:
            c.polygon(rounded(points(flame, x, top + lower, size)), colour)
    sky_dots(c, 60, 2.2, YELLOW)
    facade(c, NIGHT, 0x2A1F24, ORANGE)
    c.rect(0, 594, WIDTH, 46, 0x0D131C)
    crowd(c, 0x0D131C, 612, 40)


def seal_chart(c: Canvas) -> None:
    """Seals counted each April, 1989 to 2003."""
    counts = (212, 224, 239, 266, 284, 301, 318, 254, 262, 281, 300, 321, 348, 377, 402)
    for level in (100, 200, 300, 400):
        c.rect(110, 540 - level, 780, 1, GREY)
        c.number(str(level), 72, 528 - level, 4, SLATE)
    line = [(140 + place * 52, 540 - count) for place, count in enumerate(counts)]
    c.polygon([*line, (line[-1][0], 540), (line[0][0], 540)], SKY)
    c.line(line, 6, SEA)
    for x, y in line:
        c.oval(x, y, 8, 8, SEA)
        c.oval(x, y, 4, 4, PAPER)
    c.rect(110, 540, 780, 4, INK)
    for place, year in ((0, "1989"), (5, "1994"), (10, "1999"), (14, "2003")):
        c.number(year, 140 + place * 52, 562, 4, INK)
    c.number("212", 146, 270, 5, BRICK)
    c.number("402", 866, 92, 5, BRICK)
    seal(c, 300, 114, 1.6, 1)


def pelican_again(c: Canvas) -> None:
    sky_dots(c, 50, 1.6, FOAM)
    c.rect(0, 340, 240, 254, INK)
    c.rect(720, 310, 240, 284, INK)
    facade(c, SLATE, CREAM, YELLOW)
    c.rect(0, 594, WIDTH, 46, 0x24303D)
    c.polygon(points("412,580 548,580 640,640 320,640"), 0xB98F45)
    crowd(c, NIGHT, 614, 48)


PICTURES: dict[str, tuple[int, Callable[[Canvas], None]]] = {
    "bridge-plan-1989": (BLUEPRINT, bridge_plan),
    "seals-1989": (0xF0D9B5, seals),
    "crane-1989": (0xEBC98A, crane),
    "pelican-1989": (SKY, theatre),
    "cannery-1990": (0xE9B98C, cannery),
    "lifeboat-1991": (SLATE, lifeboat),
    "votes-1993": (PAPER, votes),
    "flood-1994": (0x31455A, flood),
    "bridge-1997": (SKY, opening),
    "ferry-1997": (NIGHT, ferry),
    "pelican-fire-1998": (0x1A1520, fire),
    "seals-2003": (PAPER, seal_chart),
    "pelican-2003": (0x16233A, pelican_again),
}


def draw_pictures() -> None:
    for name, (ground, picture) in PICTURES.items():
        canvas = Canvas(ground)
        picture(canvas)
        (MEDIA / f"{name}.png").write_bytes(canvas.png())


if __name__ == "__main__":
    MEDIA.mkdir(exist_ok=True)
    draw_pictures()
    if shutil.which("espeak-ng") and shutil.which("sox"):
        for name in BULLETINS:
            speak(name, MEDIA)
    else:
        print("espeak-ng and sox are not both here, so the bulletins were left as they are.")
