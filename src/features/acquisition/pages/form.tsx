// The form for acquiring by hand: which holding, how it came, for what, and the items. Bad input keeps every value. A refusal by the law is a page
// of its own, from which the form can be taken up again. Values are sent in bodies only.

import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import type { Finding } from '../../../base/finding.ts';
import { isId, newId } from '../../../base/id.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { readText } from '../../../base/text.ts';
import {
  consentGivers,
  provisionItems,
  type Consent,
  type Party,
  type ReceiptBasis,
  type ReceiptFacts,
} from '../../../law/index.ts';
import type { LogEntry } from '../../../log/index.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Banner } from '../../../platform/ui/banner.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import {
  Checks,
  csrfField,
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  problemAt,
  PurposeBanner,
  Radios,
  SelectField,
  TextField,
  type Option,
} from '../../../platform/ui/form.tsx';
import { listed, dayProblem, readJapaneseDate, stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { giverHint, giverWords, madeUnder, partyWords, recordIn } from '../../checkpoint/index.ts';
import { questionOf, type Leaf } from '../../consultation/index.ts';
import { holdings, INDIRECT, type Holding } from '../../ledger/index.ts';
import { policyInForce, type Policy } from '../../policy/index.ts';
import { itemOf, type HeldRecord } from '../../../vault/index.ts';
import { acquire, changesIn, openToCompare, type AcquireRequest } from '../actions.ts';
import { isIndirect, MOST_GIVEN, placements, sources, type AcquireAsk } from '../facts.ts';
import { basisWords, changeWords, placementWords, providerWords, sourceWords, words } from '../words.ts';
import { chooseHolding } from './choose.tsx';
import { ItemField, itemField, itemFieldLabel, typedItem } from './items.tsx';
import {
  ComparedTable,
  havingOf,
  namedIn,
  SharingField,
  sharingLabel,
  shownIn,
  type Having,
  type Opened,
} from './sharing.tsx';
import { crumbs, PATH, type Request } from './sheet.tsx';
import { byOf } from '../../access/index.ts';

/** The field of the choice of persons who share the e-mail address, by the name of the fact. */
const SHARING = 'sharesEmailWith';

/** The fields with one text each, beside the items. */
const texts = [
  'holding',
  'principal',
  'seen',
  'channel',
  'source',
  'placement',
  ...Object.keys(providerWords),
] as const;

/** The facts about another giver that are answered with yes or no. */
const yesNo = ['receipt.documentSeen', 'receipt.consentObtained', 'receipt.filingPublished', 'receipt.ownUse'] as const;

/** What a consent to special care-required information must cover. */
const consentScope = ['consent.coversItems', 'consent.coversPurpose'] as const;

const CLAIM = 'receipt.exception.';
/** The facts of the item of 27(1) under which another gives it, in the words in which the question about receiving asks for them. */
const claimLeaves: readonly Leaf[] = questionOf('receive')!
  .leaves.filter(({ path }) => /^exception\.(?!publishedByListed|outwardlyEvident)/.test(path))
  .map((leaf) => ({ ...leaf, path: `receipt.${leaf.path}` }));
const claimLabels: Record<string, Bilingual> = Object.fromEntries(
  claimLeaves.map(({ path, field }) => [path, field.label]),
);

/** The fields asked only if the information came from somebody else. */
const receiptFields = [
  'receipt.provider.kind',
  'receipt.provider.name',
  'receipt.provider.address',
  'receipt.provider.representative',
  'receipt.basis',
  'receipt.howAcquired',
  ...yesNo,
  ...Object.keys(claimLabels),
];

interface View {
  c: Request;
  holding: Holding;
  policy: { version: number; policy: Policy };
  form: Form;
  problems: readonly FieldProblem[];
  /** The persons who have the e-mail address that was given. */
  having: readonly Having[];
  /** What was opened of them for comparison. */
  opened?: readonly Opened[];
  /** What the holding keeps of the person to whom items are added. */
  kept: HeldRecord | null;
  /** The version that was seen when the form was opened; '' where nothing was kept. */
  seen: string;
  /** The changes since then, newest first, when they came first. */
  changes: readonly LogEntry[];
  now: number;
}

const nothing: Form = { text: () => '', all: () => [], file: () => undefined };

/** True when a holding takes in only what others give, and nothing from the person. */
const onlyFromOthers = ({ channels }: Holding): boolean => channels.every((channel) => channel === INDIRECT);

/**
 * The form before anything was typed, with what the address says. A purpose is chosen in advance only if there is just one: otherwise it is not
 * known which were stated to this person.
 */
const fresh = (holding: Holding, principal: string): Form => ({
  ...nothing,
  text: (name) =>
    name === 'principal' ? principal : name === 'source' ? (onlyFromOthers(holding) ? 'third-party' : 'principal') : '',
  all: (name) => (name === 'purposes' && holding.purposes.length === 1 ? holding.purposes : []),
});

const optionsOf = (said: Record<string, Bilingual>, codes: readonly string[] = Object.keys(said)): Option[] =>
  codes.map((code) => ({ value: code, label: said[code]! }));

const answers: readonly Option[] = [
  { value: 'yes', label: both('はい', 'Yes') },
  { value: 'no', label: both('いいえ', 'No') },
];

const purposeLine = (policy: Policy, id: string, lang: Lang): string =>
  policy.purposes.find((p) => p.id === id)?.text[lang] ?? id;

const ReceivedFields = ({ c, holding, policy: { policy }, form, problems }: View) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, words, problems);
  const others = onlyFromOthers(holding);
  const channels = policy.operator.acquisition_channels.filter(({ id }) => others || holding.channels.includes(id));
  const from = sources.filter((one) => (isIndirect(one) ? holding.channels.includes(INDIRECT) : !others));
  return (
    <>
      <Radios
        {...field('channel')}
        need="required"
        value={form.text('channel')}
        options={channels.map((channel) => ({ value: channel.id, label: channel.name }))}
      />
      <SelectField
        {...field('source')}
        need="required"
        value={form.text('source')}
        options={optionsOf(sourceWords, from)}
      />
      <Checks
        {...field('purposes')}
        hint={words.purposesHint[lang]}
        need="required"
        values={form.all('purposes')}
        options={holding.purposes.map((id) => ({
          value: id,
          label: `${id} ${policy.purposes.find((p) => p.id === id)?.label[lang] ?? ''}`,
        }))}
      />
      <Radios
        {...field('placement')}
        hint={
          lang === 'ja'
            ? '書面や画面で本人から直接受け取るときは、前もって示します（法21条2項）。'
            : 'Shown first whenever the person hands it over in writing or on a screen (APPI Art. 21(2)).'
        }
        value={form.text('placement')}
        options={optionsOf(placementWords, placements)}
        blank={words.unknown}
      />
    </>
  );
};

