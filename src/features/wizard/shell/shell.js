// The wizard until the app is there: shows the next question from the page's own templates, keeps the answers in the
// address, moves the focus. It ends when the page's script says `app-taken`.
(function () {
  var table = expand(JSON.parse(document.getElementById('wizard').textContent)), words = table.words;
  var page = document.querySelector('main .page'), over = false;
  function copy(id) {
    var template = document.getElementById(id);
    return template && template.content.cloneNode(true);
  }
  // The first question stands in the page itself.
  if (!document.getElementById('ask-' + table.start)) {
    var template = document.body.appendChild(document.createElement('template'));
    template.id = 'ask-' + table.start;
    each(page, '.over, form', function (part) { template.content.appendChild(part.cloneNode(true)); });
  }
  function each(root, selector, f) { Array.prototype.forEach.call(root.querySelectorAll(selector), f); }
  function first(selector) { return page.querySelector(selector); }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; }); }
  function memory(f) { try { return f(localStorage); } catch (e) { return null; } }
  function kept() { return memory(function (m) { return m.getItem('sp-wizard'); }); }
  // The tiles of closed groups are text until somebody wants them (finder.rs): all, or those of one value's group.
  function unfold(root, value) {
    each(root, '.group noscript', function (aside) {
      if (!value || aside.textContent.indexOf('"' + value + '"') > 0) aside.outerHTML = aside.textContent;
    });
    return root;
  }
  function title(id) { return document.getElementById('ask-' + id).content.querySelector('h1').textContent; }
  function label(id, value) {
    var found = '';
    each(unfold(document.getElementById('ask-' + id).content, value), 'input', function (input) {
      if (input.value === value && input.name === id) found = input.parentNode.querySelector('.text').firstChild.data;
    });
    return found;
  }

  function state() { return read(location.search.slice(1)); }

  function render(moved) {
    var address = state(), step = shown(table, address);
    if (!step.ask) return end(step, address, true);
    var q = step.ask, number = step.path.length + 1, rest = left(table, q, step.facts);
    each(page, ':scope > :not(.notice)', function (part) { part.remove(); });
    var last = step.path[step.path.length - 1];
    var back = document.createElement('a');
    back.className = 'back';
    back.textContent = words.back;
    back.href = last ? wizard(address.answers, last[0]) : table.home;
    page.appendChild(back);
    if (!location.search) offer();
    if (step.trouble === 'unknown') page.appendChild(copy('unknown'));
    page.appendChild(copy('ask-' + q.id));
    first('.over').textContent =
      fill(step.changing ? words.step_change : rest ? words.step : words.step_last, { number: number, left: rest });
    var form = first('form');
    address.answers.filter(function (a) { return a[0] !== q.id; }).reverse().forEach(function (a) {
      var input = document.createElement('input');
      input.type = 'hidden';
      input.name = toUrl(a[0]);
      input.value = a[1].map(toUrl).join('.');
      form.insertBefore(input, form.firstChild);
    });
    step.chosen.forEach(function (value) { unfold(page, value); });
    inputs(q).forEach(function (input) { input.checked = step.chosen.indexOf(input.value) >= 0; });
    if (number > 1 && kept()) first('.ask-on').appendChild(copy('saved'));
    if (number > 1) page.appendChild(soFar(step.path, address.answers));
    chosen(q);
    head();
    if (step.trouble === 'missing' || step.trouble === 'not-alone') fault(q, step.trouble);
    else if (moved) focus(first('h1'));
  }

  function wizard(answers, change) { return address(table.page, answers, change); }
  function focus(node) { if (node) node.focus({ preventScroll: node.tagName === 'H1' }); }

  function head() {
    document.title = first('h1').textContent + ' – ' + words.product;
    each(document, '.langs a', function (link) { link.search = location.search; });
  }

  function soFar(path, answers) {
    var part = copy('so-far'), row = part.querySelector('dl > div');
    part.querySelector('summary').textContent = fill(words.answers, { count: path.length });
    path.forEach(function (a) {
      var line = row.cloneNode(true), link = line.querySelector('a');
      line.querySelector('dt').textContent = title(a[0]);
      line.querySelector('dd').textContent = a[1].map(function (v) { return label(a[0], v); }).join('\n');
      link.href = wizard(answers, a[0]);
      link.querySelector('.hidden-text').textContent = ': ' + title(a[0]);
      row.parentNode.insertBefore(line, row);
    });
    row.remove();
    return part;
  }

  // "Lanjutkan yang terakhir", as the app offers it.
  function offer() {
    var query = kept();
    if (!query) return;
    var step = shown(table, read(query)), path = step.path;
    if (!path || !path.length) return;
    var part = copy('resume'), link = part.querySelector('a');
    part.querySelector('p:not(.title):not(.resume)').textContent =
      fill(words.resume_text, { name: label(path[0][0], path[0][1][0]), count: path.length });
    link.href = step.end ? address(table.result, path) : wizard(path);
    link.textContent = step.end ? words.resume_result : words.resume_go;
    var box = part.firstElementChild;
    part.querySelector('button').onclick = function () {
      memory(function (m) { m.removeItem('sp-wizard'); });
      box.remove();
      focus(first('h1'));
    };
    page.appendChild(part);
  }

  function inputs(q) {
    return Array.prototype.filter.call(page.querySelectorAll('form input'), function (input) {
      return (input.type === 'radio' || input.type === 'checkbox') && input.name === q.id;
    });
  }
  function values(q) {
    var on = inputs(q).filter(function (input) { return input.checked; }).map(function (input) { return input.value; });
    return on.filter(function (v, at) { return on.indexOf(v) === at; });
  }

  // What follows from what is ticked: the tile's look, help under "I do not know", the line above the button.
  function chosen(q) {
    var on = values(q), help = first('.ask-help'), line = first('.ask-on > .picked'), part;
    inputs(q).forEach(function (input) { input.parentNode.classList.toggle('on', input.checked); });
    while (help.firstChild) help.removeChild(help.firstChild);
    q.options.forEach(function (o) { if (o[2] && on.indexOf(o[0]) >= 0) help.appendChild(helping(q, o[2])); });
    if (line) line.remove();
    if (first('.finder') && on.length) {
      part = copy('picked');
      part.querySelector('b').textContent = label(q.id, on[0]);
      first('.ask-on').insertBefore(part, first('.ask-on').firstChild);
    }
  }

  function helping(q, guide) {
    var part = copy('help'), links = part.querySelectorAll('a');
    links[0].href = links[0].getAttribute('href').replace(/[^/]+$/, guide);
    links[0].textContent = fill(words.help_guide, { title: table.guides[guide] });
    links[1].search = '?text=' + encodeURIComponent(fill(words.ask_text, { question: title(q.id) }));
    return part;
  }

  function fault(q, kind) {
    var text = kind === 'missing' ? words.missing[q.id] : words.not_alone[q.id], part = copy('fault');
    var old = first('#error-summary'), link = part.querySelector('a'), note = document.getElementById(q.id + '-error');
    if (old) old.remove();
    link.textContent = text;
    link.href = '#' + q.id;
    link.onclick = function (e) { e.preventDefault(); focus(document.getElementById(q.id)); };
    page.insertBefore(part, first('.over'));
    first('fieldset').classList.add('bad');
    note.hidden = false;
    note.textContent = text;
    focus(first('#error-summary'));
  }

  function end(step, address_, replace) {
    if (!step.end) return location.replace(table.contact);
    var href = address(table.result, step.path);
    memory(function (m) { m.setItem('sp-wizard', href.split('?')[1]); });
    // The names at once; the page with all about them is on its way.
    var part = copy('done'), list = part.querySelector('ul');
    part.querySelector('a').href = href;
    step.needs.forEach(function (need) {
      if (need[1]) return;
      var line = document.createElement('li');
      line.textContent = table.names[need[0]] || need[0];
      list.appendChild(line);
    });
    page.textContent = '';
    page.appendChild(part);
    focus(first('h1'));
    if (replace) location.replace(href); else location.assign(href);
  }

  function go(href) {
    history.pushState(null, '', href);
    render(true);
    // Asked before, it would lay out the old question once more.
    scrollTo(0, 0);
    dispatchEvent(new CustomEvent('app-go', { detail: '' }));
  }

  function current() { return shown(table, state()).ask; }

  function search(box) {
    var finder = first('.finder'), count = first('.find-count'), text = box.value.trim().toLowerCase();
    var groups = [first('.find-groups'), first('.groups')], found = first('.found'), hits = [];
    if (found) found.remove();
    if (text.length > 1) {
      each(unfold(groups[1]), 'label', function (tile) {
        var name = tile.textContent.toLowerCase();
        if (text.split(/\s+/).every(function (word) { return name.indexOf(word) >= 0; })) hits.push(tile);
      });
      found = document.createElement('div');
      found.className = 'opts found';
      hits.slice(0, 15).forEach(function (tile) { found.appendChild(tile.cloneNode(true)); });
      finder.insertBefore(found, groups[0]);
    }
    groups.forEach(function (part) { part.hidden = text.length > 1; });
    count.textContent = !text ? '' : text.length < 2 ? words.find_short : !hits.length ? words.find_ask
      : hits.length === 1 ? words.find_one : fill(words.find_count, { count: Math.min(hits.length, 15) });
  }

  page.addEventListener('submit', function (e) {
    if (over) return;
    var q = current(), on = values(q), typed = first('[name="--cari"],[name="--nilai"]');
    // Words to search for and amounts are understood by the server, as long as the app is not there.
    if (!on.length && typed && typed.value.trim()) return;
    e.preventDefault();
    if (!on.length) return fault(q, 'missing');
    var answers = withAnswer(state().answers, q.id, on), step = walk(table, answers);
    memory(function (m) { m.setItem('sp-wizard', wizard(answers).split('?')[1]); });
    if (step.end) end(step); else go(wizard(answers));
  });
  page.addEventListener('change', function (e) {
    var q = !over && current(), input = e.target;
    if (!q || input.name !== q.id) return;
    if (input.checked && q.many) {
      var lonely = q.alone.indexOf(input.value) >= 0;
      inputs(q).forEach(function (other) {
        if (other !== input && (lonely || q.alone.indexOf(other.value) >= 0)) other.checked = false;
      });
    }
    chosen(q);
  });
  page.addEventListener('input', function (e) { if (!over && e.target.name === '--cari') search(e.target); });
  page.addEventListener('keydown', function (e) {
    var hit = !over && e.key === 'Enter' && e.target.name === '--cari' && first('.found input');
    if (hit) { e.preventDefault(); focus(hit); }
  });
  page.addEventListener('click', function (e) {
    var link = !over && e.target.closest('a');
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey || link.target || link.pathname !== table.page) return;
    if (link.hash || link.origin !== location.origin) return;
    e.preventDefault();
    go(link.pathname + link.search);
  });
  addEventListener('popstate', function () { if (!over && location.pathname === table.page) render(true); });
  // Back from the result to a page that the browser kept as it was.
  addEventListener('pageshow', function (e) { if (!over && e.persisted) render(true); });
  addEventListener('app-taken', function () { over = true; });

  // A page from the phone's store, or a file of a plain host, was made for another address.
  if (table.query !== location.search.slice(1)) render(false);
  dispatchEvent(new Event('wizard-stands'));
  if (!location.search && kept()) render(false);
})();
