// The pages for correcting and erasing. A correction is written without seeing what is held: only new values are filled in. An erasure asks on a
// page that repeats the facts and names the duty, because the information cannot be brought back.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { dayOf } from '../../../base/day.ts';
import type { Ground } from '../../../base/finding.ts';
import { done, type FieldProblem, type Outcome, type Problem } from '../../../base/outcome.ts';
import { formTexts, problemStatus } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Grounds } from '../../../platform/ui/finding.tsx';
import { Checks, ErrorSummary, fieldFor, PostForm, problemAt, Radios, TextField } from '../../../platform/ui/form.tsx';
import { listed, number, writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { Segment } from '../../../platform/ui/segment.tsx';
import type { Held } from '../../../vault/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import {
  havingOf,
  ItemField,
  itemField,
  itemFieldLabel,
  namedIn,
  SharingField,
  sharingLabel,
  shownIn,
  typedItem,
  type Having,
} from '../../acquisition/index.ts';
import {
  correct,
  correctionGrounds,
  eraseAll,
  erasureGrounds,
  othersFor,
  type CorrectAsk,
  type CorrectionGround,
  type ErasureGround,
} from '../../checkpoint/index.ts';
import { besideDesk, openAbout, requestNumber } from '../../desk/index.ts';
import { type Person, personOf } from '../actions/person.ts';
import { shortId } from '../words.ts';
import {
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
  correct: both('訂正', 'Correction'),
  correctSub: both('新しい内容だけを書きます', 'Fill in only what is new'),
  correctText: both(
    'いまの内容は表示しません。書いた項目だけが新しくなり、空欄の項目はそのまま残ります。',
    'What is held is not shown. The items you fill in are replaced; those left empty stay as they are.',
  ),
  holding: both('台帳', 'Holding'),
  remove: both('取り除く項目', 'Items to take out'),
  removeHint: both(
    '誤って持っている項目を、台帳から取り除きます',
    'Removes items that are held by mistake from the ledger',
  ),
  ground: both('訂正する理由', 'Reason for the correction'),
  save: both('訂正する', 'Correct'),
  cancel: both('やめる', 'Cancel'),
  notHeld: both('いまは保有していません', 'Not held at present'),
  erase: both('消去', 'Erasure'),
  eraseSub: both('元に戻せません', 'This cannot be undone'),
  eraseText: both(
    'この本人について保有している情報を、読むための鍵とともに、すべての台帳から消去します。これまでに取ったバックアップと、データベースの書き込みの記録（WAL）には暗号化されたまま残り、保管庫の鍵があれば、廃棄または上書きされるまで開けます。',
    'Everything held about this person is erased from every holding, with the key needed to read it. Backups taken earlier, and the database’s write log (WAL), still hold it in encrypted form. With the key of the vault it can be opened there until they are destroyed or overwritten.',
  ),
  facts: both('消去するもの', 'What will be erased'),
  eraseGround: both('消去する理由', 'Reason for the erasure'),
  eraseNow: both('すべて消去する', 'Erase everything'),
  duty: both('消去した後の義務', 'Duties that follow'),
  people: both('本人', 'Person'),
  since: both('保有の始まり', 'Held since'),
  choose: both('理由を選んでください', 'Choose a reason'),
  request: both('窓口の請求の番号', 'Number of the request at the desk'),
  requestHint: both('本人の請求によるときに書きます。例：', 'Where the person asked for it. For example '),
  open: both('この本人の請求が、窓口で進行中です', 'A request about this person is open at the desk'),
  openErase: both(
    '請求が終わるまで、消去できません。本人の請求による消去は、請求の画面から実施するか、番号を書いて消去します。',
    'Until it is closed, the person cannot be erased. An erasure that the person asked for is carried out from the page of the request, or here with its number.',
  ),
  openCorrect: both(
    '本人の請求による訂正は、請求の画面から実施するか、番号を書いて訂正します。',
    'A correction that the person asked for is carried out from the page of the request, or here with its number.',
  ),
  others: both('同じ本人の、ほかの番号の情報は残ります', 'What is kept under the person’s other numbers stays'),
  othersText: both(
    '消去するのは、この番号の情報だけです。この本人の情報をすべて消去するときは、次の番号の情報も消去してください。',
    'Only what is kept under this number is erased. To erase everything about the person, erase what is kept under these numbers too.',
  ),
  two: both('新しい内容を書くか、取り除くか、どちらかにしてください', 'Either fill it in or take it out'),
} satisfies Record<string, Bilingual>;