const SourceFields = ({ c, form, problems }: View) => {
  const lang = c.get('lang');
  const given = (name: string) => ({ ...fieldFor(lang, providerWords, problems)(name), value: form.text(name) });
  return (
    <details class="mb-5" open={isIndirect(form.text('source'))}>
      <summary class="font-bold cursor-pointer">{words.third[lang]}</summary>
      <p class="small muted my-3">{words.thirdHint[lang]}</p>
      <SelectField {...given('receipt.provider.kind')} options={optionsOf(partyWords)} blank={words.unknown} />
      <TextField {...given('receipt.provider.name')} />
      <TextField {...given('receipt.provider.address')} />
      <TextField {...given('receipt.provider.representative')} />
      <SelectField {...given('receipt.basis')} options={optionsOf(basisWords)} blank={words.unknown} />
      <TextField {...given('receipt.howAcquired')} />
      {yesNo.map((name) => (
        <Radios {...given(name)} options={answers} blank={words.unknown} />
      ))}
    </details>
  );
};

/** The item of 27(1) under which it is given, and what belongs to it. */
const ClaimFields = ({ c, form, problems }: View) => {
  const lang = c.get('lang');
  const given = ({ path, field: { hint } }: Leaf) => ({
    ...fieldFor(lang, claimLabels, problems)(path),
    value: form.text(path),
    ...(hint ? { hint: hint[lang] } : {}),
  });
  return (
    <details
      class="mb-5"
      open={form.text('receipt.basis') === 'exception' || claimLeaves.some(({ path }) => form.text(path) !== '')}
    >
      <summary class="font-bold cursor-pointer">{words.claim[lang]}</summary>
      <p class="small muted my-3">{words.claimHint[lang]}</p>
      {claimLeaves.map((leaf) =>
        leaf.field.control === 'choice' ? (
          <SelectField {...given(leaf)} options={optionsOf(leaf.field.options)} blank={words.unknown} />
        ) : leaf.field.control === 'yes-no' ? (
          <Radios {...given(leaf)} options={answers} blank={words.unknown} />
        ) : (
          <TextField {...given(leaf)} />
        ),
      )}
    </details>
  );
};

