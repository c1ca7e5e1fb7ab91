"""The house's own reply inside an exported review (宾馆反馈 2008年8月7日：...): staff's words, not the customer's."""

from __future__ import annotations

import re

# A date must follow: 客服回复说没货 is the customer's own story. What the customer added later (补充点评) counts again.
REPLY = re.compile(
    r"(?:宾馆|酒店|商家|店家|卖家|客服)(?:反馈|回复)\s?"
    r"\d{4}(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})\s?[:：]?"
    r"(.*?)(?=补充点评|$)",
    re.DOTALL,
)


def part_replies(texts: list[str]) -> tuple[list[str], list[str | None]]:
    """The customer's part of each text (normal form), and the replies in it; None where there is none."""
    parted = [_part(text) if "反馈" in text or "回复" in text else (text, None) for text in texts]
    return [customer for customer, _ in parted], [reply for _, reply in parted]


def _part(text: str) -> tuple[str, str | None]:
    replies = [found[1].strip() for found in REPLY.finditer(text)]
    if not replies:
        return text, None
    return REPLY.sub(" ", text).strip(), " ".join(replies)