const correctionWords: Record<CorrectionGround, { label: Bilingual; note: Bilingual }> = {
  request: {
    label: both('本人の請求を調べ、事実でないと分かった', 'The person asked, and it was found not to be true'),
    note: both('法34条2項', 'APPI Art. 34(2)'),
  },
  accuracy: {
    label: both('正確で最新の内容に保つ', 'To keep it accurate and up to date'),
    note: both('法22条', 'APPI Art. 22'),
  },
};

const erasureWords: Record<ErasureGround, { label: Bilingual; note: Bilingual }> = {
  'request-unlawful': {
    label: both(
      '本人の請求。調べた結果、目的外の利用か不正な取得があった',
      'The person asked, and it was found to have been used beyond its purpose or wrongly acquired',
    ),
    note: both('法35条2項', 'APPI Art. 35(2)'),
  },
  'request-unneeded': {
    label: both(
      '本人の請求。調べた結果、利用する必要がなくなっていた',
      'The person asked, and it was found to be no longer needed',
    ),
    note: both('法35条6項', 'APPI Art. 35(6)'),
  },
  'request-breach': {
    label: both('本人の請求。漏えいなどが起きていた', 'The person asked after a breach'),
    note: both('法35条6項', 'APPI Art. 35(6)'),
  },
  'request-harm': {
    label: both(
      '本人の請求。権利や利益が害されるおそれがあると分かった',
      'The person asked, and their rights or interests were found to be at risk',
    ),
    note: both('法35条6項', 'APPI Art. 35(6)'),
  },
  'no-longer-needed': {
    label: both(
      '利用する必要がなくなり、保存を求める法令もない',
      'It is no longer needed, and no law makes us keep it',
    ),
    note: both('法22条', 'APPI Art. 22'),
  },
};

const dutiesAfter: Ground[] = [
  {
    law: 'APPI',
    article: '35(7)',
    says: both(
      '請求によるときは、消去したことを遅滞なく本人に知らせます。',
      'After a request, the person is told without delay that it was erased.',
    ),
  },
  {
    law: 'APPI',
    article: '29(2)',
    says: both(
      '提供の記録は、消去の後も保存期間が終わるまで残します。この本人の記録が残る間は、だれの記録かを示す氏名などだけを、記録のために残します。',
      'Records of provisions stay until their period of keeping ends. As long as there is such a record of this person, only the name, or other details that show whose record it is, stays for the record.',
    ),
  },
  {
    law: 'APPI',
    article: '30(4)',
    says: both(
      '受け取りの記録も、同じです。提供元も、その記録とともに残ります。',
      'The same is true of records of receipts. Each still says who gave the information.',
    ),
  },
];

const options = <G extends string>(said: Record<G, { label: Bilingual; note: Bilingual }>, codes: readonly G[]) =>
  codes.map((code) => ({ value: code, ...said[code] }));

/** Items are corrected to exactly what was typed. */
export const changeTexts = formTexts((name) => (name === 'request' ? words.request : itemFieldLabel(name)), {
  exact: /^items\./,
});

/** The requests at the desk that reach the person; null when there are some that this reader may not see. */
type Open = Awaited<ReturnType<typeof openAbout>>;

