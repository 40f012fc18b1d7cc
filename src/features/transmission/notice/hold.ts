// Holds back whatever elements of a page load until it may load: scripts, frames, pictures, films, sounds, style sheets and the like. Elements declared
// with `data-sekisho` in HTML never start by themselves. Elements made by scripts of the page are caught when their address is set. Elements in HTML
// with an address are caught as the parser inserts them: scripts do not run and nothing more is loaded, but the browser may already have requested the
// address, which no script can prevent. `calls.ts` holds back what scripts send without an element.

import { catchCalls } from './calls.ts';
import { codeOf, mayRun, type Known } from './rules.ts';

/** The kinds of elements that load something, with the attributes that say what. The properties have the names of the attributes. */
const loading = [
  [HTMLScriptElement, 'src'],
  [HTMLIFrameElement, 'src'],
  [HTMLImageElement, 'src', 'srcset'],
  [HTMLMediaElement, 'src'],
  [HTMLVideoElement, 'poster'],
  [HTMLSourceElement, 'src', 'srcset'],
  [HTMLTrackElement, 'src'],
  [HTMLEmbedElement, 'src'],
  [HTMLObjectElement, 'data'],
  [HTMLInputElement, 'src'],
  [HTMLLinkElement, 'href'],
] as const;

const attributesOf = (element: Element): string[] =>
  loading.flatMap(([kind, ...names]) => (element instanceof kind ? names : []));

/** Elements with an address that are stopped when the parser inserts them. A link is not: its address is requested at that moment. */
const LOADING =
  'script[src],iframe[src],img[src],img[srcset],video[src],video[poster],audio[src],source[src],source[srcset],track[src],embed[src],object[data],input[src]';
const DECLARED = '[data-sekisho]';

/** Decides about addresses and tags, and remembers which tags ran. */
interface Gate {
  allowed(code: string): boolean;
  mayLoad(address: string): boolean;
  ran(code: string): boolean;
}

/** Held elements with the attributes they were to have; `type` is the script's type before it was made inert. */
type Held = Map<Element, { values: Record<string, string>; type?: string }>;

export interface Hold {
  /** Releases what may run now, and starts declared elements. */
  settle(): void;
  /** True when a tag has run on this page. */
  ran(code: string): boolean;
}

const setAttribute = Element.prototype.setAttribute;

/** Makes a film or sound begin anew with its present addresses. */
const reload = (element: Element): void => element.closest<HTMLMediaElement>('video,audio')?.load();

/**
 * Sets an address. A frame is removed first and inserted again with its address, because the browser may restore a frame that was inserted empty to
 * its state at the last page load, which undoes the address.
 */
function load(element: Element, name: string, value: string): void {
  const place = document.createComment('');
  const again = element instanceof HTMLIFrameElement && element.isConnected;
  if (again) element.replaceWith(place);
  setAttribute.call(element, name, value);
  if (again) place.replaceWith(element);
  if (element instanceof HTMLSourceElement) reload(element);
}

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

/** Holds an attribute back if its address may not load; `srcset` has several. Returns whether it does. */
function holds(element: Element, name: string, value: string, held: Held, { mayLoad }: Gate): boolean {
  if (!attributesOf(element).includes(name)) return false;
  const may = name === 'srcset' ? value.split(/[\s,]+/).every(mayLoad) : mayLoad(value);
  const waiting = held.get(element);
  if (!may) held.set(element, { ...waiting, values: { ...waiting?.values, [name]: value } });
  else delete waiting?.values[name];
  return !may;
}

/** Catches elements made by scripts of the page when their address is set. */
function catchMade(held: Held, gate: Gate): void {
  for (const [kind, ...names] of loading)
    for (const name of names) {
      const given = Object.getOwnPropertyDescriptor(kind.prototype, name)!;
      Object.defineProperty(kind.prototype, name, {
        ...given,
        set(this: Element, value: unknown) {
          if (!holds(this, name, String(value), held, gate)) given.set!.call(this, value);
        },
      });
    }
  Element.prototype.setAttribute = function (this: Element, name: string, value: unknown) {
    if (!holds(this, name.toLowerCase(), String(value), held, gate)) setAttribute.call(this, name, value as string);
  };
}

/** Stops an element that was inserted with its address. */
function stop(element: Element, held: Held, gate: Gate): void {
  if (element instanceof HTMLScriptElement) {
    if (element.type === 'text/plain' || !holds(element, 'src', element.getAttribute('src')!, held, gate)) return;
    held.get(element)!.type = element.type;
    element.type = 'text/plain';
    return;
  }
  for (const name of attributesOf(element)) {
    const value = element.getAttribute(name);
    if (value === null || !holds(element, name, value, held, gate)) continue;
    element.removeAttribute(name);
    reload(element);
  }
}

/** Starts an element declared in HTML if its tag may run: its addresses are in `data-src` and the like. */
function start(element: Element, { allowed }: Gate): void {
  if (!allowed(element.getAttribute('data-sekisho')!)) return;
  if (element instanceof HTMLScriptElement) return run(element, element.dataset['type']);
  element.removeAttribute('data-sekisho');
  for (const name of attributesOf(element)) {
    const value = element.getAttribute(`data-${name}`);
    if (value !== null) load(element, name, value);
  }
}

/** Releases an element as far as it may load now. */
function release(element: Element, held: Held, gate: Gate): void {
  const { values, type } = held.get(element)!;
  for (const [name, value] of Object.entries(values)) {
    if (holds(element, name, value, held, gate)) continue;
    if (type !== undefined && element instanceof HTMLScriptElement) run(element, type);
    else load(element, name, value);
  }
  if (Object.keys(held.get(element)!.values).length === 0) held.delete(element);
}

/** Starts holding back. `own`: hosts that may load before the register has arrived. */
export function holdBack(known: Known, own: ReadonlySet<string>): Hold {
  const held: Held = new Map();
  const gate = gateOf(known, own);
  catchMade(held, gate);
  const arrived = catchCalls(gate.mayLoad);
  const meet = (node: Element): void => {
    if (node.matches(LOADING)) stop(node, held, gate);
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
      arrived();
      for (const element of held.keys()) release(element, held, gate);
      for (const element of document.querySelectorAll(DECLARED)) start(element, gate);
    },
    ran: gate.ran,
  };
}