const CareFields = ({ c, form, problems }: View) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, providerWords, problems);
  const day = form.text('consent.on');
  return (
    <>
      <Radios
        lang={lang}
        name="consent"
        label={words.care}
        hint={words.careHint[lang]}
        value={form.text('consent')}
        options={[
          { value: 'yes', label: both('同意がある', 'The person has consented') },
          { value: 'no', label: both('同意はない', 'There is none') },
        ]}
        blank={words.unknown}
        error={problemAt(problems, 'consent', lang)}
      />
      <SelectField
        {...field('consent.givenBy')}
        hint={giverHint[lang]}
        value={form.text('consent.givenBy')}
        options={optionsOf(giverWords, consentGivers)}
        blank={words.unknown}
      />
      <DateField {...field('consent.on')} value={day} understood={day === '' ? null : readJapaneseDate(day)} />
      {consentScope.map((name) => (
        <Radios {...field(name)} value={form.text(name)} options={answers} blank={words.unknown} />
      ))}
    </>
  );
};

/** The typed values of the items that are opened for comparison. */
const typedIn = ({ holding, form }: View): Record<string, string> =>
  Object.fromEntries(
    holding.items.flatMap(({ code }) => {
      const value = typedItem(code, form.text(itemField(code)));
      return value === undefined ? [] : [[code, value] as const];
    }),
  );

const SharingFields = (view: View) => {
  const { c, holding, form, problems, having, opened } = view;
  const lang = c.get('lang');
  const may = c.get('may');
  return (
    <>
      {opened && (
        <div class="mb-4" tabindex={-1} autofocus>
          <ComparedTable lang={lang} typed={typedIn(view)} opened={opened} />
        </div>
      )}
      <SharingField
        lang={lang}
        name={SHARING}
        having={having}
        named={form.all(SHARING)}
        error={problemAt(problems, SHARING, lang)}
        to="acquire"
        labelOf={(code) => holding.items.find((item) => item.code === code)?.label ?? itemOf(code).label}
        sees={may('people:search')}
        compare={may('people:use') && !opened ? `${PATH}/compare` : null}
      />
    </>
  );
};

const Fields = (view: View) => {
  const { c, holding, policy, form, problems, now } = view;
  const lang = c.get('lang');
  const hidden = {
    holding: holding.id,
    principal: form.text('principal') || undefined,
    seen: view.seen || undefined,
    key: newId(now),
  };
  return (
    <PostForm action={PATH} csrf={c.get('csrf')} values={hidden} whole>
      <Panel title={words.received[lang]}>
        <PurposeBanner lang={lang}>
          {holding.purposes.map((id) => (
            <>
              {`${id}${lang === 'ja' ? '：' : ': '}${purposeLine(policy.policy, id, lang)}`}
              <br />
            </>
          ))}
        </PurposeBanner>
        <ReceivedFields {...view} />
        {holding.channels.includes(INDIRECT) && <SourceFields {...view} />}
        {holding.channels.includes(INDIRECT) && <ClaimFields {...view} />}
        {holding.items.some((item) => item.special_care) && <CareFields {...view} />}
      </Panel>
      <div class="my-5">
        <Panel title={words.values[lang]} id="values">
          <p class="small muted mb-4">{words.valuesHint[lang]}</p>
          {holding.items.map(({ code, label }) => (
            <>
              <ItemField
                lang={lang}
                code={code}
                label={label}
                value={form.text(itemField(code))}
                hint={view.kept?.items.includes(code) ? words.keptAlready[lang] : undefined}
                error={problemAt(problems, itemField(code), lang)}
              />
              {code === 'email' && <SharingFields {...view} />}
            </>
          ))}
        </Panel>
      </div>
      <Buttons>
        <Button>{words.submit[lang]}</Button>
        <LinkButton kind="text" href={c.get('may')('records:read') ? PATH : '/'}>
          {words.cancel[lang]}
        </LinkButton>
      </Buttons>
    </PostForm>
  );
};

