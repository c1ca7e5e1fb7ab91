"""Addresses of persons: places that lead to a house, a building or a flat. A city or a street alone is no address."""

from __future__ import annotations

from textmine.text.recognisers.shape import Recogniser, all_han_but, compiled

# Words that stand before an address, not in it.
NOT_IN = "我你您他她它们住在到送寄从请把往是的了给跟说但这那就都也很还没被让叫拿址于去回至问将因"
# Last characters of regions, roads and estates: 省 ... 镇, 路 ... 街, 苑 (阳光苑) ... 厦 (大厦).
LAST = "省市区县州盟旗镇乡村屯寨庄路街巷坊里道苑园城府湾庭居轩阁郡院墅邸港寓厦场馆舍汇峰"
INNER = f"[A-Za-z0-9·{all_han_but(NOT_IN + LAST)}]"
NO_ROAD = "(?<!知道)(?<!走路)(?<!马路)(?<![网线]路)(?<![这那哪家店手心夜]里)(?<![到现当]场)"
# A piece is taken whole (atomic) and at most six of them: the cost of a start is bounded whatever the text holds.
PLACE = f"(?:(?:{INNER}|[{LAST}]){INNER}{{0,8}}(?:[{LAST}]{{1,3}}|(?<=中)心|(?<=大)学|(?<=[名丽华])都){NO_ROAD})"
# A区, 小区, 校区 name nothing by themselves.
PLACES = rf"(?![A-Za-z0-9东西南北中本小校园厂景新老社城市地院][区院城里园场都])(?>(?:{PLACE}\s{{0,2}}){{1,6}})"
COUNT = "[0-9一二三四五六七八九十百零〇]"
NUMBER = rf"(?:[A-Za-z]{{0,2}}{COUNT}{{1,5}}(?:\s?[-–—之#]\s?[A-Za-z]?[0-9A-Z]{{1,5}}){{0,3}}|[A-Z][0-9]?(?:-[A-Z0-9]{{1,3}})?)"
# 3号线, 2号出口 and 5号桌 lead to no home.
HOUSE = "(?:号楼|号院|号(?![线口厅桌店馆机柜窗车床航登色码出令])|弄|#)"
FLAT = "(?:号楼|栋|幢|座|单元|室|房(?!间)|户|组|队|#楼?|层|楼)"
UNIT = f"(?:{HOUSE}|{FLAT}|门|院|舍)"
# A floor or a room alone (万达广场3楼) is a shop or a hotel.
FIRST = rf"(?:{NUMBER}\s?(?:{HOUSE}|号楼|栋|幢|座|单元|室|组)|[0-9]{{1,3}}-[0-9]{{1,3}}-[0-9]{{2,4}}(?![0-9-]))"
NEXT = (
    rf"(?:\s{{0,2}}(?:(?:{INNER}|[{LAST}])(?:(?!{COUNT})(?:{INNER}|[{LAST}])){{0,9}})?\s{{0,2}}{NUMBER}\s?{UNIT}"
    rf"|\s?{NUMBER}(?:{UNIT}|(?![0-9月年天日点时分元块个次人件米层公]))){{0,6}}"
)
CHAIN = Recogniser(
    "ADDRESS",
    compiled(PLACES, FIRST, NEXT),
    rf"[{LAST}心学都]\s{{0,2}}(?:[A-Za-z]{{0,2}}{COUNT}{{1,5}}.{{0,12}}[号弄栋幢座单室组#]"
    "|[A-Z]-?[0-9A-Z]?.?[栋幢座]|[0-9]{1,3}-[0-9]{1,3}-)",
)
STAIRS = r"(?:[0-9A-Z一二三四五六七八九十]{1,3}(?:单元|门)\s?)"
INDOORS = Recogniser(
    "ADDRESS",
    compiled(
        rf"(?<![0-9A-Za-z]){NUMBER}(?:(?:栋|幢|座)\s?{STAIRS}?|号楼\s?{STAIRS})",
        r"(?:[0-9]{1,2}[层楼]\s?)?[0-9]{3,4}(?![0-9年元块])[室房号]?",
    ),
    "(?:栋|幢|号楼|座).{0,6}[0-9]{3}",
)
SENTENCE = r"[^，。！？；\s]"
TOLD = Recogniser(
    "ADDRESS",
    compiled(
        rf"(?:地址|住址|住在|家在)\s?(?:[:：]|是)\s?(?P<secret>(?={SENTENCE}{{0,40}}[路街巷弄号栋幢室村镇乡组])",
        f"(?={SENTENCE}{{0,40}}{COUNT}){SENTENCE}{{4,40}})",
    ),
    "地址|住址|住在|家在",
)
ADDRESSES = {"address_chain": CHAIN, "address_indoors": INDOORS, "address_told": TOLD}
