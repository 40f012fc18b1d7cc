// The page of a provision: what was handed over to which recipient, the statutory record, and the answer it rests on.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Dl, HeldValue, Instead } from '../../../platform/ui/fact-list.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { stamp, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { showIdentities, unreadWords } from '../../../vault/index.ts';
import { byOf } from '../../access/index.ts';
import {
  identityRows,
  itemName,
  madeUnder,
  modeWords,
  standing,
  type KnownHolding,
  type Standing,
} from '../../checkpoint/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { provisionOf } from '../actions/read.ts';
import { referencesOf } from '../actions/references.ts';
import { referenceNames } from '../facts.ts';
import { findProvision, type Provided } from '../store/provisions.ts';
import { referenceWords, relationWords, words } from '../words.ts';
import { crumbs, itemsText, PATH, peopleText, purposeText } from './list.tsx';
import { ConsentLink, personsPanel } from './persons.tsx';

const titleOf = ({ recipient, relation }: Provided): Bilingual =>
  both(
    `${recipient.name ?? relationWords[relation].ja}への提供`,
    `Provision to ${recipient.name ?? relationWords[relation].en}`,
  );

/** The person, or the number of persons. */
const Whose = ({ lang, row }: { lang: Lang; row: Provided }) =>
  row.principal === null ? (
    <a href="#persons">{peopleText(row.people, lang)}</a>
  ) : (
    <a href={`/people/${row.principal}`}>{row.principal}</a>
  );

interface RecordProps {
  lang: Lang;
  row: Provided;
  holding: KnownHolding | undefined;
  /** Identity rows of an erased person. */
  identity: ReturnType<typeof identityRows>;
}

const RecordPanel = ({ lang, row, holding, identity }: RecordProps) => {
  const { record } = row;
  if (!record) {
    return (
      <Panel title={words.record[lang]}>
        <p class="small">{words.noRecordSays[lang]}</p>
      </Panel>
    );
  }
  return (
    <Panel title={words.record[lang]} sub={words.recordSub[lang]}>
      <Dl
        items={[
          ...(record.consent_obtained
            ? [
                [
                  words.consent[lang],
                  row.consent ? <ConsentLink id={row.consent} says={words.consentYes[lang]} /> : words.consentYes[lang],
                ] as const,
              ]
            : []),
          ...(record.provided_on ? [[words.providedOn[lang], writtenDay(record.provided_on, lang)] as const] : []),
          [words.recipient[lang], <span translate="no">{record.recipient_name}</span>],
          [words.address[lang], <span translate="no">{record.recipient_address}</span>],
          ...(record.recipient_representative
            ? [[words.representative[lang], <span translate="no">{record.recipient_representative}</span>] as const]
            : []),
          [words.person[lang], <Whose lang={lang} row={row} />],
          ...identity.map(({ name, ...one }) => [name, <HeldValue {...one} />] as const),
          [words.items[lang], itemsText(holding, record.items, lang)],
          [words.madeOn[lang], `${writtenDay(record.made_on, lang)}　${modeWords[record.mode][lang]}`],
          [words.keepUntil[lang], writtenDay(record.keep_until, lang)],
        ]}
      />
    </Panel>
  );
};

/** The law and the document that a provision rests on, as stated. */
async function restsOn(office: Office, c: Context<Env>, row: Provided): Promise<[string, Child][]> {
  const lang = c.get('lang');
  const said = await referencesOf(office, byOf(c), row);
  return typeof said === 'string'
    ? row.referenced.map((name) => [
        referenceWords[name][lang],
        <Instead says={unreadWords[said][lang]} bad={said === 'unreadable'} />,
      ])
    : referenceNames.flatMap((name) =>
        said?.[name] === undefined ? [] : [[referenceWords[name][lang], <span translate="no">{said[name]}</span>]],
      );
}

interface WhatProps {
  c: Context<Env>;
  row: Provided;
  stands: Standing;
  restsOn: [string, Child][];
}

const WhatPanel = ({ c, row, stands, restsOn: rests }: WhatProps) => {
  const { lang } = c.get('frame');
  const holding = stands.holdings.get(row.holding_id);
  const name = row.recipient.name ? (
    <span translate="no">{row.recipient.name}</span>
  ) : (
    relationWords[row.relation][lang]
  );
  return (
    <Panel title={words.what[lang]}>
      <Dl
        items={[
          [words.person[lang], <Whose lang={lang} row={row} />],
          [words.holding[lang], <a href={`/ledger/${row.holding_id}`}>{holding?.name[lang] ?? row.holding_id}</a>],
          [words.items[lang], itemsText(holding, row.items, lang)],
          [words.purpose[lang], purposeText(stands, row.purpose, lang)],
          [words.relation[lang], relationWords[row.relation][lang]],
          [words.recipient[lang], row.recipient_id ? <a href={`/recipients/${row.recipient_id}`}>{name}</a> : name],
          ...rests,
          ...(row.package_id && c.get('may')('packages:read')
            ? [[words.file[lang], <a href={`/packages/${row.package_id}`}>{words.seeFile[lang]}</a>] as const]
            : []),
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
  const title = titleOf(row);
  const { principal } = row;
  const shown = principal && row.record ? await showIdentities(office, byOf(c), [principal]) : undefined;
  const identity = identityRows(principal ? shown?.get(principal) : undefined, lang);
  return c.html(
    <OfficePage
      {...frame}
      title={title[lang]}
      path={`${PATH}/${row.id}`}
      sub={stamp(row.at.getTime())}
      crumbs={crumbs(lang, { label: title[lang] })}
      actions={
        c.get('may')('log:read') && (
          <LinkButton kind="second" href={`/log/entries/${row.id}`}>
            {words.logEntry[lang]}
          </LinkButton>
        )
      }
    >
      <div class="grid gap-5 lg:grid-cols-2 items-start">
        <div class="grid gap-5">
          <WhatPanel c={c} row={row} stands={stands} restsOn={await restsOn(office, c, row)} />
          <RecordPanel lang={lang} row={row} holding={stands.holdings.get(row.holding_id)} identity={identity} />
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
      {row.people > 1 && <div class="mt-5">{await personsPanel(office, c, row)}</div>}
    </OfficePage>,
  );
}

export const onePages = (office: Office): Route[] => [
  page('get', `${PATH}/:id`, 'records:read', (c) => showOne(office, c)),
];

export const provisionCatalogue = ({ database }: Office): Catalogue => ({
  title: words.title,
  list: PATH,
  things: async ({ id }) => {
    const row = id && (await findProvision(database, id));
    if (!row) return [];
    const at = stamp(row.at.getTime());
    return [{ name: titleOf(row), href: `${PATH}/${row.id}`, numbers: [row.id], says: both(at, at) }];
  },
});
