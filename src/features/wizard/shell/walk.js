// Replays answers over the question table (table.rs): what the domain's `resolve` and the wizard's `show` do, for
// as long as the app is not there. Proved equal on every path by end2end/tests/shell.test.mjs.
function holds(when, facts) {
  return Object.keys(when).every(function (fact) {
    return (facts[fact] || []).some(function (value) { return when[fact].indexOf(value) >= 0; });
  });
}

// The table as the page holds it, with guards, options and rows taken apart.
function expand(table) {
  table.questions.forEach(function (q) {
    var options = [];
    q.options.forEach(function (run) {
      var words = run.split(' ').map(function (word) { return word === '-' ? '' : word; });
      words.slice(2).forEach(function (id) { options.push([id, words[0], words[1]]); });
    });
    q.options = options;
    q.alone = q.alone || [];
    q.next = q.next.map(function (row) {
      var parts = /^(.*)([>!])(.*)$/.exec(row);
      return { when: guard(parts[1]), go: parts[2] === '>' && parts[3], end: parts[2] === '!' && parts[3] };
    });
  });
  table.needs.forEach(function (need) {
    for (var i = 2; i < need.length; i++) need[i] = guard(need[i]);
  });
  return table;
}

function guard(text) {
  var when = {};
  text.split(' ').forEach(function (entry) {
    var at = entry.indexOf('=');
    if (at > 0) when[entry.slice(0, at)] = entry.slice(at + 1).split(',');
  });
  return when;
}

function question(table, id) {
  return table.questions.filter(function (q) { return q.id === id; })[0];
}

// The values in the order of the options, each once; null when they may not be given.
function accepted(q, given) {
  var ids = q.options.map(function (o) { return o[0]; });
  if (!given.every(function (v) { return ids.indexOf(v) >= 0; })) return null;
  var values = ids.filter(function (id) { return given.indexOf(id) >= 0; });
  var lonely = values.some(function (v) { return q.alone.indexOf(v) >= 0; });
  return values.length > 1 && (!q.many || lonely) ? null : values;
}

function learn(q, values, facts) {
  var classes = [];
  q.options.forEach(function (o) {
    if (o[1] && values.indexOf(o[0]) >= 0 && classes.indexOf(o[1]) < 0) classes.push(o[1]);
  });
  if (q.class && classes.length) facts[q.class] = classes;
  facts[q.id] = values;
}

function follow(q, facts) {
  return q.next.filter(function (row) { return holds(row.when, facts); })[0];
}

// { ask, invalid, path, facts }, or { end, needs, path, facts }, or { broken }.
function walk(table, answers) {
  var path = [], facts = {}, at = table.start;
  for (;;) {
    var q = question(table, at), id = at;
    if (!q || path.some(function (a) { return a[0] === id; })) return { broken: id };
    var given = answers.filter(function (a) { return a[0] === id; })[0];
    var values = given && accepted(q, given[1]);
    if (!values || !values.length) return { ask: q, invalid: !!given && !values, path: path, facts: facts };
    learn(q, values, facts);
    path.push([id, values]);
    var next = follow(q, facts);
    if (!next) return { broken: id };
    if (next.end) return { end: next.end, needs: needs(table, facts), path: path, facts: facts };
    at = next.go;
  }
}

// [item, kind] of what is needed, each once, in the order of the table.
function needs(table, facts) {
  var seen = {};
  return table.needs.filter(function (need) {
    var take = !seen[need[0]] && need.slice(2).some(function (when) { return holds(when, facts); });
    if (take) seen[need[0]] = true;
    return take;
  });
}

// How many questions come after this one, as src/features/wizard/state.rs guesses it.
function left(table, q, facts) {
  var classes = [], steps = [];
  q.options.forEach(function (o) {
    if (o[1]) {
      if (classes.indexOf(o[1]) >= 0) return;
      classes.push(o[1]);
    }
    if (!o[2]) steps.push(after(table, q, o[0], facts));
  });
  if (!steps.length) return 0;
  var first = steps[0], n = steps.length - 1;
  var sum = steps.reduce(function (a, b) { return a + b; }, 0) - first;
  return n ? Math.floor((first * n + sum + n) / (2 * n)) : first;
}

function after(table, q, option, known) {
  var facts = Object.assign({}, known);
  for (var steps = 0; steps < table.questions.length; steps++) {
    learn(q, [option], facts);
    var row = follow(q, facts), next = row && row.go && question(table, row.go);
    if (!next || !next.options.length) return steps;
    q = next;
    option = q.options[0][0];
  }
  return steps;
}

// The address's answers: [[id, values]], and our own keys, which begin with `--`.
function read(query) {
  var answers = [], own = {};
  query.split('&').slice(0, 64).forEach(function (pair) {
    var at = pair.indexOf('='), key = pair.slice(0, at), value = pair.slice(at + 1);
    if (at < 1) return;
    if (['--kirim', '--ganti', '--nilai', '--cari'].indexOf(key) >= 0) {
      if (!own[key]) own[key] = fromUrl(value);
      return;
    }
    if (key.length > 64 || !/^[A-Za-z0-9-]+$/.test(key)) return;
    var id = fromUrl(key), found = answers.filter(function (a) { return a[0] === id; })[0];
    if (!found) answers.push(found = [id, []]);
    value.split('.').slice(0, 64).forEach(function (v) {
      if (!v) return;
      v = /^[A-Za-z0-9-]+$/.test(v) ? fromUrl(v) : '!';
      if (found[1].indexOf(v) < 0) found[1].push(v);
    });
  });
  return { answers: answers.filter(function (a) { return a[1].length; }), own: own };
}

function fromUrl(id) { return id.replace(/--u/g, '_').replace(/--q/g, '?'); }
function toUrl(id) { return id.replace(/_/g, '--u').replace(/\?/g, '--q'); }

function address(page, answers, change) {
  var pairs = answers.map(function (a) { return toUrl(a[0]) + '=' + a[1].map(toUrl).join('.'); });
  if (change) pairs.push('--ganti=' + toUrl(change));
  return pairs.length ? page + '?' + pairs.join('&') : page;
}

function withAnswer(answers, id, values) {
  var found = false, out = answers.map(function (a) {
    if (a[0] !== id) return a;
    found = true;
    return [id, values];
  });
  return found ? out : out.concat([[id, values]]);
}

// The question to show for an address, opened again where it asks for that; or what `walk` gives at the end.
function shown(table, address) {
  var step = walk(table, address.answers), change = address.own['--ganti'], sent = address.own['--kirim'];
  if (step.broken) return step;
  var at = step.path.map(function (a) { return a[0]; }).indexOf(change);
  if (at >= 0) {
    var again = walk(table, step.path.slice(0, at));
    if (again.ask) return { ask: again.ask, path: again.path, facts: again.facts, chosen: step.path[at][1], changing: true };
  }
  if (!step.ask) return step;
  var given = address.answers.filter(function (a) { return a[0] === step.ask.id; })[0];
  step.chosen = [];
  step.trouble = step.invalid ? unfit(step.ask, given[1]) : sent === step.ask.id ? 'missing' : '';
  return step;
}

function unfit(q, values) {
  var known = values.every(function (v) { return q.options.some(function (o) { return o[0] === v; }); });
  return known && q.many ? 'not-alone' : 'unknown';
}
