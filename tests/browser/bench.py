"""Run directories with pages, and one Chromium that looks at them."""
import json
import os
import pathlib
import shutil
import subprocess
import time

from places import ROOT, Skip

WIDE, PHONE = (1280, 800), (390, 844)
PATIENCE = 300  # seconds: a machine that does much else draws slowly


class Keys:
    """What WebDriver calls the keys that have no letter."""
    ENTER, ESCAPE, ARROW_RIGHT, ARROW_DOWN = "\ue007", "\ue00c", "\ue014", "\ue015"


def need_program(name, package):
    found = shutil.which(name)
    if not found:
        raise Skip(f"{name} is not installed: apt-get install {package}")
    return found


class Bench:
    def __init__(self, mlpgen, scratch, cache):
        self.mlpgen, self.scratch, self.cache = mlpgen, scratch, cache
        self.shots = scratch / "shots"
        shutil.rmtree(self.scratch / "runs", ignore_errors=True)
        for folder in (self.scratch / "runs", self.cache, self.shots):
            folder.mkdir(parents=True, exist_ok=True)
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(self.scratch), "LC_ALL": "C.UTF-8",
            "MLPGEN_HOME": os.environ.get("MLPGEN_HOME",
                                          str(ROOT)), "MLPGEN_STORE": str(self.scratch / "store"),
            "MLPGEN_MACHINE_LOCK": str(self.scratch / "machine")
        }
        self.driver = None
        self.page = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.driver:
            self.driver.quit()

    def run(self, *words, cwd=None, code=0, **env):
        done = subprocess.run([str(w) for w in words], cwd=cwd or self.scratch,
                              env={**self.env, **env}, capture_output=True, text=True)
        assert done.returncode == code, (f"{words}: exit code {done.returncode}\n"
                                         f"{done.stdout}{done.stderr}")
        return done.stdout

    def graph(self, *words, cwd=None, **env):
        return self.run(self.mlpgen, "graph", *words, cwd=cwd, **env)

    def project(self, name):
        """A run directory of the small project that tests/commands uses, and the env that names it.
        """
        run = self.scratch / "runs" / name
        shutil.copytree(ROOT / "tests/commands/project", run / "project")
        return run, {"MLPGEN_HOME": str(run / "project")}

    def page_of(self, *words, cwd=None, **env):
        """The path of a page."""
        runs = self.scratch / "runs"
        file = runs / f"page-{len(list(runs.glob('page-*')))}.html"
        self.graph(*words, f"--output={file}", cwd=cwd, **env)
        return file

    def retinanet(self):
        """The page of the whole RetinaNet graph, made once."""
        if not self.page:
            self.page = self.page_of("--model=retinanet")
        return self.page

    def start(self):
        try:
            from selenium import webdriver
            from selenium.webdriver.chrome.service import Service
        except ImportError:
            raise Skip("Selenium is not installed: apt-get install python3-selenium") from None
        options = webdriver.ChromeOptions()
        options.binary_location = need_program("chromium", "chromium")
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     "--force-device-scale-factor=1", "--disable-dev-shm-usage",
                     f"--user-data-dir={self.scratch / 'profile'}"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = Service(need_program("chromedriver", "chromium-driver"))
        self.driver = webdriver.Chrome(service=service, options=options)
        self.driver.set_script_timeout(PATIENCE)

    def browse(self, file, hash_="", size=WIDE, dark=False):
        """Opens the page in a window of that size, and looks through `Look`."""
        if not self.driver:
            self.start()
        # Headless windows are never narrower than 500 px; a phone's width is emulated.
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        self.driver.get("about:blank")
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        self.driver.get(pathlib.Path(file).as_uri() + hash_)
        return Look(self.driver)

    def finish_case(self, name):
        if self.driver:
            self.driver.save_screenshot(str(self.shots / f"{name}.png"))


class Look:
    """What a person sees and does on a page, by CSS selectors."""
    def __init__(self, driver):
        self.driver = driver

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, *arguments):
        """Until the script gives something that is true, which is returned."""
        end = time.monotonic() + PATIENCE
        while not (value := self.js(script, *arguments)):
            assert time.monotonic() < end, f"never true: {script} {arguments}"
            time.sleep(0.02)
        return value

    def all(self, selector):
        return [e for e in self.driver.find_elements("css selector", selector) if e.is_displayed()]

    def the(self, selector):
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} of '{selector}' are seen"
        return found[0]

    def texts(self, selector):
        return [e.text for e in self.all(selector)]

    def card(self, name):
        number = self.js("return instances.findIndex(n => n.name === arguments[0])", name)
        return self.the(f".card[data-instance='{number}']")

    def cards(self):
        return self.js("return [...document.querySelectorAll('.card')].map(c => "
                       "instances[c.dataset.instance].name)")

    def open(self, name):
        self.js("arguments[0].scrollIntoView({block: 'center', inline: 'center'})", self.card(name))
        self.card(name).click()
        self.wait("return document.querySelector('#panel h2')?.textContent === arguments[0]", name)
        return self.the("#panel")

    def type(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains
        ActionChains(self.driver).send_keys(*keys).perform()

    def complaints(self):
        """What the browser wrote to its console."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses that were asked for, apart from the page itself."""
        events = [
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        ]
        asked = [
            e["params"]["request"]["url"] for e in events
            if e["method"] == "Network.requestWillBeSent"
        ]
        return [url for url in asked if not url.startswith(("data:", "about:"))]
