"""The page, clicked through in Chromium."""
import json

from browser.bench import PHONE, WIDE, Keys

MODEL = "get-ml-model-retinanet"
IMAGES = "get-preprocessed-dataset-openimages"


def case_the_page_asks_nothing_of_the_network_and_complains_of_nothing(bench):
    look = bench.browse(bench.retinanet())
    look.open(MODEL)
    assert look.requests() == [bench.retinanet().as_uri()], look.requests()
    assert look.complaints() == [], look.complaints()


def case_columns_are_stages_and_cards_are_instances(bench):
    look = bench.browse(bench.retinanet())
    titles = look.js(
        "return [...document.querySelectorAll('.column')].map(c => c.getAttribute('aria-label'))")
    assert titles == [
        "Request", "Sources and data", "Build", "Preprocess", "Measure", "Score", "Submission"
    ], titles
    in_stage = look.js(
        "return [...document.querySelectorAll('[data-stage=sources] .card')].map(c => "
        "instances[c.dataset.instance].name)")
    assert {MODEL, "get-dataset-openimages", "get-mlperf-inference-src"} <= set(in_stage), in_stage
    assert "get-mlperf-inference-loadgen" in look.js(
        "return [...document.querySelectorAll('[data-stage=build] .card')].map(c => "
        "instances[c.dataset.instance].name)")


def case_cards_do_not_lie_on_each_other_and_no_line_runs_through_one(bench):
    look = bench.browse(bench.retinanet(), size=(1920, 1080))
    look.the("#helpers + span").click()
    assert look.js("""
        const boxes = [...document.querySelectorAll('.card')].map(c => c.getBoundingClientRect());
        return boxes.every((a, i) => boxes.every((b, j) => i === j || a.bottom <= b.top ||
          b.bottom <= a.top || a.right <= b.left || b.right <= a.left))""")
    through = look.js("""
        const canvas = document.getElementById('canvas').getBoundingClientRect();
        const boxes = [...document.querySelectorAll('.card')]
          .map(c => [c, c.getBoundingClientRect()]);
        return [...document.querySelectorAll('#lines path')].flatMap(p => {
          const length = p.getTotalLength(), ends = p.dataset.line.split(' ');
          const points = [...Array(100).keys()].map(n => p.getPointAtLength(length * n / 99))
            .map(at => [at.x + canvas.left, at.y + canvas.top]);
          return boxes.filter(([c, b]) => !ends.includes(instances[c.dataset.instance].name) &&
              points.some(([x, y]) => x > b.left + 1 && x < b.right - 1 &&
                                      y > b.top + 1 && y < b.bottom - 1))
            .map(([c]) => `${p.dataset.line}: ${instances[c.dataset.instance].name}`);
        })""")
    assert through == [], through


def case_probes_are_hidden_until_asked_for(bench):
    look = bench.browse(bench.retinanet())
    assert "get-gcc" not in look.cards()
    hidden = look.js("return instances.filter(n => n.helper).length")
    assert hidden > 0 and look.the("#helpers-text").text == f"Probes and choices ({hidden})"
    look.the("#helpers + span").click()
    assert {"get-gcc", "detect-cpu"} <= set(look.cards())
    assert "Host" in look.js(
        "return [...document.querySelectorAll('.column')].map(c => c.getAttribute('aria-label'))")
    look.the("#helpers + span").click()
    assert "get-gcc" not in look.cards()


def case_a_click_opens_an_instance_with_steps_env_origin_and_state(bench):
    look = bench.browse(bench.retinanet())
    panel = look.open(MODEL)
    assert "not yet" in panel.text
    assert "recipes/model/get-ml-model-retinanet/recipe.yaml:" in panel.text
    step = look.the("[data-section=steps] details.edge")
    assert "file" in step.text and "fetch" in step.text
    step.find_element("css selector", "summary").click()
    assert "mlpgen-tool" in step.text and "resnext50_32x4d_fpn.onnx" in step.text
    assert "mlpgen log get-ml-model-retinanet/file" in step.text
    row = look.the("[data-key=CM_ML_MODEL_PRECISION]")
    assert "fp32" in row.text and "set by variation _fp32 (default variation)" in row.text, row.text
    assert "recipe.yaml:" in row.text and row.find_element("css selector", ".place").get_attribute(
        "title").startswith("recipes/model/get-ml-model-retinanet/recipe.yaml:")
    assert "app-mlperf-inference-mlcommons-python" in look.the("[data-section=asked-by]").text


def case_the_address_says_what_is_open(bench):
    look = bench.browse(bench.retinanet(), f"#{MODEL}")
    assert look.the("#panel h2").text == MODEL
    look.js("history.replaceState(null, '', '#get-uv'); dispatchEvent(new "
            "HashChangeEvent('hashchange'))")
    assert look.the("#panel h2").text == "get-uv"
    look.the("#panel .close").click()
    look.wait("return document.getElementById('panel').hidden")
    look.driver.back()
    look.wait("return document.querySelector('#panel h2')?.textContent === 'get-uv'")


