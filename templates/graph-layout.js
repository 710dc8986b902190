// Instances to columns of cards, and what they use to lines that run between the cards.
'use strict';
const kGap = 14;  // between two cards, in px

function metaOf(n) {
  if (!n.steps.length) return n.version ? `version ${n.version}` : '';
  const done = n.edges.filter(e => edges[e].state === 'done').length;
  const all = counted(n.edges.length, 'edge');
  return !n.edges.length ? 'not locked' : done && done < n.edges.length ? `${done} of ${all} done` : all;
}

function card(i, open) {
  const n = instances[i];
  const element = h('button', {type: 'button', class: `card${n.helper ? ' helper' : ''}${n.state === 'refused' ? ' refused-card' : ''}`, 'data-instance': i,
    title: n.about, onclick: () => open(i)});
  element.append(mark(n.state), h('span', {class: 'name'}, ...breakable(n.recipe)));
  const label = n.label || n.variations.map(v => '_' + v.name).join(' ');
  if (label) element.append(h('span', {class: 'label'}, ...breakable(label.length > 60 ? label.slice(0, 58) + '…' : label)));
  const targets = n.targets.length > 3 ? counted(n.targets.length, 'target') : n.targets.join(', ');
  const meta = [targets && `ninja ${targets}`, metaOf(n)].filter(Boolean).join(' · ');
  if (meta) element.append(h('span', {class: 'meta'}, meta));
  return element;
}

// The height at which a line arrives at a card.
const entry = box => box.top + Math.min(20, (box.bottom - box.top) / 2);

// Of one column: what another card of it uses (or, among applications, asks for) stands above that card.
function orderColumn(members, wish) {
  const inside = new Set(members);
  const before = i => (instances[i].stage === 'request' ? askers[i].map(a => a.from) : instances[i].uses).filter(u => inside.has(u) && u !== i);
  const placed = [], rest = [...members];
  while (rest.length) {
    const free = rest.filter(i => before(i).every(b => placed.includes(b)));
    const next = (free.length ? free : rest).reduce((a, b) => (wish(b) < wish(a) ? b : a));
    placed.push(next);
    rest.splice(rest.indexOf(next), 1);
  }
  return placed;
}

class Layout {
  constructor(canvas, open) {
    this.canvas = canvas;
    this.open = open;
    this.cards = new Map();  // instance -> element
    this.focus = undefined;
    new ResizeObserver(() => this.place()).observe(canvas);
  }

  // Draws these instances.
  draw(shown) {
    this.canvas.replaceChildren();
    this.cards.clear();
    this.wires = svg('svg', {id: 'lines', 'aria-hidden': 'true'});
    this.columns = [];
    const rank = new Map();
    for (const stage of stages) {
      const members = shown.filter(i => instances[i].stage === stage);
      if (!members.length) continue;
      const mean = list => (list.length ? list.reduce((a, b) => a + b) / list.length : Infinity);
      const wish = i => mean(instances[i].uses.filter(u => rank.has(u)).map(u => rank.get(u)));
      const order = orderColumn(members, stage === stages[0] ? () => 0 : wish);
      order.forEach((i, at) => rank.set(i, at));
      const title = graph.stages.find(s => s.stage === stage).title;
      const element = h('div', {class: 'column', role: 'group', 'aria-label': title, 'data-stage': stage}, h('h2', {}, title, h('span', {}, members.length)));
      order.forEach(i => {
        this.cards.set(i, card(i, this.open));
        element.append(this.cards.get(i));
      });
      this.columns.push({element, order});
      this.canvas.append(element);
    }
    this.canvas.append(this.wires);
    this.place();
  }

  // Moves each card down to the middle of what it uses where there is room, then draws the lines.
  place() {
    if (!this.columns || getComputedStyle(this.wires).display === 'none') return;
    const middle = new Map();
    for (const {order} of this.columns) {
      let end = 0;
      for (const i of order) {
        const element = this.cards.get(i), height = element.offsetHeight;
        const uses = instances[i].uses.filter(u => middle.has(u)).map(u => middle.get(u));
        const wish = uses.length ? uses.reduce((a, b) => a + b) / uses.length - height / 2 : end;
        const top = Math.max(end, Math.min(wish, end + 160));
        element.style.marginTop = `${Math.round(top - end)}px`;
        middle.set(i, top + height / 2);
        end = top + height + kGap;
      }
    }
    this.route();
  }

  box(i) {
    const card = this.cards.get(i), column = card.parentElement;
    return {left: column.offsetLeft, right: column.offsetLeft + column.offsetWidth, top: card.offsetTop + column.offsetTop, bottom: card.offsetTop + column.offsetTop + card.offsetHeight};
  }

