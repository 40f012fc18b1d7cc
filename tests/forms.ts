// What a browser does with a form: how it sends a text and, with script, what happens to the answer. Turbo sends every form not marked for the
// browser itself, and shows the answer only if it is a redirect or a refusal. Pressing a button that answers 200 with a page or a file would then
// show nothing.

/** A form of a page: its path, its fields and buttons by name, and whether the browser itself sends it. */
interface SeenForm {
  path: string;
  names: ReadonlySet<string>;
  whole: boolean;
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

const isWhole = (tag: string): boolean => attribute(tag, 'data-turbo') === 'false';

const pathOf = (address: string): string => address.split('?')[0]!;

/** The forms of a page that are sent as POST. A button that sends a form elsewhere counts as another form. */
const formsIn = (html: string): SeenForm[] =>
  [...html.matchAll(/(<form\b[^>]*method="post"[^>]*>)([\s\S]*?)<\/form>/g)].flatMap(([, tag, within]) => {
    const names = new Set([...within!.matchAll(/ name="([^"]*)"/g)].map(([, name]) => name!));
    const to = (address: string, whole: boolean): SeenForm => ({ path: pathOf(address), names, whole });
    const buttons = [...within!.matchAll(/<button\b[^>]* formaction="([^"]*)"[^>]*>/g)];
    return [
      to(attribute(tag!, 'action')!, isWhole(tag!)),
      ...buttons.map(([button, address]) => to(address!, isWhole(tag!) || isWhole(button))),
    ];
  });

/** A text as a browser sends it in a form: lines end in CR LF (HTML, form submission). */
export const asSent = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, '\r\n');

/** The forms shown in a browser. */
export interface Forms {
  /** Records the forms of a page that was shown. */
  look(html: string): void;
  /** Throws when a form that Turbo would have sent got an answer that Turbo does not show. */
  assertShown(status: number, to: string, names: readonly string[]): void;
}

export function formsShown(): Forms {
  const seen: SeenForm[] = [];
  return {
    look: (html) => void seen.push(...formsIn(html)),
    assertShown: (status, to, names) => {
      if (status < 200 || status > 299) return;
      const path = pathOf(to);
      const own = seen.filter((form) => form.path === path);
      // Several forms may have the same path: it is one of those with most of the fields that were sent.
      const shares = own.map((form) => names.filter((name) => form.names.has(name)).length);
      const like = own.filter((_, i) => shares[i] === Math.max(...shares));
      if (like.length === 0) throw new Error(`no page that was shown has a form to ${path}, which answers ${status}`);
      if (like.some(({ whole }) => !whole))
        throw new Error(`the form to ${path} answers ${status}, which Turbo does not show: mark it whole or download`);
    },
  };
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

const read = (text: string): string => text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (one) => entities[one]!);

const isOn = (tag: string, name: string): boolean => new RegExp(` ${name}(?:=|[ >/])`).test(tag);

const fieldTags =
  /<input\b[^>]*>|<textarea\b[^>]*>([\s\S]*?)<\/textarea>|<select\b[^>]*>([\s\S]*?)<\/select>|<option\b[^>]*>/g;

/** The values that a field sends untouched. A select without a choice sends its first option. */
function valuesOf(tag: string, text: string | undefined, options: string | undefined): string[] {
  if (text !== undefined) return [read(text).replace(/^\n/, '')];
  if (options !== undefined) {
    const all = options.match(/<option\b[^>]*>/g) ?? [];
    const chosen = all.find((one) => isOn(one, 'selected')) ?? all[0];
    return chosen === undefined ? [] : [read(attribute(chosen, 'value') ?? '')];
  }
  const type = attribute(tag, 'type');
  const sends = type === 'checkbox' || type === 'radio' ? isOn(tag, 'checked') : type !== 'file' && type !== 'submit';
  return sends ? [read(attribute(tag, 'value') ?? '')] : [];
}

/**
 * What a browser would send of an untouched form of a page, without its token: of the forms with the path `to`, or of all if there is none, the one
 * with most fields.
 */
export function fieldsIn(html: string, to?: string): Record<string, string[]> {
  const all = [...html.matchAll(/(<form\b[^>]*method="post"[^>]*>)([\s\S]*?)<\/form>/g)];
  const own = all.filter(([, tag]) => to !== undefined && pathOf(read(attribute(tag!, 'action')!)) === to);
  const forms = (own.length > 0 ? own : all).map(([, , within]) => {
    const fields: Record<string, string[]> = {};
    for (const [tag, text, options] of within!.matchAll(fieldTags)) {
      const name = attribute(/^<[^>]*>/.exec(tag)![0], 'name');
      if (name === undefined || name === 'csrf') continue;
      for (const value of valuesOf(/^<[^>]*>/.exec(tag)![0], text, options)) (fields[name] ??= []).push(value);
    }
    return fields;
  });
  return forms.toSorted((a, b) => Object.keys(b).length - Object.keys(a).length)[0] ?? {};
}

type Sent = Record<string, string | string[]>;

/**
 * Opens a form in two tabs; the first saves its changes, then the second. Returns what the second tab is shown, and what its form would send if
 * saved again untouched. `to`: the path of the form where it is not that of its page.
 */
export async function inTwoTabs(
  tab: {
    get: (at: string) => Promise<string>;
    post: (to: string, fields: Sent) => Promise<{ status: number; html: string }>;
  },
  at: string,
  { first, second, to = pathOf(at) }: { first: Sent; second: Sent; to?: string },
): Promise<{ status: number; html: string; fields: Record<string, string[]> }> {
  const began = fieldsIn(await tab.get(at), to);
  const saved = await tab.post(to, { ...began, ...first });
  if (saved.status !== 303) throw new Error(`the first tab was answered ${saved.status}`);
  const { status, html } = await tab.post(to, { ...began, ...second });
  return { status, html, fields: fieldsIn(html, to) };
}