const labelsOf = (holding: Holding): Record<string, Bilingual> => ({
  channel: words.channel,
  source: words.source,
  purposes: words.purposes,
  placement: words.placement,
  [SHARING]: sharingLabel,
  ...providerWords,
  ...claimLabels,
  ...Object.fromEntries(holding.items.map((item) => [itemField(item.code), item.label])),
});

/** The changes made while the form was open: when, what was done, and to which items. */
const Changes = ({ c, holding, changes }: View) => {
  const lang = c.get('lang');
  if (changes.length === 0) return null;
  const labels = new Map(holding.items.map(({ code, label }) => [code, label]));
  return (
    <div class="mb-5 max-w-[800px]">
      <Banner kind="warn" icon="warn" title={words.changes[lang]}>
        {changes.map(({ at, action, items }) => (
          <>
            {`${stamp(Date.parse(at))}　${changeWords[action]![lang]}　${listed(
              (items as string[]).map((code) => (labels.get(code) ?? itemOf(code).label)[lang]),
              lang,
            )}`}
            <br />
          </>
        ))}
      </Banner>
    </div>
  );
};

const FormPage = (view: View) => {
  const { c, holding, form, problems } = view;
  const lang = c.get('lang');
  const principal = form.text('principal');
  const context = principal
    ? lang === 'ja'
      ? `本人 ${principal.slice(-8)} に加えます`
      : `Added to person ${principal.slice(-8)}`
    : lang === 'ja'
      ? '新しい本人として受け取ります'
      : 'Taken in as a new person';
  return (
    <OfficePage
      {...c.get('frame')}
      title={words.acquireTitle[lang]}
      path={`${PATH}/new?holding=${holding.id}${principal ? `&principal=${principal}` : ''}`}
      failed={problems.length > 0}
      sub={`${holding.name[lang]}　${context}`}
      crumbs={crumbs(lang, words.acquire)}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labelsOf(holding)} />
      <Changes {...view} />
      <div class="max-w-[800px]">
        <Fields {...view} />
      </div>
    </OfficePage>
  );
};

/** The typed values in hidden fields, so that a refused form can be taken up again without values in an address. */
const TakeUpAgain = ({ c, holding, form }: View) => {
  const lang = c.get('lang');
  const names = [...texts, ...holding.items.map((item) => itemField(item.code))];
  return (
    <form method="post" action={`${PATH}/new`} data-turbo="false" data-turbo-temporary>
      <input type="hidden" name={csrfField} value={c.get('csrf')} />
      {names.map((name) => form.text(name) !== '' && <input type="hidden" name={name} value={form.text(name)} />)}
      {['purposes', SHARING, `${SHARING}.shown`].flatMap((name) =>
        form.all(name).map((value) => <input type="hidden" name={name} value={value} />),
      )}
      <Button kind="second">{words.again[lang]}</Button>
    </form>
  );
};