def case_a_probe_in_the_address_is_shown(bench):
    look = bench.browse(bench.retinanet(), "#get-gcc")
    assert look.the("#panel h2").text == "get-gcc" and "version 12" in look.the("#panel").text
    assert look.card("get-gcc").get_attribute("aria-current") == "true"


def case_links_lead_from_instance_to_instance(bench):
    look = bench.browse(bench.retinanet())
    look.open(IMAGES)
    look.the("[data-section=uses] a").click()
    look.wait("return document.querySelector('#panel h2').textContent === 'get-dataset-openimages'")
    assert look.card("get-dataset-openimages").get_attribute("aria-current") == "true"
    look.all("[data-section=used-by] a")[0].click()
    look.wait("return document.querySelector('#panel h2').textContent !== 'get-dataset-openimages'")


def case_search_finds_ids_tags_keys_and_values(bench):
    look = bench.browse(bench.retinanet())

    def found(word):
        look.js("document.getElementById('search').value = ''")
        look.type("/") if look.js("return document.activeElement.id !== 'search'") else None
        look.type(word)
        return look.texts("#found li")

    assert any(t.startswith(MODEL) for t in found("retinanet"))
    assert any("tag " in t for t in found("object-detection"))
    assert any("CM_ML_MODEL_PRECISION = fp32" in t for t in found("CM_ML_MODEL_PRECISION"))
    assert any("= 6776245e" in t for t in found("6776245e"))
    assert look.js("return document.querySelectorAll('#found li[aria-selected=true]').length") == 1
    assert found("no such word anywhere") == ["Nothing has that in its name, tags, keys or values."]


def case_a_key_that_was_found_is_opened_at_its_row(bench):
    look = bench.browse(bench.retinanet())
    look.type("/", "CM_GIT_SHA", Keys.ENTER)
    look.wait("return document.querySelector('#panel h2')?.textContent === arguments[0]",
              "get-mlperf-inference-src")
    row = look.the("[data-key=CM_GIT_SHA]")
    assert "found" in row.get_attribute("class")
    look.wait(
        "const r = arguments[0].getBoundingClientRect(); return r.top > 0 && r.bottom < "
        "innerHeight", row)


def case_all_of_it_works_from_the_keyboard(bench):
    look = bench.browse(bench.retinanet())
    look.js("document.querySelector('.card').focus()")
    first = look.js("return document.activeElement.dataset.instance")
    look.type(Keys.ARROW_DOWN)
    second = look.js("return document.activeElement.dataset.instance")
    look.type(Keys.ARROW_RIGHT)
    third = look.js("return document.activeElement.closest('[data-stage]').dataset.stage")
    assert first != second and third == "sources"
    name = look.js("return instances[document.activeElement.dataset.instance].name")
    look.type(Keys.ENTER)
    look.wait("return document.querySelector('#panel h2')?.textContent === arguments[0]", name)
    look.type(Keys.ESCAPE)
    look.wait("return document.getElementById('panel').hidden")
    assert look.js("return instances[document.activeElement.dataset.instance]?.name") == name


def case_needed_for_shows_what_a_target_needs(bench):
    look = bench.browse(bench.retinanet())
    look.js("const t = document.getElementById('target'); t.value = 'model'; t.dispatchEvent(new "
            "Event('change'))")
    shown = look.cards()
    assert MODEL in shown and IMAGES not in shown and "tar-my-folder" not in shown, shown
    look.js(
        "const t = document.getElementById('target'); t.value = 'submission'; t.dispatchEvent(new "
        "Event('change'))")
    assert {MODEL, IMAGES, "tar-my-folder"} <= set(look.cards())


def case_colours_follow_the_system_until_the_button_is_pressed(bench):
    def background(look):
        return look.js("return getComputedStyle(document.body).backgroundColor")

    light = background(bench.browse(bench.retinanet()))
    look = bench.browse(bench.retinanet(), dark=True)
    dark = background(look)
    assert light != dark
    look.the("#theme").click()
    assert background(look) == light and look.the("#theme").text == "Dark"
    look.the("#theme").click()
    assert background(look) == dark
    look.js("localStorage.clear()")


CONTRAST = """
    const number = c => c.match(/[\\d.]+/g).map(Number);
    const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const light = c => {
      const [r, g, b] = number(c).map(v => linear(v / 255));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = e => {
      for (; e; e = e.parentElement) {
        const c = getComputedStyle(e).backgroundColor;
        if (number(c).length === 3) return c;
      }
      return 'rgb(255, 255, 255)';
    };
    const says = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    return [...document.querySelectorAll('body *')]
      .filter(e => e.checkVisibility() && says(e) && getComputedStyle(e).opacity === '1')
      .filter(e => !e.closest('.focused .card:not(.near), svg, select'))
      .map(e => {
        const column = e.closest('.column h2'), probe = document.createElement('i');
        if (column) {
          probe.style.backgroundColor = 'var(--lane)';
          column.append(probe);
        }
        const under = column ? getComputedStyle(probe).backgroundColor : ground(e);
        probe.remove();
        const [a, b] = [light(getComputedStyle(e).color), light(under)].sort((x, y) => y - x);
        return [(a + 0.05) / (b + 0.05), e.className || e.tagName, e.textContent.slice(0, 30)];
      })
      .filter(([ratio]) => ratio < 4.5)"""


