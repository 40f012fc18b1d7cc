// Escape closes what a button opened, and whoever was in it is back at the button. Without script the button itself closes it.

const closeDropped = (): boolean => {
  const open = document.querySelectorAll<HTMLDetailsElement>('details.drop[open]');
  for (const drop of open) {
    const within = drop.contains(document.activeElement);
    drop.open = false;
    if (within) drop.querySelector('summary')?.focus();
  }
  return open.length > 0;
};

document.addEventListener('keydown', (event) => {
  // Of a Japanese text that is being typed it takes back what is not chosen yet.
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  if (!closeDropped()) document.querySelector<HTMLElement>('#menu:target .close')?.click();
});
