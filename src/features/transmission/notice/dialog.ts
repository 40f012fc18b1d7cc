// The notice itself: what is sent to whom, two equal answers, a choice tag by tag, and a link to the full text. It does not take the focus on its own
// and covers only the foot of the window.

import type { PublicTag } from '../facts.ts';
import { dress, makeRoom } from './look.ts';
import { langOf, words } from './words.ts';

/** What the notice shows. */
export type Shown =
  | { as: 'choice'; tags: readonly PublicTag[]; page: string; marked(code: string): boolean; closes: boolean }
  | { as: 'gpc' | 'none' | 'away'; page: string };

export interface Dialog {
  show(what: Shown, opener?: HTMLElement): void;
  hide(): void;
  /** Shows what happened to an answer. */
  tell(what: 'saving' | 'failed'): void;
}

type Answer = (allowed: readonly string[]) => void;

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function button(text: string, pressed: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, text);
  made.addEventListener('click', pressed);
  return made;
}

/** Builds the parts between the heading and the link. */
function contentsOf(what: Shown, answer: Answer): (Node | string)[] {
  const lang = langOf();
  const says = words[lang];
  if (what.as !== 'choice') return [element('p', {}, says[what.as])];
  const boxes = what.tags.map((tag) => {
    const box = element('input', { type: 'checkbox' });
    box.checked = what.marked(tag.code);
    return { tag, box };
  });
  const names = [...new Set(what.tags.map(({ recipient }) => recipient.name[lang]))];
  return [
    element('p', {}, says.says),
    element('p', {}, element('b', {}, names.join(says.list))),
    element(
      'div',
      {},
      button(says.refuse, () => answer([])),
      button(says.allow, () => answer(what.tags.map(({ code }) => code))),
    ),
    element(
      'details',
      {},
      element('summary', {}, says.each),
      ...boxes.map(({ tag, box }) =>
        element('label', {}, box, element('span', {}, `${tag.name[lang]} — ${tag.recipient.name[lang]}`)),
      ),
      button(says.save, () => answer(boxes.filter(({ box }) => box.checked).map(({ tag }) => tag.code))),
    ),
  ];
}

/** Creates the notice. `answer` receives the codes that the visitor allows; every other code is refused. */
export function openDialog(answer: Answer): Dialog {
  const host = document.createElement('sekisho-notice');
  const shadow = host.attachShadow({ mode: 'open' });
  const room = makeRoom();
  const status = element('p', { role: 'status' });
  let back: HTMLElement | undefined;
  let closes = false;
  dress(shadow);

  const hide = (): void => {
    host.remove();
    room(0);
    back?.focus();
    back = undefined;
  };
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && closes) hide();
  });
  new ResizeObserver(() => room(host.isConnected ? host.offsetHeight : 0)).observe(host);

  return {
    hide,
    tell: (what) => {
      status.textContent = words[langOf()][what];
    },
    show(what, opener) {
      const lang = langOf();
      const says = words[lang];
      closes = what.as !== 'choice' || what.closes;
      status.textContent = '';
      const title = element('h2', { id: 'title' }, says.title);
      const more = element('p', {}, element('a', { href: what.page }, says.more));
      const parts = [title, ...contentsOf(what, answer), status, more];
      if (closes) parts.push(element('div', {}, button(says.close, hide)));
      const attributes = { role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' };
      const section = element('section', attributes, ...parts);
      host.lang = lang;
      shadow.querySelector('section')?.remove();
      shadow.append(section);
      document.body.prepend(host);
      room(host.offsetHeight);
      back = opener;
      if (opener) section.focus();
    },
  };
}
