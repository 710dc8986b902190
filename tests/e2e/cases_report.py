"""ninja report: its page, its JSON and its table say what summary.json says."""
import csv
import json
import shutil
import time

import pytest

from places import Skip


@pytest.fixture(scope="module")
def reported(bench):
    """A copy of the main job with its report."""
    run = bench.main.copy("report")
    run.ninja("report")
    return run.path


def case_the_numbers_of_a_report_are_those_of_the_summary(reported):
    report = json.loads((reported / "report.json").read_text())
    summary = json.loads((reported / "summary.json").read_text())
    [result], row = report["results"], summary["0"]
    assert result["metric"] == {"value": row["Result"], "unit": row["Units"]}
    assert result["accuracy"] == summary["mlpgen"]["results"][0]["accuracy"]
    assert result["verdict"] == summary["mlpgen"]["results"][0]["loadgen"]["verdict"]
    with open(reported / "report.csv", newline="") as file:
        rows = {r["quantity"]: r for r in csv.DictReader(file)}
    assert float(rows["metric"]["value"]) == row["Result"], rows["metric"]
    last = result["latency_ms"]["query"][-1]
    assert float(rows["query latency, percentile 99.9"]["value"]) == last["ms"]


def case_the_page_of_a_report_draws_its_plots_and_fits_a_phone(reported):
    webdriver = pytest.importorskip("selenium.webdriver", reason="there is no python3-selenium")
    if not shutil.which("chromium"):
        raise Skip("there is no chromium")
    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--window-size=390,800"):
        options.add_argument(word)
    browser = webdriver.Chrome(options=options)
    try:
        browser.get(f"file://{(reported / 'report.html').resolve()}")
        while not browser.find_elements("css selector", ".plot svg path"):
            assert not browser.get_log("browser")
            time.sleep(0.1)
        report = json.loads((reported / "report.json").read_text())
        shown = browser.find_element("css selector", ".figure b").text
        assert shown.split()[0] == f"{report['results'][0]['metric']['value']:.4g}", shown
        wide = "return document.documentElement.scrollWidth > window.innerWidth"
        assert not browser.execute_script(wide)
    finally:
        browser.quit()
