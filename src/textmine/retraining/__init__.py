"""Labels in, bundle out: read, split, learned, measured, compared with the champion, sealed, promoted."""

from __future__ import annotations

from textmine.retraining.inputs import Inputs
from textmine.retraining.prepare import prepare
from textmine.retraining.request import Request
from textmine.retraining.run import Retraining, open_retraining, retrain

__all__ = ["Inputs", "Request", "Retraining", "open_retraining", "prepare", "retrain"]
