"""The web page: a chat for clinicians with its sources beside it. Offline, nothing stored.

Import ``ui.web.app`` (which needs Gradio) only when the page is served.
"""

from __future__ import annotations

import os

# Gradio reads these when it is first imported: no statistics, no version check, no history page.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_RUN_HISTORY"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