const RefusedPage = (view: View & { finding: Finding; decision: string }) => {
  const { c, holding, policy, finding, decision } = view;
  const lang = c.get('lang');
  const hold = finding.answer === 'unknown';
  const reason = hold
    ? both(
        '足りない事実があります。分かるまで、受け取れません。',
        'Facts are missing. Until they are known, it cannot be taken in.',
      )
    : both('この受け取り方では、情報を取得できません。', 'It may not be acquired this way.');
  return (
    <OfficePage
      {...c.get('frame')}
      title={words.answer[lang]}
      path={`${PATH}/new?holding=${holding.id}`}
      crumbs={crumbs(lang, words.answer)}
    >
      <div class="max-w-[640px]">
        <FindingView
          lang={lang}
          finding={finding}
          question={lang === 'ja' ? `「${holding.name.ja}」に受け取る` : `Taking in for “${holding.name.en}”`}
          title={hold ? both('まだ受け取れません', 'not yet') : both('受け取れません', 'it may not be taken in')}
          says={`${reason[lang]}${lang === 'ja' ? '' : ' '}${words.nothingTaken[lang]}`}
          actions={
            <>
              <TakeUpAgain {...view} />
              {c.get('may')('log:read') && (
                <LinkButton kind="text" href={`/log/entries/${decision}`}>
                  {words.see[lang]}
                </LinkButton>
              )}
            </>
          }
          madeUnder={madeUnder(policy.version)}
          groundHref={(g) => (g.law === 'policy' ? `/living-policy#c${g.article}` : undefined)}
        />
      </div>
    </OfficePage>
  );
};

const answered = (text: string): boolean | undefined => (text === 'yes' ? true : text === 'no' ? false : undefined);

/** Drops facts that were not answered: a field left empty stays unknown. */
const known = <T extends object>(facts: T): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== '')) as T;

/** The item of 27(1) as stated; undefined where none was chosen, which leaves its elements without a meaning. */
function readClaim(form: Form, problems: FieldProblem[]): ReceiptFacts['exception'] {
  const text = (name: string): string => form.text(`${CLAIM}${name}`).trim();
  const item = provisionItems.find((one) => one === text('item'));
  if (!item) {
    const stray = Object.keys(claimLabels).filter((path) => form.text(path).trim() !== '');
    problems.push(...stray.map((field) => ({ field, says: words.onlyClaim })));
    return undefined;
  }
  const field = `${CLAIM}legalBasis`;
  const read = claimLeaves.flatMap(({ path, field: { control } }) =>
    control === 'yes-no' ? [[path.slice(CLAIM.length), answered(form.text(path))]] : [],
  );
  return known({
    item,
    legalBasis: readText(form.text(field), { most: 500 }, (says) => problems.push({ field, says })),
    ...(Object.fromEntries(read) as object),
  });
}

function readReceipt(form: Form, problems: FieldProblem[]): ReceiptFacts {
  const text = (name: string): string => form.text(`receipt.${name}`).trim();
  const line = (name: string, most: number): string =>
    readText(form.text(`receipt.${name}`), { most }, (says) => problems.push({ field: `receipt.${name}`, says }));
  const provider: Party = known({
    kind: (Object.hasOwn(partyWords, text('provider.kind')) ? text('provider.kind') : undefined) as Party['kind'],
    name: line('provider.name', MOST_GIVEN.name),
    address: line('provider.address', MOST_GIVEN.address),
    representative: line('provider.representative', MOST_GIVEN.representative),
  });
  return known<ReceiptFacts>({
    provider,
    basis: (Object.hasOwn(basisWords, text('basis')) ? text('basis') : undefined) as ReceiptBasis,
    exception: readClaim(form, problems),
    howAcquired: line('howAcquired', MOST_GIVEN.howAcquired),
    documentSeen: answered(text('documentSeen')),
    consentObtained: answered(text('consentObtained')),
    filingPublished: answered(text('filingPublished')),
    ownUse: answered(text('ownUse')),
  });
}

