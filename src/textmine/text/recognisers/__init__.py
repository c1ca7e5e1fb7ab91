"""Every shape of personal data that is masked, by family, in the order in which they are tried."""

from __future__ import annotations

from textmine.text.recognisers.accounts import CHATS, MAILS
from textmine.text.recognisers.addresses import ADDRESSES
from textmine.text.recognisers.identity import IDENTITY
from textmine.text.recognisers.names import NAMES
from textmine.text.recognisers.numbers import CARDS, LONG_CARDS, OTHER_NUMBERS
from textmine.text.recognisers.phones import PHONES
from textmine.text.recognisers.shape import Recogniser

__all__ = ["MASKS", "RECOGNISERS", "Recogniser"]

# What a mail address or an ID number is made of must not be taken for a telephone: the more exact shape comes first.
RECOGNISERS: dict[str, Recogniser] = {
    **MAILS,
    **IDENTITY,
    **LONG_CARDS,
    **PHONES,
    **CARDS,
    **CHATS,
    **ADDRESSES,
    **NAMES,
    **OTHER_NUMBERS,
}
MASKS: tuple[str, ...] = tuple(dict.fromkeys(recogniser.mask for recogniser in RECOGNISERS.values()))
