// The screens of provision: the list with its statutory records, one provision, and the form that asks the checkpoint and then provides.

import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../base/bilingual.ts';
import { isId, newId } from '../../base/id.ts';
import type { Office } from '../../office.ts';
import { page, type Env, type Form, type Route } from '../../platform/http/index.ts';
import { Banner } from '../../platform/ui/banner.tsx';
import { Button, LinkButton } from '../../platform/ui/button.tsx';
import { Chip } from '../../platform/ui/chip.tsx';
import { homeCrumb } from '../../platform/ui/crumbs.tsx';
import { Empty } from '../../platform/ui/empty.tsx';
import { Dl } from '../../platform/ui/fact-list.tsx';
import { FindingView } from '../../platform/ui/finding.tsx';
import { listed, slashDay, stamp, writtenDay } from '../../platform/ui/format.ts';
import { OfficePage } from '../../platform/ui/frame.tsx';
import { Panel } from '../../platform/ui/panel.tsx';
import { Table } from '../../platform/ui/table.tsx';
import { itemName, madeUnder, standing, type KnownHolding, type Standing } from '../checkpoint/index.ts';
import { askWith, AskView, type Round } from '../consultation/index.ts';
import { provide, provisionOf, provisions, type Provision } from './actions.ts';
import { providing, provisionFactsSchema } from './facts.ts';
import type { Provided } from './store.ts';
import { modeWords, relationWords, words } from './words.ts';

const PAGE = 50;
const PATH = '/provisions';

const labelOf = (holding: KnownHolding | undefined, code: string, lang: Lang): string =>
  holding?.labels.get(code)?.[lang] ?? code;

const crumbs = (lang: Lang, ...rest: { label: string; href?: string }[]) => [
  homeCrumb(lang),
  ...(rest.length > 0 ? [{ label: words.title[lang], href: PATH }, ...rest] : [{ label: words.title[lang] }]),
];

/** A purpose by its number and, where the policy in force states it, its name. */
const purposeText = (stands: Standing, id: string, lang: Lang): string => {
  const stated = stands.purposes.get(id)?.says;
  return stated ? `${id} ${stated[lang]}` : id;
};

const List = ({ lang, rows, stands }: { lang: Lang; rows: readonly Provided[]; stands: Standing }) => (
  <Table
    lang={lang}
    caption={words.title}
    stack
    columns={[
      { key: 'at', head: words.at[lang], rowHead: true, nowrap: true },
      { key: 'recipient', head: words.recipient[lang] },
      { key: 'relation', head: words.relation[lang], nowrap: true },
      { key: 'items', head: words.items[lang] },
      { key: 'holding', head: words.holding[lang] },
      { key: 'record', head: words.record[lang] },
    ]}
    rows={rows.map((row) => {
      const holding = stands.holdings.get(row.holding_id);
      return {
        cells: {
          at: <a href={`${PATH}/${row.id}`}>{stamp(row.at.getTime())}</a>,
          recipient: row.recipient.name,
          relation: relationWords[row.relation][lang],
          items: listed(
            row.items.map((code) => labelOf(holding, code, lang)),
            lang,
          ),
          holding: holding?.name[lang] ?? row.holding_id,
          record: row.record ? (
            <span>
              <Chip kind="good">{words.recorded[lang]}</Chip>{' '}
              <span class="nb">
                {lang === 'ja'
                  ? `${slashDay(row.record.keep_until)}まで保存`
                  : `kept until ${slashDay(row.record.keep_until)}`}
              </span>
            </span>
          ) : (
            words.noRecord[lang]
          ),
        },
      };
    })}
  />
);

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const principal = c.req.query('principal');
  const before = c.req.query('before');
  const recorded = c.req.query('recorded') === 'yes';
  const found = await provisions(office, {
    ...(principal && isId(principal) ? { principal } : {}),
    ...(before && isId(before) ? { before } : {}),
    recorded,
    most: PAGE + 1,
  });
  const rows = found.ok ? found.value.slice(0, PAGE) : [];
  const more = found.ok && found.value.length > PAGE;
  const query = new URLSearchParams({
    ...(principal && isId(principal) ? { principal } : {}),
    ...(recorded ? { recorded: 'yes' } : {}),
  });
  const next = more ? `${PATH}?${new URLSearchParams([...query, ['before', rows.at(-1)!.id]]).toString()}` : undefined;
  return c.html(
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={`${PATH}?${query.toString()}`}
      sub={words.sub[lang]}
      crumbs={crumbs(lang)}
    >
      <nav class="seg mb-4" aria-label={words.view[lang]}>
        <a href={PATH} aria-current={recorded ? undefined : 'page'}>
          {words.all[lang]}
        </a>
        <a href={`${PATH}?recorded=yes`} aria-current={recorded ? 'page' : undefined}>
          {words.onlyRecorded[lang]}
        </a>
      </nav>
      {rows.length === 0 ? (
        <Empty title={words.none[lang]} actions={<LinkButton href="/people">{words.toPeople[lang]}</LinkButton>}>
          {words.noneSays[lang]}
        </Empty>
      ) : (
        <>
          <List lang={lang} rows={rows} stands={await standing(office)} />
          {next && (
            <p class="mt-3">
              <a href={next}>{words.older[lang]}</a>
            </p>
          )}
        </>
      )}
    </OfficePage>,
  );
}

