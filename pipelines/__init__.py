"""Prefect only: when, with which inputs, how often to retry.

Prefect reads its settings when it is imported, so those a night needs are set here, before any module of this package
imports it. The environment wins; ``PREFECT_API_URL`` chooses a server, without it one is started for the run.
"""

import logging
import os

DEFAULTS = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # Prefect's 20 s are too few for a cold start on busy cores
    "PREFECT_LOGGING_EXTRA_LOGGERS": "textmine",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # the thread that feeds the workers belongs to no flow run
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)
logging.getLogger("textmine").setLevel(logging.INFO)  # Prefect takes what a logger lets through, and the default is WARNING
