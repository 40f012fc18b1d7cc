// Keeps a form that does not reach the server as it is and tells the sender: a restarted or disconnected server must not lose anybody's work.
// Without script, the browser reports this itself.

type Said = Readonly<Record<'title' | 'text', string>>;

const unsent: Readonly<Record<string, Said>> = {
  ja: {
    title: '関所につながりません',
    text: 'まだ送っていません。入れた内容は、この画面に残っています。少し待ってから、もう一度押してください。',
  },
  en: {
    title: 'Sekisho cannot be reached',
    text: 'Nothing was sent. What you entered is kept on this page. Wait a moment, then press the button again.',
  },
};

const unanswered: Readonly<Record<string, Said>> = {
  ja: {
    title: '関所から返事がありません',
    text: '行われたかどうかが分かりません。入れた内容は、この画面に残っています。もう一度押す前に、別のタブで記録を確かめてください。',
  },
  en: {
    title: 'Sekisho has not answered',
    text: 'It is not known whether this was done. What you entered is kept on this page. Before you press the button again, look at what is on record in another tab.',
  },
};

const element = (name: string, text: string): HTMLElement => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

function tell(said: Readonly<Record<string, Said>>): void {
  const { title, text } = said[document.documentElement.lang]!;
  const notice = element('div', '');
  notice.className = 'errsum';
  notice.tabIndex = -1;
  for (const [name, value] of Object.entries({ role: 'alert', id: 'unsent', 'data-turbo-temporary': '' }))
    notice.setAttribute(name, value);
  notice.append(element('h2', title), element('p', text));
  document.querySelector('#unsent')?.remove();
  document.querySelector('main')?.prepend(notice);
  notice.focus();
}

// Turbo fires this for a form without an answer, or with one that is not a page of ours (scripts/turbo.mjs).
document.addEventListener('turbo:fetch-request-error', ({ target }) => {
  if (target instanceof HTMLFormElement) tell(unanswered);
});

/** Forms just found to be able to reach the server. */
const reaching = new WeakSet<EventTarget>();

/** Forms being sent. Enter pressed twice would send them twice. */
const sending = new WeakSet<EventTarget>();

/** A form that was answered with a file stays on its page, and may be sent again after this time. */
const TWICE_WITHIN_MS = 1_000;

const isThere = (): Promise<boolean> =>
  fetch('/assets/mark.svg', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

/** A form the browser sends itself replaces the page whatever the answer, and what was typed with it. So the server is probed first. */
const isTakenAway = (form: EventTarget | null): form is HTMLFormElement =>
  form instanceof HTMLFormElement && form.method === 'post' && form.dataset['turbo'] === 'false';

document.addEventListener('submit', (event) => {
  const { target: form, submitter, defaultPrevented } = event;
  if (defaultPrevented || !isTakenAway(form) || reaching.delete(form)) return;
  event.preventDefault();
  if (sending.has(form)) return;
  sending.add(form);
  void isThere().then((there) => {
    setTimeout(() => sending.delete(form), there ? TWICE_WITHIN_MS : 0);
    if (!there) return tell(unsent);
    reaching.add(form);
    form.requestSubmit(submitter);
  });
});

// The second click of a double click. Turbo disables the button; a browser would send the form twice.
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (event.detail > 1 && isTakenAway(button?.form ?? null)) event.preventDefault();
});
