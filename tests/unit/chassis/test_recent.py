"""What was asked for last is kept, and no more of it than was said."""

from chassis.recent import Recent


def test_what_was_not_asked_for_longest_goes_first() -> None:
    recent = Recent[str, int](2)
    recent.put("one", 1)
    recent.put("two", 2)
    assert recent.get("one") == 1
    recent.put("three", 3)
    assert [recent.get(each) for each in ("one", "two", "three")] == [1, None, 3]


def test_what_is_put_again_counts_once_and_is_the_newest() -> None:
    recent = Recent[str, int](2)
    for key, value in (("one", 1), ("two", 2), ("one", 3), ("three", 4)):
        recent.put(key, value)
    assert [recent.get(each) for each in ("one", "two", "three")] == [3, None, 4]


def test_each_counts_as_much_as_it_weighs_and_the_last_one_always_stays() -> None:
    recent = Recent[str, str](3, weight=len)
    for key in ("a", "bb", "cc", "dddd"):
        recent.put(key, key)
        assert recent.get(key) == key
    assert len(recent) == 1
    recent.put("e", "e")
    assert (recent.get("dddd"), recent.get("e"), len(recent)) == (None, "e", 1)


def test_what_is_forgotten_weighs_nothing() -> None:
    recent = Recent[str, str](3, weight=len)
    recent.put("aaa", "aaa")
    recent.forget("aaa")
    recent.forget("never")
    for key in ("bb", "c"):
        recent.put(key, key)
    assert [recent.get(each) for each in ("aaa", "bb", "c")] == [None, "bb", "c"]
