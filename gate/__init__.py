"""Who comes in, how often, and what is told to those who do not."""
