"""A day without its year with the month in the genitive, as Django has it with the year."""

MONTH_DAY_FORMAT = "j E"
