const gap = 8;

/** Puts a layer beside the tree, at its foot, so that the tree stays in view; over it where there is no room. */
export function placeBesideTree(layer: HTMLElement): void {
  const tree = document.querySelector('[role=tree]')?.getBoundingClientRect();
  const right = tree?.right ?? 0;
  const room = innerWidth - right - gap;
  layer.style.left = `${room >= layer.offsetWidth ? right + gap : Math.max(gap, innerWidth - layer.offsetWidth - gap)}px`;
  layer.style.top = 'auto';
  layer.style.bottom = `${Math.max(gap, innerHeight - (tree?.bottom ?? innerHeight))}px`;
}
