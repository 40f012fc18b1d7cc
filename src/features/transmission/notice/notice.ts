// The web notice: fetches the register of the site, holds back what is listed, asks the visitor, and records the answer. It contains no code of
// others and sends requests only to Sekisho.

import type { ChoiceAsk, PublicRegister } from '../facts.ts';
import { openDialog, type Dialog } from './dialog.ts';
import { holdBack, type Hold } from './hold.ts';
import { keep, keepRegister, lastRegister, recall, type Kept } from './memory.ts';
import { answers, choosable, mayRun, type Known } from './rules.ts';
import { langOf } from './words.ts';

export interface Start {
  /** Code of the site in the register. */
  site: string;
  /** Where Sekisho is, without a trailing slash. */
  from: string;
  /** Hosts of the company itself that may load before the register has arrived. */
  trust?: readonly string[];
}

/** A running notice. */
interface Notice {
  site: string;
  from: string;
  known: Known;
  hold: Hold;
  dialog: Dialog;
}

const MOST_TRIES = 3;

async function fetchRegister({ site, from }: Notice, cache: RequestCache): Promise<PublicRegister | undefined> {
  try {
    const init = { credentials: 'omit', cache } as const;
    const answer = await fetch(`${from}/external-transmission/${site}/register.json`, init);
    if (answer.ok) {
      const register = (await answer.json()) as PublicRegister;
      keepRegister(site, register);
      return register;
    }
  } catch {
    // Sekisho cannot be reached: the last register received applies; without one, everything stays held.
  }
  return lastRegister(site);
}

/** Records a choice. Returns whether it is on record, or `stale` when what was shown has changed since. */
async function send(notice: Notice, kept: Kept): Promise<boolean | 'stale'> {
  const { id, notice: version, allowed, refused, gpc } = kept;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { n } = kept;
    const ask: ChoiceAsk = { site: notice.site, id, n, notice: version, allowed, refused, language: langOf(), gpc };
    try {
      // Sent as text, so that the browser needs no preflight request.
      const init = { method: 'POST', body: JSON.stringify(ask), keepalive: true, credentials: 'omit' } as const;
      const answer = await fetch(`${notice.from}/api/v1/web-choices`, init);
      if (answer.ok) return true;
      if (answer.status !== 409) return false;
      const problem = (await answer.json()) as { fields?: { field: string }[] };
      if (problem.fields?.[0]?.field !== 'n') return 'stale';
      // Another window of this browser has made a choice under this number.
      kept.n += 1;
    } catch {
      return false;
    }
  }
  return false;
}

const remember = (notice: Notice, kept: Kept): void => {
  notice.known.kept = kept;
  keep(notice.site, kept);
};

function choiceOf({ site, known: { kept, gpc } }: Notice, register: PublicRegister, allowed: readonly string[]): Kept {
  // Another window may have made a choice since.
  const before = recall(site) ?? kept;
  return {
    id: before?.id ?? crypto.randomUUID(),
    n: (before?.n ?? 0) + 1,
    notice: register.notice,
    allowed: [...allowed],
    refused: choosable(register).filter((code) => !allowed.includes(code)),
    gpc,
    at: Date.now(),
    sent: false,
  };
}

/** A refusal takes effect at once, a permission only once it is on record. If a tag that already ran is now refused, the page is reloaded. */
async function choose(notice: Notice, allowed: readonly string[]): Promise<void> {
  const { known, hold, dialog } = notice;
  const { register } = known;
  if (!register) return;
  const kept = choiceOf(notice, register, allowed);
  if (allowed.length === 0) {
    remember(notice, kept);
    dialog.hide();
  } else dialog.tell('saving');
  const sent = await send(notice, kept);
  if (sent === 'stale') return begin(notice, 'reload');
  if (sent) {
    remember(notice, { ...kept, sent });
    dialog.hide();
  } else if (allowed.length > 0) return dialog.tell('failed');
  if (kept.refused.some((code) => hold.ran(code))) location.reload();
  else hold.settle();
}

function show(notice: Notice, opener?: HTMLElement): void {
  const { known, dialog, site, from } = notice;
  const { register, gpc } = known;
  const page = register?.page ?? `${from}/external-transmission/${site}`;
  const tags = register?.tags.filter(({ choice }) => choice !== 'notice') ?? [];
  if (!register) dialog.show({ as: 'away', page }, opener);
  else if (tags.length === 0) dialog.show({ as: 'none', page }, opener);
  else if (gpc) dialog.show({ as: 'gpc', page }, opener);
  else {
    const closes = answers(known);
    dialog.show({ as: 'choice', tags, page, marked: (code) => mayRun(known, code), closes }, opener);
  }
}

const ready = (): Promise<unknown> | undefined =>
  document.readyState === 'loading'
    ? new Promise((go) => document.addEventListener('DOMContentLoaded', go, { once: true }))
    : undefined;

/** Fetches the register, releases what may run, and asks the visitor if there is anything to ask. */
async function begin(notice: Notice, cache: RequestCache = 'default'): Promise<void> {
  const { known, hold } = notice;
  const register = await fetchRegister(notice, cache);
  if (!register) return;
  known.register = register;
  known.kept = recall(notice.site);
  hold.settle();
  if (choosable(register).length === 0) return;
  const answered = answers(known);
  if (answered && known.kept!.sent) return;
  // A GPC request is recorded without asking the visitor, and so is a refusal that could not be sent before.
  if (known.gpc && !answered) return choose(notice, []);
  if (answered) {
    const sent = await send(notice, known.kept!);
    if (sent === 'stale') return begin(notice, 'reload');
    if (sent) remember(notice, { ...known.kept!, sent });
    return;
  }
  await ready();
  show(notice);
}

let running: Notice | undefined;

/** Opens the notice, so that a visitor can change a choice. */
export function open(opener?: HTMLElement): void {
  if (running) show(running, opener);
}

/** Starts holding back what is listed, and asks the visitor. A second call does nothing. */
export function start({ site, from, trust = [] }: Start): void {
  if (running) return;
  const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
  const known: Known = { gpc };
  const own = new Set([location.host, new URL(from).host, ...trust]);
  const notice: Notice = {
    site,
    from,
    known,
    hold: holdBack(known, own),
    dialog: openDialog((allowed) => void choose(notice, allowed)),
  };
  running = notice;
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element && event.target.closest<HTMLElement>('[data-sekisho-open]');
    if (!opener) return;
    event.preventDefault();
    open(opener);
  });
  void begin(notice);
}
