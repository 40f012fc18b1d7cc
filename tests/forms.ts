// What a browser makes of a form: how it sends a text, and, with script, what becomes of the answer. Turbo sends every form that is not marked
// for the browser itself, and shows its answer only where that is a redirect or a refusal: what answers 200, a page or a file, would do nothing
// when the button is pressed.

/** A form as a page has it: where it goes, its fields and buttons by name, and whether the browser itself sends it. */
interface SeenForm {
  path: string;
  names: ReadonlySet<string>;
  whole: boolean;
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

const isWhole = (tag: string): boolean => attribute(tag, 'data-turbo') === 'false';

const pathOf = (address: string): string => address.split('?')[0]!;

/** The forms of a page that are sent as POST; one with a button that sends it elsewhere is another. */
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

/** A text as a browser sends it in a form: a line ends in CR and LF there (HTML, form submission). */
export const asSent = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, '\r\n');

/** The forms that somebody at a browser was shown. */
export interface Forms {
  /** A page was shown. */
  look(html: string): void;
  /** Throws where fields that were sent to a path got an answer that Turbo does not show, from a form that it would have sent. */
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
      // Of several forms that go there, it is one of those that have most of what was sent.
      const shares = own.map((form) => names.filter((name) => form.names.has(name)).length);
      const like = own.filter((_, i) => shares[i] === Math.max(...shares));
      if (like.length === 0) throw new Error(`no page that was shown has a form to ${path}, which answers ${status}`);
      if (like.some(({ whole }) => !whole))
        throw new Error(`the form to ${path} answers ${status}, which Turbo does not show: mark it whole or download`);
    },
  };
}