const OpenRequests = ({ c, open, says }: { c: Request; open: Open; says: Bilingual }) => {
  const lang = c.get('lang');
  if (open?.length === 0) return null;
  return (
    <div class="mb-5">
      <Banner kind="warn" icon="warn" title={words.open[lang]}>
        <p>{says[lang]}</p>
        {open && (
          <p>
            {open.map((row, i) => (
              <>
                {i > 0 && (lang === 'ja' ? '、' : ', ')}
                <a href={`/desk/${row.id}`}>{requestNumber(row)}</a>
              </>
            ))}
          </p>
        )}
      </Banner>
    </div>
  );
};

const RequestField = ({ c, problems }: { c: Request; problems: readonly FieldProblem[] | undefined }) => {
  const lang = c.get('lang');
  return (
    <TextField
      lang={lang}
      name="request"
      label={words.request}
      width="date"
      hint={
        <>
          {words.requestHint[lang]}
          <span class="nb">R-2026-031</span>
        </>
      }
      value={typedText(c, 'request')}
      autocomplete="off"
      maxlength={40}
      error={problemAt(problems, 'request', lang)}
    />
  );
};

interface Correcting {
  c: Request;
  open: Open;
  person: Person & { held: Held };
  /** The record to correct. */
  record: Held['records'][number];
  /** The version of the record that the reader saw when the form was opened. */
  seen: string;
  /** The persons who have the e-mail address that was typed. */
  having: readonly Having[];
  problems?: readonly FieldProblem[];
}

/** The field of the choice of persons who share the e-mail address, by the name of the fact. */
const SHARING = 'sharesEmailWith';

const HoldingChoice = ({ c, person, record }: Correcting) => {
  const lang = c.get('lang');
  if (person.held.records.length < 2) return null;
  return (
    <div class="mb-5">
      <Segment
        label={words.holding[lang]}
        links={person.held.records.map((one) => ({
          label: holdingName(person.ledger, one.holding, lang),
          href: `${PATH}/${person.id}/correct?holding=${one.holding}`,
          current: one.holding === record.holding,
        }))}
      />
    </div>
  );
};

const typedText = (c: Request, name: string): string => (c.req.method === 'POST' ? c.get('form').text(name) : '');

const CorrectForm = (props: Correcting) => {
  const { c, person, record, problems } = props;
  const lang = c.get('lang');
  const field = fieldFor(lang, words, problems);
  const holding = person.ledger.get(record.holding);
  const items = holding?.items ?? [];
  return (
    <PostForm
      action={`${PATH}/${person.id}/correct`}
      csrf={c.get('csrf')}
      values={{ holding: record.holding, seen: props.seen }}
    >
      <p class="small muted mb-4">{words.correctText[lang]}</p>
      {items.map(({ code, label }) => (
        <>
          <ItemField
            lang={lang}
            code={code}
            label={label}
            value={typedText(c, itemField(code))}
            hint={record.items.includes(code) ? undefined : words.notHeld[lang]}
            error={problemAt(problems, itemField(code), lang)}
          />
          {code === 'email' && (
            <SharingField
              lang={lang}
              name={SHARING}
              having={props.having}
              named={c.req.method === 'POST' ? c.get('form').all(SHARING) : []}
              error={problemAt(problems, SHARING, lang)}
              to="correct"
              labelOf={(one) => itemLabel(holding, one)}
              sees={c.get('may')('people:search')}
              compare={null}
            />
          )}
        </>
      ))}
      <Checks
        {...field('remove')}
        need="optional"
        hint={words.removeHint[lang]}
        values={c.req.method === 'POST' ? c.get('form').all('remove') : []}
        options={record.items.map((code) => ({ value: code, label: itemLabel(holding, code) }))}
      />
      <Radios
        {...field('ground')}
        need="required"
        value={typedText(c, 'ground')}
        options={options(correctionWords, correctionGrounds)}
      />
      <RequestField c={c} problems={problems} />
      <Buttons>
        <Button>{words.save[lang]}</Button>
        <LinkButton kind="text" href={`${PATH}/${person.id}`}>
          {words.cancel[lang]}
        </LinkButton>
      </Buttons>
    </PostForm>
  );
};

