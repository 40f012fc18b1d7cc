// Tells screen readers which page has arrived. Browsers announce pages they load themselves, but not those that Turbo swaps in.

const said = document.createElement('div');
for (const [name, value] of Object.entries({ role: 'status', class: 'sr-only', 'data-turbo-temporary': '' }))
  said.setAttribute(name, value);

/** Longer than screen readers take to notice a live region. */
const NOTICED_MS = 150;

let isFirst = true;
document.addEventListener('turbo:load', () => {
  said.textContent = '';
  document.body.append(said);
  // An element that takes the focus, such as the error summary, is read out by itself.
  if (!isFirst && document.activeElement === document.body)
    setTimeout(() => (said.textContent = document.title), NOTICED_MS);
  isFirst = false;
});
