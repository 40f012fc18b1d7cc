// Deciding: the facts that somebody must establish, the law's answer to them, and then the decision with its reasons and what is to be carried out.
// The desk never says itself what the law says; it asks.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { Checks, fieldFor, Hidden, PostForm, problemAt, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import type { Office } from '../../../office.ts';
import { itemOf } from '../../../vault/index.ts';
import { namedIn, SharingField, typedItem, type Having } from '../../acquisition/index.ts';
import type { Standing } from '../../checkpoint/index.ts';
import {
  AskView,
  askWith,
  type Leaf,
  questionOf,
  without,
  type Question,
  type Round,
} from '../../consultation/index.ts';
import { measureItemWords } from '../../recipients/index.ts';
import type { Case } from '../actions/cases.ts';
import type { Looked } from '../actions/look.ts';
import { isPartOfMeasures, measuresOf, type Measure } from '../actions/measures.ts';
import { abroadOnSystem } from '../actions/there.ts';
import { givenOf, type Given } from '../actions/told.ts';
import { lackingIn, lawOn, statedFor, type Change, type DecideAsk, type Plan } from '../actions/decide.ts';
import { looksAtPerson, type Kind } from '../facts/kind.ts';
import type { Request } from '../facts/request.ts';
import { explains, isRefusal, type Result } from '../facts/result.ts';
import { kindWords, resultWords, stopReach } from '../words.ts';
import type { Sent } from './form.tsx';
import { Look } from './look.tsx';
import { itemText } from './review.tsx';
import { PATH, type Room } from './sheet.tsx';

const words = {
  decision: both('決定', 'Decision'),
  decide: both('この内容で決める', 'Make this decision'),
  answer: both('この答えに決める', 'Decide on this answer'),
  handle: both('この対応に決める', 'Decide on this handling'),
  officer: both('この答えは、個人情報保護管理者が決めます', 'This answer is for the privacy officer to decide'),
  officerSays: both(
    '求めのとおりにしない決定です。担当を個人情報保護管理者に替えて、ここから続けてもらいます。',
    'This decision is not as requested. Assign the request to the privacy officer, who will go on from here.',
  ),
  assign: both('担当を替える', 'Assign'),
  absent: both(
    '探した人は見つからなかったので、答えは「持っていない」になります。',
    'Nobody was found, so the answer is that nothing is held.',
  ),
  onward: both('決定に進む', 'Go to the decision'),
  reaches: both('この停止で止まるもの', 'What this stops'),
  goesOn: both('この停止では止まらないもの', 'What goes on'),
  undo: both(
    '実施する前、知らせる前なら、「ほかの操作」から決め直せます。',
    'Until it is carried out or the person is told, you can decide again under “Other actions”.',
  ),
  found: both('調べて分かったこと', 'What was found out'),
  held: both('集めたもの', 'What was collected'),
  given: both('渡した項目：', 'Given: '),
  nothing: both('この人の情報は、どの台帳にもありません。', 'Nothing is held about this person.'),
  provisions: both('提供の記録', 'Records of provision'),
  receipts: both('受領の記録', 'Records of receipt'),
};

export const decideLabels = {
  /** Not `reason`: the question of a stop has a fact of that name, which is sent with the form. */
  told: both('本人に伝える理由', 'Reasons to tell the person'),
  answer: both('答えの文', 'The answer'),
  handling: both('どう対応するかと、その理由', 'What is done about it, and why'),
  changes: both('直す内容', 'What is to be changed'),
  remove: both('取り除く項目', 'Items to remove'),
  purposes: both('止める利用目的', 'Purposes to stop'),
  recipients: both('止める提供先', 'Recipients to stop'),
  tell: both('訂正を知らせる提供先', 'Recipients to tell of the correction'),
  measures: both('代わりにとる措置', 'Measures taken instead'),
  untold: both('知らせない項目', 'Items not told'),
  facts: both('調べたこと', 'What was established'),
} satisfies Record<string, Bilingual>;

