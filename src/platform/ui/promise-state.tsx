// The four states of a promise and how they are shown: a mark with its word, a plaque (木札) on the board, a tally. A state is never shown by colour
// alone. Unknown is a state of its own and never looks like kept.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../base/bilingual.ts';
import type { PromiseState } from '../../base/promise.ts';
import { number } from './format.ts';
import { classes, say, type Text } from './say.ts';

/** The states in the order of tallies and legends. */
export const talliedStates = ['kept', 'risk', 'broken', 'unknown'] as const satisfies readonly PromiseState[];

export const stateWord: Record<PromiseState, Bilingual> = {
  kept: { ja: '守れている', en: 'Kept' },
  risk: { ja: '要注意', en: 'At risk' },
  broken: { ja: '守れていない', en: 'Broken' },
  unknown: { ja: '確認できない', en: 'Unknown' },
};

const none: Bilingual = { ja: '約束なし', en: 'No promise' };

const shapes: Record<PromiseState, Child> = {
  kept: (
    <>
      <circle cx="10" cy="10" r="8" fill="currentColor" />
      <path d="m6 10.3 2.8 2.8 5.2-5.8" fill="none" stroke="#fff" stroke-width="2" />
    </>
  ),
  risk: (
    <>
      <path d="M10 2 19 17.5H1z" fill="currentColor" />
      <path d="M10 7.5v5M10 14.2v1.6" stroke="#fff" stroke-width="2" />
    </>
  ),
  broken: (
    <>
      <path d="M2 2h16v16H2z" fill="currentColor" />
      <path d="m6 6 8 8M14 6l-8 8" stroke="#fff" stroke-width="2.25" />
    </>
  ),
  unknown: (
    <>
      <circle cx="10" cy="10" r="8" fill="#fff" stroke="currentColor" stroke-width="1.75" stroke-dasharray="3.2 2.2" />
      <path
        d="M7.6 8c.1-1.5 1.1-2.3 2.5-2.3s2.4.9 2.4 2.1c0 1.7-2.3 1.8-2.3 3.6M10.2 13.4v1.3"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
      />
    </>
  ),
};

/** Shape and word. `children` replaces the word when a date or a count says more; the state is then read out before it. */
export const St = ({ state, lang, children }: { state: PromiseState; lang: Lang; children?: Child }) => (
  <span class={`st st-${state}`}>
    <svg viewBox="0 0 20 20" aria-hidden="true">
      {shapes[state]}
    </svg>
    {children ? (
      <>
        <span class="sr-only">{say(stateWord[state], lang)} </span>
        {children}
      </>
    ) : (
      say(stateWord[state], lang)
    )}
  </span>
);

export interface Plaque {
  /** Number of the clause. */
  clause: string;
  /** `none`: a clause without a promise. */
  state: PromiseState | 'none';
  href: string;
}

const glyphs: Record<PromiseState, Child> = {
  kept: <path d="m7.5 22 2.5 2.5 4.5-5" fill="none" stroke-width="1.5" />,
  risk: <path d="M11 18.2 15 25H7z" />,
  broken: <path d="m8 19 6 6M14 19l-6 6" stroke-width="1.75" />,
  unknown: (
    <path
      d="M9.2 20c.2-1.2.9-1.7 1.9-1.7s1.8.6 1.8 1.5c0 1.2-1.8 1.3-1.8 2.6M11.1 24v1"
      fill="none"
      stroke-width="1.4"
    />
  ),
};

/** One plaque: cord, number, glyph, and a link to the clause. Read out as 「条項86：守れていない」. */
export const Fuda = ({ lang, clause, state, href }: Plaque & { lang: Lang }) => {
  const word = say(state === 'none' ? none : stateWord[state], lang);
  const name = lang === 'ja' ? `条項${clause}：${word}` : `Clause ${clause}: ${word.toLowerCase()}`;
  return (
    <a class={`fuda f-${state}`} href={href} title={name} aria-label={name}>
      <svg viewBox="0 0 22 30" aria-hidden="true">
        <line x1="11" y1="0" x2="11" y2="3" />
        <rect x="1.5" y="2.5" width="19" height="25.5" rx="1.5" />
        <text x="11" y="14">
          {clause}
        </text>
        {state !== 'none' && glyphs[state]}
      </svg>
    </a>
  );
};

export interface Rail {
  name: Text;
  plaques: readonly Plaque[];
}

/** The board: one rail per chapter, one plaque per clause. */
export const Board = ({ lang, rails }: { lang: Lang; rails: readonly Rail[] }) => (
  <div class="board">
    {rails.map((r) => (
      <div class="rail">
        <span class="rail-name">{say(r.name, lang)}</span>
        <div class="rail-row">
          {r.plaques.map((p) => (
            <Fuda lang={lang} {...p} />
          ))}
        </div>
      </div>
    ))}
  </div>
);

export interface TallyLine {
  state: PromiseState;
  n: number;
  /** Change since last week; 0 shows ±0, undefined shows nothing. */
  delta?: number;
  href: string;
}

const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '±0');

export const Tally = ({ lang, lines }: { lang: Lang; lines: readonly TallyLine[] }) => (
  <div class="tally">
    {lines.map((l) => (
      <a href={l.href}>
        <St state={l.state} lang={lang} />
        <span class="big num">{number(l.n)}</span>
        <span class="delta num">
          {l.delta === undefined ? null : (
            <>
              <span class="sr-only">{lang === 'ja' ? '先週から ' : 'since last week '}</span>
              {signed(l.delta)}
            </>
          )}
        </span>
      </a>
    ))}
  </div>
);

/** What each mark means; for a board that is shown for the first time on a page. */
export const Legend = ({ lang }: { lang: Lang }) => (
  <ul class="flex flex-wrap gap-x-5 gap-y-1">
    {talliedStates.map((state) => (
      <li>
        <St state={state} lang={lang} />
      </li>
    ))}
  </ul>
);

/** Words of a clause that are a promise, underlined by state: single, wavy, double, dashed. */
export const PromiseLink = (props: { state: PromiseState; href: string; lang: Lang; children?: Child }) => (
  <a class={classes('promise', `p-${props.state}`)} href={props.href}>
    {props.children}
    <span class="sr-only">
      {props.lang === 'ja' ? `（${stateWord[props.state].ja}）` : ` (${stateWord[props.state].en.toLowerCase()})`}
    </span>
  </a>
);
