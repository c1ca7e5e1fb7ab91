"""HTML to plain text, in one walk over the text: cost linear in its length whatever it holds."""

from __future__ import annotations

import html
import re

INLINE = frozenset(
    re.split(
        r"\s+",
        """
    a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q rp rt ruby s samp small span strike strong sub
    sup time tt u var wbr
""".strip(),
    )
)
BLOCK = frozenset(
    re.split(
        r"\s+",
        """
    address area article aside audio base basefont blockquote body br button canvas caption center col colgroup data
    datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6
    head header hgroup hr html iframe img input label legend li link main map menu meta meter nav noframes noscript object
    ol optgroup option output p param picture pre progress script section select slot source style summary svg table tbody
    td template textarea tfoot th thead title tr track ul video xml
""".strip(),
    )
)
UNREAD = frozenset(("script", "style"))  # what stands between their tags is no text
TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9]*)(?::[A-Za-z0-9]+)?(?=[\s/>])[^<>]*>"
    r"|<!--|-->|<!(?:DOCTYPE|doctype)[^<>]*>|<!\[CDATA\[|\]\]>|<\?xml[^<>]*>"
)
ENDS = re.compile(r"</(script|style)|-->", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
NESTED = re.compile(r"&(?:amp;)+", re.IGNORECASE)  # &amp;amp;amp; would take a round each


def strip_markup(text: str) -> str:
    """Text without HTML tags, comments, scripts and styles, entities decoded.

    Only names HTML knows count as tags (``<小明>`` and ``a<b`` stay). Block tags leave a space, inline tags nothing.
    A script, style or comment that is never closed loses its tag only, so that no words are lost.
    """
    if "<" in text:
        text = _without_tags(text)
    if "&" in text:
        text = ENTITY.sub(lambda found: html.unescape(found[0]), NESTED.sub("&", text))
    return text


def _without_tags(text: str) -> str:
    last_end = {(found[1] or "!").lower(): found.start() for found in ENDS.finditer(text)}
    kept: list[str] = []
    read_from, closing = 0, ""
    for found in TAG.finditer(text):
        name = found[2].lower() if found[2] else found[0][:3]
        if closing:
            if found[0] == "-->" if closing == "!" else bool(found[1]) and name == closing:
                closing, read_from = "", found.end()
            continue
        if found[2] and name not in INLINE and name not in BLOCK and ":" not in found[0].split()[0]:
            continue
        kept += (text[read_from : found.start()], "" if name in INLINE or found[0] in {"<![CDATA[", "]]>"} else " ")
        read_from = found.end()
        kind = "!" if found[0] == "<!--" else name
        if (kind == "!" or (kind in UNREAD and not found[1])) and last_end.get(kind, -1) >= found.end():
            closing = kind
    kept.append(text[read_from:])
    return "".join(kept)