  route() {
    const {canvas, wires} = this;
    wires.replaceChildren();
    wires.setAttribute('width', canvas.scrollWidth);
    wires.setAttribute('height', canvas.scrollHeight);
    this.boxes = new Map([...this.cards.keys()].map(i => [i, this.box(i)]));
    this.at = new Map();
    this.columns.forEach(({order}, column) => order.forEach(i => this.at.set(i, column)));
    this.used = new Map();  // of each gap: how many lines run through it
    const drawn = new Set();
    for (const to of this.cards.keys())
      for (const from of instances[to].uses)
        if (this.cards.has(from)) {
          this.line(from, to, from === this.focus || to === this.focus ? 'lit' : '');
          drawn.add(`${from} ${to}`);
        }
    if (this.focus === undefined) return;
    const asks = [...askers[this.focus].map(a => [this.focus, a.from]),
      ...instances[this.focus].deps.filter(d => d.instance !== undefined).map(d => [d.instance, this.focus])];
    for (const [from, to] of asks)
      if (this.cards.has(from) && this.cards.has(to) && !drawn.has(`${from} ${to}`)) this.line(...(this.at.get(from) <= this.at.get(to) ? [from, to] : [to, from]), 'asks');
  }

  // The height, near `wish`, at which a line passes a column without touching a card.
  gap(column, wish) {
    const cards = this.columns[column].order.map(i => this.boxes.get(i));
    const gaps = [cards[0].top - kGap / 2, ...cards.map(c => c.bottom + kGap / 2)];
    const free = cards.every(c => wish < c.top - 4 || wish > c.bottom + 4);
    const y = free && wish > cards[0].top ? wish : gaps.reduce((a, b) => (Math.abs(b - wish) < Math.abs(a - wish) ? b : a));
    const key = `${column} ${Math.round(y / kGap)}`, count = this.used.get(key) || 0;
    this.used.set(key, count + 1);
    return free ? y : y + (count % 2 ? 1 : -1) * Math.min(5, Math.ceil(count / 2) * 3);  // lines side by side
  }

  // Between two cards of a column: straight down to the next one, or around the left.
  pathInside(a, b, near) {
    const down = a.top < b.top, middle = (a.top + a.bottom) / 2;
    return near ? `M${a.left + 22} ${down ? a.bottom : a.top}V${down ? b.top : b.bottom}`
      : `M${a.left} ${middle}C${a.left - 22} ${middle} ${b.left - 22} ${entry(b)} ${b.left} ${entry(b)}`;
  }

  // From column to column, through a gap of each that lies between.
  pathAcross(a, b, first, last) {
    const step = first < last ? 1 : -1;
    let x = step > 0 ? a.right : a.left, y = (a.top + a.bottom) / 2, path = `M${x} ${y}`;
    const go = (nx, ny) => {
      const bend = (nx - x) / 2;
      path += Math.abs(ny - y) < 1 ? `H${nx}` : `C${x + bend} ${y} ${nx - bend} ${ny} ${nx} ${ny}`;
      [x, y] = [nx, ny];
    };
    for (let c = first + step; c !== last; c += step) {
      const lane = this.columns[c].element, sides = [lane.offsetLeft - 2, lane.offsetLeft + lane.offsetWidth + 2];
      const height = this.gap(c, y + (entry(b) - y) / (Math.abs(last - c) + 1));
      (step > 0 ? sides : sides.reverse()).forEach(side => go(side, height));
    }
    go(step > 0 ? b.left : b.right, entry(b));
    return path;
  }

  line(from, to, kind) {
    const a = this.boxes.get(from), b = this.boxes.get(to), first = this.at.get(from), last = this.at.get(to);
    const {order} = this.columns[first], near = Math.abs(order.indexOf(from) - order.indexOf(to)) === 1;
    const d = first === last ? this.pathInside(a, b, near) : this.pathAcross(a, b, first, last);
    this.wires.append(svg('path', {d, class: kind, 'data-line': `${instances[from].name} ${instances[to].name}`}));
  }

  // Lights what an instance has to do with; undefined: nothing.
  light(i) {
    this.focus = this.cards.has(i) ? i : undefined;
    this.canvas.classList.toggle('focused', this.focus !== undefined);
    const near = new Set(this.focus === undefined ? [] : [i, ...instances[i].uses, ...users[i], ...askers[i].map(a => a.from), ...instances[i].deps.map(d => d.instance)]);
    for (const [n, element] of this.cards) element.classList.toggle('near', near.has(n));
    if (this.columns) this.route();
  }
}
