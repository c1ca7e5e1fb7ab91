"""Which encoding makes Chinese of some bytes: the share of common characters under each. Text only, no files."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

GUESSES = ("gb18030", "cp950", "utf-16-le", "utf-16-be")
LONE = re.compile("[\ud800-\udfff]")

# The 800 commonest characters of jieba 0.42.1's dict.txt (MIT), each word counted by its frequency, and the
# traditional forms of these (OpenCC 1.4.2, s2tw). They cover four fifths of running text; bytes read in the wrong
# encoding give rare characters instead.
_COMMON = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部"
    "能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所如现理机体表力好外与文当两实重新三么只山"
    "水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向"
    "治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首"
    "共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五"
    "京河接条规县式白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增"
    "历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红"
    "型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源"
    "息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除乐企引标确织初青志率项飞球察节龙响药站施均消客失轻存低甚"
    "般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严"
    "桥模仅胜杀围席态破承招杨负层须父供续状域似依银范修找九致密终血旅钱赛独细效玉冲获习医演毛尽脸弹楼艺航陆右协七攻镇检写苏宗"
    "章注阿抗弟坐验封紧劳户优财养适陈喜卫排射哥油刻留急降念云微伤例景拿绝阶座刘刚害印亿沙母酒助闻超审待压升送监策略限竟香配藏"
    "敌呢差仍兰温园树征善波哪词岛止预怕继皮执味份角草男普答益谁船惊核街夏宣掌田久著画辑奇尼剑吧谈背免孩礼材愿洋春架筑括晚乱乎"
    "讲尚良友临激刀夜室既敢邦挥昌板胡欧福港叶"
)
_TRADITIONAL = (
    "國為這個來會時學說們於後發對長過業裡經門動進區開產軍還種現機體與當兩實麼關從內沒將員東頭間無見戰點場數樣問並萬級應資務氣"
    "漢總電聲設義統處馬兒領隊計別權話報給變書幾華議稱決張導術結師達題條規縣風運組聽濟黨論強黃選記卻職號類傳帶幹農邊據聯廣質陽"
    "難歷專認車臺遊舉線團備爭眾連調轉該爾讓較際親單紅價約亞則屬積圖準極裝許參觀魚辦復遠構隨勢熱網語鐵斷愛紀況證編滿覺雙樂標確"
    "織項飛節龍響藥輕擊請離顯羅營視護創餘興佔雖費試寶識維採宮環鬥鄉責嚴橋僅勝殺圍態楊負層須續狀銀範緻終錢賽獨細衝獲習醫盡臉彈"
    "樓藝陸協鎮檢寫蘇驗緊勞戶優財養適陳衛雲傷絕階劉剛億聞審壓監敵蘭溫園樹徵詞島預繼執誰驚畫輯劍談禮願築亂講臨揮歐葉"
)
_PUNCTUATION = "，。！？、：；（）“”‘’《》…—\u3000～·【】「」『』"

# Chosen on 6,000 web reviews cut to 4 ... 100 characters and written in each encoding: no GB18030 and no Big5 was
# taken for another; from 30 characters on 97 % were decided, the rest refused.
_MIN_DIFFERENT, _MIN_SHARE, _MIN_RATIO, _MAX_BAD = 4, 0.5, 3.0, 0.01


def clearest(sample: bytes) -> tuple[str, list[str]]:
    """The encoding that alone makes likely Chinese of the bytes, '' if none does; and the shares found, for people."""
    scores = {codec: _score(sample, codec) for codec in GUESSES}
    best = max(GUESSES, key=lambda codec: scores[codec][1])
    others = max(share for codec, (_, share) in scores.items() if codec != best)
    found = [f"{codec} {share:.0%} common characters" for codec, (_, share) in scores.items() if share]
    return best if _looks_right(*scores[best]) and scores[best][1] >= _MIN_RATIO * others else "", found


def likely(sample: bytes, codecs: tuple[str, ...] = GUESSES) -> bool:
    """Whether any of the encodings makes likely Chinese of the bytes."""
    return any(_looks_right(*_score(sample, codec)) for codec in codecs)


def mostly_utf8(sample: bytes) -> bool:
    """Whether bytes that are not UTF-8 are rare beside characters of three bytes or more, or only the last one is cut."""
    text = sample.decode("utf-8", "surrogateescape")
    bad = len(LONE.findall(text))
    if 0 < bad <= 3 and len(LONE.findall(text[-bad:])) == bad and sample[-bad] >= 0xC2:
        return True
    return bad > 0 and len(re.findall("[\u0800-\ud7ff\ue000-\U0010ffff]", text)) > 20 * bad


def _score(sample: bytes, codec: str) -> tuple[int, float]:
    """Different common characters, and the share of common ones in all but printable ASCII (UTF-16: in all).

    Zero where the bytes do not fit.
    """
    wide = codec.startswith("utf-16")
    try:
        text = sample[: len(sample) // 2 * 2].decode(codec) if wide else sample.decode(codec, "surrogateescape")
    except UnicodeDecodeError:
        return 0, 0.0
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    bad = 0 if wide else len(LONE.findall(text[:-3]))  # the sample or the file may end within a character
    # In UTF-16 ASCII speaks too: the other byte order would turn it into rare characters.
    common = units[_EXPECTED[units] | ~_FOREIGN[units]] if wide else units[_EXPECTED[units]]
    foreign = len(units) if wide else int(np.count_nonzero(_FOREIGN[units]))
    fits = foreign and bad <= _MAX_BAD * foreign
    return (len(np.unique(common)), len(common) / foreign) if fits else (0, 0.0)


def _looks_right(different: int, share: float) -> bool:
    return different >= _MIN_DIFFERENT and share >= _MIN_SHARE


def _table(characters: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(1 << 16, dtype=bool)
    table[[ord(character) for character in characters]] = True
    return table


_EXPECTED = _table(_COMMON + _TRADITIONAL + _PUNCTUATION)
_FOREIGN = ~_table("\t\n\r" + "".join(map(chr, range(32, 127))))
