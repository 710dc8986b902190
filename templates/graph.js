// What the page does: the address (#instance) says what is open; switches say what is drawn.
'use strict';
const at = id => document.getElementById(id);
const panel = at('panel'), helpers = at('helpers'), target = at('target'), theme = at('theme');
let selected;  // number of the instance that is open
let keyToShow;  // a key of it that a search asked for

const open = (i, key) => {
  keyToShow = key;
  const hash = '#' + encodeURIComponent(instances[i].name);
  if (location.hash === hash) followAddress();
  else location.hash = hash;
};
const close = () => {
  const before = selected;
  location.hash = '';
  layout.cards.get(before)?.focus();
};
const layout = new Layout(at('canvas'), i => open(i));

function shownInstances() {
  const needed = target.value ? neededFor(target.value) : undefined;
  return instances.map((n, i) => i).filter(i => (helpers.checked || !instances[i].helper) && (!needed || needed.has(i)));
}

function draw() {
  layout.draw(shownInstances());
  markCurrent();
}

function markCurrent() {
  layout.cards.forEach((element, i) => (i === selected ? element.setAttribute('aria-current', 'true') : element.removeAttribute('aria-current')));
  layout.light(selected);
}

function followAddress() {
  selected = byName.get(decodeURIComponent(location.hash.slice(1)));
  panel.hidden = selected === undefined;
  if (selected === undefined) return markCurrent();
  if (!layout.cards.has(selected)) {
    if (instances[selected].helper) helpers.checked = true;
    if (target.value && !neededFor(target.value).has(selected)) target.value = '';
    draw();
  }
  showInstance(panel, selected, close);
  markCurrent();
  layout.cards.get(selected)?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  panel.focus({preventScroll: true});
  if (keyToShow) showKey(panel, keyToShow);
  keyToShow = undefined;
}

// Among the cards: up and down within a column, left and right to the nearest card of the next.
function moveFocus(event) {
  const from = document.activeElement.closest?.('.card');
  const step = {ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0]}[event.key];
  if (!from || !step) return;
  event.preventDefault();
  const columns = layout.columns.map(c => c.order.map(i => layout.cards.get(i)));
  const column = columns.findIndex(c => c.includes(from));
  const middle = element => element.getBoundingClientRect().top + element.offsetHeight / 2;
  const next = step[0] ? (columns[column + step[0]] || []).reduce((a, b) => (a && Math.abs(middle(a) - middle(from)) <= Math.abs(middle(b) - middle(from)) ? a : b), undefined)
    : columns[column][columns[column].indexOf(from) + step[1]];
  next?.focus();
}

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  const dark = name ? name === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  theme.textContent = dark ? 'Light' : 'Dark';
  theme.setAttribute('aria-label', `Use the ${dark ? 'light' : 'dark'} colours`);
  theme.onclick = () => {
    setTheme(dark ? 'light' : 'dark');
    try { localStorage.setItem('mlpgen-graph-theme', dark ? 'light' : 'dark'); } catch { /* a page from a file may have no storage */ }
  };
}

function fillHead() {
  at('request').textContent = graph.request.join(' ');
  at('request').title = graph.request.join(' ');
  const quiet = instances.filter(n => n.helper).length;
  helpers.parentElement.hidden = quiet === 0;
  at('helpers-text').textContent = `Probes and choices (${quiet})`;
  for (const t of graph.targets) if (t.edges.length) target.append(h('option', {value: t.name}, t.name));
  at('states').append(h('li', {}, counted(edges.length, 'edge')));
  for (const [state, [name, meaning]] of Object.entries(kStates)) {
    const count = edges.filter(e => e.state === state).length;
    if (count) at('states').append(h('li', {title: meaning}, mark(state), `${name} ${count}`));
  }
}

document.addEventListener('keydown', event => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key === '/' && !typing) {
    event.preventDefault();
    at('search').focus();
    at('search').select();
  } else if (event.key === 'Escape' && selected !== undefined) {
    close();
  } else if (!typing) {
    moveFocus(event);
  }
});
at('canvas').addEventListener('pointerover', event => {
  const over = event.target.closest('.card');
  if (over && selected === undefined) layout.light(Number(over.dataset.instance));
});
at('canvas').addEventListener('pointerleave', () => layout.light(selected));
addEventListener('hashchange', followAddress);
helpers.addEventListener('change', draw);
target.addEventListener('change', draw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTheme(document.documentElement.dataset.theme || ''));

let remembered = '';
try { remembered = localStorage.getItem('mlpgen-graph-theme') || ''; } catch { /* likewise */ }
setTheme(remembered);
fillHead();
new Search(at('search'), at('found'), f => open(f.instance, f.key));
draw();
followAddress();
