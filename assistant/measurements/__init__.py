"""Numbers, units and clinical findings read out of free text, Chinese and English."""

from assistant.measurements.findings import Findings, read_findings

__all__ = ["Findings", "read_findings"]
