// A clause of the policy with its promises, and the evidence of the chosen promise. Never says "kept" without evidence and the time it was last
// computed: the type of the evidence requires both.

import type { Child } from 'hono/jsx';
import type { Lang } from '../../base/bilingual.ts';
import type { Ground } from '../../base/finding.ts';
import type { PromiseState } from '../../base/promise.ts';
import { type GroundHref, Grounds } from './finding.tsx';
import { Icon } from './icon.tsx';
import { PromiseLink, St } from './promise-state.tsx';
import { classes, say, type Text } from './say.ts';

export interface ClauseMark {
  state: PromiseState;
  name: string;
  /** The basis of the state, such as 2件のうち1件が期限切れ. */
  basis?: string;
  href: string;
}

export interface ClauseProps {
  lang: Lang;
  number: string;
  /** The sentence in pieces: plain text, and words that are a promise. */
  text: readonly (string | { words: string; state: PromiseState; href: string })[];
  marks: readonly ClauseMark[];
  /** Its evidence is shown beside it. */
  selected?: boolean;
}

/** The fragment id of a clause: `#c86`. */
export const clauseId = (number: string): string => `c${number}`;

export const Clause = ({ lang, number, text, marks, selected }: ClauseProps) => (
  <div class={classes('clause', selected && 'sel')} id={clauseId(number)}>
    <span class="no num">
      <span class="sr-only">{lang === 'ja' ? '条項' : 'Clause '}</span>
      {number}
    </span>
    <div>
      <p class="text">
        {text.map((t) =>
          typeof t === 'string' ? (
            t
          ) : (
            <PromiseLink lang={lang} state={t.state} href={t.href}>
              {t.words}
            </PromiseLink>
          ),
        )}
      </p>
      {marks.length > 0 && (
        <div class="clause-marks">
          {marks.map((m) => (
            <a href={m.href}>
              <St state={m.state} lang={lang} />
              <span class="small">{m.name}</span>
              {m.basis && <span class="small muted">{m.basis}</span>}
            </a>
          ))}
        </div>
      )}
    </div>
  </div>
);

const beams: Record<PromiseState, string> = {
  kept: 'finding-yes',
  risk: 'finding-risk',
  broken: 'finding-no',
  unknown: 'finding-hold',
};

const words = {
  evidence: { ja: '証拠', en: 'Evidence' },
  grounds: { ja: '根拠', en: 'Grounds' },
  fix: { ja: '直すには', en: 'To put it right' },
};

export interface EvidenceProps {
  lang: Lang;
  /** The promise and its clause, such as 条項86 の約束 1／2. */
  of: Text;
  name: Text;
  state: PromiseState;
  /** Since when the state has held. */
  since?: Text;
  says: Text;
  /** A strip of days with its own heading. */
  days?: { title: Text; strip: Child };
  /** The basis of the state: a table, a list or a sentence. If the state is unknown, why. */
  evidence: Child;
  /** The evidence as files. */
  files?: Child;
  /** When the state was last computed, and the record that proves it. */
  computed: Text;
  proof?: { label: Text; href: string };
  grounds: readonly Ground[];
  groundHref?: GroundHref;
  /** What to do, in order, and what is stopped meanwhile. */
  fix?: { steps: readonly Text[]; note?: Text; actions?: Child };
  /** Back to the clause, on narrow screens. */
  back?: { href: string; label: Text };
}

/** The evidence panel of a promise. Its beam has the colour of the state. */
export const Evidence = (props: EvidenceProps) => {
  const { lang, state } = props;
  return (
    <section class={classes('finding', beams[state])}>
      <div class="finding-sec">
        <p class="small muted flex gap-3">
          {say(props.of, lang)}
          {props.back && (
            <a class="lg:hidden no-print" href={props.back.href} data-turbo="false">
              {say(props.back.label, lang)}
            </a>
          )}
        </p>
        <h2 class="text-std-20B-160">{say(props.name, lang)}</h2>
        <p class="mt-1">
          <St state={state} lang={lang} />
          {props.since && <span class="small muted ml-2">{say(props.since, lang)}</span>}
        </p>
        <p class="small mt-2">{say(props.says, lang)}</p>
      </div>
      {props.days && (
        <div class="finding-sec">
          <h3>{say(props.days.title, lang)}</h3>
          {props.days.strip}
        </div>
      )}
      <div class="finding-sec">
        <h3>{say(words.evidence, lang)}</h3>
        {props.evidence}
        {props.files && <div class="mt-3 no-print">{props.files}</div>}
        <p class="small mt-2 muted">
          <Icon name="lock" small /> {say(props.computed, lang)}{' '}
          {props.proof && <a href={props.proof.href}>{say(props.proof.label, lang)}</a>}
        </p>
      </div>
      {props.grounds.length > 0 && (
        <div class="finding-sec">
          <h3>{say(words.grounds, lang)}</h3>
          <Grounds lang={lang} grounds={props.grounds} href={props.groundHref} />
        </div>
      )}
      {props.fix && (
        <div class="finding-sec">
          <h3>{say(words.fix, lang)}</h3>
          <ol class="small list-decimal pl-5">
            {props.fix.steps.map((s) => (
              <li>{say(s, lang)}</li>
            ))}
          </ol>
          {props.fix.note && <p class="small muted mt-1">{say(props.fix.note, lang)}</p>}
          {props.fix.actions && <div class="btns mt-3">{props.fix.actions}</div>}
        </div>
      )}
    </section>
  );
};