/** Problems with fields that belong to another answer of the form and would be lost: about another giver, or about a consent. */
function strayIn(form: Form, source: AcquireAsk['source'] | undefined): FieldProblem[] {
  const filled = (names: readonly string[]): string[] => names.filter((name) => form.text(name).trim() !== '');
  const receipt = isIndirect(source) ? [] : filled(receiptFields);
  const consent = answered(form.text('consent')) ? [] : filled(['consent.givenBy', 'consent.on', ...consentScope]);
  return [
    ...receipt.map((field) => ({ field, says: words.onlyOthers })),
    ...consent.map((field) => ({ field, says: words.onlyConsent })),
  ];
}

/** The stated consent; null where there is none, and undefined where that is not known. */
function readConsent(form: Form): Consent | null | undefined {
  const consented = answered(form.text('consent'));
  if (!consented) return consented === false ? null : undefined;
  const givenBy = consentGivers.find((giver) => giver === form.text('consent.givenBy'));
  const on = readJapaneseDate(form.text('consent.on'));
  return known<Consent>({
    givenBy,
    on: on ?? undefined,
    coversItems: answered(form.text('consent.coversItems')),
    coversPurpose: answered(form.text('consent.coversPurpose')),
  });
}

/** The ask as the form states it, with those problems of the form that the action would not see. */
function readAsk(view: View): { ask: AcquireAsk; problems: FieldProblem[] } {
  const { holding, form, seen } = view;
  const items = typedIn(view);
  const source = sources.find((one) => one === form.text('source'));
  const placement = placements.find((one) => one === form.text('placement'));
  const consent = readConsent(form);
  const problems: FieldProblem[] = [];
  const say = (field: string, ja: string, en: string): unknown => problems.push({ field, says: both(ja, en) });
  if (form.text('channel') === '') say('channel', '選んでください', 'Choose one');
  if (!source) say('source', '選んでください', 'Choose one');
  const day = form.text('consent.on');
  if (day !== '' && !readJapaneseDate(day)) problems.push({ field: 'consent.on', says: dayProblem(day) });
  problems.push(...strayIn(form, source).filter(({ field }) => !problems.some((one) => one.field === field)));
  if (Object.keys(items).length === 0)
    say(itemField(holding.items[0]?.code ?? ''), '受け取った項目を1つ以上書いてください', 'Fill in at least one item');
  const ask: AcquireAsk = {
    holding: holding.id,
    channel: form.text('channel'),
    source: source ?? 'principal',
    purposes: form.all('purposes'),
    items,
    ...namedIn(form, SHARING),
    ...(placement ? { purposeIndicated: { placement } } : {}),
    ...(form.text('principal') ? { principal: form.text('principal') } : {}),
    ...(/^[1-9]\d{0,8}$/.test(seen) ? { seen: Number(seen) } : {}),
    ...(isIndirect(source) ? { receipt: readReceipt(form, problems) } : {}),
    ...(consent === undefined ? {} : { consent }),
  };
  return { ask, problems };
}

async function viewOf(
  office: Office,
  c: Request,
  holding: string | undefined,
  form: Form | null,
): Promise<View | null> {
  const policy = await policyInForce(office, office.clock.today());
  const found = holding === undefined ? undefined : (await holdings(office)).find((one) => one.id === holding);
  if (!policy || !found || found.state !== 'active') return null;
  const asked = c.req.query('principal') ?? '';
  const shown = form ?? fresh(found, isId(asked) ? asked : '');
  const principal = shown.text('principal');
  const kept = principal ? await recordIn(office.database, principal, found.id) : null;
  const now = office.clock.now();
  // A form shown again after an error keeps the version its reader saw when they opened it, even if the data has changed since.
  const seen = form ? form.text('seen') : versionOf(kept);
  const having = await havingOf(office, found.id, shownIn(shown, SHARING));
  return { c, holding: found, policy, form: shown, problems: [], having, kept, seen, changes: [], now };
}

const versionOf = (kept: HeldRecord | null): string => String(kept?.version ?? '');

/** The same form, with what the holding keeps now and what has changed since it was opened. */
async function overtaken(office: Office, { seen, ...view }: View): Promise<View> {
  const principal = view.form.text('principal');
  const kept = await recordIn(office.database, principal, view.holding.id);
  const since = (kept?.version ?? 0) - Number(seen);
  const changes = since > 0 ? await changesIn(office, principal, view.holding.id, since) : [];
  return { ...view, kept, seen: versionOf(kept), changes };
}

