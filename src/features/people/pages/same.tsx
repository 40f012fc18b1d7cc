// The pages for linked ids: which ids are this person, a form that links another once both were seen beside each other, stating how it was
// established, and one that unlinks. Nothing of either is opened here.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import type { FieldProblem, Outcome } from '../../../base/outcome.ts';
import { formTexts, problemStatus } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Grounds } from '../../../platform/ui/finding.tsx';
import { ErrorSummary, PostForm, problemAt, Radios, TextField } from '../../../platform/ui/form.tsx';
import { listed, writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import type { Link } from '../../../vault/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import { linkPeople, linksOf, pairOf, unlinkPeople } from '../actions/link.ts';
import { type HeldPerson, personOf } from '../actions/person.ts';
import { linkFinding, linkWays, type LinkWay } from '../facts.ts';
import { linkWayWords, shortId } from '../words.ts';
import {
  Closed,
  holdingName,
  itemLabel,
  nobody,
  PATH,
  personTitle,
  PersonSheet,
  words as shared,
  type Request,
} from './sheet.tsx';

export const words = {
  title: both('同じ本人の記録を結び付ける', 'Link entries of one person'),
  sub: both('情報は動かさず、開きもしません', 'Nothing is moved, and nothing is opened'),
  panel: both('同じ本人の記録', 'Entries of the same person'),
  other: both('同じ本人の、もう一つの番号', 'The other number of the person'),
  otherHint: both(
    'もう一つの記録の画面にある「本人の番号」を、そのまま写します。',
    'Copy it from “Number” on the page of the other entry.',
  ),
  way: both('同じ本人であることの確かめ方', 'How it was established'),
  wayHint: both(
    '氏名が同じだけでは、結び付けられません。住所や電話番号、メールアドレスは、家族や会社で共に使うことがあります。',
    'The same name alone is not enough. An address, a telephone number or an e-mail address may be shared in a family or a company.',
  ),
  compare: both('並べて確かめる', 'See both'),
  check: both('同じ本人かどうかを確かめる', 'Check that they are the same person'),
  both: both('2つの記録', 'The two entries'),
  bothSub: both('情報は閉じています', 'Everything is closed'),
  closedSays: both(
    '中身を見比べるときは、それぞれの画面で、目的を決めて開きます。',
    'To compare the contents, open them for a purpose on the page of each entry.',
  ),
  item: both('項目', 'Item'),
  number: both('本人の番号', 'Number'),
  since: both('保有の始まり', 'Held since'),
  holdings: both('台帳', 'Holdings'),
  absent: both('保有していません', 'Not held'),
  save: both('同じ本人として結び付ける', 'Link them as one person'),
  another: both('番号を書き直す', 'Enter another number'),
  undo: both('結び付けを取り消す', 'Remove the link'),
  choose: both('確かめ方を選んでください', 'Choose how it was established'),
  does: both('結び付けるとどうなるか', 'What it does'),
  grounds: both('根拠', 'Grounds'),
} satisfies Record<string, Bilingual>;

const effects: readonly Bilingual[] = [
  both(
    'どちらか一方についての、やめてほしいという申出や、窓口で認めた停止は、両方に及びます。',
    'An objection to either, or a stop granted at the desk, applies to both.',
  ),
  both('窓口では、1件の請求で両方の記録について答えます。', 'The desk answers about both in one request.'),
  both(
    '集めたときの目的も、同意も、もう一方には及びません。',
    'Neither consents nor the purposes of collection carry over to the other.',
  ),
  both(
    '間違いと分かったら、取り消せます。ただし、結び付けている間に両方に行った停止や消去は、そのまま残ります。',
    'A mistake can be undone. But what was stopped or erased for both while they were linked stays so.',
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

/** The other entries of this person, on the person's page; null where there are none. */
export async function SameEntries(room: Room, c: Request, id: string): Promise<Child> {
  const lang = c.get('lang');
  const found = await linksOf(room, c.get('actor'), id);
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

/** What was entered so far: in the address before both are shown, in the form afterwards. */
const askedIn = (c: Request) => {
  const said = (name: string): string => (c.req.method === 'POST' ? c.get('form').text(name) : c.req.query(name)) ?? '';
  const sameAs = said('same_as').trim().toLowerCase();
  return { sameAs, shownBy: linkWays.find((one) => one === said('shown_by')) };
};

const Sheet = (props: { c: Request; id: string; title: Bilingual; failed?: boolean; children?: Child }) => {
  const { c, id, title, failed, children } = props;
  const lang = c.get('lang');
  return (
    <PersonSheet
      c={c}
      id={id}
      title={title[lang]}
      last={title[lang]}
      sub={`${personTitle(id, lang)}　${words.sub[lang]}`}
      failed={failed}
      path={`${PATH}/${id}/link`}
    >
      {children}
    </PersonSheet>
  );
};

const Effects = ({ lang }: { lang: Lang }) => (
  <Panel title={words.does[lang]}>
    <ul class="list-disc pl-5 mb-4">
      {effects.map((one) => (
        <li>{one[lang]}</li>
      ))}
    </ul>
    <h3 class="mb-2">{words.grounds[lang]}</h3>
    <Grounds lang={lang} grounds={linkFinding.because} />
  </Panel>
);

const LinkPage = ({ c, id, problems = [] }: { c: Request; id: string; problems?: readonly FieldProblem[] }) => {
  const lang = c.get('lang');
  const asked = askedIn(c);
  return (
    <Sheet c={c} id={id} title={words.title} failed={problems.length > 0}>
      <ErrorSummary lang={lang} problems={problems} labels={{ same_as: words.other, shown_by: words.way }} />
      <div class="grid gap-5 max-w-[800px]">
        <Effects lang={lang} />
        <Panel title={words.title[lang]}>
          <form method="get" action={`${PATH}/${id}/link`} novalidate>
            <TextField
              lang={lang}
              name="same_as"
              label={words.other}
              need="required"
              hint={words.otherHint[lang]}
              value={asked.sameAs}
              maxlength={60}
              error={problemAt(problems, 'same_as', lang)}
            />
            <Radios
              lang={lang}
              name="shown_by"
              label={words.way}
              need="required"
              hint={words.wayHint[lang]}
              value={asked.shownBy}
              options={linkWays.map((value) => ({ value, label: linkWayWords[value] }))}
              error={problemAt(problems, 'shown_by', lang)}
            />
            <Buttons>
              <Button>{words.compare[lang]}</Button>
              <LinkButton kind="text" href={`${PATH}/${id}`}>
                {shared.back[lang]}
              </LinkButton>
            </Buttons>
          </form>
        </Panel>
      </div>
    </Sheet>
  );
};

/** The codes of the items held under an id, each with the holdings that keep it. */
function itemsOf({ held }: HeldPerson): Map<string, string[]> {
  const kept = new Map<string, string[]>();
  for (const { holding, items } of held.records)
    for (const code of items) kept.set(code, [...(kept.get(code) ?? []), holding]);
  return kept;
}

/** Both beside each other, closed: since when they are held, in which holdings, and which items. */
const Compared = ({ lang, pair }: { lang: Lang; pair: readonly [HeldPerson, HeldPerson] }) => {
  const { ledger } = pair[0];
  const [one, other] = [itemsOf(pair[0]), itemsOf(pair[1])];
  const named = (ids: readonly string[]): string =>
    listed(
      ids.map((id) => holdingName(ledger, id, lang)),
      lang,
    );
  const row = (item: string, cell: (person: HeldPerson) => Child) => ({
    cells: { item, one: cell(pair[0]), other: cell(pair[1]) },
  });
  const kept = (holdings: readonly string[] | undefined): Child =>
    holdings ? (
      <span>
        <Closed lang={lang} /> <span class="small muted">{named(holdings)}</span>
      </span>
    ) : (
      <span class="small muted">{words.absent[lang]}</span>
    );
  return (
    <Table
      lang={lang}
      caption={words.both}
      stack
      columns={[
        { key: 'item', head: words.item, rowHead: true },
        { key: 'one', head: personTitle(pair[0].id, lang) },
        { key: 'other', head: personTitle(pair[1].id, lang) },
      ]}
      rows={[
        row(words.number[lang], ({ id }) => (
          <a class="num small wrap-anywhere" href={`${PATH}/${id}`}>
            {id}
          </a>
        )),
        row(words.since[lang], ({ held }) => writtenDay(dayOf(held.since.getTime()), lang)),
        row(words.holdings[lang], ({ held }) => named(held.records.map(({ holding }) => holding))),
        ...[...new Set([...one.keys(), ...other.keys()])].map((code) => {
          const [first] = one.get(code) ?? other.get(code) ?? [];
          const label = itemLabel(ledger.get(first ?? ''), code)[lang];
          return { cells: { item: label, one: kept(one.get(code)), other: kept(other.get(code)) } };
        }),
      ]}
    />
  );
};

const ComparePage = ({ c, pair, shownBy }: { c: Request; pair: [HeldPerson, HeldPerson]; shownBy: LinkWay }) => {
  const lang = c.get('lang');
  const [{ id }, { id: sameAs }] = pair;
  return (
    <Sheet c={c} id={id} title={words.check}>
      <div class="grid gap-5 max-w-[800px]">
        <Panel title={words.both[lang]} sub={words.bothSub[lang]} pad="bare">
          <Compared lang={lang} pair={pair} />
          <p class="small p-4">{words.closedSays[lang]}</p>
        </Panel>
        <Effects lang={lang} />
        <Panel title={words.title[lang]}>
          <Dl items={[[words.way[lang], linkWayWords[shownBy][lang]]]} />
          <div class="mt-4">
            <PostForm
              action={`${PATH}/${id}/link`}
              csrf={c.get('csrf')}
              values={{ same_as: sameAs, shown_by: shownBy }}
            >
              <Buttons>
                <Button>{words.save[lang]}</Button>
                <LinkButton kind="text" href={`${PATH}/${id}/link`}>
                  {words.another[lang]}
                </LinkButton>
              </Buttons>
            </PostForm>
          </div>
        </Panel>
      </div>
    </Sheet>
  );
};

const fieldsIn = (outcome: Extract<Outcome<unknown>, { ok: false }>): readonly FieldProblem[] => {
  const { problem } = outcome;
  if (problem.kind === 'invalid') return problem.fields;
  if (problem.kind === 'conflict') return [{ field: problem.field, says: problem.says }];
  return 'says' in problem ? [{ field: 'same_as', says: problem.says }] : [];
};

const unsaid = (c: Request, id: string) =>
  c.html(<LinkPage c={c} id={id} problems={[{ field: 'shown_by', says: words.choose }]} />, 422);

/** The form. Once it names the other id and how it was established, both are shown beside each other. */
export async function showLink(room: Room, c: Request): Promise<Response> {
  const found = await personOf(room, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const { id } = found.value;
  if (!('held' in found.value)) return c.redirect(`${PATH}/${id}`, 303);
  if (c.req.query('same_as') === undefined) return c.html(<LinkPage c={c} id={id} />);
  const { sameAs, shownBy } = askedIn(c);
  if (!shownBy) return unsaid(c, id);
  const pair = await pairOf(room, c.get('actor'), { principal: id, sameAs });
  return pair.ok
    ? c.html(<ComparePage c={c} pair={pair.value} shownBy={shownBy} />)
    : c.html(<LinkPage c={c} id={id} problems={fieldsIn(pair)} />, problemStatus(pair.problem));
}

export async function linkPerson(room: Room, c: Request): Promise<Response> {
  const found = await personOf(room, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const { id } = found.value;
  if (!('held' in found.value)) return c.redirect(`${PATH}/${id}`, 303);
  const { sameAs, shownBy } = askedIn(c);
  if (!shownBy) return unsaid(c, id);
  const linked = await linkPeople(room, byOf(c), { principal: id, sameAs, shownBy });
  return linked.ok
    ? c.redirect(`${PATH}/${id}?done=linked`, 303)
    : c.html(<LinkPage c={c} id={id} problems={fieldsIn(linked)} />, problemStatus(linked.problem));
}

export const linkTexts = formTexts({ same_as: words.other });

/** If the link is gone already, the answer is the same. */
export async function unlinkPerson(room: Room, c: Request): Promise<Response> {
  const found = await personOf(room, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const form = c.get('form');
  const ended = await unlinkPeople(room, byOf(c), { principal: form.text('one'), sameAs: form.text('other') });
  const undone = ended.ok || ended.problem.kind === 'not-found';
  return c.redirect(`${PATH}/${found.value.id}${undone ? '?done=unlinked' : ''}`, 303);
}
