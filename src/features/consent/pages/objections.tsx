// Objections of persons: the list, one of them, and a page of its own for retracting one recorded by mistake.

import { both, type Lang } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Route } from '../../../platform/http/index.ts';
import { About } from '../../../platform/ui/about.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { Empty } from '../../../platform/ui/empty.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, fieldFor, PostForm, TextField } from '../../../platform/ui/form.tsx';
import { listed, slashDay, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import type { ListColumn } from '../../../platform/ui/list.tsx';
import { isEmpty, NewestBody, newestView, type NewestList } from '../../../platform/ui/newest.tsx';
import { daysIn } from '../../../platform/ui/period.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, exportPage, fileOfNewest, type ListFile, type Room } from '../../access/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { consentsOf, objectionOf, objections, retractObjection, type Objected } from '../actions/consents.ts';
import { remarksOf } from '../actions/remarks.ts';
import { endedBy, type History, remainsOf, standingObjections } from '../facts/standing.ts';
import { type ObjectionScope, objectionScopes } from '../facts/consent.ts';
import type { ObjectionQuery } from '../store/ends.ts';
import { scopeWords, words } from '../words.ts';
import {
  aroundOf,
  crumbs,
  moment,
  OBJECTIONS,
  objectionName,
  PersonLink,
  placeOf,
  Remark,
  textName,
  type Around,
  type Request,
} from './sheet.tsx';

const idIn = (c: Request, name: string): string => {
  const value = c.req.query(name) ?? '';
  return isId(value) ? value : '';
};

/** True when the objection can be retracted: not a second time, and not when it carries out a request of the desk. */
const isRetractable = ({ row, retraction }: Objected): boolean => retraction === null && row.request_id === null;

/** A row of the list. */
interface Line extends Objected {
  id: string;
}

async function linesOf(office: Office, query: ObjectionQuery): Promise<Line[]> {
  return (await objections(office, query)).map((one) => ({ ...one, id: one.row.id }));
}

const stateText = ({ retraction }: Objected, lang: Lang): string =>
  retraction ? `${words.takenBack[lang]} ${slashDay(retraction.on_day)}` : words.objectionStands[lang];

const State = ({ c, one }: { c: Request; one: Objected }) => {
  const lang = c.get('lang');
  return (
    <span class="inline-flex gap-2 items-center">
      <Chip kind={one.retraction ? 'done' : 'warn'}>{stateText(one, lang)}</Chip>
      {c.get('may')('consents:write') && isRetractable(one) && (
        <a
          href={`${OBJECTIONS}/${one.row.id}/take-back`}
          aria-label={`${words.takeBack[lang]} ${one.row.id.slice(-8)}`}
        >
          {words.takeBack[lang]}
        </a>
      )}
    </span>
  );
};

const columnsOf = (c: Request, around: Around): readonly ListColumn<Line>[] => [
  {
    key: 'on',
    head: words.saidOn,
    rowHead: true,
    nowrap: true,
    value: ({ row }) => moment(row.on_day, row.said_at),
    cell: ({ row }) => (
      <a class="num" href={`${OBJECTIONS}/${row.id}`}>
        {moment(row.on_day, row.said_at)}
        <About>
          {words.objected[c.get('lang')]} {row.id.slice(-8)}
        </About>
      </a>
    ),
  },
  { key: 'state', head: words.state, nowrap: true, value: stateText, cell: (one) => <State c={c} one={one} /> },
  {
    key: 'person',
    head: words.person,
    nowrap: true,
    value: ({ row }) => row.principal_id,
    cell: ({ row }) => <PersonLink c={c} id={row.principal_id} />,
  },
  { key: 'what', head: words.what, value: ({ row }, lang) => objectionName(around, row, lang) },
  { key: 'recorded', head: words.recordedAt, nowrap: true, value: ({ row }) => stamp(row.at.getTime()) },
];

/**
 * Names of the texts whose consents the objection ended: those in force when it was recorded. For a retracted one, those in force again. '' where
 * there is none.
 */
function endedNames({ row, retraction }: Objected, history: History, lang: Lang): string {
  const before: History = {
    ...history,
    objections: history.objections.filter(({ id }) => (retraction ? id !== row.id : id < row.id)),
    withdrawals: history.withdrawals.filter(({ at }) => retraction !== null || at < row.at),
  };
  const ended = endedBy(row, history.consents).filter((one) => remainsOf(one, before).state !== 'ended');
  return listed(
    ended.map(({ text }) => textName(text, lang)),
    lang,
  );
}

/** Says what was just recorded or retracted, after the form that did it. */
async function Done({ office, c, around }: { office: Office; c: Request; around: Around }) {
  const lang = c.get('lang');
  const found = await objectionOf(office, idIn(c, 'done'));
  if (!found.ok) return null;
  const { row, retraction } = found.value;
  const ended = endedNames(found.value, await consentsOf(office, row.principal_id), lang);
  const reached =
    ended === ''
      ? words.endedNone[lang]
      : `${words[retraction ? 'standAgain' : 'endedConsents'][lang]}${lang === 'ja' ? '：' : ': '}${ended}`;
  return (
    <div class="mb-4">
      <Banner kind="good" role="status" title={words[retraction ? 'tookBack' : 'objectionRecorded'][lang]}>
        {`${objectionName(around, row, lang)}${lang === 'ja' ? '。' : '. '}`}
        {reached}
      </Banner>
    </div>
  );
}

async function listOf(office: Office, c: Request, around: Around): Promise<NewestList<Line>> {
  return {
    path: OBJECTIONS,
    title: words.objections,
    columns: columnsOf(c, around),
    filters: [
      {
        name: 'scope',
        label: words.what,
        options: objectionScopes.map((value) => ({ value, label: scopeWords[value] })),
      },
    ],
    period: words.saidOn,
    person: words.person,
    read: ({ scope, ...chosen }, page) =>
      linesOf(office, { ...chosen, ...daysIn(chosen), ...(scope ? { scope: scope as ObjectionScope } : {}), ...page }),
    noMatch: words.noObjectionsOf,
    stack: true,
  };
}

async function list({ office }: Room, c: Request): Promise<Response> {
  const lang = c.get('lang');
  const around = await aroundOf(office, 'all');
  const view = await newestView(await listOf(office, c, around), c.req.url, lang);
  const { principal } = view.chosen;
  const add = c.get('may')('consents:write') && (
    <LinkButton small icon="plus" href={`${OBJECTIONS}/new${principal ? `?principal=${principal}` : ''}`}>
      {words.objection[lang]}
    </LinkButton>
  );
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.objections[lang]}
      path={placeOf(c)}
      sub={words.objectionsSub[lang]}
      crumbs={crumbs(lang, { label: words.objections[lang] })}
      actions={!isEmpty(view) && add}
    >
      {await Done({ office, c, around })}
      <NewestBody
        view={view}
        none={
          <Empty title={words.noObjections[lang]} actions={add}>
            {words.objectionSub[lang]}
          </Empty>
        }
      />
    </OfficePage>,
  );
}