async function show(office: Office, c: Request, form: Form | null): Promise<Response> {
  const asked = form ? form.text('holding') : c.req.query('holding');
  const view = await viewOf(office, c, asked, form);
  if (view) return c.html(<FormPage {...view} />);
  return chooseHolding(office, c, asked ? 404 : 200);
}

/** Problems at the fields of the form: `purposes.0` is the list of purposes, `items` the first item. */
function atFields(problems: readonly FieldProblem[], holding: Holding): FieldProblem[] {
  const first = itemField(holding.items[0]?.code ?? '');
  return problems.map(({ field, says }) => {
    if (field.startsWith('purposes')) return { field: 'purposes', says };
    return { field: field === 'items' ? first : field, says };
  });
}

async function submit(office: Office, c: Request): Promise<Response> {
  const form = c.get('form');
  const view = await viewOf(office, c, form.text('holding'), form);
  if (!view) return show(office, c, form);
  const { ask, problems } = readAsk(view);
  if (problems.length > 0) return c.html(<FormPage {...view} problems={problems} />, 422);
  const key = form.text('key');
  const request: AcquireRequest = {
    ...ask,
    // A second press of the button has no second effect.
    ...(isId(key) ? { idempotency: { key, text: JSON.stringify(ask) } } : {}),
  };
  const acquired = await acquire(office, byOf(c), request);
  if (acquired.ok) return c.redirect(`/people/${acquired.value.record.principal}?done=acquired`, 303);
  const { problem } = acquired;
  if (problem.kind === 'refused')
    return c.html(<RefusedPage {...view} finding={problem.finding} decision={problem.decision} />, 403);
  if (problem.kind === 'conflict' && problem.field === 'seen') {
    const now = await overtaken(office, view);
    return c.html(<FormPage {...now} problems={[{ field: '', says: words.overtaken }]} />, 409);
  }
  if (problem.kind !== 'conflict') {
    const wrong =
      problem.kind === 'invalid' ? atFields(problem.fields, view.holding) : [{ field: '', says: problem.says }];
    return c.html(<FormPage {...view} problems={wrong} />, problemStatus(problem));
  }
  const { field, says, principals = [] } = problem;
  const having = await havingOf(office, view.holding.id, principals);
  // If nobody has the address any more, there is nobody to choose.
  const at = field === SHARING && having.length === 0 ? itemField('email') : field;
  return c.html(<FormPage {...view} having={having} problems={[{ field: at, says }]} />, problemStatus(problem));
}

/** The same form, with the items that tell apart the persons who have the e-mail address. */
async function compare(office: Office, c: Request): Promise<Response> {
  const form = c.get('form');
  const view = await viewOf(office, c, form.text('holding'), form);
  if (!view || !c.get('may')('people:acquire')) return c.notFound();
  const by = byOf(c);
  const about = { holding: view.holding.id, purposes: form.all('purposes') };
  const opened: Opened[] = [];
  for (const { id } of view.having)
    opened.push({ id, values: await openToCompare(office, by, { ...about, principal: id }) });
  return c.html(<FormPage {...view} opened={opened} />);
}

/** Items are kept exactly as they were given. */
const acquisitionTexts = formTexts((name) => providerWords[name] ?? claimLabels[name] ?? itemFieldLabel(name), {
  exact: /^items\./,
});

export const formPages = (office: Office): Route[] => [
  page('get', `${PATH}/new`, 'people:acquire', (c) => show(office, c, null)),
  page('post', `${PATH}/new`, 'people:acquire', (c) => show(office, c, c.get('form')), { texts: acquisitionTexts }),
  page('post', `${PATH}/compare`, 'people:use', (c) => compare(office, c), { texts: acquisitionTexts }),
  page('post', PATH, 'people:acquire', (c) => submit(office, c), { texts: acquisitionTexts }),
];
