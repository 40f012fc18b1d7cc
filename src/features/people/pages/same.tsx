// Entries that are one person: which they are, saying so with how it was established, and taking it back. Nothing of either is opened here.

import type { Child } from 'hono/jsx';
import type { Bilingual } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import type { FieldProblem, Outcome } from '../../../base/outcome.ts';
import { problemStatus } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Grounds } from '../../../platform/ui/finding.tsx';
import { ErrorSummary, PostForm, problemAt, Radios, TextField } from '../../../platform/ui/form.tsx';
import { writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import type { Link } from '../../../vault/index.ts';
import { linkPeople, linksOf, personOf, unlinkPeople, type People } from '../actions.ts';
import { linkFinding, linkWays, type LinkWay } from '../facts.ts';
import { linkWayWords, shortId } from '../words.ts';
import { byOf, nobody, PATH, personTitle, PersonSheet, words as shared, type Request } from './sheet.tsx';

const words = {
  title: both('同じ本人の記録を結び付ける', 'Link entries of one person'),
  sub: both('情報は動かさず、開きもしません', 'Nothing is moved, and nothing is opened'),
  panel: both('同じ本人の記録', 'Entries of the same person'),
  other: both('もう一つの本人の番号', 'The other number of the person'),
  otherHint: both(
    '相手の画面の「本人の番号」を、そのまま写します。',
    'Copy it from “Number” on the page of the other entry.',
  ),
  way: both('同じ本人であることの確かめ方', 'How it was established'),
  wayHint: both('氏名が同じだけでは、結び付けられません。', 'The same name alone is not enough.'),
  save: both('結び付ける', 'Link them'),
  undo: both('結び付けを取り消す', 'Take back'),
  choose: both('確かめ方を選んでください', 'Choose how it was established'),
  does: both('結び付けるとどうなるか', 'What it does'),
  grounds: both('根拠', 'Grounds'),
} satisfies Record<string, Bilingual>;

const effects: readonly Bilingual[] = [
  both(
    'どちらか一方についての、やめてほしいという申出や、窓口で認めた停止は、両方に及びます。',
    'What the person asked to stop, or had stopped at the desk, under either number reaches both.',
  ),
  both('窓口では、1件の請求で両方の記録にこたえます。', 'The desk answers about both in one request.'),
  both(
    '集めたときの目的も、同意も、もう一方には及びません。',
    'Consents, and what was collected for which purpose, stay with the number they belong to.',
  ),
  both(
    '間違いと分かったら、取り消せます。ただし、結び付けている間に両方に行った停止や消去は、そのまま残ります。',
    'A mistake can be taken back. What was stopped or erased of both meanwhile stays so.',
  ),
];

const Ends = ({ link, id }: { link: Link; id: string }) => (
  <>
    {[link.principal_id, link.other_id]
      .filter((one) => one !== id)
      .map((one, i) => (
        <>
          {i > 0 && ' ＝ '}
          <a class="num" href={`${PATH}/${one}`}>
            {shortId(one)}
          </a>
        </>
      ))}
  </>
);

/** The entries that are this person too, on the page of the person; null where there is none. */
export async function SameEntries(people: People, c: Request, id: string): Promise<Child> {
  const lang = c.get('lang');
  const found = await linksOf(people, c.get('actor'), id);
  if (!found.ok || found.value.length === 0) return null;
  return (
    <Panel title={words.panel[lang]} id="same">
      <ul class="grid gap-4">
        {found.value.map((link) => (
          <li>
            <Ends link={link} id={id} />
            <p class="small muted">
              {writtenDay(dayOf(link.at.getTime()), lang)}
              {lang === 'ja' ? '　' : ': '}
              {linkWayWords[link.shown_by as LinkWay][lang]}
            </p>
            {c.get('may')('people:link') && (
              <PostForm
                action={`${PATH}/${id}/unlink`}
                csrf={c.get('csrf')}
                values={{ one: link.principal_id, other: link.other_id }}
                whole
              >
                <Button kind="text" small>
                  {words.undo[lang]}
                  <span class="sr-only">
                    {lang === 'ja' ? '：' : ': '}
                    {shortId(link.principal_id === id ? link.other_id : link.principal_id)}
                  </span>
                </Button>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const LinkPage = ({ c, id, problems = [] }: { c: Request; id: string; problems?: readonly FieldProblem[] }) => {
  const lang = c.get('lang');
  const typed = (name: string): string => (c.req.method === 'POST' ? c.get('form').text(name) : '');
  return (
    <PersonSheet
      c={c}
      id={id}
      title={words.title[lang]}
      last={words.title[lang]}
      sub={`${personTitle(id, lang)}　${words.sub[lang]}`}
      failed={problems.length > 0}
      path={`${PATH}/${id}/link`}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ same_as: words.other, shown_by: words.way }} />
      <div class="grid gap-5 max-w-[800px]">
        <Panel title={words.does[lang]}>
          <ul class="list-disc pl-5 mb-4">
            {effects.map((one) => (
              <li>{one[lang]}</li>
            ))}
          </ul>
          <h3 class="mb-2">{words.grounds[lang]}</h3>
          <Grounds lang={lang} grounds={linkFinding.because} />
        </Panel>
        <Panel title={words.title[lang]}>
          <PostForm action={`${PATH}/${id}/link`} csrf={c.get('csrf')}>
            <TextField
              lang={lang}
              name="same_as"
              label={words.other}
              need="required"
              hint={words.otherHint[lang]}
              value={typed('same_as')}
              autocomplete="off"
              maxlength={60}
              error={problemAt(problems, 'same_as', lang)}
            />
            <Radios
              lang={lang}
              name="shown_by"
              label={words.way}
              need="required"
              hint={words.wayHint[lang]}
              value={typed('shown_by')}
              options={linkWays.map((value) => ({ value, label: linkWayWords[value] }))}
              error={problemAt(problems, 'shown_by', lang)}
            />
            <Buttons>
              <Button>{words.save[lang]}</Button>
              <LinkButton kind="text" href={`${PATH}/${id}`}>
                {shared.back[lang]}
              </LinkButton>
            </Buttons>
          </PostForm>
        </Panel>
      </div>
    </PersonSheet>
  );
};

export async function showLink(people: People, c: Request): Promise<Response> {
  const found = await personOf(people, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const { id } = found.value;
  return 'held' in found.value ? c.html(<LinkPage c={c} id={id} />) : c.redirect(`${PATH}/${id}`, 303);
}

const fieldsIn = (outcome: Extract<Outcome<unknown>, { ok: false }>): readonly FieldProblem[] => {
  const { problem } = outcome;
  if (problem.kind === 'invalid') return problem.fields;
  if (problem.kind === 'conflict') return [{ field: problem.field, says: problem.says }];
  return 'says' in problem ? [{ field: 'same_as', says: problem.says }] : [];
};

export async function linkPerson(people: People, c: Request): Promise<Response> {
  const found = await personOf(people, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const { id } = found.value;
  if (!('held' in found.value)) return c.redirect(`${PATH}/${id}`, 303);
  const form = c.get('form');
  const shownBy = linkWays.find((one) => one === form.text('shown_by'));
  if (!shownBy) {
    const problems = [{ field: 'shown_by', says: words.choose }];
    return c.html(<LinkPage c={c} id={id} problems={problems} />, 422);
  }
  const sameAs = form.text('same_as').trim().toLowerCase();
  const linked = await linkPeople(people, byOf(c), { principal: id, sameAs, shownBy });
  return linked.ok
    ? c.redirect(`${PATH}/${id}?done=linked`, 303)
    : c.html(<LinkPage c={c} id={id} problems={fieldsIn(linked)} />, problemStatus(linked.problem));
}

/** Taken back already, the answer is the same. */
export async function unlinkPerson(people: People, c: Request): Promise<Response> {
  const found = await personOf(people, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const form = c.get('form');
  const ended = await unlinkPeople(people, byOf(c), { principal: form.text('one'), sameAs: form.text('other') });
  const undone = ended.ok || ended.problem.kind === 'not-found';
  return c.redirect(`${PATH}/${found.value.id}${undone ? '?done=unlinked' : ''}`, 303);
}
