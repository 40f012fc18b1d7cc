// The pages that can be reached by links from the home page.

/** The text of a piece of HTML. */
export const shown = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** An address with ids and numbers replaced by `:id` and `:n`. */
export const like = (address: string): string =>
  address.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replaceAll(/\d+/g, ':n');

const kindOf = (address: string): string => {
  const { pathname, searchParams } = new URL(address, 'https://sekisho.example.jp');
  const names = [...searchParams].map(([name, value]) => (name === 'do' ? `do=${value}` : name));
  return `${like(pathname)}?${names.toSorted().join('&')}`;
};

export interface Linked {
  at: string;
  answer: Response;
  /** Empty when the answer is no page. */
  html: string;
}

/** Visits the linked pages, at most `most` of each kind. A kind is a route with the names of its query; for requests, also the step. */
export async function* linkedPages(
  go: (at: string) => Promise<Response>,
  { of: most, skip }: { of: number; skip: RegExp },
): AsyncGenerator<Linked> {
  const kinds = new Map<string, number>();
  const queue = ['/'];
  const met = new Set(queue);
  for (const at of queue) {
    const answer = await go(at);
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
    const html = isPage ? await answer.text() : '';
    yield { at, answer, html };
    for (const [, href] of html.matchAll(/<a\b[^>]* href="(\/[^"#]*)/g)) {
      const to = shown(href!);
      const kind = kindOf(to);
      if (met.has(to) || /[?&]lang=/.test(to) || skip.test(to)) continue;
      if ((kinds.get(kind) ?? 0) >= most) continue;
      met.add(to);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      queue.push(to);
    }
  }
}
