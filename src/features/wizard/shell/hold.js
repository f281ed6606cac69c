// Stands before the form: a press that comes before the wizard's script is kept until the script is there, and a group
// that is opened gets its tiles.
(function () {
  var form;
  function hold(e) { e.preventDefault(); form = e.target; }
  function release() {
    removeEventListener('submit', hold, true);
    var held = form;
    form = null;
    if (held && held.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))) held.submit();
  }
  addEventListener('submit', hold, true);
  addEventListener('wizard-stands', release);
  // Where the script fails, the form is sent.
  addEventListener('DOMContentLoaded', release);
  addEventListener('toggle', function (e) {
    var aside = e.target.querySelector('noscript');
    if (aside) aside.outerHTML = aside.textContent;
  }, true);
})();
