// Holds scripts, frames and pictures back until they may run. Elements declared with `data-sekisho` in HTML never start by themselves. Elements made
// by scripts of the page are caught when their address is set. Elements in HTML with an address are caught as the parser inserts them: they do not
// run, but the browser may already have requested them, which no script can prevent.

import { codeOf, mayRun, type Known } from './rules.ts';

type Loading = HTMLScriptElement | HTMLIFrameElement | HTMLImageElement;

/**
 * Sets the address of a frame or picture. A frame is removed first and inserted again with its address, because the browser may restore a frame that
 * was inserted empty to its state at the last page load, which undoes the address.
 */
function load(element: Element, src: string): void {
  const place = document.createComment('');
  const again = element instanceof HTMLIFrameElement && element.isConnected;
  if (again) element.replaceWith(place);
  setAttribute.call(element, 'src', src);
  if (again) place.replaceWith(element);
}

/** Decides about addresses and tags, and remembers which tags ran. */
interface Gate {
  allowed(code: string): boolean;
  mayLoad(address: string): boolean;
  ran(code: string): boolean;
}

/** Held elements with the address they were to load; `type` is the script's type before it was made inert. */
type Held = Map<Loading, { url: string; type?: string }>;

export interface Hold {
  /** Releases what may run now, and starts declared elements. */
  settle(): void;
  /** True when a tag has run on this page. */
  ran(code: string): boolean;
}

const LOADING = 'script[src],iframe[src],img[src]';
const DECLARED = '[data-sekisho]';

const isLoading = (node: unknown): node is Loading =>
  node instanceof HTMLScriptElement || node instanceof HTMLIFrameElement || node instanceof HTMLImageElement;

const setAttribute = Element.prototype.setAttribute;

/** Runs a script by replacing it with a copy, because a script runs only once, when it is inserted. */
function run(script: HTMLScriptElement, type: string | undefined): void {
  const next = document.createElement('script');
  for (const { name, value } of script.attributes) {
    if (name !== 'type' && name !== 'data-sekisho' && name !== 'src') setAttribute.call(next, name, value);
  }
  next.async = script.hasAttribute('async');
  next.nonce = script.nonce ?? '';
  if (type) next.type = type;
  next.text = script.text;
  const src = script.getAttribute('src');
  if (src !== null) setAttribute.call(next, 'src', src);
  script.replaceWith(next);
}

/** `own`: hosts that may load before the register has arrived. */
function gateOf(known: Known, own: ReadonlySet<string>): Gate {
  const ran = new Set<string>();
  const allowed = (code: string): boolean => {
    const may = mayRun(known, code);
    if (may) ran.add(code);
    return may;
  };
  const mayLoad = (address: string): boolean => {
    let url: URL;
    try {
      url = new URL(address, document.baseURI);
    } catch {
      return true;
    }
    if (!/^https?:$/.test(url.protocol)) return true;
    if (!known.register) return own.has(url.host);
    const code = codeOf(known.register, url);
    return code === undefined || allowed(code);
  };
  return { allowed, mayLoad, ran: (code) => ran.has(code) };
}

/** Catches elements made by scripts of the page when their address is set. */
function catchMade(held: Held, { mayLoad }: Gate): void {
  for (const kind of [HTMLScriptElement, HTMLIFrameElement, HTMLImageElement]) {
    const given = Object.getOwnPropertyDescriptor(kind.prototype, 'src')!;
    Object.defineProperty(kind.prototype, 'src', {
      ...given,
      set(this: Loading, value: unknown) {
        if (mayLoad(String(value))) {
          held.delete(this);
          given.set!.call(this, value);
        } else held.set(this, { url: String(value) });
      },
    });
  }
  Element.prototype.setAttribute = function (this: Element, name: string, value: unknown) {
    if (isLoading(this) && name.toLowerCase() === 'src' && !mayLoad(String(value)))
      held.set(this, { url: String(value) });
    else setAttribute.call(this, name, value as string);
  };
}

/** Stops an element that was inserted with its address. */
function stop(element: Loading, held: Held, { mayLoad }: Gate): void {
  const url = element.getAttribute('src')!;
  const inert = element instanceof HTMLScriptElement && element.type === 'text/plain';
  if (inert || mayLoad(url)) return;
  if (element instanceof HTMLScriptElement) {
    held.set(element, { url, type: element.type });
    element.type = 'text/plain';
  } else {
    held.set(element, { url });
    element.removeAttribute('src');
  }
}

/** Starts an element declared in HTML if its tag may run. */
function start(element: Element, { allowed }: Gate): void {
  if (!allowed(element.getAttribute('data-sekisho')!)) return;
  if (element instanceof HTMLScriptElement) return run(element, element.dataset['type']);
  const src = element.getAttribute('data-src');
  element.removeAttribute('data-sekisho');
  if (src !== null) load(element, src);
}

/** Starts holding back. `own`: hosts that may load before the register has arrived. */
export function holdBack(known: Known, own: ReadonlySet<string>): Hold {
  const held: Held = new Map();
  const gate = gateOf(known, own);
  catchMade(held, gate);
  const meet = (node: Element): void => {
    if (node.matches(LOADING)) stop(node as Loading, held, gate);
    if (node.matches(DECLARED)) start(node, gate);
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        meet(node);
        for (const below of node.querySelectorAll(`${LOADING},${DECLARED}`)) meet(below);
      }
  }).observe(document, { childList: true, subtree: true });
  return {
    settle() {
      for (const [element, { url, type }] of held) {
        if (!gate.mayLoad(url)) continue;
        held.delete(element);
        if (type !== undefined && element instanceof HTMLScriptElement) run(element, type);
        else load(element, url);
      }
      for (const element of document.querySelectorAll(DECLARED)) start(element, gate);
    },
    ran: gate.ran,
  };
}
