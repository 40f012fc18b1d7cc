// The web notice as a classic script: `<script src="https://…/assets/notice.js" data-site="…"></script>`, before every other tag.

import { start } from './notice.ts';

const here = document.currentScript as HTMLScriptElement | null;
const site = here?.dataset['site'];
if (here && site) {
  const trust = here.dataset['trust']?.split(/\s+/).filter(Boolean) ?? [];
  start({ site, from: here.src.replace(/\/assets\/[^/]*$/, ''), trust });
}
