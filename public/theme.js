// Sets the theme, and hides the start page where a plan opens, before the first paint; a module script would be too late.
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
  // A plan is about to open: the start page that the HTML brings along would only flash.
  var plan = null;
  try {
    plan = sessionStorage.getItem('espalier.open-plan') || localStorage.getItem('espalier.last-plan');
  } catch {
    // As on a first visit.
  }
  if ((plan !== null && plan !== '-') || location.hash !== '' || document.querySelector('meta[name=espalier-link]')) document.documentElement.dataset.opens = '';
})();
