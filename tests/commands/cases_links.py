"""Links of a request's artifacts, as configure leaves them."""
import os

from commands.bench import has


def test_configure_keeps_a_link_of_a_person_in_the_place_of_ours(bench):
    mine = bench.folder / "mine"
    mine.write_text("mine")
    place = bench.run_directory / "result"
    for to in (str(mine), "../mine", "nowhere"):
        place.symlink_to(to)
        bench.configure("app")
        assert os.readlink(place) == to
        has(
            bench.run(["ninja", "work"], code=1).stdout,
            "app/count: result is in the way, a link that is not mlpgen's")
        assert os.readlink(place) == to
        place.unlink()
    bench.ninja("work")
    assert place.is_symlink() and mine.read_text() == "mine"
    place.unlink()
    place.symlink_to(mine)
    bench.configure("app")  # the artifact is made: its link is not set over another's, either
    assert os.readlink(place) == str(mine)


def test_configure_still_removes_and_sets_its_own_links(bench):
    bench.configure("app")
    bench.ninja("work")
    ours = os.readlink(bench.run_directory / "result")
    bench.configure("app,_large")
    assert not (bench.run_directory / "result").is_symlink()
    bench.configure("app")
    assert os.readlink(bench.run_directory / "result") == ours