const hints = {
  reason: both(
    '通知に書く理由です。なぜこうなるかを、事実に沿って分かりやすく書きます。',
    'This goes into the notice. Explain plainly, from the facts, why this is the result.',
  ),
  changes: both(
    '直す項目だけに書きます。空欄の項目はそのまま残ります',
    'Fill in only the items that change; empty ones stay as they are',
  ),
  answer: both('このまま手紙に載ります', 'This goes into the letter as written'),
  handling: both(
    '何を調べ、どう対応するかと、その理由を書きます。対応しないときも、その理由を書きます。手紙には載りません。この相談の書類として封をして残します。',
    'Write what was looked into, what is done about it and why; if nothing is done, write why. It goes into no letter, and is kept sealed with the papers of this case.',
  ),
  tell: both(
    '手紙に「渡した相手にも知らせてほしい」とあるときに選びます。直した内容を、関所を通して相手に渡し、相手への手紙を作ります。',
    'Choose them if the letter asks us to tell those who were given the information. The corrected content goes to them through the checkpoint, with a letter to each.',
  ),
};

const questions: Partial<Record<Kind, string>> = {
  disclosure: 'disclose',
  'record-disclosure': 'disclose',
  'foreign-information': 'disclose',
  'purpose-notice': 'purpose-notice',
  correction: 'correct',
  'stop-use': 'suspend',
  erasure: 'suspend',
  'stop-provision': 'suspend',
};

/** Measures abroad are told of (28(3)), and not disclosed as data are. */
const told = { yes: both('知らせます', 'it is told'), no: both('知らせません', 'it is not told') };

/** The question of the law behind a kind, reduced to what somebody must establish. */
function questionFor({ kind, method }: Request): Question {
  const general = questionOf(questions[kind]!)!;
  const question = kind === 'foreign-information' ? { ...general, answers: told } : general;
  const asked = statedFor[kind].filter((fact) => fact !== 'method' || method === null) as readonly string[];
  const others = question.leaves.map(({ path }) => path.split('.')[0]!).filter((fact) => !asked.includes(fact));
  return without(question, others);
}

/** What the law says to the facts of a form, and the result. */
export interface Deciding {
  round: Round;
  result: Result | null;
  /** The recipients that something about the person was provided to. */
  recipients: { id: string; name: string; given: readonly Pick<Given, 'holding' | 'items'>[] }[];
  /** What there is to tell of recipients abroad, where a part of it is kept back. */
  measures: Measure[];
}

const bare = (problem: Problem): FieldProblem[] => {
  if (problem.kind === 'invalid') {
    return problem.fields.map(({ field, says }) => ({ field: field.replace(/^facts\./, ''), says }));
  }
  return 'says' in problem ? [{ field: '', says: problem.says }] : [];
};

/** Asks for the facts the answer still lacks; only what was stated wrongly is a problem. */
function asking(round: Round, problems: readonly FieldProblem[]): Round {
  const lacking = new Set(problems.map(({ field }) => field).filter((path) => !round.given.has(path)));
  const { question } = round;
  const asks = (path: string): boolean =>
    [...lacking].some((field) => field === path || field.startsWith(`${path}.`) || path.startsWith(`${field}.`));
  // What the answer will need later is asked for at once, not one fact in each round.
  const needed = (leaf: Leaf): boolean => leaf.field.ask !== 'if-known' || asks(leaf.path);
  const known = question.leaves.some(({ path }) => asks(path));
  return {
    ...round,
    finding: null,
    begun: false,
    problems: problems.filter(({ field }) => round.given.has(field) || !known),
    question: {
      ...question,
      leaves: question.leaves.map((leaf) =>
        needed(leaf) && !round.given.has(leaf.path)
          ? { ...leaf, field: { ...leaf.field, ask: 'first' as const } }
          : leaf,
      ),
    },
  };
}

/** An answer that waits: what it lacks is counted and asked for beside it, whatever would otherwise be asked first. */
const waiting = (round: Round, finding: Finding): Round => ({
  ...round,
  finding,
  begun: true,
  problems: [],
  question: {
    ...round.question,
    leaves: round.question.leaves.map((leaf) => {
      const { ask, ...field } = leaf.field;
      return ask === 'first' && !round.given.has(leaf.path) ? { ...leaf, field } : leaf;
    }),
  },
});

