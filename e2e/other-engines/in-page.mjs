// A function that runs inside the page. It is sent as its source, so that it may use nothing from outside itself.

/**
 * The first visible element of a role whose accessible name matches, or null. Only the roles that this page uses are looked at: roles
 * that elements have by themselves or by attribute, and names by attribute, label or content.
 */
export function find(role, name, within) {
  const selectors = {
    button: 'button,[role=button],summary',
    textbox: 'textarea,input:not([type]),input[type=text],[role=textbox]',
    searchbox: 'input[type=search],[role=searchbox]',
    dialog: 'dialog[open],[role=dialog]',
    article: 'article,[role=article]',
    region: 'section,[role=region]',
    option: 'option,[role=option]',
  };
  const nameOf = (node) => {
    const label = node.getAttribute('aria-label');
    if (label) return label;
    const by = node.getAttribute('aria-labelledby');
    if (by) return by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    if (node.labels?.length > 0) return node.labels[0].textContent;
    return node.textContent;
  };
  const scope = within ? document.querySelector(within) : document;
  // The start page in the HTML is inert until the scripts draw it.
  const shown = (node) => node.getClientRects().length > 0 && node.closest('[inert]') === null;
  const all = scope ? [...scope.querySelectorAll(selectors[role] ?? `[role=${role}]`)] : [];
  return all.find((node) => shown(node) && new RegExp(name).test(nameOf(node).replace(/\s+/g, ' ').trim())) ?? null;
}
