"""What the formats of IPTC (ninjs, NITF, NewsML-G2) share: their codes and dates in our words."""
