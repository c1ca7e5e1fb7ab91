from textmine.text.replies import part_replies


def test_the_houses_reply_is_no_word_of_the_customer():
    texts, replies = part_replies(["房间很吵。宾馆反馈 2008年8月7日:感谢入住,已经整改"])
    assert texts == ["房间很吵。"]
    assert replies == ["感谢入住,已经整改"]


def test_what_the_customer_added_later_stays():
    texts, replies = part_replies(["房间很吵。酒店回复2019-08-07:抱歉 补充点评:换房后安静了"])
    assert texts == ["房间很吵。 补充点评:换房后安静了"]
    assert replies == ["抱歉"]


def test_a_customer_who_tells_of_a_reply_keeps_every_word():
    told = ["客服回复说没货,再问就不理人", "商家回复很快,赞", "问了三天,客服反馈:等通知"]
    assert part_replies(told) == (told, [None, None, None])


def test_an_unending_row_of_marks_takes_no_time():
    text = "宾馆反馈2008年8月7日" * 8_000
    assert part_replies([text])[0] == [""]
