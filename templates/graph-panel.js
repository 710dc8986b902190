// One instance in full: state, steps, what it uses, who asked for it, env with the origin of each value.
'use strict';
let ownFile = '';  // the file of the recipe that is shown: its places are written shortly

function place(text) {
  if (!text) return null;
  const own = ownFile && text.startsWith(ownFile + ':');
  return h('div', {class: 'place', title: text}, own ? text.slice(text.lastIndexOf('/', ownFile.length) + 1) : text);
}

function section(name, title, count, ...children) {
  return h('section', {'data-section': name}, h('h3', {}, title, count === undefined ? null : h('span', {}, count)), ...children);
}

// A text that may be very long: its beginning, and all of it on demand.
function long(text) {
  if (text.length <= 400) return h('span', {class: 'value'}, text === '' ? '(empty)' : text);
  return h('details', {}, h('summary', {}, h('span', {class: 'value'}, text.slice(0, 240) + '…'), ` all ${text.length} characters`), h('span', {class: 'value'}, text));
}

const quote = word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

// An option and its value stand on one line.
function commandText(words) {
  const lines = [];
  words.map(quote).forEach((word, n) => {
    const value = n > 1 && /^--?[a-z]/.test(words[n - 1]) && !words[n - 1].includes('=') && !word.startsWith('-');
    if (value || (n === 1 && !word.startsWith('-'))) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  });
  return lines.join('\n  ');
}

function listed(term, items) {
  return items.length ? [h('dt', {}, term), ...items.map(i => h('dd', {class: 'mono'}, i))] : [];
}

function edgeDetails(number, prefix) {
  const e = edges[number];
  const inputs = e.inputs.map(path => {
    const maker = makerOf(path);
    return h('span', {}, path, maker === undefined || instances[maker].edges.includes(number) ? null : [' made by ', link(maker)]);
  });
  const reason = e.kind === 'refuse' && e.command.includes('--reason') ? e.command[e.command.indexOf('--reason') + 1] : '';
  const refusing = e.state === 'refused' ? [...e.needs, ...e.after].filter(x => edges[x].state === 'refused') : [];
  return h('details', {class: 'edge', 'data-edge': e.name},
    h('summary', {}, mark(e.state), h('span', {class: 'mono'}, e.name.startsWith(prefix) ? e.name.slice(prefix.length) : e.name), h('span', {class: 'muted'}, e.kind)),
    h('div', {class: 'inside'}, h('p', {}, `${e.about}.`), h('p', {class: e.state}, `${kStates[e.state][0]}: ${kStates[e.state][1]}`),
      refusing.length ? h('p', {}, 'It waits for ', ...refusing.flatMap((x, n) => [n ? ', ' : '', link(makers[x][0])]), '.') : null,
      reason ? h('p', {}, `Why: ${reason}.`) : null, e.mode === 'measure' ? h('p', {}, 'It runs alone on its machine.') : null,
      h('dl', {}, h('dt', {}, 'command'), h('dd', {}, h('pre', {}, commandText(e.command))),
        ...listed('environment', Object.entries(e.env).map(([k, v]) => `${k}=${v}`)),
        ...listed('secrets, taken from the environment when it runs', e.secrets), ...listed('reads', inputs), ...listed('makes', e.outputs.map(o => `${e.directory}/${o}`)),
        ...listed('found in the run directory as', Object.keys(e.links)), ...listed('identity', [e.identity.slice(0, 12)]), ...listed('in a terminal', [`mlpgen log ${e.name}`]))));
}

function stepsOf(n) {
  if (!n.steps.length) return [];
  return [section('steps', 'Steps', n.steps.length, ...n.steps.map(s => h('div', {class: 'step'},
    h('div', {class: 'step-head'}, h('span', {}, h('b', {}, s.id), h('span', {class: 'muted'}, ` rule ${s.rule}`)), place(s.place)),
    s.edges.length ? s.edges.map(e => edgeDetails(e, `${n.recipe}/`)) : h('p', {class: 'muted'}, 'The lock has no entry for it: `mlpgen lock` finds one.'))))];
}

function variationsOf(n) {
  if (!n.variations.length) return [];
  return [section('variations', 'Variations', n.variations.length, h('div', {}, ...n.variations.map(v => h('div', {class: 'row'},
    h('b', {class: 'mono'}, '_' + v.name), h('span', {class: 'muted'}, ` ${v.because}`), place(v.place)))))];
}

function usesOf(i) {
  const list = (name, title, all) => (all.length ? [section(name, title, all.length, ...all.map(u => h('div', {class: 'row'}, mark(instances[u].state), ' ', link(u))))] : []);
  return [...list('uses', 'Reads what these made', instances[i].uses), ...list('used-by', 'Its artifacts are read by', users[i])];
}

