// The page of one person: what is held, closed; what was done with it; and a form to open chosen items for a purpose. A value is shown only on the
// page that answers an opening, and only while that page is open.

import type { Child } from 'hono/jsx';
import type { Action } from '../../../base/actor.ts';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import type { Finding, Ground } from '../../../base/finding.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { ErrorSummary, fieldId, PostForm, problemAt, SelectField } from '../../../platform/ui/form.tsx';
import { listed, writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import type { Held, Values } from '../../../vault/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import { beyondWords, PersonUsesBeyond } from '../../beyond/index.ts';
import { madeUnder, use, type Used } from '../../checkpoint/index.ts';
import { consentsOf, PersonObjections, usesFor } from '../../consent/index.ts';
import type { Holding } from '../../ledger/index.ts';
import { isLost, type Person, personOf, type Surroundings } from '../actions/person.ts';
import { heldAlike, isOffered, opensFor, type Kept, type Opens } from '../facts.ts';
import { NewestHistory } from './history.tsx';
import { Erased } from './receipt.tsx';
import { SameEntries } from './same.tsx';
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
  Recorded,
} from './sheet.tsx';

export const words = {
  sub: both('情報は閉じています。目的を決めて開きます', 'Everything stays closed until it is opened for a purpose'),
  closed: both('情報は閉じています', 'Everything is closed'),
  erased: both('消去済み', 'Erased'),
  item: both('項目', 'Item'),
  value: both('内容', 'Content'),
  choose: both('開く項目', 'Items to open'),
  purpose: both('何のために', 'For what'),
  choosePurpose: both('目的を選ぶ', 'Choose a purpose'),
  some: both('（一部の項目だけ）', ' (some of the items)'),
  stays: both('（開けません）', ' (refused)'),
  open: both('関所を通して開く', 'Open through the checkpoint'),
  heldFor: both('集めたときの目的', 'Collected for'),
  nothing: both('記録がありません', 'not on record'),
  about: both('この本人', 'This person'),
  number: both('本人の番号', 'Number'),
  since: both('保有の始まり', 'Held since'),
  holdings: both('台帳', 'Holdings'),
  acts: both('できること', 'What can be done'),
  correct: both('訂正する', 'Correct'),
  add: both('情報を加える', 'Add information'),
  provide: both('提供する', 'Provide'),
  consent: both('同意を記録する', 'Record a consent'),
  objection: both('やめてほしいという申出を記録する', 'Record an objection'),
  consents: both('同意を見る', 'See consents'),
  link: both('同じ本人の記録を結び付ける', 'Link with another entry of the same person'),
  erase: both('消去する', 'Erase'),
  record: both('残る記録', 'Log entry'),
  opened: both('開いた情報', 'Information opened'),
  absent: both('保有していません', 'Not held'),
} satisfies Record<string, Bilingual>;

const itemsOf = (holding: Holding | undefined, codes: readonly string[]): string[] => {
  const order = holding?.items.map((item) => item.code) ?? [];
  return [...codes].sort((a, b) => order.indexOf(a) - order.indexOf(b));
};

interface Asked {
  holding: string;
  items: readonly string[];
  purpose: string;
  problems: readonly FieldProblem[];
}

/** The field names of the n-th holding on the page: names must be unique on a page. */
const fieldsOf = (n: number) => ({ items: `items-${n}`, purpose: `purpose-${n}` });

/** Items with a mask instead of their values. With `name`, each can be chosen. */
const ItemTable = (props: {
  lang: Lang;
  holding: Holding | undefined;
  codes: string[];
  name?: string;
  chosen?: readonly string[];
}) => {
  const { lang, holding, codes, name, chosen } = props;
  const head = name ? words.choose : words.item;
  return (
    <Table
      lang={lang}
      caption={`${head[lang]} ${holding?.name[lang] ?? ''}`}
      height="tight"
      columns={[
        { key: 'item', head, rowHead: true },
        { key: 'value', head: words.value },
      ]}
      rows={codes.map((code) => ({
        cells: {
          item: name ? (
            <label class="check check-s">
              <input type="checkbox" name={name} value={code} checked={chosen?.includes(code)} />
              <span>{itemLabel(holding, code)[lang]}</span>
            </label>
          ) : (
            itemLabel(holding, code)[lang]
          ),
          value: <Closed lang={lang} />,
        },
      }))}
    />
  );
};

