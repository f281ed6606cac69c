// Makes the desk quicker: keys, the viewer, ready sentences, who else is on the file. Every page works without it.
(() => {
  'use strict';
  const one = (selector, of = document) => of.querySelector(selector);
  const all = (selector, of = document) => [...of.querySelectorAll(selector)];
  const dialog = one('#keys'), off = one('#keys-on');
  const SWITCH = 'loket-tombol';
  const kept = () => { try { return localStorage.getItem(SWITCH); } catch { return null; } };

  // What went wrong or was done is read first.
  const said = one('#salah') || one('#hasil');
  if (said) said.focus();

  if (off) {
    off.checked = kept() !== 'mati';
    off.addEventListener('change', () => { try { localStorage.setItem(SWITCH, off.checked ? 'hidup' : 'mati'); } catch { /* private window */ } });
  }

  // A ready sentence goes into the text, where it can be changed.
  for (const select of all('select[data-into]')) {
    const text = document.getElementById(select.dataset.into);
    select.addEventListener('change', () => {
      if (!select.value) return;
      text.value = text.value.trim() ? `${text.value.trim()} ${select.value}` : select.value;
      select.value = '';
      text.focus();
    });
  }

  // Rows of the queue.
  const rows = all('.queue tbody tr');
  const step = (by) => {
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (next) one('a', next).focus();
  };

  // The viewer: one page at a time, turned, grown, marked.
  const viewer = one('.viewer'), sheets = all('.sheet'), items = all('.item');
  let at = 0, marking = false;
  const looks = new Map();
  const look = (sheet) => {
    if (!looks.has(sheet)) looks.set(sheet, { turn: 0, size: 100 });
    return looks.get(sheet);
  };
  const markOf = (sheet) => one(`input[name="tanda:${sheet.dataset.of}"]`);

  function draw(sheet) {
    const turn = one('.turn', sheet);
    if (!turn) return;
    const { turn: degrees, size } = look(sheet), stage = turn.parentElement;
    const wide = stage.clientWidth * size / 100, img = one('img', turn);
    const ratio = img.naturalWidth ? img.naturalHeight / img.naturalWidth : 1;
    const side = degrees % 180 ? wide / ratio : wide;
    const width = degrees % 180 ? Math.min(side, wide) : wide, height = width * ratio;
    turn.style.width = `${width}px`;
    turn.style.marginBottom = degrees % 180 ? `${width - height}px` : '';
    turn.style.transform = {
      0: '', 90: `translateX(${height}px) rotate(90deg)`, 180: `translate(${width}px, ${height}px) rotate(180deg)`,
      270: `translateY(${width}px) rotate(270deg)`,
    }[degrees];
    const rect = one('rect', turn), field = markOf(sheet), [file, ...box] = field ? field.value.split(' ') : [];
    rect.toggleAttribute('hidden', file !== sheet.dataset.id);
    if (file === sheet.dataset.id) ['x', 'y', 'width', 'height'].forEach((name, i) => rect.setAttribute(name, box[i]));
  }

  function show(to, focus) {
    if (!sheets.length) return;
    at = (to + sheets.length) % sheets.length;
    sheets.forEach((sheet, i) => sheet.classList.toggle('at', i === at));
    const sheet = sheets[at], item = document.getElementById(`item-${sheet.dataset.of}`);
    items.forEach((other) => other.classList.toggle('at', other === item));
    one('#mana').textContent = `${at + 1} dari ${sheets.length}`;
    draw(sheet);
    if (focus && item) { item.focus({ preventScroll: true }); item.scrollIntoView({ block: 'nearest' }); }
  }

  function mark(on) {
    marking = on && !!one('.turn', sheets[at]) && !!markOf(sheets[at]);
    viewer.classList.toggle('marking', marking);
    one('[data-tool=mark]').setAttribute('aria-pressed', marking);
  }

  const within = (n, low, high) => Math.round(Math.min(high, Math.max(low, n)));
  function put(sheet, x, y, width, height) {
    const field = markOf(sheet);
    width = within(width, 10, 1000); height = within(height, 10, 1000);
    field.setAttribute('value', [sheet.dataset.id, within(x, 0, 1000 - width), within(y, 0, 1000 - height), width, height].join(' '));
    const back = one(`#item-${CSS.escape(sheet.dataset.of)} input[value=kembali]`);
    if (back) back.checked = true;
    draw(sheet);
  }
  const box = (sheet) => {
    const [file, ...rest] = markOf(sheet).value.split(' ');
    return file === sheet.dataset.id ? rest.map(Number) : null;
  };

  const tools = {
    before: () => show(at - 1, true),
    after: () => show(at + 1, true),
    turn: () => { const own = look(sheets[at]); own.turn = (own.turn + 90) % 360; draw(sheets[at]); },
    larger: () => { const own = look(sheets[at]); own.size = Math.min(400, own.size + 25); draw(sheets[at]); },
    smaller: () => { const own = look(sheets[at]); own.size = Math.max(25, own.size - 25); draw(sheets[at]); },
    mark() {
      mark(!marking);
      if (!marking) return;
      if (!box(sheets[at])) put(sheets[at], 350, 400, 300, 200);
      one('.stage', sheets[at]).focus();
    },
  };

  // Where on the picture, in thousandths, however it is turned.
  function place(sheet, event) {
    const turn = one('.turn', sheet), seen = turn.getBoundingClientRect();
    const x = (event.clientX - seen.left) / seen.width * 1000, y = (event.clientY - seen.top) / seen.height * 1000;
    return { 0: [x, y], 90: [y, 1000 - x], 180: [1000 - x, 1000 - y], 270: [1000 - y, x] }[look(sheet).turn];
  }

  if (viewer && sheets.length) {
    viewer.classList.add('one');
    one('.tools').hidden = false;
    for (const button of all('[data-tool]')) button.addEventListener('click', () => tools[button.dataset.tool]());
    sheets.forEach((sheet, i) => {
      const img = one('img', sheet), turn = one('.turn', sheet);
      if (!img) return;
      img.addEventListener('load', () => { if (i === at) draw(sheet); });
      img.draggable = false;
      let from = null;
      turn.addEventListener('pointerdown', (event) => {
        if (!marking || event.button) return;
        from = place(sheet, event);
        turn.setPointerCapture(event.pointerId);
        event.preventDefault();
      });
      turn.addEventListener('pointermove', (event) => {
        if (!from) return;
        const to = place(sheet, event);
        put(sheet, Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1]));
      });
      turn.addEventListener('pointerup', () => { if (from) { from = null; mark(false); } });
    });
    addEventListener('resize', () => draw(sheets[at]));
    for (const link of all('.item h3 a')) {
      link.addEventListener('click', (event) => {
        event.preventDefault();
        show(sheets.findIndex((sheet) => `#${sheet.id}` === link.hash), false);
      });
    }
    for (const item of items) {
      item.addEventListener('focusin', () => {
        if (sheets[at].dataset.of !== item.dataset.item) show(sheets.findIndex((sheet) => sheet.dataset.of === item.dataset.item), false);
      });
      const undo = one('[data-unmark]', item);
      if (undo) undo.addEventListener('click', () => { one('input[name^="tanda:"]', item).setAttribute('value', ''); sheets.forEach(draw); });
    }
    const first = sheets.findIndex((sheet) => one(`#item-${CSS.escape(sheet.dataset.of)} .mark:not(.done)`));
    show(Math.max(0, first), false);
  }

  const item = (by) => {
    const now = items.findIndex((known) => known.classList.contains('at'));
    const next = items[Math.min(items.length - 1, Math.max(0, now + by))];
    if (!next) return;
    show(sheets.findIndex((sheet) => sheet.dataset.of === next.dataset.item), true);
  };
  const choose = (value) => {
    const now = one('.item.at'), radio = now && one(`input[value=${value}]`, now);
    if (!radio) return;
    radio.checked = true;
    if (value === 'kembali') one('textarea', now).focus();
    else item(1);
  };

  const keys = {
    '/': () => one('#cari') ? one('#cari').focus() : location.assign('/loket'),
    j: () => rows.length ? step(1) : item(1),
    k: () => rows.length ? step(-1) : item(-1),
    ArrowDown: () => rows.length && step(1),
    ArrowUp: () => rows.length && step(-1),
    a: () => choose('terima'),
    x: () => choose('kembali'),
    n: () => viewer && tools.after(),
    p: () => viewer && tools.before(),
    r: () => viewer && tools.turn(),
    '+': () => viewer && tools.larger(),
    '-': () => viewer && tools.smaller(),
    m: () => viewer && sheets.length && tools.mark(),
    u: () => location.assign('/loket'),
    '?': () => dialog && dialog.showModal(),
  };

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    const typing = target.matches('input:not([type=radio], [type=checkbox]), textarea, select');
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      const form = target.closest('form');
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (typing && key === 'Escape') { target.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || (dialog && dialog.open)) return;
    if (marking) {
      const own = box(sheets[at]), by = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] }[key];
      if (key === 'Escape' || key === 'Enter') { event.preventDefault(); mark(false); choose('kembali'); return; }
      if (own && by) {
        event.preventDefault();
        const [x, y, width, height] = own;
        if (event.shiftKey) put(sheets[at], x, y, width + by[0], height + by[1]);
        else put(sheets[at], x + by[0], y + by[1], width, height);
        return;
      }
    }
    if (off && !off.checked && key !== '?') return;
    if ((key === 'ArrowDown' || key === 'ArrowUp') && (!rows.length || target.type === 'radio')) return;
    if (keys[key]) { event.preventDefault(); keys[key](); }
  });

  // Who else is on this file, and whether it has changed: asked while somebody looks at it.
  const there = one('#hadir');
  if (there) {
    const ask = () => {
      if (document.hidden) return;
      fetch(there.dataset.look, { redirect: 'error' }).then((answer) => answer.ok && answer.text()).then((text) => {
        if (typeof text === 'string' && text !== there.innerHTML) there.innerHTML = text;
      }).catch(() => { /* the next time */ });
    };
    setInterval(ask, 20000);
    document.addEventListener('visibilitychange', ask);
  }

  for (const button of all('[data-print]')) { button.hidden = false; button.addEventListener('click', () => print()); }
})();