async function fileOfAll({ office }: Room, c: Request): Promise<ListFile<Line> | null> {
  return fileOfNewest(await listOf(office, c, await aroundOf(office, 'all')), c.req.url);
}

/** Shows one objection, with the free words about it and its retraction. */
async function show(room: Room, c: Request): Promise<Response> {
  const lang = c.get('lang');
  const found = await objectionOf(room.office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const { row, retraction } = found.value;
  const around = await aroundOf(room.office, [row.recipient_id]);
  const remarks = await remarksOf(room.office, byOf(c), [row, retraction ?? []].flat());
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.objected[lang]}
      path={placeOf(c)}
      sub={objectionName(around, row, lang)}
      crumbs={crumbs(lang, { label: words.objections[lang], href: OBJECTIONS }, { label: words.objected[lang] })}
    >
      <Panel title={words.objected[lang]}>
        <Dl
          items={[
            [words.state[lang], <State c={c} one={found.value} />],
            [words.person[lang], <PersonLink c={c} id={row.principal_id} />],
            [words.what[lang], objectionName(around, row, lang)],
            [words.saidOn[lang], <span class="num">{moment(row.on_day, row.said_at)}</span>],
            ...(row.evidenced
              ? [[words.evidence[lang], <Remark remarks={remarks.get(row.id)} name="evidence" lang={lang} />] as const]
              : []),
            ...(retraction
              ? [
                  [
                    words.takenBackWhy[lang],
                    <Remark remarks={remarks.get(retraction.entry_id)} name="reason" lang={lang} />,
                  ] as const,
                ]
              : []),
            [words.recordedAt[lang], <span class="num">{stamp(row.at.getTime())}</span>],
          ]}
        />
      </Panel>
    </OfficePage>,
  );
}

const labels = { reason: words.takeBackReason };

interface View {
  c: Request;
  one: Objected;
  reason: string;
  problem?: Problem;
}