const purposeOf = (person: Person, id: string, lang: Lang): string => {
  const purpose = person.purposes.find((p) => p.id === id);
  return purpose ? `${id} ${purpose.label[lang]}` : id;
};

const marks: Record<Opens, Bilingual> = { all: both('', ''), some: words.some, none: words.stays };
const order = Object.keys(marks);

/**
 * The purposes as options. Those that open something of this person come first; others would be refused and say so; those that can never apply are
 * left out.
 */
const purposeOptions = ({ person, record, opens }: Pick<OneHolding, 'person' | 'record' | 'opens'>, lang: Lang) =>
  person.purposes
    .map((purpose) => ({ ...purpose, open: opens(record, purpose.id) }))
    .filter((purpose) => isOffered(purpose, record, purpose.open))
    .toSorted((a, b) => order.indexOf(a.open) - order.indexOf(b.open))
    .map(({ id, open }) => ({ value: id, label: purposeOf(person, id, lang) + marks[open][lang] }));

interface OneHolding {
  c: Request;
  person: Person;
  record: Kept;
  n: number;
  asked: Asked | undefined;
  /** What the checkpoint would open for a purpose. */
  opens: (record: Kept, purpose: string) => Opens;
}

const OpenForm = (props: OneHolding) => {
  const { c, person, record, n, asked } = props;
  const lang = c.get('lang');
  const holding = person.ledger.get(record.holding);
  const { items, purpose } = fieldsOf(n);
  const id = fieldId(items);
  const error = problemAt(asked?.problems, items, lang);
  return (
    <PostForm
      action={`${PATH}/${person.id}/open`}
      csrf={c.get('csrf')}
      values={{ holding: record.holding, n: `${n}` }}
      whole
    >
      <fieldset class={error ? 'field field-bad' : 'field'} id={id} tabindex={-1} aria-describedby={error && `${id}-e`}>
        <legend class="sr-only">{words.choose[lang]}</legend>
        <ItemTable
          lang={lang}
          holding={holding}
          codes={itemsOf(holding, record.items)}
          name={items}
          chosen={asked?.items}
        />
        {error && (
          <span class="err" id={`${id}-e`}>
            ＊{error}
          </span>
        )}
      </fieldset>
      <div class="no-print">
        <SelectField
          lang={lang}
          name={purpose}
          label={words.purpose}
          value={asked?.purpose}
          blank={words.choosePurpose}
          options={purposeOptions(props, lang)}
          error={problemAt(asked?.problems, purpose, lang)}
        />
      </div>
      <Buttons>
        <Button kind="second" icon="lock">
          {words.open[lang]}
        </Button>
      </Buttons>
    </PostForm>
  );
};