/** The recipients that a decision of this kind may name: a stop ends what is on record, a correction is told to any that were given something. */
async function recipientsFor(office: Office, request: Request): Promise<Deciding['recipients']> {
  const { kind } = request;
  if (kind !== 'stop-provision' && kind !== 'correction') return [];
  const given = await givenOf(office, request, { recorded: kind === 'stop-provision' });
  const ids = [...new Set(given.map(({ recipient }) => recipient))];
  return ids.map((id) => {
    const theirs = given.filter(({ recipient }) => recipient === id);
    return { id, name: theirs[0]!.last.recipient.name ?? id.slice(-8), given: theirs };
  });
}

const isPart = (result: Result): boolean => result === 'partly' || result === 'partly-otherwise';

/** The heading of a yes to a part of what was asked for. */
const partWords: Partial<Record<Kind, Bilingual>> = {
  disclosure: both('一部を除いて開示します', 'it is disclosed except for a part'),
  'record-disclosure': both('一部を除いて開示します', 'it is disclosed except for a part'),
  'foreign-information': both('一部を除いて知らせます', 'it is told except for a part'),
  correction: both('一部を直します', 'a part is corrected'),
  'stop-use': both('一部に応じます', 'it is granted in part'),
  erasure: both('一部に応じます', 'it is granted in part'),
  'stop-provision': both('一部に応じます', 'it is granted in part'),
};

export async function deciding(room: Room, known: Case, stands: Standing, form: Form | null): Promise<Deciding | null> {
  const { request } = known;
  if (!looksAtPerson(request.kind)) return null;
  const round = await askWith(room.office, stands, questionFor(request), null, form);
  const asked = round.problems.length > 0 && form !== null ? null : await lawOn(room, known, round.stated);
  const recipients = await recipientsFor(room.office, request);
  if (!asked) return { round: { ...round, finding: null }, result: null, recipients, measures: [] };
  if (!asked.ok) return { round: asking(round, bare(asked.problem)), result: null, recipients, measures: [] };
  const { finding, result } = asked.value;
  if (result === null) {
    // At first the facts are only asked for; after something was stated, the page says what the answer waits for.
    const lacks = lackingIn(finding).map(({ field, says }) => ({ field: field.replace(/^facts\./, ''), says }));
    return { round: form === null ? asking(round, lacks) : waiting(round, finding), result, recipients, measures: [] };
  }
  const measures = isPartOfMeasures(request, result)
    ? await measuresOf(room.office, await abroadOnSystem(room.office, request.specified?.principals ?? []))
    : [];
  const { question } = round;
  const yes = isPart(result) ? (partWords[request.kind] ?? question.answers.yes) : question.answers.yes;
  const answered = { ...question, answers: { ...question.answers, ...(yes ? { yes } : {}) } };
  return { round: { ...round, question: answered, problems: [], finding, begun: true }, result, recipients, measures };
}

export interface DecideProps {
  lang: Lang;
  csrf: string;
  id: string;
  known: Case;
  stands: Standing;
  sent: Sent | null;
  step: Record<string, string>;
  mayRefuse: boolean;
  mayWrite: boolean;
  /** Where the reader can record a judgement; undefined if they may not. */
  judge: string | undefined;
  deciding: Deciding | null;
  /** What was opened to be judged. */
  looked: Looked | null;
  having: HavingAt;
}

/** The persons who have the e-mail address that was typed for a place, by place. */
export type HavingAt = ReadonlyMap<string, readonly Having[]>;

/** Whether the law was asked, or a decision waits for what the law lacks, and nothing that was stated must be corrected. */
export const wasAnswered = (sent: Sent | null, now: Deciding | null): boolean =>
  sent?.event === 'decided' && sent.problems.length === 0 && now?.round.problems.length === 0;

const sentIn = ({ sent }: DecideProps): Sent | null =>
  sent?.event === 'decided' && sent.form.text('do') === 'decide' ? sent : null;

const valueOf = (props: DecideProps, name: string): string => sentIn(props)?.form.text(name) ?? '';
const valuesOf = (props: DecideProps, name: string): string[] => sentIn(props)?.form.all(name) ?? [];

