// The graph's JSON (docs/graph.md lists its keys) and what follows from it.
'use strict';
const graph = JSON.parse(document.getElementById('graph-data').textContent);
const {instances, edges} = graph;
const stages = graph.stages.map(s => s.stage);
const kStates = {
  done: ['done', 'made from exactly these inputs'],
  'not-yet': ['not yet', 'it was not made yet'],
  'out-of-date': ['out of date', 'an earlier one exists, made from other inputs; ninja makes it again'],
  stopped: ['did not finish', 'it began and did not finish; ninja goes on'],
  refused: ['refused', 'it, or something that it needs, refuses to run'],
  nothing: ['nothing to run', 'it chooses, or looks for something on this machine'],
};

const byName = new Map(instances.map((n, i) => [n.name, i]));
const byDirectory = new Map(edges.map((e, i) => [e.directory, i]));
const makers = edges.map(() => []);  // of each edge: the instances that have it
const users = instances.map(() => []);  // of each instance: those that use what it made
const askers = instances.map(() => []);  // of each instance: {from, dep}
instances.forEach((n, i) => {
  n.edges = [...new Set(n.steps.flatMap(s => s.edges))];
  n.edges.forEach(e => makers[e].push(i));
  n.uses.forEach(u => users[u].push(i));
  n.deps.forEach(dep => { if (dep.instance !== undefined) askers[dep.instance].push({from: i, dep}); });
});

// The instance that made the artifact in which a path lies, or undefined.
function makerOf(path) {
  const edge = byDirectory.get(path.split('/').slice(0, 3).join('/'));
  return edge === undefined ? undefined : makers[edge][0];
}

// All instances that a Ninja target has to do with: those whose edges it runs, with their probes and choices, and the
// applications between the request and them.
function neededFor(name) {
  const target = graph.targets.find(t => t.name === name);
  const run = new Set(), todo = [...target.edges];
  while (todo.length) {
    const e = todo.pop();
    if (run.has(e)) continue;
    run.add(e);
    todo.push(...edges[e].needs, ...edges[e].after);
  }
  const needed = new Set([...run].flatMap(e => makers[e]));
  instances.forEach((n, i) => {
    if (n.helper && askers[i].some(a => needed.has(a.from))) needed.add(i);
  });
  const below = i => {
    if (needed.has(i) && instances[i].stage !== 'request') return true;
    const hit = instances[i].deps.filter(d => d.instance !== undefined).map(d => below(d.instance)).includes(true);
    if (hit && instances[i].stage === 'request') needed.add(i);
    return hit;
  };
  instances.forEach((n, i) => { if (n.targets.includes(name)) { below(i); needed.add(i); } });
  return needed;
}

// One way from the request down to an instance: the first that asked, and who asked for that, up to a root.
function trail(i) {
  const way = [];
  for (let at = i; askers[at].length && way.length < 20;) {
    at = askers[at][0].from;
    way.unshift(at);
  }
  return way;
}

// Makes an element; null and '' among the children are left out. All texts of the graph go through here, as texts.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter(c => c !== null && c !== undefined && c !== ''));
  return element;
}

function svg(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function mark(state) {
  const picture = svg('svg', {class: `mark ${state}`, role: 'img', 'aria-label': kStates[state][0]});
  picture.append(svg('use', {href: `#mark-${state}`}));
  return picture;
}

// A name that may break after its dashes, dots, underscores, ...
function breakable(name) {
  return name.split(/(?<=\w[-:.=,_])(?=\w)/).flatMap((part, i) => (i ? [h('wbr'), part] : [part]));
}

const counted = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`;
const link = i => h('a', {href: '#' + encodeURIComponent(instances[i].name)}, ...breakable(instances[i].name));
