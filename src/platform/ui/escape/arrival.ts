// Whoever hears the pages hears which one has come. A browser says so of what it loads itself, and nothing of what Turbo puts in its place.

const said = document.createElement('div');
for (const [name, value] of Object.entries({ role: 'status', class: 'sr-only', 'data-turbo-temporary': '' }))
  said.setAttribute(name, value);

/** Longer than it takes to notice that there is a place where something may be said. */
const NOTICED_MS = 150;

let isFirst = true;
document.addEventListener('turbo:load', () => {
  said.textContent = '';
  document.body.append(said);
  // What takes the focus, such as the list of what is to be put right, is read by itself.
  if (!isFirst && document.activeElement === document.body)
    setTimeout(() => (said.textContent = document.title), NOTICED_MS);
  isFirst = false;
});