const at = (props: DecideProps) => fieldFor(props.lang, decideLabels, sentIn(props)?.problems ?? []);

export const setName = (holding: string, item: string): string => `set/${holding}/${item}`;

/** The field in which those are chosen who share the new e-mail address. */
export const sharingName = (holding: string): string => `sharing/${holding}`;

/** The fields for new values and for items to take out. No value that is held is shown. */
const Changes = (props: DecideProps & { values: boolean }) => {
  const { lang, known, stands, values } = props;
  const holdings = known.request.collected?.holdings ?? [];
  return (
    <>
      {values && (
        <fieldset class="field" id="f-changes" tabindex={-1}>
          <legend>{decideLabels.changes[lang]}</legend>
          <p class="hint">{hints.changes[lang]}</p>
          {holdings.map(({ holding }) => (
            <div class="mb-3">
              <p class="font-bold small mb-2">{stands.holdings.get(holding)?.name[lang] ?? holding.slice(-8)}</p>
              <div class="fields">
                {[...(stands.holdings.get(holding)?.labels ?? [])].map(([code, label]) => (
                  <TextField
                    lang={lang}
                    name={setName(holding, code)}
                    label={label}
                    error={problemAt(sentIn(props)?.problems, setName(holding, code), lang)}
                    value={valueOf(props, setName(holding, code))}
                    maxlength={2000}
                  />
                ))}
              </div>
              <SharingField
                lang={lang}
                name={sharingName(holding)}
                having={props.having.get(holding) ?? []}
                named={valuesOf(props, sharingName(holding))}
                to="correct"
                labelOf={(code) => stands.holdings.get(holding)?.labels.get(code) ?? itemOf(code).label}
                sees
                compare={null}
              />
            </div>
          ))}
        </fieldset>
      )}
      <Checks
        {...at(props)('remove')}
        {...(values ? { need: 'optional' as const } : { need: 'required' as const })}
        values={valuesOf(props, 'remove')}
        options={holdings.flatMap(({ holding, items }) =>
          items.map((item) => ({
            value: `${holding}/${item}`,
            label: itemText(stands, holding, item, lang),
            note: stands.holdings.get(holding)?.name[lang] ?? holding.slice(-8),
          })),
        )}
      />
    </>
  );
};

/** What a stop will reach and what goes on, in words, before it is decided. */
const Reach = ({ lang, kind }: { lang: Lang; kind: 'stop-use' | 'stop-provision' }) => (
  <div class="mb-4">
    {[true, false].map((reaches) => (
      <>
        <p class="font-bold">{words[reaches ? 'reaches' : 'goesOn'][lang]}</p>
        <ul class="list-disc pl-5 mb-2">
          {stopReach[kind]
            .filter((one) => one.reaches === reaches)
            .map((one) => (
              <li>{one.says[lang]}</li>
            ))}
        </ul>
      </>
    ))}
  </div>
);