const CorrectPage = (props: Correcting) => {
  const { c, person, record, problems = [] } = props;
  const lang = c.get('lang');
  const holding = person.ledger.get(record.holding);
  const labels = {
    ...Object.fromEntries((holding?.items ?? []).map((item) => [itemField(item.code), item.label])),
    [SHARING]: sharingLabel,
    remove: words.remove,
    ground: words.ground,
    request: words.request,
  };
  return (
    <PersonSheet
      c={c}
      id={person.id}
      title={words.correct[lang]}
      last={words.correct[lang]}
      sub={`${personTitle(person.id, lang)}　${words.correctSub[lang]}`}
      failed={problems.length > 0}
      path={`${PATH}/${person.id}/correct?holding=${record.holding}`}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div class="max-w-[800px]">
        <OpenRequests c={c} open={props.open} says={words.openCorrect} />
      </div>
      <HoldingChoice {...props} />
      <div class="max-w-[800px]">
        <Panel title={holdingName(person.ledger, record.holding, lang)}>
          <CorrectForm {...props} />
        </Panel>
      </div>
    </PersonSheet>
  );
};

/** The person and the record to correct: that of the named holding, or the first. */
async function correcting(room: Room, c: Request, holding: string | undefined): Promise<Correcting | null> {
  const found = await personOf(room, c.req.param('id')!);
  if (!found.ok || !('held' in found.value)) return null;
  const { records } = found.value.held;
  const record = holding ? records.find((one) => one.holding === holding) : records[0];
  if (!record) return null;
  const open = await openAbout(room, c.get('actor'), found.value.id);
  // A form shown again after an error keeps the version its reader saw when they opened it, even if the record has changed since.
  const posted = c.req.method === 'POST';
  const seen = posted ? c.get('form').text('seen') : String(record.version);
  const having = posted ? await havingOf(room.office, record.holding, shownIn(c.get('form'), SHARING)) : [];
  return { c, open, person: found.value, record, seen, having };
}

export async function showCorrect(room: Room, c: Request): Promise<Response> {
  const view = await correcting(room, c, c.req.query('holding'));
  return view ? c.html(<CorrectPage {...view} />) : nobody(c);
}

const at = (field: string, says: Bilingual): FieldProblem => ({ field, says });

function readCorrection({ c, person, record }: Correcting): {
  items: Record<string, string | null>;
  problems: FieldProblem[];
} {
  const form = c.get('form');
  const items: Record<string, string | null> = {};
  const problems: FieldProblem[] = [];
  const removed = form.all('remove').filter((code) => record.items.includes(code));
  for (const code of removed) items[code] = null;
  for (const { code } of person.ledger.get(record.holding)?.items ?? []) {
    const value = typedItem(code, form.text(itemField(code)));
    if (value !== undefined && removed.includes(code)) problems.push(at(itemField(code), words.two));
    if (value !== undefined) items[code] = value;
  }
  const nothing = both('新しい内容を1つ以上書いてください', 'Fill in at least one item');
  const first = person.ledger.get(record.holding)?.items[0]?.code ?? '';
  if (Object.keys(items).length === 0) problems.push(at(itemField(first), nothing));
  if (!(correctionGrounds as readonly string[]).includes(form.text('ground')))
    problems.push(at('ground', words.choose));
  return { items, problems };
}

/** Corrects the record after checking for requests at the desk. */
async function correctBeside(
  room: Room,
  c: Request,
  ask: Pick<CorrectAsk, 'principal' | 'holding' | 'items' | 'seen' | 'sharesEmailWith'>,
): Promise<Outcome<unknown>> {
  const by = byOf(c);
  const { principal, holding } = ask;
  const ground = c.get('form').text('ground') as CorrectionGround;
  const change = { what: 'correct', ground, holding } as const;
  const desk = await besideDesk(room, by, { principal, change, request: c.get('form').text('request') });
  if (!desk.ok) return desk;
  return correct(room.office, by, { ...ask, ground, record: desk.value });
}

