"""The products of a submission under names of the user's own."""


def case_tree_tarball_and_summary_have_the_names_that_were_asked_for(bench):
    run = bench.main.copy("names")
    for old in ("submission", "open.tar.gz", "summary.csv", "summary.json"):
        (run.path / old).unlink()
    run.configure("--submission_dir=tree", "--output_tar=mine.tar.gz", "--output_summary=table")
    run.ninja("submission")
    assert (run.path / "tree/open").is_dir() and (run.path / "mine.tar.gz").is_file()
    assert (run.path / "table.csv").read_text() and (run.path / "table.json").read_text()
    assert not (run.path / "submission").exists()
    said = run.configure("--submission_dir=../elsewhere", ok=False)
    assert "../elsewhere" in said, said
