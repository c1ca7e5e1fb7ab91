"""What is replaced, from how many rows, and what was learned with another dictionary."""

from __future__ import annotations

from textmine.retraining.lineage import dictionary_of, fewer_rows, of_another_dictionary, replaced_tasks, rows_of


def test_what_the_card_or_a_file_says_was_learned_is_replaced_and_topics_and_proposals_are_not():
    card = {"tasks": {"intent": {}, "topics": {}, "priority": {}}, "files": {"heads-urgency.npz": "x", "topics.npz": "y"}}
    found = replaced_tasks(card, tasks=("sentiment", "intent", "urgency", "topics", "priority"))
    assert found == {"intent": ("intent",), "urgency": ("priority",)}
    assert replaced_tasks({}, tasks=("intent",)) == {}


def test_a_tenth_of_the_rows_of_before_is_enough_and_fewer_are_told():
    card = {"tasks": {"intent": {"rows": 600}, "sentiment": {"out_of_fold": {"a": {"rows": 400}, "b": {"rows": 300}}}}}
    assert rows_of(card, "sentiment") == 700
    assert list(fewer_rows(card, {"intent": 60, "sentiment": 70, "urgency": 1})) == []
    assert list(fewer_rows(card, {"intent": 59})) == ["intent: learned from 59 rows, before from 600"]


def test_tasks_that_are_kept_and_were_learned_with_another_dictionary_are_named(tmp_path):
    (tmp_path / "dictionary.txt").write_text("预授权码 30 n\n", "utf-8")
    for name in ("heads-intent.npz", "heads-sentiment.npz", "heads-urgency.npz", "learned-priority-policy.toml"):
        (tmp_path / name).write_text("")
    now = dictionary_of(tmp_path)
    tasks = {"intent": {}, "sentiment": {}, "urgency": {"dictionary": now}, "categories": {}, "priority": {}}
    card = {"tasks": tasks, "files": {"dictionary.txt": "another"}}
    # categories have no file any more, urgency was learned with this one, and a proposal changes nothing
    assert of_another_dictionary(card, folder=tmp_path, tasks=()) == ["intent", "sentiment"]
    assert of_another_dictionary(card, folder=tmp_path, tasks=("sentiment",)) == ["intent"]
    assert of_another_dictionary({**card, "files": {"dictionary.txt": now}}, folder=tmp_path, tasks=()) == []
