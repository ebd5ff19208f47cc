// Sets the theme before the first paint; a module script would be too late.
(function () {
  var stored = null;
  try {
    stored = localStorage.getItem('espalier.theme');
  } catch {
    // Storage may be blocked: follow the system then.
  }
  var dark =
    stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