const RecordPanel = ({ lang, row, holding }: { lang: Lang; row: Provided; holding: KnownHolding | undefined }) => {
  const { record } = row;
  if (!record) {
    return (
      <Panel title={words.record[lang]}>
        <p class="small">{words.noRecordSays[lang]}</p>
      </Panel>
    );
  }
  const items = listed(
    record.items.map((code) => labelOf(holding, code, lang)),
    lang,
  );
  return (
    <Panel title={words.record[lang]} sub={words.recordSub[lang]}>
      <Dl
        items={[
          ...(record.consent_obtained ? [[words.consent[lang], words.consentYes[lang]] as const] : []),
          ...(record.provided_on ? [[words.providedOn[lang], writtenDay(record.provided_on, lang)] as const] : []),
          [words.recipient[lang], record.recipient_name],
          [words.address[lang], record.recipient_address],
          ...(record.recipient_representative
            ? [[words.representative[lang], record.recipient_representative] as const]
            : []),
          [words.person[lang], <a href={`/people/${record.principal_id}`}>{record.principal_id}</a>],
          [words.items[lang], items],
          [words.madeOn[lang], `${writtenDay(record.made_on, lang)}　${modeWords[record.mode][lang]}`],
          [words.keepUntil[lang], writtenDay(record.keep_until, lang)],
        ]}
      />
    </Panel>
  );
};

async function showOne(office: Office, c: Context<Env>): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const found = await provisionOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const row = found.value;
  const stands = await standing(office);
  const holding = stands.holdings.get(row.holding_id);
  const title = both(
    `${row.recipient.name ?? relationWords[row.relation].ja}への提供`,
    `Provision to ${row.recipient.name ?? relationWords[row.relation].en}`,
  );
  return c.html(
    <OfficePage
      {...frame}
      title={title[lang]}
      path={`${PATH}/${row.id}`}
      sub={stamp(row.at.getTime())}
      crumbs={crumbs(lang, { label: title[lang] })}
      actions={
        <LinkButton kind="second" href={`/log/entries/${row.id}`}>
          {words.logEntry[lang]}
        </LinkButton>
      }
    >
      <div class="grid gap-5 lg:grid-cols-2 items-start">
        <div class="grid gap-5">
          <Panel title={words.what[lang]}>
            <Dl
              items={[
                [words.person[lang], <a href={`/people/${row.principal_id}`}>{row.principal_id}</a>],
                [
                  words.holding[lang],
                  <a href={`/ledger/${row.holding_id}`}>{holding?.name[lang] ?? row.holding_id}</a>,
                ],
                [
                  words.items[lang],
                  listed(
                    row.items.map((code) => labelOf(holding, code, lang)),
                    lang,
                  ),
                ],
                [words.purpose[lang], purposeText(stands, row.purpose, lang)],
                [words.relation[lang], relationWords[row.relation][lang]],
                [words.recipient[lang], row.recipient.name ?? relationWords[row.relation][lang]],
              ]}
            />
          </Panel>
          <RecordPanel lang={lang} row={row} holding={holding} />
        </div>
        <FindingView
          lang={lang}
          finding={row.finding}
          question={title}
          title={words.mayHand}
          says={words.handedOver}
          madeUnder={madeUnder(row.policy_version, row.law_version)}
          itemName={itemName(lang)}
        />
      </div>
    </OfficePage>,
  );
}

interface Place {
  stands: Standing;
  holding: KnownHolding;
  principal: string;
}

async function placeOf(office: Office, c: Context<Env>, form: Form | null): Promise<Place | null> {
  const stands = await standing(office);
  const principal = form?.text('principal') ?? c.req.query('principal') ?? '';
  const holding = stands.holdings.get(form?.text('holding') ?? c.req.query('holding') ?? '');
  return holding && isId(principal) ? { stands, holding, principal } : null;
}

