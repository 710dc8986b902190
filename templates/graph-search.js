// A word to the instances that have it in their name, their tags, their keys or their values.
'use strict';
const kFoundMost = 40;

// [{instance, key?, reason}], names first; at most one for each instance and reason.
function find(text) {
  const word = text.trim().toLowerCase().replace(/^_/, '');
  const names = [], tags = [], keys = [], values = [];
  if (!word) return [];
  const has = t => t.toLowerCase().includes(word);
  instances.forEach((n, i) => {
    if (has(n.name)) names.push({instance: i, reason: n.label || n.about});
    else if (n.tags.some(has)) tags.push({instance: i, reason: `tag ${n.tags.filter(has).join(', ')}`});
    const variation = n.variations.find(v => has(v.name));
    if (variation) tags.push({instance: i, reason: `variation _${variation.name}`});
    for (const b of n.env) {
      if (has(b.key)) keys.push({instance: i, key: b.key, reason: b.secret ? `${b.key} (secret)` : `${b.key} = ${b.value}`});
      else if (!b.secret && has(b.value)) values.push({instance: i, key: b.key, reason: `${b.key} = ${b.value}`});
    }
  });
  return [...names, ...tags, ...keys, ...values];
}

class Search {
  constructor(input, list, choose) {
    Object.assign(this, {input, list, choose, at: -1, found: []});
    input.addEventListener('input', () => this.update());
    input.addEventListener('focus', () => this.update());
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    input.addEventListener('keydown', event => this.key(event));
  }

  update() {
    const all = find(this.input.value);
    this.found = all.slice(0, kFoundMost);
    this.at = this.found.length ? 0 : -1;
    const rows = this.found.map((f, n) => h('li', {role: 'option', id: `found-${n}`, 'aria-selected': n === 0, onmousedown: event => { event.preventDefault(); this.take(n); }},
      mark(instances[f.instance].state), ' ', h('b', {}, instances[f.instance].name), h('small', {}, f.reason.slice(0, 160))));
    if (all.length > rows.length) rows.push(h('li', {class: 'none'}, `and ${all.length - rows.length} more: write more of it`));
    if (!rows.length) rows.push(h('li', {class: 'none'}, 'Nothing has that in its name, tags, keys or values.'));
    this.list.replaceChildren(...rows);
    this.open(this.input.value.trim() !== '');
    this.mark();
  }

  open(yes) {
    this.list.hidden = !yes;
    this.input.setAttribute('aria-expanded', yes);
  }

  close() { this.open(false); }

  mark() {
    [...this.list.children].forEach((row, n) => { if (row.id) row.setAttribute('aria-selected', n === this.at); });
    if (this.at >= 0) this.input.setAttribute('aria-activedescendant', `found-${this.at}`);
    else this.input.removeAttribute('aria-activedescendant');
    this.list.children[this.at]?.scrollIntoView({block: 'nearest'});
  }

  take(n) {
    this.close();
    this.input.blur();
    this.choose(this.found[n]);
  }

  key(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.input.value = '';
      this.close();
      this.input.blur();
    } else if (event.key === 'Enter' && this.at >= 0) {
      event.preventDefault();
      this.take(this.at);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const count = this.found.length;
      if (count) this.at = (this.at + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
      this.mark();
    }
  }
}
