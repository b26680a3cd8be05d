"""What a power cut or a kill would bring out."""

from tests.faults.seeded import Defect

DEFECTS: tuple[Defect, ...] = ()