function depRow(target, dep) {
  const notes = [dep.phase === 'deps' ? '' : dep.phase, dep.handles.length ? `handles ${dep.handles.join(', ')}` : '', dep.label ? `for ${dep.label}` : '', dep.why ? `since ${dep.why}` : ''].filter(Boolean);
  return h('div', {class: 'row'}, target === undefined ? h('span', {class: 'mono'}, dep.tags) : link(target), notes.length ? h('div', {class: 'by'}, notes.join(' · ')) : null, place(dep.place));
}

function depsOf(i) {
  const asked = askers[i].map(a => depRow(a.from, a.dep));
  const asks = instances[i].deps.filter(d => d.instance !== undefined), left = instances[i].deps.filter(d => !d.enabled);
  const out = [section('asked-by', 'Asked for by', asked.length || undefined, ...(asked.length ? asked : [h('p', {class: 'muted'}, 'You: it is a root of the request.')]))];
  if (asks.length || left.length)
    out.push(section('asks', 'Asks for', asks.length, ...asks.map(d => depRow(d.instance, d)),
      left.length ? h('details', {}, h('summary', {}, `and leaves out ${left.length}`), ...left.map(d => h('div', {class: 'row'}, h('span', {class: 'mono'}, d.tags), h('div', {class: 'by'}, d.why), place(d.place)))) : null));
  return out;
}

function setter(s) {
  const rank = s.set_by.includes(s.rank) || /^(--|preset|default of)/.test(s.set_by) ? '' : ` (${s.rank})`;
  return [h('b', {}, s.set_by), rank];
}

function envRow(b) {
  if (b.secret) return h('div', {class: 'row', 'data-key': b.key}, h('code', {class: 'key-name'}, b.key), h('span', {class: 'value muted'}, 'a secret: taken from the environment when an edge runs'), place(b.place));
  const verb = b.key.startsWith('+') ? 'joined with' : 'beat';
  const beaten = (b.beat || []).map(s => h('div', {class: 'row'}, long(s.value), h('div', {class: 'by'}, 'of ', ...setter(s)), place(s.place)));
  return h('div', {class: 'row', 'data-key': b.key}, h('code', {class: 'key-name'}, b.key), long(b.value), h('div', {class: 'by'}, 'set by ', ...setter(b)), place(b.place),
    beaten.length ? h('details', {}, h('summary', {}, `${verb} ${counted(beaten.length, 'other')}`), ...beaten) : null);
}

function envOf(n) {
  if (!n.env.length) return [];
  const rows = n.env.map(envRow);
  const filter = h('input', {class: 'filter', type: 'search', placeholder: 'Only keys and values with …', 'aria-label': 'Filter the env', spellcheck: 'false', oninput: () => {
    const word = filter.value.toLowerCase();
    n.env.forEach((b, at) => { rows[at].hidden = !(`${b.key} ${b.value || ''}`.toLowerCase().includes(word)); });
  }});
  return [section('env', 'Env', n.env.length, n.env.length > 8 ? filter : null, h('div', {}, ...rows))];
}

function exportsOf(n) {
  const all = Object.entries(n.exports);
  if (!all.length) return [];
  return [section('exports', 'Exports', all.length, h('div', {}, ...all.map(([key, value]) => h('div', {class: 'row'}, h('code', {class: 'key-name'}, key), long(value)))))];
}

// Fills `panel` with instance i; `close` is called by its button.
function showInstance(panel, i, close) {
  const n = instances[i], way = trail(i), where = h('div', {class: 'place'}, n.place);
  ownFile = n.place.split(':')[0];
  const facts = [n.version && `version ${n.version}`, n.label, n.targets.length && `root of ninja ${n.targets.join(', ')}`].filter(Boolean);
  panel.replaceChildren(
    h('div', {class: 'head'}, h('h2', {}, ...breakable(n.name)),
      h('button', {class: 'close', type: 'button', 'aria-label': 'Close', title: 'Close (Esc)', onclick: close}, '×'),
      h('div', {class: 'state'}, mark(n.state), h('b', {class: n.state}, kStates[n.state][0]), h('span', {class: 'muted'}, kStates[n.state][1]))),
    way.length ? h('p', {class: 'trail'}, ...way.flatMap(w => [link(w), ' › ']), 'this') : '',
    h('p', {style: 'margin-top:10px'}, n.about), facts.length ? h('p', {class: 'muted'}, facts.join(' · ')) : '', where,
    ...stepsOf(n), ...usesOf(i), ...variationsOf(n), ...depsOf(i), ...envOf(n), ...exportsOf(n));
  panel.setAttribute('aria-label', n.name);
  panel.scrollTop = 0;
}

function showKey(panel, key) {
  const row = panel.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!row) return;
  row.classList.add('found');
  row.scrollIntoView({block: 'center'});
}