async function takeBackPage({ office }: Room, { c, one, reason, problem }: View): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const wrong: readonly FieldProblem[] = problem ? fieldsOf(problem) : [];
  const around = await aroundOf(office, [one.row.recipient_id]);
  const at = `${OBJECTIONS}/${one.row.id}/take-back`;
  return c.html(
    <OfficePage
      {...frame}
      title={words.takeBackTitle[lang]}
      path={at}
      crumbs={crumbs(
        lang,
        { label: words.objections[lang], href: `${OBJECTIONS}?principal=${one.row.principal_id}` },
        { label: words.takeBack[lang] },
      )}
      failed={wrong.length > 0}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary lang={lang} problems={wrong} labels={labels} />
        <Banner kind="warn" title={words.takeBackTitle[lang]}>
          {words.takeBackSays[lang]}
        </Banner>
        <PostForm action={at} csrf={frame.csrf}>
          <Panel title={words.objected[lang]}>
            <Dl
              items={[
                [words.person[lang], <PersonLink c={c} id={one.row.principal_id} />],
                [words.what[lang], objectionName(around, one.row, lang)],
                [words.saidOn[lang], <span class="num">{moment(one.row.on_day, one.row.said_at)}</span>],
              ]}
            />
            <div class="mt-5">
              <TextField
                {...fieldFor(lang, labels, wrong)('reason')}
                need="required"
                hint={words.takeBackHint[lang]}
                value={reason}
                maxlength={200}
              />
            </div>
            <Buttons>
              <Button kind="stop">{words.takeBack[lang]}</Button>
              <LinkButton kind="text" href={`/people/${one.row.principal_id}`}>
                {words.cancel[lang]}
              </LinkButton>
            </Buttons>
          </Panel>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

async function takeBack(room: Room, c: Request): Promise<Response> {
  const found = await objectionOf(room.office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const reason = c.get('form').text('reason');
  const { row } = found.value;
  const outcome = await retractObjection(room.office, byOf(c), row.id, reason);
  if (!outcome.ok) return takeBackPage(room, { c, one: found.value, reason, problem: outcome.problem });
  return c.redirect(afterwards(c, row.principal_id, row.id, 'taken-back'), 303);
}

/** A person's objections, on the page of the person: since when, and which consents they ended. Null where none is in force. */
export async function PersonObjections({ office, c, principal }: { office: Office; c: Request; principal: string }) {
  const lang = c.get('lang');
  const may = c.get('may');
  const history = await consentsOf(office, principal);
  const standing = standingObjections(history);
  if (standing.length === 0) return null;
  const around = await aroundOf(
    office,
    standing.map(({ recipient_id }) => recipient_id),
  );
  return (
    <Panel
      title={words.objections[lang]}
      {...(may('records:read')
        ? { more: { href: `${OBJECTIONS}?principal=${principal}`, label: words.seeObjections[lang] } }
        : {})}
    >
      <ul class="grid gap-3">
        {standing.map((row) => {
          const ended = endedNames({ row, retraction: null }, history, lang);
          return (
            <li>
              <strong>{objectionName(around, row, lang)}</strong>
              <span class="block small">
                {lang === 'ja' ? `${slashDay(row.on_day)}から。` : `Since ${slashDay(row.on_day)}. `}
                {ended === ''
                  ? words.endedNone[lang]
                  : `${words.endedConsents[lang]}${lang === 'ja' ? '：' : ': '}${ended}`}
              </span>
              {may('consents:write') && isRetractable({ row, retraction: null }) && (
                <a class="small" href={`${OBJECTIONS}/${row.id}/take-back`}>
                  {words.takeBackTitle[lang]}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** Where recording or retracting an objection leads: to the list, or to the person if the user may not read the list. */
export const afterwards = (c: Request, principal: string, objection: string, done: 'objected' | 'taken-back'): string =>
  c.get('may')('records:read')
    ? `${OBJECTIONS}?principal=${principal}&done=${objection}`
    : `/people/${principal}?done=${done}`;

export const objectionListPages = (room: Room): Route[] => [
  page('get', OBJECTIONS, 'records:read', (c) => list(room, c)),
  exportPage(room.office, { path: OBJECTIONS, may: 'records:read' }, (c) => fileOfAll(room, c)),
  page('get', `${OBJECTIONS}/:id`, 'records:read', (c) => show(room, c)),
  page('get', `${OBJECTIONS}/:id/take-back`, 'consents:write', async (c) => {
    const found = await objectionOf(room.office, c.req.param('id')!);
    return found.ok && isRetractable(found.value)
      ? takeBackPage(room, { c, one: found.value, reason: '' })
      : c.notFound();
  }),
  page('post', `${OBJECTIONS}/:id/take-back`, 'consents:write', (c) => takeBack(room, c), { texts: formTexts(labels) }),
];

export const objectionCatalogue = ({ office }: Room): Catalogue => ({
  title: words.objections,
  list: OBJECTIONS,
  things: async ({ id }) => {
    const found = id && (await objectionOf(office, id));
    if (!found || !found.ok) return [];
    const { row } = found.value;
    const said = moment(row.on_day, row.said_at);
    return [{ name: words.objected, href: `${OBJECTIONS}/${row.id}`, numbers: [row.id], says: both(said, said) }];
  },
});
