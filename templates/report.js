// Shows report.json, which stands in the page: the numbers are its own, only rounded for reading.
"use strict";

const report = JSON.parse(document.getElementById("report-data").textContent);
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// element("p", {class: "note"}, "text", child...)
function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children.filter(c => c !== null && c !== undefined));
  return e;
}

// A number with at most 4 digits that count; a large one has all before the point.
function number(value) {
  if (typeof value !== "number") return String(value);
  const digits = Math.abs(value) >= 1000 ? 0 : 4;
  return digits ? String(Number(value.toPrecision(digits))) : Math.round(value).toLocaleString("en");
}

function table(heads, rows, numeric = []) {
  const of = i => numeric.includes(i) ? {class: "number"} : {};
  const line = (tag, cells) => element("tr", {}, ...cells.map((c, i) => element(tag, of(i), c)));
  const body = element("tbody", {}, ...rows.map(r => line("td", r)));
  return element("div", {class: "scroll"},
    element("table", {}, ...(heads.length ? [element("thead", {}, line("th", heads))] : []), body));
}

const shown = value => value === null || value === undefined ? "" :
  typeof value === "object" ? JSON.stringify(value) : String(value);
// A key may break after each of its words.
const key = text => element("code", {}, ...text.split(/(?<=_)/).flatMap(part => [part, element("wbr")]));
const pairs = object => table([], Object.entries(object || {}).map(([k, v]) => [key(k), shown(v)]));
const figure = (name, value, unit = "") =>
  element("div", {class: "figure"}, element("span", {class: "quiet"}, name),
    element("b", {}, value, " ", element("small", {}, unit)));

const kNames = {query: "Latency of a query", first_token: "Time to first token", time_to_output_token: "Time per output token",
                time_per_output_token: "Time per output token"};
const nameOf = of => kNames[of] || of.replaceAll("_", " ");

// Percentiles as a curve. The axis is even in the number of nines, so that the tail can be read.
function plot(of, values) {
  const nines = p => -Math.log10(1 - p / 100);
  const ticks = values.map(v => nines(v.percentile));
  const labels = values.map(v => `abs(datum.value - ${nines(v.percentile)}) < 1e-6 ? '${v.percentile} %' : `).join("") + "''";
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v4.json", width: 440, height: 200, background: null,
    data: {values: values.map(v => ({at: nines(v.percentile), ...v}))},
    mark: {type: "line", point: {size: 45, filled: true}, interpolate: "monotone", strokeWidth: 2},
    encoding: {
      x: {field: "at", type: "quantitative", title: "queries that take at most this long",
          scale: {zero: false, nice: false, padding: 14}, axis: {values: ticks, labelExpr: labels, grid: false, labelOverlap: true}},
      y: {field: "ms", type: "quantitative", title: "ms", scale: {zero: true}, axis: {tickCount: 5}},
      tooltip: [{field: "percentile", title: "percentile"}, {field: "ms", title: "ms"}]
    },
    config: {
      font: "system-ui, DejaVu Sans, sans-serif", view: {stroke: null}, mark: {color: css("--accent")}, line: {color: css("--accent")}, point: {color: css("--accent")},
      axis: {labelColor: css("--quiet"), titleColor: css("--quiet"), titleFontWeight: "normal", labelFontSize: 11, titleFontSize: 11,
             domainColor: css("--line"), tickColor: css("--line"), gridColor: css("--line")}
    }
  };
  const place = element("div", {class: "plot", role: "img", "aria-label": nameOf(of) + " by percentile; the table below has the values"});
  new vega.View(vega.parse(vegaLite.compile(spec).spec), {renderer: "svg", container: place}).runAsync().then(view => {
    const svg = place.querySelector("svg");
    if (!svg.hasAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
  });
  return element("div", {}, element("h3", {}, nameOf(of)), place);
}

