"""The labelling interface for Label Studio, made of the lake's own codes.

SOURCE: https://labelstud.io/tags/choices (``value`` is what an export holds, ``html`` what the annotator sees).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from textmine.labelfiles.choices import SEVERAL, Choices
from textmine.labelfiles.columns import CHINESE, LABELS


def labelling_config(choices: Choices) -> str:
    """XML for Settings > Labeling Interface > Code: the text, and a list of choices for each label."""
    blocks = "".join(_block(label, choices[label]) for label in LABELS)
    return f'<View>\n  <Text name="text" value="$text"/>\n{blocks}</View>\n'


def _block(label: str, names: Mapping[str, str]) -> str:
    kind = "multiple" if label in SEVERAL else "single-radio"
    lines = "".join(f'    <Choice value="{escape(code)}" html="{escape(f"{name} {code}")}"/>\n' for code, name in names.items())
    opening = f'  <Choices name="{label}" toName="text" choice="{kind}" showInline="true">\n'
    return f'  <Header value="{CHINESE[label]} {label}"/>\n{opening}{lines}  </Choices>\n'
