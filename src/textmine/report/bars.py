"""Bars as inline SVG: drawn with attributes only, so that a strict content policy holds."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT = 320, 14


def stacked_bar(parts: Sequence[tuple[str, int]], *, total: int) -> Markup:
    """A bar of ``total`` full width; ``parts`` are (CSS class, count) from left to right. Nothing of a text is drawn."""
    left, drawn = 0.0, []
    for kind, count in parts:
        width = WIDTH * count / total if total else 0.0
        drawn.append(Markup('<rect class="{}" x="{:.1f}" y="0" width="{:.1f}" height="{}"/>').format(kind, left, width, HEIGHT))
        left += width
    inside = Markup("").join(drawn)
    return Markup('<svg class="bar" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-hidden="true">{}</svg>').format(
        WIDTH, HEIGHT, WIDTH, HEIGHT, inside
    )
