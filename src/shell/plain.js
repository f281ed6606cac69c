// On a host of plain files: what the app asks the API lies there as files (`satu-pintu site`).
(function () {
  var own = window.fetch;
  window.fetch = function (asked, options) {
    var url = new URL(asked.url || asked, location.href), lang = url.searchParams.get('lang');
    if (!/^\/api\/v1\/(catalog|notices$)/.test(url.pathname) || (asked.method || 'GET') !== 'GET') return own(asked, options);
    return own(url.pathname + (lang ? '.' + lang : '') + '.json');
  };
})();
