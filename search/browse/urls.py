"""The addresses of browsing."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from search.browse import calendar_views, name_views, quoted
from search.browse.anniversary import LEAP_YEAR
from search.browse.kinds import PEOPLE, SECTIONS, TAGS


class TextConverter(StringConverter):
    """As `str`, but without NUL, which PostgreSQL refuses to compare with anything."""

    regex = r"[^/\x00]+"


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return date(int(value), 1, 1).year  # ValueError for the year 0: no such page

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter:
    """A month by its first day."""

    regex = "[0-9]{4}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        year, month = value.split("/")
        return date(int(year), int(month), 1)

    def to_url(self, value: date) -> str:
        return f"{value.year:04}/{value.month:02}"


class DayConverter:
    regex = "[0-9]{4}/[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value.replace("/", "-"))

    def to_url(self, value: date) -> str:
        return value.isoformat().replace("-", "/")


class DayOfYearConverter:
    """A day of any year, as a date in a leap year."""

    regex = "[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{LEAP_YEAR}-{value}")

    def to_url(self, value: date) -> str:
        return f"{value.month:02}-{value.day:02}"


register_converter(TextConverter, "text")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DayConverter, "day")
register_converter(DayOfYearConverter, "day_of_year")

app_name = "browse"
urlpatterns = [
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<year:year>/", calendar_views.year, name="year"),
    path("calendar/<month:month>/", calendar_views.month, name="month"),
    path("calendar/<day:day>/", calendar_views.day, name="day"),
    path("on-this-day/", calendar_views.on_this_day, name="today"),
    path("on-this-day/<day_of_year:day>/", calendar_views.on_this_day, name="on_this_day"),
    path("people/", name_views.names, {"kind": PEOPLE}, name="people"),
    path("person/<text:slug>/", name_views.named, {"kind": PEOPLE}, name="person"),
    path("person/<text:slug>/quotations/", quoted.said, name="said"),
    path("sections/", name_views.names, {"kind": SECTIONS}, name="sections"),
    path("section/<text:slug>/", name_views.named, {"kind": SECTIONS}, name="section"),
    path("tags/", name_views.names, {"kind": TAGS}, name="tags"),
    path("tag/<text:slug>/", name_views.named, {"kind": TAGS}, name="tag"),
]