const Handed = ({ lang, holding, done }: { lang: Lang; holding: KnownHolding; done: Provision }) => (
  <div class="grid gap-5">
    <Banner kind="good" title={words.done[lang]}>
      {done.record
        ? both(
            `提供の記録を作りました。${writtenDay(done.record.keep_until, 'ja')}まで保存します。`,
            `The record was made. It is kept until ${writtenDay(done.record.keep_until, 'en')}.`,
          )[lang]
        : words.noRecordSays[lang]}
    </Banner>
    <Panel title={words.handed[lang]} sub={words.handedSub[lang]}>
      <Dl
        items={Object.entries(done.values).map(
          ([code, value]) => [labelOf(holding, code, lang), <span translate="no">{value}</span>] as const,
        )}
      />
      {done.absent.length > 0 && (
        <p class="small muted mt-2">
          {words.absent[lang]}
          {listed(
            done.absent.map((code) => labelOf(holding, code, lang)),
            lang,
          )}
        </p>
      )}
    </Panel>
    <p>
      <LinkButton kind="second" href={`${PATH}/${done.id}`}>
        {words.seeRecord[lang]}
      </LinkButton>
    </p>
  </div>
);

const newTitle = words.newTitle;

function formPage(
  office: Office,
  c: Context<Env>,
  { stands, holding, principal }: Place,
  round: Round,
  notice?: Bilingual,
): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const failed = round.problems.length > 0 || notice !== undefined;
  const attempt = c.req.method === 'POST' ? c.get('form').text('attempt') : newId(office.clock.now());
  return c.html(
    <OfficePage
      {...frame}
      title={newTitle[lang]}
      path={`${PATH}/new?principal=${principal}&holding=${holding.id}`}
      sub={holding.name[lang]}
      crumbs={crumbs(lang, { label: newTitle[lang] })}
      failed={failed}
    >
      {notice && (
        <div class="mb-4">
          <Banner kind="warn" title={notice[lang]} />
        </div>
      )}
      <AskView
        lang={lang}
        csrf={frame.csrf}
        action={`${PATH}/new`}
        stands={stands}
        values={{ holding: holding.id, principal, attempt }}
        fixed
        asked={both(`1人の情報を渡す：${holding.name.ja}`, `One person’s information: ${holding.name.en}`)}
        proceed={
          <Button name="do" value="provide" form="ask">
            {words.handOver[lang]}
          </Button>
        }
        round={round}
      />
    </OfficePage>,
    failed ? 422 : 200,
  );
}

const unread = words.unread;

async function submit(office: Office, c: Context<Env>, place: Place, round: Round): Promise<Response> {
  const { purpose, items, ...stated } = round.stated;
  const facts = provisionFactsSchema.safeParse(stated);
  if (!facts.success) return formPage(office, c, place, round, unread);
  const outcome = await provide(office, c.get('actor'), c.get('authority'), {
    principal: place.principal,
    holding: place.holding.id,
    items: Array.isArray(items) ? (items as string[]) : [],
    purpose: typeof purpose === 'string' ? purpose : '',
    facts: facts.data,
    attempt: c.get('form').text('attempt') || undefined,
  });
  const frame = c.get('frame');
  const { lang } = frame;
  if (outcome.ok) {
    return c.html(
      <OfficePage
        {...frame}
        title={words.done[lang]}
        path={`${PATH}/${outcome.value.id}`}
        crumbs={crumbs(lang, { label: newTitle[lang] })}
      >
        <Handed lang={lang} holding={place.holding} done={outcome.value} />
      </OfficePage>,
    );
  }
  const { problem } = outcome;
  if (problem.kind === 'conflict' && problem.existing) return c.redirect(`${PATH}/${problem.existing}`, 303);
  if (problem.kind === 'refused') return formPage(office, c, place, { ...round, finding: problem.finding });
  if (problem.kind === 'invalid') return formPage(office, c, place, round, problem.fields[0].says);
  return formPage(office, c, place, round, problem.says);
}

/** The screens of provision. */
export const provisionPages = (office: Office): Route[] => [
  page('get', PATH, 'records:read', (c) => showList(office, c)),
  page('get', `${PATH}/new`, 'people:provide', async (c) => {
    const place = await placeOf(office, c, null);
    if (!place) return c.redirect('/people', 303);
    const round = await askWith(office, place.stands, providing, place.holding, null);
    return formPage(office, c, place, round);
  }),
  page('post', `${PATH}/new`, 'people:provide', async (c) => {
    const form = c.get('form');
    const place = await placeOf(office, c, form);
    if (!place) return c.redirect('/people', 303);
    const round = await askWith(office, place.stands, providing, place.holding, form);
    return form.text('do') === 'provide' && round.finding !== null
      ? submit(office, c, place, round)
      : formPage(office, c, place, round);
  }),
  page('get', `${PATH}/:id`, 'records:read', (c) => showOne(office, c)),
];
