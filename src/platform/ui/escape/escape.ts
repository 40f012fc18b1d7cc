// Escape closes what a button opened and returns the focus to the button. Without script, the button itself closes it.

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
  // While Japanese is being typed, Escape cancels the conversion.
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  if (!closeDropped()) document.querySelector<HTMLElement>('#menu:target .close')?.click();
});