const PlanFields = (props: DecideProps & { result: Result }) => {
  const { lang, known, stands, result, deciding: decidingNow } = props;
  const { kind } = known.request;
  const field = at(props);
  const given = result === 'granted' || result === 'partly';
  const part = result === 'partly';
  return (
    <>
      {kind === 'correction' && given && <Changes {...props} values />}
      {kind === 'correction' && given && (decidingNow?.recipients.length ?? 0) > 0 && (
        <Checks
          {...field('tell')}
          hint={hints.tell[lang]}
          need="optional"
          values={valuesOf(props, 'tell')}
          options={decidingNow!.recipients.map(({ id, name, given: theirs }) => ({
            value: id,
            label: name,
            note: `${words.given[lang]}${listed(
              [
                ...new Set(
                  theirs.flatMap(({ holding, items }) => items.map((item) => itemText(stands, holding, item, lang))),
                ),
              ],
              lang,
            )}`,
          }))}
        />
      )}
      {kind === 'erasure' && part && <Changes {...props} values={false} />}
      {(kind === 'stop-use' || kind === 'stop-provision') && given && <Reach lang={lang} kind={kind} />}
      {kind === 'stop-use' && part && (
        <Checks
          {...field('purposes')}
          need="required"
          values={valuesOf(props, 'purposes')}
          options={[...stands.purposes.values()].map(({ id, says }) => ({ value: id, label: says?.[lang] ?? id }))}
        />
      )}
      {kind === 'stop-provision' && part && (
        <Checks
          {...field('recipients')}
          need="required"
          values={valuesOf(props, 'recipients')}
          options={(decidingNow?.recipients ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {kind === 'foreign-information' && part && (
        <Checks
          {...field('untold')}
          need="required"
          values={valuesOf(props, 'untold')}
          options={(decidingNow?.measures ?? []).map(({ recipient, name, item }) => ({
            value: `${recipient}/${item}`,
            label: measureItemWords[item]![lang],
            note: name,
          }))}
        />
      )}
      {(kind === 'stop-use' || kind === 'erasure' || kind === 'stop-provision') && result === 'otherwise' && (
        <TextArea {...field('measures')} value={valueOf(props, 'measures')} rows={2} maxlength={2000} />
      )}
    </>
  );
};

/** What the decision is about, by name; no values are opened. For a disclosure, the items are shown one by one instead. */
const Held = (props: DecideProps) => {
  const { lang, known, stands } = props;
  const { kind, collected } = known.request;
  if (!collected || kind === 'disclosure') return null;
  const counted = (n: number): string => (lang === 'ja' ? `${n}件` : String(n));
  const kept = collected.holdings
    .filter(({ holding }) => stands.holdings.has(holding))
    .map(
      ({ holding, items }) =>
        [
          stands.holdings.get(holding)!.name[lang],
          listed(
            items.map((item) => itemText(stands, holding, item, lang)),
            lang,
          ),
        ] as const,
    );
  const records = [
    [words.provisions[lang], counted(collected.provisions)],
    [words.receipts[lang], counted(collected.receipts)],
  ] as const;
  return (
    <div class="max-w-[48rem] mb-5">
      <Panel title={words.held[lang]} id="held">
        {kept.length === 0 && kind !== 'record-disclosure' && <p class="mb-2">{words.nothing[lang]}</p>}
        <Dl items={[...kept, ...records]} />
        {props.mayWrite && <Look {...props} request={known.request} item="" />}
      </Panel>
    </div>
  );
};

const DecisionForm = (props: DecideProps & { round: Round; result: Result }) => {
  const { lang, csrf, id, known, step, round, result, mayRefuse } = props;
  const { kind } = known.request;
  if (isRefusal(result) && !mayRefuse) {
    return (
      <div class="mt-5" id="decision">
        <Banner
          kind="info"
          title={words.officer[lang]}
          action={{ href: `${PATH}/${id}?do=assigned`, label: words.assign[lang] }}
        >
          {words.officerSays[lang]}
        </Banner>
      </div>
    );
  }
  const said = [...round.given].flatMap(([path, values]) => values.map((value) => [path, value] as const));
  return (
    <div class="mt-5">
      <Panel
        title={words.decision[lang]}
        id="decision"
        sub={`${kindWords[kind].name[lang]}${lang === 'ja' ? '：' : ': '}${resultWords[result][lang]}`}
      >
        <PostForm action={`${PATH}/${id}/decided`} csrf={csrf} values={{ ...step, do: 'decide' }} whole>
          {said.map(([path, value]) => (
            <Hidden values={{ [path]: value }} />
          ))}
          <PlanFields {...props} />
          <TextArea
            {...at(props)('told')}
            need={explains(kind, result) ? 'required' : 'optional'}
            hint={hints.reason[lang]}
            value={valueOf(props, 'told')}
            rows={4}
            maxlength={4000}
          />
          <p class="small muted mb-3">{words.undo[lang]}</p>
          <Buttons>
            <Button>{words.decide[lang]}</Button>
          </Buttons>
        </PostForm>
      </Panel>
    </div>
  );
};

/** The form for the decision of a consultation: its answer or, where there is no address to answer to, what is done about it. */
const ConsultationForm = (props: DecideProps) => {
  const { lang, csrf, id, step, known } = props;
  const name = known.request.unreachable ? 'handling' : 'answer';
  return (
    <PostForm action={`${PATH}/${id}/decided`} csrf={csrf} values={{ ...step, do: 'decide' }} whole>
      <TextArea
        {...at(props)(name)}
        need="required"
        hint={hints[name][lang]}
        value={valueOf(props, name)}
        rows={8}
        maxlength={20000}
      />
      <Buttons>
        <Button>{words[name === 'answer' ? 'answer' : 'handle'][lang]}</Button>
      </Buttons>
    </PostForm>
  );
};

export const DecideView = (props: DecideProps) => {
  const { lang, csrf, id, known, stands, step, deciding: now } = props;
  const { kind, specified } = known.request;
  if (!now) return <ConsultationForm {...props} />;
  const { round, result } = now;
  return (
    <>
      {specified?.principals.length === 0 && <p class="mb-4">{words.absent[lang]}</p>}
      <Held {...props} />
      <AskView
        lang={lang}
        csrf={csrf}
        action={`${PATH}/${id}/decided`}
        round={round}
        stands={stands}
        values={step}
        fixed
        asked={kindWords[kind].asks}
        begins={words.found}
        judge={props.judge}
        lands={wasAnswered(props.sent, now)}
        actions={result !== null && <a href="#decision">{words.onward[lang]}</a>}
      />
      {result !== null && <DecisionForm {...props} round={round} result={result} />}
    </>
  );
};

/** The labels of the fields for new values. */
export const changeLabels = ({ collected }: Request, stands: Standing): Readonly<Record<string, Bilingual>> =>
  Object.fromEntries(
    (collected?.holdings ?? []).flatMap(({ holding }) =>
      [...(stands.holdings.get(holding)?.labels ?? [])].map(([code, label]) => [setName(holding, code), label]),
    ),
  );

/** Puts a problem of a decision at the field it was typed into: a new value, or the items to take out, which are all that an erasure asks for. */
export function atField(kind: Kind, { changes = [] }: Plan, { field, says }: FieldProblem): FieldProblem {
  if (kind === 'consultation') return { field: field === 'reason' ? 'handling' : field, says };
  const [all, i, code] = /^changes(?:\.(\d+)\.(?:items|holding)(?:\.(.+))?)?$/.exec(field) ?? [];
  if (all === undefined) return { field: field === 'reason' ? 'told' : field, says };
  const { holding } = changes[Number(i)] ?? {};
  if (holding === undefined || code === undefined) return { field: kind === 'erasure' ? 'remove' : 'changes', says };
  const given = changes.some((one) => one.holding === holding && typeof one.items[code] === 'string');
  return { field: given ? setName(holding, code) : 'remove', says };
}

function planIn(form: Form, { collected }: Request, stands: Standing): Plan {
  // Each change on its own, so that an item that is both changed and taken out is reported instead of one of the two being done.
  const changes: Change[] = [];
  const put = (place: string, value: string | null): void => {
    const [holding = '', ...item] = place.split('/');
    changes.push({ holding, items: { [item.join('/')]: value } });
  };
  for (const place of form.all('remove')) put(place, null);
  for (const { holding } of collected?.holdings ?? []) {
    for (const code of stands.holdings.get(holding)?.items ?? []) {
      const value = typedItem(code, form.text(setName(holding, code)).trim());
      if (value === undefined) continue;
      if (code === 'email') changes.push({ holding, items: { email: value }, ...namedIn(form, sharingName(holding)) });
      else put(`${holding}/${code}`, value);
    }
  }
  return {
    changes,
    purposes: form.all('purposes'),
    recipients: form.all('recipients'),
    tell: form.all('tell'),
    measures: form.text('measures').trim(),
    untold: form.all('untold').map((place) => {
      const [recipient = '', item = ''] = place.split('/');
      return { recipient, items: [item] };
    }),
  };
}

export interface DecisionSent {
  form: Form;
  stated: object;
  request: Request;
  stands: Standing;
  mayRefuse: boolean;
}

export const readDecision = ({ form, stated, request, stands, mayRefuse }: DecisionSent): DecideAsk => ({
  facts: stated,
  reason: form.text(request.unreachable ? 'handling' : 'told').trim(),
  plan: planIn(form, request, stands),
  answer: form.text('answer').trim(),
  mayRefuse,
});
