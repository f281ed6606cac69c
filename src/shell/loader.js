// Loads the program of the address (src/program.rs), lets it make its page beside the one that stands, and puts that
// in its place. Until then, and without it, the page that the server made answers. The build writes PROGRAMS, the
// list in index.html with hashed names, and WORDS, those of content/words/*/interface/loader.toml.
(function () {
  var programs = PROGRAMS, files = programs.files, words = WORDS;
  var app = document.getElementById('app'), boot = document.getElementById('boot');
  var wait = document.getElementById('wait'), crash;
  window.photoJudge = programs.judge;
  var taken = false, shown = '', asked = {}, late, pressed = false, composing = false;
  function en() { return /^\/en(\/|$)/.test(location.pathname); }
  function word(key) { return words[en() ? 'en' : 'id'][key]; }
  function say(key) { wait.textContent = key ? word(key) : ''; }
  function tell(name) { dispatchEvent(new CustomEvent(name, { detail: '' })); }

  // Where nothing stands, or what stood has died, somebody must be told; a page that stands goes on without the app.
  function show() {
    if (crash || (!taken && !hollow())) return;
    var phone = wait.dataset.phone, call = ' <a href="tel:' + phone + '">' + phone.replace(/^\+62/, '0') + '</a></p>';
    crash = document.createElement('section');
    crash.className = 'crash';
    crash.tabIndex = -1;
    crash.setAttribute('role', 'alert');
    crash.innerHTML = '<h2>' + word('crash-title') + '</h2><p>' + word('crash-text') + '</p><p><a class="btn" href="">'
      + word('crash-reload') + '</a></p><p>' + word('crash-call') + call;
    crash.querySelector('.btn').onclick = function (e) { e.preventDefault(); location.reload(); };
    (boot || app).hidden = true;
    document.body.insertBefore(crash, wait);
    crash.focus();
  }
  function hollow() { return boot || app.querySelector('.waiting'); }
  function fatal(error) {
    var text = String(error && (error.name + ' ' + error.message) || error);
    if (!taken || /RuntimeError|unreachable/.test(text)) show();
  }

  function needed() {
    var words = location.pathname.split('/').filter(Boolean);
    if (words[0] && words[0].length === 2) words.shift();
    return programs.paths[words[0]] || 'read';
  }
  var sheet = new Promise(function (done) {
    var link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = programs.style;
    link.onload = link.onerror = done;
    document.head.appendChild(link);
  });
  // Starting a program takes a slow phone long: not while a page that stands is painted and tapped first.
  // A tab in the background paints nothing.
  var calm = hollow() || new Promise(function (done) {
    setTimeout(done, 2000);
    requestAnimationFrame(function () { setTimeout(done, 400); });
  });
  // `quiet`: a program that does something and shows nothing yet.
  function load(quiet) {
    var name = quiet === 'apply' ? quiet : needed();
    quiet = quiet === name;
    if (name === shown || asked[name]) return;
    asked[name] = true;
    if (taken && !quiet) late = setTimeout(say, 300, 'moment');
    // What the phone kept may be broken: the second time it comes from the network.
    start(files[name], '').catch(function () { return start(files[name], '?again'); }).catch(function (error) {
      asked[name] = false;
      clearTimeout(late);
      if (quiet) return;
      if (!taken) return fatal(error);
      say('not-loaded');
      history.back();
    });
  }

  function start(file, again) {
    // Both at once: the module waits for the script and not the script for the module.
    var module = fetch(file.replace('.js', '_bg.wasm'), { credentials: 'same-origin', cache: again ? 'reload' : 'default' });
    early('/catalog?lang=' + (en() ? 'en' : 'id'));
    return Promise.all([import(file + again), module, sheet, calm]).then(function (all) {
      if (!all[1].ok) throw new Error('program ' + all[1].status);
      return all[0].default({ module_or_path: all[1] });
    });
  }
  // What every program asks first (platform/network.rs), while it is on its way itself.
  function early(path) {
    if (taken) return;
    var answer = window['early ' + path] = fetch('/api/v1' + path).then(function (answer) {
      return answer.ok ? answer.text() : Promise.reject();
    });
    answer.catch(function () {});
  }
  function offline() {
    if (taken) return;
    say(navigator.onLine ? '' : 'offline');
  }

  // The page that the program makes, until it is whole.
  var fresh = window.appPlace = document.createElement('div'), watch = new MutationObserver(take), again;
  watch.observe(fresh, { childList: true, subtree: true });
  function whole() { return fresh.querySelector('main') && !fresh.querySelector('.waiting, .load-failed'); }
  // Not while a finger is down, a word is being composed, or a list or a picker is open.
  function busy() {
    var at = document.activeElement;
    return pressed || composing || (at && /^(SELECT|INPUT)$/.test(at.tagName) && /^(select|file|date|time)/.test(at.type));
  }
  function take() {
    if (taken || (!boot && !whole())) return;
    clearTimeout(again);
    if (busy()) { again = setTimeout(take, 200); return; }
    carry();
    // What was carried over is shown by the program in its own tasks, before the next picture.
    soon(8, function () {
      if (taken) return;
      var focus = path(document.activeElement), range = selection(), part = document.createDocumentFragment();
      carry();
      taken = true;
      watch.disconnect();
      while (fresh.firstChild) part.appendChild(fresh.firstChild);
      app.textContent = '';
      app.appendChild(part);
      window.appPlace = null;
      if (boot) { boot.remove(); boot = null; }
      tell('app-taken');
      var at = focus && follow(app, focus);
      if (at) {
        at.focus({ preventScroll: true });
        if (range) at.setSelectionRange(range[0], range[1]);
      }
      document.documentElement.dataset.app = 'ready';
      import(programs.later).catch(function () {});
    });
  }
  function soon(tasks, f) { if (tasks) Promise.resolve().then(function () { soon(tasks - 1, f); }); else f(); }
  each(app, 'details', function (box) { box.begun = box.open; });
  // What the person ticked, typed and opened on this page, in the program's.
  function carry() {
    if (boot) return;
    each(app, 'details', function (box) {
      var other = follow(fresh, path(box));
      if (other && other.tagName === 'DETAILS' && box.open !== !!box.begun && other.open !== box.open) {
        other.open = box.open;
        other.dispatchEvent(new Event('toggle'));
      }
    });
    each(app, 'input, textarea', function (field) {
      var other = same(field), tick = field.type === 'radio' || field.type === 'checkbox';
      if (!other || field.type === 'hidden' || (tick ? field.checked === field.defaultChecked : field.value === field.defaultValue)) return;
      if (tick && field.checked !== other.checked) {
        other.checked = field.checked;
        if (field.checked || field.type === 'checkbox') other.dispatchEvent(new Event('change', { bubbles: true }));
      } else if (!tick && field.value !== other.value) {
        other.value = field.value;
        other.dispatchEvent(new Event('input', { bubbles: true }));
      }
    });
  }
  function each(root, selector, f) { Array.prototype.forEach.call(root.querySelectorAll(selector), f); }
  function same(field) {
    return Array.prototype.filter.call(fresh.querySelectorAll(field.tagName), function (other) {
      return other.name === field.name && other.type === field.type
        && (!/^(radio|checkbox)$/.test(field.type) || other.value === field.value);
    })[0];
  }
  // Where an element stands: its number among its siblings, from the app on down.
  function path(node) {
    var steps = [];
    if (!node || node === app || !app.contains(node)) return null;
    for (; node !== app; node = node.parentNode) steps.unshift([Array.prototype.indexOf.call(node.parentNode.children, node), node.tagName]);
    return steps;
  }
  function follow(root, steps) {
    return steps && steps.reduce(function (node, step) {
      var next = node && node.children[step[0]];
      return next && next.tagName === step[1] ? next : null;
    }, root);
  }
  function selection() {
    var at = document.activeElement;
    return at && typeof at.selectionStart === 'number' && [at.selectionStart, at.selectionEnd];
  }

  addEventListener('pointerdown', function () { pressed = true; }, true);
  ['pointerup', 'pointercancel', 'dragend'].forEach(function (name) {
    // After the click that belongs to it.
    addEventListener(name, function () { setTimeout(function () { pressed = false; }); }, true);
  });
  addEventListener('compositionstart', function () { composing = true; });
  addEventListener('compositionend', function () { composing = false; });
  addEventListener('app-send', function () { load('apply'); });
  addEventListener('app-go', load);
  addEventListener('popstate', load);
  addEventListener('online', load);
  addEventListener('online', offline);
  addEventListener('offline', offline);
  addEventListener('app-shown', function (e) { clearTimeout(late); say(''); shown = e.detail; });
  addEventListener('app-started', take);
  addEventListener('app-crashed', show);
  addEventListener('error', function (e) { if (e.error || e.target === window) fatal(e.error || e.message); });
  addEventListener('unhandledrejection', function (e) { fatal(e.reason); });
  setTimeout(function () { if (!taken) show(); }, 60000);
  offline();
  load();
})();
