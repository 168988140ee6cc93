"""Numbers, units and clinical findings read out of free text, Chinese and English."""

from assistant.measurements.findings import read_findings
from assistant.measurements.found import Findings

__all__ = ["Findings", "read_findings"]