def case_every_text_has_the_contrast_that_wcag_aa_asks_for(bench):
    for dark in (False, True):
        look = bench.browse(bench.retinanet(), f"#{MODEL}", dark=dark)
        weak = look.js(CONTRAST)
        assert weak == [], (dark, weak[:5])


def case_on_a_phone_stages_stand_below_each_other_and_an_instance_fills_the_window(bench):
    look = bench.browse(bench.retinanet(), size=PHONE)
    assert look.js("return document.documentElement.scrollWidth <= innerWidth")
    tops = look.js(
        "return [...document.querySelectorAll('.column')].map(c => c.getBoundingClientRect().top)")
    assert tops == sorted(tops) and len(set(tops)) == len(tops)
    panel = look.open(MODEL)
    assert panel.size["width"] == PHONE[0]
    look.the("#panel .close").click()
    look.wait("return document.getElementById('panel').hidden")


def case_at_1280_by_800_all_stages_are_in_the_window(bench):
    look = bench.browse(bench.retinanet(), size=WIDE)
    right = look.js("return Math.max(...[...document.querySelectorAll('.column')].map(c => "
                    "c.getBoundingClientRect().right))")
    assert right <= WIDE[0], right
    assert look.js("return document.documentElement.scrollHeight <= innerHeight")


def case_states_are_told(bench):
    run, env = bench.project("states")
    bench.run(bench.mlpgen, "configure", "app", cwd=run, **env)
    bench.run("ninja", "work", cwd=run, **env)
    (run / "project/recipes/t/data/text.txt").write_text("four\n")
    look = bench.browse(bench.page_of(cwd=run, **env))
    assert look.texts("#states li") == ["4 edges", "not yet 2",
                                        "out of date 2"], look.texts("#states li")
    assert "out of date" in look.open("get-data").text
    assert "an earlier one exists" in look.the("#panel .state").text


def case_a_refusal_is_told_with_what_waits_for_it(bench):
    run, env = bench.project("refused")
    (run / "project/rules/refuse.yaml").write_text(
        "format: 1\nrule: refuse\nabout: Refuses\nkind: refuse\nedges:\n"
        "  - {id: refuse, argv: [/bin/false], outputs: {nothing: nothing}}\n")
    recipe = run / "project/recipes/t/data/recipe.yaml"
    recipe.write_text(recipe.read_text().replace(
        "rule: write, word: \"text ${CM_LINES:-1}\", use: \"${recipe}/text.txt\"",
        "rule: refuse").replace("${text.file}", "${text.nothing}"))
    look = bench.browse(bench.page_of("app", cwd=run, **env))
    panel = look.open("app")
    assert "refused" in panel.text and not look.all("#helpers-text")
    look.all("[data-section=steps] details.edge summary")[0].click()
    assert "It waits for get-data." in panel.text


def case_texts_of_recipes_are_texts(bench):
    run, env = bench.project("texts")
    recipe = run / "project/recipes/t/data/recipe.yaml"
    evil = "</script><img src=x onerror=alert(1)><script>alert(2)</script>"
    recipe.write_text(recipe.read_text().replace("steps:",
                                                 f"default_env: {{CM_EVIL: \"{evil}\"}}\nsteps:"))
    look = bench.browse(bench.page_of("app", "--size=large", cwd=run, **env), "#get-data")
    assert evil in look.the("[data-key=CM_EVIL]").text
    assert look.js("return document.querySelectorAll('img').length") == 0
    assert look.complaints() == [], look.complaints()


def case_a_secret_is_a_name_without_a_value(bench):
    run, env = bench.project("secret")
    recipe = run / "project/recipes/t/data/recipe.yaml"
    recipe.write_text(recipe.read_text().replace(
        "steps:", "keys: {CM_TOKEN: {type: secret, about: to fetch}}\nsteps:"))
    env = {**env, "CM_TOKEN": "planted-secret-4711"}
    page = bench.page_of("app", cwd=run, **env)
    for format_ in ("html", "dot", "mermaid", "json"):
        assert "planted-secret-4711" not in bench.graph("app", f"--format={format_}", cwd=run,
                                                        **env)
    look = bench.browse(page, "#get-data")
    assert "a secret: taken from the environment when an edge runs" in look.the(
        "[data-key=CM_TOKEN]").text


def case_the_page_says_what_the_json_says(bench):
    run, env = bench.project("same")
    look = bench.browse(bench.page_of("app", cwd=run, **env))
    assert json.loads(
        look.js("return document.getElementById('graph-data').textContent")) == json.loads(
            bench.graph("app", "--format=json", cwd=run, **env))