export async function correctPerson(room: Room, c: Request): Promise<Response> {
  const form = c.get('form');
  const view = await correcting(room, c, form.text('holding'));
  if (!view) return nobody(c);
  const { items, problems } = readCorrection(view);
  if (problems.length > 0) return c.html(<CorrectPage {...view} problems={problems} />, 422);
  const { id } = view.person;
  const { holding } = view.record;
  const seen = /^\d+$/.test(view.seen) ? Number(view.seen) : undefined;
  const sharing = namedIn(form, SHARING);
  const corrected = await correctBeside(room, c, { principal: id, holding, items, seen, ...sharing });
  if (corrected.ok) return c.redirect(`${PATH}/${id}?done=corrected`, 303);
  const { problem } = corrected;
  if (problem.kind === 'not-found') return nobody(c);
  // A change that came first is shown with its new content, and counts as seen from then on.
  const now = (await correcting(room, c, holding)) ?? view;
  if (problem.kind !== 'conflict') {
    const wrong =
      problem.kind === 'invalid'
        ? problem.fields.map((one) => (one.field === 'items' ? at('remove', one.says) : one))
        : [];
    return c.html(<CorrectPage {...now} problems={wrong} />, problemStatus(problem));
  }
  const { field, says, principals } = problem;
  const having = principals ? await havingOf(room.office, holding, principals) : now.having;
  const seenNow = field === 'seen' ? { seen: String(now.record.version) } : {};
  // If nobody has the address any more, there is nobody to choose.
  const where = field === SHARING && !principals ? itemField('email') : field;
  const again = { ...now, ...seenNow, having: field === SHARING && !principals ? [] : having };
  return c.html(<CorrectPage {...again} problems={[at(where, says)]} />, problemStatus(problem));
}

interface Erasing {
  c: Request;
  open: Open;
  /** The other ids of the person, which are not erased along with this one. */
  others: readonly string[];
  person: Person & { held: Held };
  problems?: readonly FieldProblem[];
}

const EraseForm = ({ c, id, problems }: { c: Request; id: string; problems: readonly FieldProblem[] }) => {
  const lang = c.get('lang');
  return (
    <Panel title={words.eraseGround[lang]}>
      <PostForm action={`${PATH}/${id}/erase`} csrf={c.get('csrf')}>
        <Radios
          lang={lang}
          name="ground"
          label={words.eraseGround}
          need="required"
          value={typedText(c, 'ground')}
          options={options(erasureWords, erasureGrounds)}
          error={problemAt(problems, 'ground', lang)}
        />
        <RequestField c={c} problems={problems} />
        <Buttons>
          <Button kind="stop">{words.eraseNow[lang]}</Button>
          <LinkButton kind="text" href={`${PATH}/${id}`}>
            {shared.back[lang]}
          </LinkButton>
        </Buttons>
      </PostForm>
    </Panel>
  );
};

/** Says that the other ids of the person stay: an erasure is of one id. */
const OtherEntries = ({ lang, others }: { lang: Lang; others: readonly string[] }) =>
  others.length === 0 ? null : (
    <Banner kind="warn" icon="warn" title={words.others[lang]}>
      <p>{words.othersText[lang]}</p>
      <p>
        {others.map((id, i) => (
          <>
            {i > 0 && (lang === 'ja' ? '、' : ', ')}
            <a class="num" href={`${PATH}/${id}`}>
              {shortId(id)}
            </a>
          </>
        ))}
      </p>
    </Banner>
  );

