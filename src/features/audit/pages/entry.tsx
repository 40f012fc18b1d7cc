// One entry: what it says, why it was allowed or refused, and the proof that the signed log contains it, with the steps to check that by hand.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import { decisionIn, entryText, itemsIn, proofFile, type LogEntry, type Receipt } from '../../../log/index.ts';
import { page, plain, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { homeCrumb } from '../../../platform/ui/crumbs.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { type Answer, Pass } from '../../../platform/ui/finding.tsx';
import { number, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { VerifierLink } from '../../../platform/ui/verifier.tsx';
import {
  actorName,
  actorNames,
  Authority,
  policyVersions,
  ruleWord,
  versionPlace,
  type Access,
  type PolicyVersion,
  type Room,
} from '../../access/index.ts';
import { purposeCode } from '../../beyond/index.ts';
import { holdingsOf } from '../../ledger/index.ts';
import { itemWord, type Place, placeWord } from '../../people/index.ts';
import { policyInForce, purposeName, type Policy } from '../../policy/index.ts';
import { collectionsById } from '../../related/index.ts';
import type { Catalogue } from '../../search/index.ts';
import { entryCalled, findEntry } from '../actions/log.ts';
import { leafOf, proofSteps, readHead, subjectsOf } from '../facts/entry.ts';
import { actionWord, countWord, subjectWord, valueWord } from '../words.ts';
import { GroundChips, PATH, placeOf, title } from './log.tsx';

const words = {
  says: both('記録の内容', 'What it says'),
  why: both('答えと根拠', 'Answer and grounds'),
  proof: both('この記録が書き換えられていない証明', 'Proof that it has not been rewritten'),
  file: both('証明のファイル（JSON）', 'Proof as a file (JSON)'),
  hand: both('自分で確かめるには', 'To check it yourself'),
  none: both('なし', 'None'),
} satisfies Record<string, Bilingual>;

const Code = ({ children }: { children?: Child }) => <code class="wrap-anywhere">{children}</code>;

/** The pages of things that an entry names by id. */
const places: Readonly<Record<string, string>> = {
  holding: '/ledger',
  recipient: '/recipients',
  jointUse: '/joint-uses',
  package: '/packages',
  consent: '/consents',
  site: '/transmissions',
  request: '/desk',
};

type SaysProps = {
  access: Access;
  entry: LogEntry;
  /** Names of staff and systems, by id. */
  names: ReadonlyMap<string, string>;
  /** The holdings it names and the collections of related information, by id. */
  places: ReadonlyMap<string, Place>;
  policy: Policy | null;
  /** The access policies that allowed the act, where they are no longer in force. */
  then: PolicyVersion | undefined;
  lang: Lang;
  mayOpen: (href: string) => boolean;
};

const purposeMembers = new Set(['purpose', 'purposes', 'held_for']);

/** A code or an id in words, as the registers call it. */
function wordIn({ access, entry, names, places, policy, lang }: SaysProps, name: string, code: string): string {
  if (itemsIn(entry).includes(code)) return itemWord(entry, code, places, lang);
  if (name === 'holding' || name === 'holdings' || name === 'collection') return placeWord(code, places, lang);
  if (name === 'system') return names.get(code) ?? code;
  if (name.startsWith('rules_')) return ruleWord(access, code, lang);
  if (purposeMembers.has(name)) return purposeCode(purposeName(policy, code, lang), lang);
  return valueWord(entry.action, [name, code], names, lang);
}

const Says = (props: SaysProps) => {
  const { access, entry, names, then, lang, mayOpen } = props;
  const ja = lang === 'ja';
  const hrefOf = (name: string): string | undefined => {
    const id = entry[name];
    if (entry.action === 'access:policies' && typeof id === 'number') return versionPlace(id);
    const href = places[name] && typeof id === 'string' && isId(id) ? `${places[name]}/${id}` : undefined;
    return href && mayOpen(href) ? href : undefined;
  };
  const items: [string, Child][] = [
    [ja ? '日時' : 'When', <span class="num">{stamp(Date.parse(entry.at))}</span>],
    [ja ? '行為' : 'Act', actionWord(entry.action, lang)],
    [ja ? 'した人' : 'By', actorName(entry.actor, names, lang)],
    ...(entry.principal
      ? [
          [
            ja ? '本人' : 'Person',
            <a href={`/people/${entry.principal}`}>
              <Code>{entry.principal}</Code>
            </a>,
          ] as [string, Child],
        ]
      : []),
    ...subjectsOf(entry, ja ? '、' : ', ', (name, code) => wordIn(props, name, code)).map(
      ([name, value]): [string, Child] => {
        const href = hrefOf(name);
        const shown = href ? (
          <a href={href}>
            <Code>{value}</Code>
          </a>
        ) : (
          <span class="wrap-anywhere">{value === '' ? words.none[lang] : value}</span>
        );
        return [(typeof entry[name] === 'number' ? countWord : subjectWord)(name, lang), shown];
      },
    ),
    ...(entry.authority?.length
      ? [
          [
            ja ? '権限の方針' : 'Authority',
            <Authority access={access} then={then} ids={entry.authority} lang={lang} mayOpen={mayOpen} />,
          ] as [string, Child],
        ]
      : []),
  ];
  return <Dl items={items} />;
};

const Why = ({ entry, lang }: { entry: LogEntry; lang: Lang }) => {
  const decision = decisionIn(entry);
  if (!decision) return null;
  const ja = lang === 'ja';
  return (
    <Panel title={words.why[lang]}>
      <Dl
        items={[
          [ja ? '答え' : 'Answer', <Pass answer={decision.answer as Answer} lang={lang} />],
          [ja ? '根拠' : 'Grounds', <GroundChips because={decision.because} lang={lang} />],
          [ja ? '方針' : 'Policy', ja ? `第${decision.policy}版` : `version ${decision.policy}`],
          [ja ? '法令データ' : 'Law data', decision.law],
        ]}
      />
    </Panel>
  );
};

const Proof = ({ proof, lang }: { proof: Receipt; lang: Lang }) => {
  const ja = lang === 'ja';
  const head = readHead(proof.checkpoint);
  return (
    <Panel title={words.proof[lang]}>
      <Dl
        items={[
          [
            ja ? '位置' : 'Position',
            ja ? `${number(proof.position)}（0から数えて）` : `${number(proof.position)} (counted from 0)`,
          ],
          [ja ? '記録の数' : 'Entries covered', number(proof.size)],
          [ja ? '根のハッシュ' : 'Root hash', <Code>{head.root}</Code>],
        ]}
      />
      <div class="btns mt-3">
        <LinkButton small kind="second" icon="download" download href={`${PATH}/entries/${proof.entry.id}/proof`}>
          {words.file[lang]}
        </LinkButton>
      </div>
    </Panel>
  );
};

/** File name of the proof of an entry. */
const proofName = (id: string): string => `sekisho-proof-${id}.json`;

const ByHand = ({ proof, lang }: { proof: Receipt; lang: Lang }) => {
  const ja = lang === 'ja';
  const text = entryText(proof.entry);
  const steps = proofSteps(proof.position, proof.size, proof.proof);
  return (
    <Panel title={words.hand[lang]} id="by-hand">
      <p class="small">
        {ja ? '証明のファイルは、' : 'The proof can be checked on '}
        <VerifierLink lang={lang} />
        {ja
          ? 'で、ブラウザーかNode.jsで確かめられます。確かめるときは、ネットワークもこのサーバーも要りません。'
          : ', in a browser or with Node.js; the check needs neither a network nor this server.'}
      </p>
      <p class="small mt-3">
        {ja
          ? `後日、この${number(proof.size)}件までの記録が書き換えられていないことも確かめられます。その日の`
          : `On a later day it also tells whether these ${number(proof.size)} entries were rewritten. Save that day’s `}
        <a href={`/log/consistency/${proof.size}`} download="log.json" data-turbo="false">
          {ja ? '続きの証明' : 'proof that the log continues'}
        </a>
        {ja ? 'を保存し、この証明と合わせて確かめます。' : ' and check it against this proof.'}
      </p>
      <details class="mt-3">
        <summary>{ja ? '計算を1つずつたどる' : 'Follow the computation step by step'}</summary>
        <ol class="small list-decimal pl-5 grid gap-3 mt-3">
          <li>
            {ja ? '記録の文（この文字列そのもの）：' : 'The text of the entry, exactly these characters:'}
            <pre class="whitespace-pre-wrap wrap-anywhere mt-1">{text}</pre>
          </li>
          <li>
            {ja
              ? '文の前に 0x00 の1バイトを置き、SHA-256 を取ります（葉）：'
              : 'Put one byte 0x00 before it and take SHA-256; this is the leaf:'}{' '}
            <Code>{leafOf(text)}</Code>
          </li>
          {steps.map((step) => (
            <li>
              {step.side === 'left'
                ? ja
                  ? '0x01、次の値、手元の値の順に並べて SHA-256：'
                  : 'SHA-256 of 0x01, this value, the value at hand:'
                : ja
                  ? '0x01、手元の値、次の値の順に並べて SHA-256：'
                  : 'SHA-256 of 0x01, the value at hand, this value:'}{' '}
              <Code>{step.hash}</Code>
            </li>
          ))}
          <li>
            {ja
              ? '結果が、署名された根のハッシュと同じであることを見ます。署名は検証鍵で確かめます：'
              : 'The result must be the signed root hash. Check the signature with the key:'}
            <pre class="whitespace-pre-wrap wrap-anywhere mt-1">{proof.checkpoint}</pre>
            <Code>{proof.vkey}</Code>
          </li>
        </ol>
        <p class="small muted mt-3">
          {ja
            ? '値は Base64 です。計算は RFC 9162、署名は C2SP signed-note のとおりです。'
            : 'Values are in Base64. The computation is that of RFC 9162, the signature that of C2SP signed-note.'}
        </p>
      </details>
    </Panel>
  );
};

async function show(room: Room, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  const found = isId(id) ? await findEntry(room, id) : null;
  if (!found) return c.notFound();
  const { entry, proof } = found;
  // Every id that the entry names, of whatever kind.
  const ids = JSON.stringify(entry).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  const names = await actorNames(room.access, ids);
  const places = new Map<string, Place>([
    ...(await holdingsOf(room.office, ids)),
    ...(await collectionsById(room.office)),
  ]);
  const policy = (await policyInForce(room.office, room.office.clock.today()))?.policy ?? null;
  const at = Date.parse(entry.at);
  const versions = entry.authority?.length ? await policyVersions(room.access) : [];
  const then = versions.find(({ since, until }) => since <= at && until !== null && at < until);
  const heading = actionWord(entry.action, lang);
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={heading}
      path={placeOf(c)}
      crumbs={[homeCrumb(lang), { label: title[lang], href: PATH }, { label: heading }]}
      sub={<span class="num wrap-anywhere">{entry.id}</span>}
    >
      {!proof && (
        <div class="mb-5">
          <Banner
            kind="info"
            title={lang === 'ja' ? 'まだ署名されていません' : 'Not signed yet'}
            action={{ href: placeOf(c), label: lang === 'ja' ? '読み込み直す' : 'Reload' }}
          >
            {lang === 'ja'
              ? '記録は残っています。ふつうは1秒ほどで署名に含まれ、証明できるようになります。'
              : 'The entry is on record. It is usually signed within a second and can then be proved.'}
          </Banner>
        </div>
      )}
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)] items-start">
        <Panel title={words.says[lang]}>
          <Says {...{ access: room.access, entry, names, places, policy, then, lang, mayOpen: c.get('mayOpen') }} />
        </Panel>
        <div class="grid gap-5 min-w-0">
          <Why entry={entry} lang={lang} />
          {proof && <Proof proof={proof} lang={lang} />}
        </div>
      </div>
      {proof && (
        <div class="mt-5">
          <ByHand proof={proof} lang={lang} />
        </div>
      )}
    </OfficePage>,
  );
}

async function proofAsFile(room: Room, c: Context<Env>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const found = isId(id) ? await findEntry(room, id) : null;
  if (!found?.proof) return c.notFound();
  return c.body(proofFile(found.proof), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${proofName(id)}"`,
  });
}

export const entryPages = (room: Room): Route[] => [
  page('get', `${PATH}/entries/:id`, 'log:read', (c) => show(room, c)),
  plain(`${PATH}/entries/:id/proof`, 'log:read', (c) => proofAsFile(room, c)),
];

export const entryCatalogue = (room: Room): Catalogue => ({
  title,
  list: PATH,
  things: async (asked) => {
    const found = await entryCalled(room, asked);
    if (!found) return [];
    const { entry, position } = found;
    const at = stamp(Date.parse(entry.at));
    return [
      {
        name: both(actionWord(entry.action, 'ja'), actionWord(entry.action, 'en')),
        href: `${PATH}/entries/${entry.id}`,
        numbers: [entry.id, String(position)],
        says: both(`${at}　位置 ${number(position)}`, `${at}, position ${number(position)}`),
      },
    ];
  },
});