/** What the items are held for, in one line if it is the same for all of them. */
const HeldFor = ({ c, person, record, n }: OneHolding) => {
  const lang = c.get('lang');
  const holding = person.ledger.get(record.holding);
  const colon = lang === 'ja' ? '：' : ': ';
  const alike = heldAlike(record, itemsOf(holding, record.items)).map(({ codes, purposes }) => ({
    items: listed(
      codes.map((code) => itemLabel(holding, code)[lang]),
      lang,
    ),
    says:
      purposes.length === 0
        ? words.nothing[lang]
        : listed(
            purposes.map((id) => purposeOf(person, id, lang)),
            lang,
          ),
  }));
  const [first, ...others] = alike;
  return (
    <div class="small muted mb-3" id={`held-for-${n}`}>
      {others.length === 0 ? (
        <p>{words.heldFor[lang] + colon + (first?.says ?? '')}</p>
      ) : (
        <>
          <p>{words.heldFor[lang] + colon.trim()}</p>
          <ul>
            {alike.map(({ items, says }) => (
              <li>{items + colon + says}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};

/** The address where a use beyond the purpose is asked for, for what a holding keeps of a person. */
const beyondPath = (principal: string, holding: string): string =>
  `/uses-beyond/new?${new URLSearchParams({ principal, holding })}`;

const HoldingPanel = (props: OneHolding) => {
  const { c, person, record, n } = props;
  const lang = c.get('lang');
  const holding = person.ledger.get(record.holding);
  const asked = props.asked?.holding === record.holding ? props.asked : undefined;
  const day = (at: Date): string => writtenDay(dayOf(at.getTime()), lang);
  const sub =
    lang === 'ja'
      ? `${day(record.createdAt)}から　更新 ${day(record.updatedAt)}　第${record.version}版`
      : `since ${day(record.createdAt)}, updated ${day(record.updatedAt)}, version ${record.version}`;
  return (
    <Panel
      id={`holding-${n}`}
      title={holdingName(person.ledger, record.holding, lang)}
      sub={sub}
      more={
        holding && {
          href: `/ledger/${holding.id}`,
          label: lang === 'ja' ? `台帳 ${holding.code}` : `Holding ${holding.code}`,
        }
      }
    >
      <HeldFor {...props} />
      {c.get('may')('people:use') ? (
        <OpenForm {...props} asked={asked} />
      ) : (
        <ItemTable lang={lang} holding={holding} codes={itemsOf(holding, record.items)} />
      )}
      {c.get('may')('people:use-beyond') && (
        <p class="small mt-3 no-print">
          <a href={beyondPath(person.id, record.holding)}>{beyondWords.ask[lang]}</a>
        </p>
      )}
    </Panel>
  );
};

const About = ({ lang, person, held }: { lang: Lang; person: Person; held: Held }) => (
  <Panel title={words.about[lang]}>
    <Dl
      items={[
        [words.number[lang], <span class="num small wrap-anywhere">{person.id}</span>],
        [words.since[lang], writtenDay(dayOf(held.since.getTime()), lang)],
        [words.holdings[lang], lang === 'ja' ? `${held.records.length}件` : `${held.records.length}`],
      ]}
    />
  </Panel>
);

const Acts = ({ c, id, held }: { c: Request; id: string; held: Held }) => {
  const lang = c.get('lang');
  const at = `principal=${id}`;
  const from = held.records[0] ? `&holding=${held.records[0].holding}` : '';
  const all: [Action, string, Bilingual][] = [
    ['people:correct', `${PATH}/${id}/correct`, words.correct],
    ['people:acquire', `/acquisitions/new?${at}`, words.add],
    ['people:provide', `/provisions/new?${at}${from}`, words.provide],
    ['consents:write', `/consents/new?${at}`, words.consent],
    ['consents:write', `/consents/objections/new?${at}`, words.objection],
    ['records:read', `/consents?${at}`, words.consents],
    ['people:link', `${PATH}/${id}/link`, words.link],
    ['people:erase', `${PATH}/${id}/erase`, words.erase],
  ];
  const links = all.filter(([action]) => c.get('may')(action));
  return links.length === 0 ? null : (
    <Panel title={words.acts[lang]} noPrint>
      <ul class="grid gap-2">
        {links.map(([, href, label]) => (
          <li>
            <a href={href}>{label[lang]}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

interface Shown {
  c: Request;
  person: Person;
  history: Child;
  asked?: Asked;
  certificate?: Child;
  /** What the person asked to stop. */
  objections: Child;
  /** What was used beyond its purpose. */
  beyond: Child;
  /** The other entries of the person. */
  same: Child;
  opens: OneHolding['opens'];
}

const HeldBody = ({ held, ...props }: Pick<OneHolding, 'c' | 'person' | 'asked' | 'opens'> & { held: Held }) => (
  <div class="grid gap-5 min-w-0">
    {held.records.map((record, n) => (
      <HoldingPanel {...props} record={record} n={n} />
    ))}
  </div>
);

const done: Record<string, { title: Bilingual; text: Bilingual }> = {
  corrected: {
    title: both('訂正しました', 'The correction was made'),
    text: both(
      '新しい版を保管し、訂正を記録に残しました。',
      'A new version is kept, and the correction is in the log.',
    ),
  },
  objected: {
    title: both('申出を記録しました', 'The objection is recorded'),
    text: both(
      '申出より前の同意は、申出の及ぶ範囲で終わりました。',
      'Consents given before the objection have ended, as far as the objection reaches.',
    ),
  },
  'taken-back': {
    title: both('申出を取り消しました', 'The objection was taken back'),
    text: both('申出により終わっていた同意は、再び有効です。', 'The consents that it had ended are in force again.'),
  },
  linked: {
    title: both('同じ本人の記録として結び付けました', 'They are linked as one person'),
    text: both(
      '申出と停止は両方に及び、窓口は1件の請求で両方に答えます。両方の履歴に記録を残しました。',
      'Objections and stops apply to both, and the desk answers about both in one request. The link is in the history of each.',
    ),
  },
  unlinked: {
    title: both('結び付けを取り消しました', 'The link was taken back'),
    text: both(
      '別々の本人として扱います。結び付けている間に両方に行った停止や消去は、そのまま残っています。両方の履歴を確かめてください。',
      'They are treated as different people again. What was stopped or erased for both while they were linked stays so. Look at the history of each.',
    ),
  },
  acquired: {
    title: both('取得しました', 'It was acquired'),
    text: both('情報を保管し、取得の記録を残しました。', 'The information is kept, and its acquisition is on record.'),
  },
};

/** A notice of what was just done, after the form that did it. */
const Done = ({ c }: { c: Request }) => {
  const lang = c.get('lang');
  const said = done[c.req.query('done') ?? ''];
  return said ? (
    <div class="mb-5">
      <Banner kind="good" title={said.title[lang]} role="status">
        {said.text[lang]}
      </Banner>
    </div>
  ) : null;
};

const PersonPage = ({ c, person, history, asked, certificate, objections, beyond, same, opens }: Shown) => {
  const lang = c.get('lang');
  const held = 'held' in person ? person.held : null;
  const labels = Object.fromEntries(
    (held?.records ?? []).flatMap((_, n) => [
      [fieldsOf(n).items, words.choose],
      [fieldsOf(n).purpose, words.purpose],
    ]),
  );
  return (
    <PersonSheet
      c={c}
      id={person.id}
      title={personTitle(person.id, lang)}
      sub={(!held ? words.erased : c.get('may')('people:use') ? words.sub : words.closed)[lang]}
      failed={asked !== undefined}
    >
      {asked && <ErrorSummary lang={lang} problems={asked.problems} labels={labels} />}
      <Done c={c} />
      <div class="grid gap-5">
        {held ? (
          <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_280px] items-start">
            <HeldBody c={c} person={person} held={held} asked={asked} opens={opens} />
            <div class="grid gap-5">
              {objections}
              {beyond}
              {same}
              <About lang={lang} person={person} held={held} />
              <Acts c={c} id={person.id} held={held} />
            </div>
          </div>
        ) : (
          <>
            {certificate}
            {beyond}
            {same}
          </>
        )}
        {history}
      </div>
    </PersonSheet>
  );
};

async function personPage(room: Room, c: Request, person: Person, asked?: Asked): Promise<Response> {
  const history = await NewestHistory({ room, c, person });
  const certificate = 'erasure' in person ? await Erased({ room, c, person }) : undefined;
  const { office } = room;
  const objections = await PersonObjections({ office, c, principal: person.id });
  const beyond = await PersonUsesBeyond({ office, c, principal: person.id });
  const same = await SameEntries(room, c, person.id);
  const [consents, today] = [await consentsOf(office, person.id), office.clock.today()];
  const said = new Map(person.purposes.map(({ id }) => [id, usesFor(consents, id, today)]));
  const opens = (record: Kept, purpose: string): Opens =>
    opensFor(person.stands, { principal: person.id, record, purpose, said: said.get(purpose)! }, today);
  return c.html(
    <PersonPage {...{ c, person, history, asked, certificate, objections, beyond, same, opens }} />,
    asked ? 422 : 200,
  );
}

export async function showPerson(room: Room, c: Request): Promise<Response> {
  const found = await personOf(room, c.req.param('id')!);
  if (found.ok) return personPage(room, c, found.value);
  return nobody(c, (await isLost(room, c.req.param('id')!)) ? 'lost' : 'none');
}

/** The address of our own clause; the text of the law is not ours to publish. */
const clauseHref = (g: Pick<Ground, 'law' | 'article'>): string | undefined =>
  g.law === 'policy' ? `/living-policy#c${g.article}` : undefined;

const under = (around: Surroundings): Bilingual => madeUnder(around.policy?.version ?? 0);

interface Opening {
  c: Request;
  person: Person;
  asked: Asked;
}

const questionOf = ({ person, asked, c }: Opening): string => {
  const lang = c.get('lang');
  const name = holdingName(person.ledger, asked.holding, lang);
  const purpose = purposeOf(person, asked.purpose, lang);
  return lang === 'ja' ? `「${name}」を「${purpose}」のために読む` : `Reading “${name}” for “${purpose}”`;
};

const ValueList = ({ opening, values }: { opening: Opening; values: Values }) => {
  const { c, person, asked } = opening;
  const lang = c.get('lang');
  const holding = person.ledger.get(asked.holding);
  return (
    <div data-turbo-temporary>
      <Dl
        items={itemsOf(holding, asked.items).map((code) => [
          itemLabel(holding, code)[lang],
          values[code] === undefined ? (
            <span class="muted">{words.absent[lang]}</span>
          ) : (
            <span class="whitespace-pre-wrap wrap-anywhere" translate="no">
              {values[code]}
            </span>
          ),
        ])}
      />
    </div>
  );
};

const OpenedPage = (props: Opening & { used: Used }) => {
  const { c, person, asked, used } = props;
  const lang = c.get('lang');
  const title = words.opened[lang];
  return (
    <PersonSheet c={c} id={person.id} title={title} last={title} sub={personTitle(person.id, lang)}>
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_432px] items-start">
        <Panel title={holdingName(person.ledger, asked.holding, lang)}>
          <ValueList opening={props} values={used.values} />
        </Panel>
        <FindingView
          lang={lang}
          finding={used.finding}
          question={questionOf(props)}
          title={both('開きました', 'opened')}
          says={both(
            'この目的だけに使えます。画面を離れると、情報は閉じます。',
            'For this purpose only. Once you leave this page, the information is closed again.',
          )}
          permit={[
            [words.purpose[lang], purposeOf(person, asked.purpose, lang)],
            [words.record[lang], <Recorded lang={lang} id={used.decision} />],
          ]}
          actions={
            <>
              <LinkButton kind="second" href={`${PATH}/${person.id}`}>
                {lang === 'ja' ? '閉じて本人の画面に戻る' : 'Close and return to the person’s page'}
              </LinkButton>
              <LinkButton kind="text" href={`${PATH}/${person.id}/correct?holding=${asked.holding}`}>
                {words.correct[lang]}
              </LinkButton>
            </>
          }
          madeUnder={under(person)}
          groundHref={clauseHref}
        />
      </div>
    </PersonSheet>
  );
};

const RefusedPage = (props: Opening & { finding: Finding; decision: string }) => {
  const { c, person, asked, finding, decision } = props;
  const lang = c.get('lang');
  const title = lang === 'ja' ? '関所の答え' : 'Answer of the checkpoint';
  const hold = finding.answer === 'unknown';
  const record = 'held' in person ? person.held.records.find((one) => one.holding === asked.holding) : undefined;
  const own = [...new Set(asked.items.flatMap((code) => record?.heldFor.get(code) ?? []))];
  const purposes = (said: Lang): string =>
    listed(
      own.map((id) => purposeOf(person, id, said)),
      said,
    );
  const says = hold
    ? both(
        '足りない事実があります。分かるまで、開けません。',
        'Facts are missing. Until they are known, it stays closed.',
      )
    : both(
        `${own.length > 0 ? `選んだ項目は ${purposes('ja')} のために集めました。` : ''}何も読み出していません。`,
        `${own.length > 0 ? `The chosen items were collected for ${purposes('en')}. ` : ''}Nothing was read.`,
      );
  return (
    <PersonSheet c={c} id={person.id} title={title} last={title} sub={personTitle(person.id, lang)}>
      <div class="max-w-[640px]">
        <FindingView
          lang={lang}
          finding={finding}
          question={questionOf(props)}
          title={hold ? both('まだ開けません', 'not yet') : both('開けません', 'it stays closed')}
          says={says}
          actions={
            <>
              <LinkButton kind="second" href={`${PATH}/${person.id}`}>
                {shared.back[lang]}
              </LinkButton>
              <Recorded lang={lang} id={decision} />
              <OrBeyond c={c} person={person} holding={asked.holding} />
            </>
          }
          madeUnder={under(person)}
          groundHref={clauseHref}
        />
      </div>
    </PersonSheet>
  );
};

/** After a refusal, what remains where an exception of the law applies: a link to ask for it, or a note on who decides about it. */
const OrBeyond = ({ c, person, holding }: { c: Request; person: Person; holding: string }) => {
  const lang = c.get('lang');
  return c.get('may')('people:use-beyond') ? (
    <LinkButton kind="text" href={beyondPath(person.id, holding)}>
      {beyondWords.ask[lang]}
    </LinkButton>
  ) : (
    <p class="small">{beyondWords.askOfficer[lang]}</p>
  );
};

const said = (field: string, ja: string, en: string): FieldProblem => ({ field, says: both(ja, en) });

/** The problems of an opening, at the fields of their holding. */
function atFields(problems: readonly FieldProblem[], n: number): FieldProblem[] {
  const names = fieldsOf(n);
  return problems.map(({ field, says }) => {
    if (field.startsWith('items')) return { field: names.items, says };
    return { field: field === 'purpose' ? names.purpose : field, says };
  });
}

export async function openItems(room: Room, c: Request): Promise<Response> {
  const form = c.get('form');
  const found = await personOf(room, c.req.param('id')!);
  if (!found.ok) return nobody(c);
  const person = found.value;
  const holding = form.text('holding');
  const n = 'held' in person ? person.held.records.findIndex((record) => record.holding === holding) : -1;
  // If the person is erased, or the holding has nothing of them, there is nothing to open, and the page says so.
  if (n < 0) return 'held' in person ? nobody(c) : c.redirect(`${PATH}/${person.id}`, 303);
  // The names of the fields depend on the place of the holding when the page was made.
  const at = Number(form.text('n'));
  const items = form.all(fieldsOf(at).items);
  const asked: Asked = { holding, items, purpose: form.text(fieldsOf(at).purpose), problems: [] };
  const blank = asked.purpose === '' ? [said(fieldsOf(n).purpose, '目的を選んでください', 'Choose a purpose')] : [];
  if (blank.length > 0 || items.length === 0) {
    const none =
      items.length === 0
        ? [said(fieldsOf(n).items, '開く項目を1つ以上選んでください', 'Choose at least one item')]
        : [];
    return personPage(room, c, person, { ...asked, problems: [...none, ...blank] });
  }
  const used = await use(room.office, byOf(c), {
    principal: person.id,
    holding,
    items,
    purpose: asked.purpose,
  });
  if (used.ok) return c.html(<OpenedPage c={c} person={person} asked={asked} used={used.value} />);
  const { problem } = used;
  if (problem.kind === 'refused') {
    return c.html(
      <RefusedPage c={c} person={person} asked={asked} finding={problem.finding} decision={problem.decision} />,
      403,
    );
  }
  if (problem.kind === 'invalid')
    return personPage(room, c, person, { ...asked, problems: atFields(problem.fields, n) });
  return nobody(c);
}
