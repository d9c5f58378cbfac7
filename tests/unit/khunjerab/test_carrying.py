"""`khunjerab call` carries files: into a field, and out of the answer."""

from base64 import b64encode
from pathlib import Path

import pytest
import typer

from khunjerab.commands.carrying import carried, saved


def test_a_file_comes_out_as_it_went_in(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(bytes(range(256)))
    fields = carried({"sheet": "People"}, [f"content={tmp_path / 'in'}"])
    assert fields == {"sheet": "People", "content": b64encode(bytes(range(256))).decode()}
    answer = saved({"file": "a=b.csv", "content": fields["content"]}, [f"content={tmp_path / 'a=b'}"])
    assert answer == {"file": "a=b.csv", "content": f"saved as {tmp_path / 'a=b'}"}
    assert (tmp_path / "a=b").read_bytes() == bytes(range(256))


@pytest.mark.parametrize("word", ["content", "=path", "content=", "content=/nowhere/at.all"])
def test_a_file_that_cannot_be_read_is_told(word: str) -> None:
    with pytest.raises(typer.BadParameter):
        carried({}, [word])


@pytest.mark.parametrize("answer", [{"other": ""}, {"content": None}, {"content": "no base64!"}, ["content"]])
def test_an_answer_without_the_file_is_told_and_nothing_is_written(tmp_path: Path, answer: object) -> None:
    with pytest.raises(typer.BadParameter, match="no file in content"):
        saved(answer, [f"content={tmp_path / 'out'}"])
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_told() -> None:
    with pytest.raises(typer.BadParameter, match="No such file"):
        saved({"content": ""}, ["content=/nowhere/at.all"])
