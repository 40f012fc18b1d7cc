// `<file-check>`: checks a chosen or dropped file of the log in the reader's browser. All words come from the server's markup or from the check;
// this element only fills them in and shows them.

import { answerOf, type Step, type Verification } from '../verification.ts';
import type { Question, Reply, Stop } from './worker.ts';

/** Names used in `data-part` in the server's markup. */
type Part =
  | 'tool'
  | 'without'
  | 'zone'
  | 'busy'
  | 'progress'
  | 'stop'
  | 'stopped'
  | 'facts'
  | 'further'
  | 'consistency';

const partOf = (host: HTMLElement, name: Part): HTMLElement => host.querySelector(`[data-part=${name}]`)!;
const fieldOf = (host: HTMLElement, name: 'file' | 'since' | 'key'): HTMLInputElement =>
  host.querySelector(`[name=${name}]`)!;

/** Shows the element whose `attribute` has this value and hides the others. */
function showOne(host: HTMLElement, attribute: 'data-answer' | 'data-key', value: string | null): void {
  for (const one of host.querySelectorAll<HTMLElement>(`[${attribute}]`))
    one.hidden = one.getAttribute(attribute) !== value;
}

/** Fills every place with this name. An empty value is hidden together with its term in the list. */
function fill(host: HTMLElement, name: string, text: string): void {
  for (const place of host.querySelectorAll<HTMLElement>(`[data-fill=${name}]`)) {
    place.textContent = text;
    const value = place.closest('dd');
    const term = value?.previousElementSibling as HTMLElement | null | undefined;
    if (value && term) value.hidden = term.hidden = text === '';
  }
}

/** Whose key the file was checked with, as far as this page can tell. `key` is the one the reader entered. */
function ownerOf(host: HTMLElement, { ok, vkey }: Verification, key: string | undefined): string | null {
  if (!ok) return null;
  if (vkey === host.dataset['own']) return 'own';
  return key === undefined ? 'other' : 'given';
}

/** Removes what was shown for another file. */
function clear(host: HTMLElement): void {
  showOne(host, 'data-answer', null);
  showOne(host, 'data-key', null);
  for (const name of ['busy', 'progress', 'stopped', 'facts', 'further'] as const) partOf(host, name).hidden = true;
  fill(host, 'heard', '');
  moveBar(host, 0);
}

/** Sets the progress bar. Returns true when it passed another quarter. */
function moveBar(host: HTMLElement, percent: number): boolean {
  const bar = partOf(host, 'progress').querySelector('[role=progressbar]')!;
  const before = Number(bar.getAttribute('aria-valuenow'));
  bar.setAttribute('aria-valuenow', String(percent));
  bar.querySelector('rect')!.setAttribute('width', String(percent));
  return Math.floor(percent / 25) > Math.floor(before / 25);
}

/** Shows the progress of a check. Screen readers are told once per quarter. */
function tellStep(host: HTMLElement, { in: file, checked, of: stated }: Step): void {
  // An altered file may hold more entries than it states.
  const all = Math.max(checked, stated);
  const figure = (n: number): string => n.toLocaleString(document.documentElement.lang);
  const says = host.dataset[file === 'since' ? 'stepSince' : 'step']!;
  const text = says.replace('{n}', figure(checked)).replace('{of}', figure(all));
  fill(host, 'step', text);
  if (moveBar(host, Math.floor((checked / all) * 100))) fill(host, 'heard', text);
  partOf(host, 'progress').hidden = false;
}

function show(host: HTMLElement, found: Verification | null, asked: Question): void {
  const lang = document.documentElement.lang === 'en' ? 'en' : 'ja';
  clear(host);
  partOf(host, 'facts').hidden = found === null;
  const owner = found && ownerOf(host, found, asked.key);
  showOne(host, 'data-answer', found ? answerOf(found) : 'unchecked');
  showOne(host, 'data-key', owner);
  fill(host, 'says', found ? found.says[lang] : host.dataset['unread']!);
  fill(host, 'name', asked.file instanceof File ? asked.file.name : '');
  fill(host, 'kind', (found && host.getAttribute(`data-kind-${found.kind}`)) ?? '');
  fill(host, 'origin', found?.origin ?? '');
  fill(host, 'vkey', found?.vkey ?? '');
  partOf(host, 'further').hidden = owner !== 'own';
  partOf(host, 'consistency').setAttribute('href', `/log/consistency/${found?.size}`);
}

/** Activates the server's markup. */
function start(host: HTMLElement): void {
  // The worker is loaded with the page, so choosing a file later needs no network.
  const worker = new Worker('/assets/check-worker.js');
  let asked: Question | undefined;
  let isGone = false;
  let turn = 0;
  const ask = (): void => {
    const file = fieldOf(host, 'file').files?.[0];
    const key = fieldOf(host, 'key').value.trim();
    const since = fieldOf(host, 'since').files?.[0];
    clear(host);
    turn++;
    asked = file && { turn, file, key: key === '' ? undefined : key, since };
    worker.postMessage(asked ?? ({ turn } satisfies Stop));
    if (!asked) return;
    partOf(host, 'busy').hidden = false;
    if (isGone) show(host, null, asked);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if (!asked || data.turn !== asked.turn) return;
    if ('step' in data) tellStep(host, data.step);
    else show(host, data.found, asked);
  });
  worker.addEventListener('error', () => {
    isGone = true;
    if (asked) show(host, null, asked);
  });
  for (const name of ['file', 'since', 'key'] as const) fieldOf(host, name).addEventListener('change', ask);
  partOf(host, 'stop').addEventListener('click', () => {
    const field = fieldOf(host, 'file');
    // Allows the same file to be chosen again.
    field.value = '';
    ask();
    partOf(host, 'stopped').hidden = false;
    field.focus();
  });
  takeDrops(host, ask);
  partOf(host, 'without').hidden = true;
  partOf(host, 'tool').hidden = false;
}

/** Accepts drops anywhere on the page; otherwise the browser would leave the page and open the file. */
function takeDrops(host: HTMLElement, ask: () => void): void {
  const over = (is: boolean): void => {
    partOf(host, 'zone').classList.toggle('file-over', is);
  };
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) over(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    const isEarlier = event.target instanceof Element && event.target.closest('[data-since]') !== null;
    fieldOf(host, isEarlier ? 'since' : 'file').files = files;
    ask();
  });
}

class FileCheck extends HTMLElement {
  connectedCallback(): void {
    start(this);
  }
}

customElements.define('file-check', FileCheck);