const ErasePage = ({ c, open, others, person, problems = [] }: Erasing) => {
  const lang = c.get('lang');
  const { held, ledger, id } = person;
  const from = (record: Held['records'][number]): string => {
    const items = listed(
      record.items.map((code) => itemLabel(ledger.get(record.holding), code)[lang]),
      lang,
    );
    return lang === 'ja'
      ? `${number(record.items.length)}項目（${items}）`
      : `${number(record.items.length)} (${items})`;
  };
  return (
    <PersonSheet
      c={c}
      id={id}
      title={words.erase[lang]}
      last={words.erase[lang]}
      sub={words.eraseSub[lang]}
      failed={problems.length > 0}
      path={`${PATH}/${id}/erase`}
    >
      <ErrorSummary lang={lang} problems={problems} labels={{ ground: words.eraseGround, request: words.request }} />
      <div class="max-w-[800px]">
        <OpenRequests c={c} open={open} says={words.openErase} />
      </div>
      <div class="grid gap-5 max-w-[800px]">
        <Banner
          kind="warn"
          icon="warn"
          title={lang === 'ja' ? 'この本人の情報をすべて消去します' : 'Everything about this person will be erased'}
        >
          {words.eraseText[lang]}
        </Banner>
        <OtherEntries lang={lang} others={others} />
        <Panel title={words.facts[lang]}>
          <Dl
            items={[
              [words.people[lang], <span class="num wrap-anywhere">{id}</span>],
              [words.since[lang], writtenDay(dayOf(held.since.getTime()), lang)],
              ...held.records.map((record): [string, string] => [
                holdingName(ledger, record.holding, lang),
                from(record),
              ]),
            ]}
          />
          <h3 class="mt-4 mb-2">{words.duty[lang]}</h3>
          <Grounds lang={lang} grounds={dutiesAfter} />
        </Panel>
        <EraseForm c={c} id={id} problems={problems} />
      </div>
    </PersonSheet>
  );
};

async function erasing(room: Room, c: Request): Promise<Outcome<Erasing | Person>> {
  const found = await personOf(room, c.req.param('id')!);
  if (!found.ok || !('held' in found.value)) return found;
  const { id } = found.value;
  const others = (await othersFor(room.office, c.get('actor'), [id])).get(id) ?? [];
  return done({ c, person: found.value, others, open: await openAbout(room, c.get('actor'), id) });
}

export async function showErase(room: Room, c: Request): Promise<Response> {
  const found = await erasing(room, c);
  if (!found.ok) return nobody(c);
  return 'person' in found.value
    ? c.html(<ErasePage {...found.value} />)
    : c.redirect(`${PATH}/${found.value.id}`, 303);
}

const fieldsIn = (problem: Problem): FieldProblem[] =>
  problem.kind === 'invalid'
    ? problem.fields
    : problem.kind === 'conflict'
      ? [at(problem.field, problem.says)]
      : 'says' in problem
        ? [at('ground', problem.says)]
        : [];

/** If the person is erased already, the answer is the same as the first time: the page with the certificate. */
export async function erasePerson(room: Room, c: Request): Promise<Response> {
  const found = await erasing(room, c);
  if (!found.ok) return nobody(c);
  if (!('person' in found.value)) return c.redirect(`${PATH}/${found.value.id}`, 303);
  const view = found.value;
  const form = c.get('form');
  const ground = erasureGrounds.find((one) => one === form.text('ground'));
  if (!ground) return c.html(<ErasePage {...view} problems={[at('ground', words.choose)]} />, 422);
  const by = byOf(c);
  const principal = view.person.id;
  const ask = { principal, change: { what: 'erase', ground }, request: form.text('request') } as const;
  const desk = await besideDesk(room, by, ask);
  const erased = desk.ok ? await eraseAll(room.office, by, { principal, ground, record: desk.value }) : desk;
  return erased.ok
    ? c.redirect(`${PATH}/${principal}`, 303)
    : c.html(<ErasePage {...view} problems={fieldsIn(erased.problem)} />, problemStatus(erased.problem));
}
