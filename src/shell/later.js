// When the app stands and the phone has time: keeps the app on the phone (public/sw.js) with what the pages read from
// the API, and offers a newer release once it is there whole. Only on HTTPS or this computer itself.
(function () {
  var workers = window.isSecureContext && navigator.serviceWorker, root = document.documentElement;
  var en = /^\/en(\/|$)/.test(location.pathname), lang = en ? 'en' : 'id', words = WORDS[lang], lean = (navigator.connection || {}).saveData;
  restore();
  // The program for applying sends what waits on this phone (client/outbox.rs), from every page.
  function send() {
    if (navigator.onLine && memory(function () { return localStorage.getItem('sp-menunggu'); })) dispatchEvent(new CustomEvent('app-send'));
  }
  (window.requestIdleCallback || setTimeout)(send);
  addEventListener('online', send);
  if (workers) (window.requestIdleCallback || setTimeout)(begin, window.requestIdleCallback ? { timeout: 10000 } : 3000);

  function nothing() {}
  function begin() {
    workers.register('/sw.js', { updateViaCache: 'none' }).then(function (registration) {
      if (!registration) return;
      when(registration.active || registration.waiting || registration.installing, 'activated', function (worker) {
        // What a newer release that waits has fetched already is not this one's to throw away.
        var alone = !registration.waiting && !registration.installing;
        if (!lean) fill(worker, alone).then(function (said) {
          if (said.full) poor();
          return texts(said);
        }).then(function (whole) { if (whole) root.dataset.offline = 'ready'; }).catch(nothing);
      });
      newer(registration);
      registration.addEventListener('updatefound', function () { newer(registration); });
      document.addEventListener('visibilitychange', function () {
        if (!document.hidden) registration.update().catch(nothing);
      });
    }).catch(function (error) { if (error.name === 'SecurityError') poor(); });
  }

  // The phone keeps nothing: whoever counts on the pages without a network is told once, at the foot.
  function poor() {
    var foot = document.querySelector('footer .inner'), line = document.createElement('p');
    if (!foot || root.dataset.offline) return;
    root.dataset.offline = 'none';
    line.setAttribute('role', 'status');
    foot.appendChild(line);
    line.textContent = words['keeps-nothing'];
  }

  function when(worker, state, then) {
    if (worker.state === state) return then(worker);
    worker.addEventListener('statechange', function changed() {
      if (worker.state !== state) return;
      worker.removeEventListener('statechange', changed);
      then(worker);
    });
  }

  function fill(worker, sweep) {
    return new Promise(function (done) {
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) { done(event.data); };
      worker.postMessage({ fill: lang, sweep: sweep }, [channel.port2]);
    });
  }

  // A browser changes workers once the older one has nothing to do, and asks only one that is awake whether that is
  // so: first it is woken and ends what it still fetches. One of an older release says nothing.
  function halt(worker) {
    return new Promise(function (done) {
      var channel = new MessageChannel();
      channel.port1.onmessage = done;
      setTimeout(done, 3000);
      worker.postMessage({ halt: true }, [channel.port2]);
    });
  }

  function newer(registration) {
    var worker = registration.waiting || registration.installing;
    if (!worker || !registration.active) return;
    when(worker, 'installed', function () {
      (lean ? Promise.resolve({ whole: true }) : fill(worker, false)).then(function (said) {
        if (said.whole) offer(worker, registration);
      });
    });
  }

  function memory(f) { try { return f(); } catch (e) { return null; } }

  // What the API says of every service and guide goes where the app looks for it (client/resource.rs).
  function texts(said) {
    var mark = lang + said.release;
    if (!said.whole || memory(function () { return localStorage.getItem('sp-texts'); }) === mark) return said.whole;
    return fetch('/api/v1/catalog/whole?lang=' + lang, { priority: 'low' }).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject();
    }).then(function (all) {
      return new Promise(function (done, failed) {
        var asked = indexedDB.open('satu-pintu', 1);
        asked.onupgradeneeded = function () {
          asked.result.createObjectStore('texts');
          asked.result.createObjectStore('files');
        };
        asked.onerror = failed;
        asked.onsuccess = function () {
          var database = asked.result, turn = database.transaction('texts', 'readwrite'), store = turn.objectStore('texts');
          Object.keys(all).forEach(function (path) { store.put(JSON.stringify(all[path]), 'cache:' + path); });
          turn.onabort = failed;
          turn.oncomplete = function () { database.close(); done(true); };
        };
      });
    }).then(function () {
      memory(function () { localStorage.setItem('sp-texts', mark); });
      return true;
    });
  }

  var bar;
  function offer(worker, registration) {
    var pressed = false;
    if (bar) bar.remove();
    bar = document.createElement('section');
    bar.className = 'newer';
    bar.setAttribute('aria-label', words['new-label']);
    bar.innerHTML = '<p role="status"></p><button type="button" class="btn quiet"></button>';
    bar.lastChild.textContent = words['new-use'];
    bar.lastChild.onclick = function () {
      if (pressed) return;
      say(true);
      halt(registration.active).then(function () {
        worker.postMessage({ go: true });
        when(worker, 'activated', take);
      });
    };
    document.body.appendChild(bar);
    say(false);
    hide();
    addEventListener('app-shown', hide);
    addEventListener('input', hide);

    function say(busy) {
      pressed = busy;
      bar.firstChild.textContent = words[busy ? 'new-busy' : 'new-text'];
      if (busy) bar.lastChild.setAttribute('aria-disabled', 'true');
      else bar.lastChild.removeAttribute('aria-disabled');
    }
    // Somebody may have gone on working since the press.
    function take() {
      hide();
      if (bar.hidden) return say(false);
      memory(function () { sessionStorage.setItem('sp-typed', JSON.stringify({ at: location.href, fields: typed() })); });
      location.reload();
    }
  }
  // A reload would take away what a shared phone has only in its memory, and numbers that are never written down.
  function hide() {
    bar.hidden = Object.keys(window).some(function (name) { return /^satu-pintu:/.test(name); })
      || fields().some(function (field) { return /(\d\D?){15}/.test(field.value); });
  }

  function fields() {
    return Array.prototype.filter.call(document.querySelectorAll('main input, main textarea, main select'), function (field) {
      return !/^(hidden|file|password)$/.test(field.type);
    });
  }
  function ticked(field) { return field.type === 'radio' || field.type === 'checkbox'; }
  function typed() {
    return fields().map(function (field) { return [field.name, ticked(field) ? field.checked : field.value]; });
  }
  function restore() {
    var kept = memory(function () { return JSON.parse(sessionStorage.getItem('sp-typed')); });
    if (!kept) return;
    sessionStorage.removeItem('sp-typed');
    if (kept.at !== location.href) return;
    fields().forEach(function (field, at) {
      var old = kept.fields[at], tick = ticked(field);
      if (!old || old[0] !== field.name || old[1] === (tick ? field.checked : field.value)) return;
      field[tick ? 'checked' : 'value'] = old[1];
      field.dispatchEvent(new Event(tick ? 'change' : 'input', { bubbles: true }));
      if (!tick) field.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
})();