function latencies(result) {
  const all = Object.entries(result.latency_ms);
  if (!all.length) return [];
  const percents = [...new Set(all.flatMap(([, values]) => values.map(v => v.percentile)))].sort((a, b) => a - b);
  const rows = percents.map(p => [p + " %", ...all.map(([, values]) => {
    const found = values.find(v => v.percentile === p);
    return found ? number(found.ms) : "";
  })]);
  const heads = ["Percentile", ...all.map(([of]) => nameOf(of) + ", ms")];
  return [element("div", {class: "plots"}, ...all.map(([of, values]) => plot(of, values))),
          element("h3", {}, "Percentiles"), table(heads, rows, all.map((_, i) => i + 1))];
}

function quietness(m) {
  if (!m) return null;
  const load = m.load_at_start ? number(m.load_at_start["1_min"]) : "unknown";
  return figure("Other load at the start", load, m.quiet ? "quiet machine" : `of ${m.cores} cores: not quiet`);
}

function card(result) {
  const valid = result.verdict === "VALID";
  const seconds = result.measurement && result.measurement.seconds;
  return element("section", {class: "card"},
    element("div", {class: "head"}, element("h2", {}, `${result.model}, ${result.scenario}`),
      element("span", {class: "mark " + (valid ? "good" : "bad")}, "LoadGen: " + shown(result.verdict))),
    element("p", {class: "quiet", style: "margin:2px 0 0"}, "on " + result.system),
    result.invalid_reason && !valid ? element("p", {class: "bad"}, result.invalid_reason) : null,
    element("div", {class: "figures"},
      result.metric ? figure("Result", number(result.metric.value), result.metric.unit) : null,
      result.power ? figure("Power", number(result.power.value), result.power.unit) : null,
      ...Object.entries(result.accuracy).map(([name, value]) => figure("Accuracy", number(value), name)),
      seconds ? figure("Duration", number(seconds), "s") : null,
      figure("Queries", number(result.counted.result_query_count ?? "unknown"), ""),
      quietness(result.measurement)),
    ...latencies(result),
    element("details", {}, element("summary", {}, "What LoadGen was told and counted"), pairs(result.settings), pairs(result.counted)),
    result.harness ? element("details", {}, element("summary", {}, "Harness"), pairs(result.harness)) : null,
    result.measurement ? element("details", {}, element("summary", {}, "Machine during the run"), pairs(result.measurement)) : null);
}

function verdicts() {
  const rows = Object.entries(report.checkers || {}).map(([name, c]) =>
    [name === "mlpgen" ? "mlpgen's checker" : "official checker", shown(c.verdict), shown(c.last_line || (c.not_checked || []).map(t => "not checked: " + t).join("; "))]);
  return element("section", {class: "card"}, element("h2", {}, "Checks"), table(["", "verdict", ""], rows));
}

function systemCard() {
  const known = Object.fromEntries(Object.entries(report.system || {}).filter(([, v]) => v !== "" && v !== "N/A"));
  return element("section", {class: "card"}, element("h2", {}, "System"), pairs(known));
}

function inputsCard() {
  const digest = i => i.sha256 || i.md5 || i.commit || (i.packages ? i.packages + " packages by hash" : "");
  const rows = report.inputs.map(i => [element("code", {}, i.name), element("code", {}, digest(i)), i.stand_in ? "stand-in" : ""]);
  return element("section", {class: "card"}, element("h2", {}, "Inputs by digest"), table(["input", "digest", ""], rows));
}

const page = document.getElementById("report");
page.append(
  element("h1", {}, "Results of MLPerf Inference " + shown(report.round)),
  report.request ? element("code", {class: "quiet"}, report.request) : "");
for (const text of [report.test_run_note, report.stand_in]) if (text) page.append(element("p", {class: "note"}, text));
page.append(...report.results.map(card), verdicts());
if (report.system) page.append(systemCard());
if (report.inputs.length) page.append(inputsCard());
