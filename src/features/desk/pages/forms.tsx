// The short forms of a case, one for each step: what to check, what to fill in, and how it is read. What was typed stays when it must be corrected.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import {
  Checks,
  DateField,
  fieldFor,
  Hidden,
  Radios,
  SelectField,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { dayProblem, listed, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { mayBeAnother } from '../facts/admit.ts';
import { extendableTo, isLongAgo, sentOn } from '../facts/clocks.ts';
import { foundBy } from '../facts/dismissal.ts';
import {
  addressees,
  attempts,
  authorityDocuments,
  checks,
  dismissalGrounds,
  envelopes,
  hearings,
  identityDocuments,
  isElectronic,
  lacks,
  lacksOfAsker,
  leavesAskerOpen,
  methods,
  requesters,
  undeliveredReasons,
  waiverGrounds,
  ways,
  type EventName,
  type Way,
} from '../facts/event.ts';
import { isDisclosure, kinds, looksAtPerson, scopes } from '../facts/kind.ts';
import {
  feeHeld,
  feeOver,
  feeReturnable,
  feeShort,
  feeWaivable,
  goesToAgent,
  isFeeAwaited,
  isFeeEarly,
  type Request,
} from '../facts/request.ts';
import { says as waiverSays } from '../actions/waive.ts';
import { says } from '../facts/says.ts';
import { reasonsOf, wentOut } from '../facts/undelivered.ts';
import { waysOf, waysReady, type Outlets } from '../facts/way.ts';
import {
  addresseeWords,
  attemptWords,
  authorityWords,
  checkNames,
  checkWords,
  dismissalWords,
  envelopeWords,
  hearingWords,
  identityWords,
  kindWords,
  lackWords,
  methodWords,
  representsWords,
  requesterWords,
  scopeWords,
  undeliveredWords,
  waiverWords,
} from '../words.ts';
import { labels, mailOff, soughtWords, wayWords, words, type Name } from './form-words.tsx';
import { hrefOf } from './letters.tsx';
import { chooseOne, chosenOf } from './sheet.tsx';

/** A form that was sent and could not be taken; null when it is shown for the first time. */
export interface Sent {
  event: EventName;
  form: Form;
  problems: readonly FieldProblem[];
}

export interface FormProps {
  lang: Lang;
  /** Id of the request. */
  id: string;
  request: Request;
  today: Day;
  sent: Sent | null;
  /** Those to whom a request may be assigned, by id. */
  clerks: ReadonlyMap<string, string>;
  /** Whether the reader may decide refusals, and so extend a request further. */
  mayDecide: boolean;
  /** Id of the reader. */
  reader: string;
  outlets: Outlets;
}

type Shown = FormProps & { event: EventName };

/** A form that was sent; what it lacks is added to its problems. */
interface Came {
  form: Form;
  request: Request;
  problems: FieldProblem[];
}

/** A step with a short form: its fields, and what its action is asked with besides the day. */
interface ShortForm {
  Fields: (props: Shown) => Child;
  read: (came: Came) => object;
  /** The step is dated the day its form is sent. */
  undated?: true;
}

// ---- what every form has

/** What a field shows: its label, its problem, and what was sent with it or else a first value. */
function filling({ lang, sent, event }: Shown) {
  const form = sent?.event === event ? sent.form : null;
  const at = fieldFor(lang, labels, form ? sent!.problems : []);
  const text = (name: Name, first = '') => ({ ...at(name), value: form ? form.text(name) : first });
  return {
    text,
    day: (name: Name, first = '') => {
      const field = text(name, first);
      return { ...field, understood: readJapaneseDate(field.value) };
    },
    checked: (name: Name, first: string[] = []) => ({ ...at(name), values: form ? form.all(name) : first }),
  };
}

const DayOf = ({ label, ...props }: Shown & { label: Bilingual }) => (
  <DateField {...filling(props).day('on', slashDay(props.today))} label={label} need="required" />
);

/** One box to check. */
const Sure = ({
  name,
  says: label,
  need,
  hint,
  ...props
}: Shown & { name: Name; says: Bilingual; need?: 'required'; hint?: Bilingual }) => (
  <Checks {...filling(props).checked(name)} need={need} hint={hint?.[props.lang]} options={[{ value: 'yes', label }]} />
);

const Yen = ({ name, first, hint, ...props }: Shown & { name: Name; first: string; hint: Bilingual }) => (
  <TextField
    {...filling(props).text(name, first)}
    need="required"
    width="yen"
    unit={props.lang === 'ja' ? '円' : 'yen'}
    inputmode="numeric"
    hint={hint[props.lang]}
  />
);

/** The options of a choice, each with its name and note. */
const choices = <Code extends string>(
  codes: readonly Code[],
  named: Readonly<Record<Code, { name: Bilingual; note?: Bilingual }>>,
) => codes.map((value) => ({ value, label: named[value].name, note: named[value].note }));

const labelled = <Code extends string>(codes: readonly Code[], label: Readonly<Record<Code, Bilingual>>) =>
  codes.map((value) => ({ value, label: label[value] }));

const lack = ({ problems }: Came, field: Name, what: Bilingual): void => void problems.push({ field, says: what });

const one = <Code extends string>(codes: readonly Code[], form: Form, name: Name): Code | undefined =>
  codes.find((code) => code === form.text(name));

/** The code that must be chosen. */
function chosen<Code extends string>(codes: readonly Code[], came: Came, name: Name): Code | undefined {
  const code = one(codes, came.form, name);
  if (!code) lack(came, name, chooseOne);
  return code;
}

const typed = (form: Form, name: Name): string => form.text(name).trim();

/** A whole number of yen as people type it: full width, commas, 円. */
export function readYen(text: string): number | null {
  const digits = text.normalize('NFKC').replace(/[,\s円¥]/g, '');
  return /^\d{1,7}$/.test(digits) ? Number(digits) : null;
}

function amountIn(came: Came, name: Name, missing: Bilingual): number | null {
  const amount = readYen(came.form.text(name));
  if (amount === null) lack(came, name, typed(came.form, name) === '' ? missing : words.whole);
  return amount;
}

function dayIn(came: Came, name: Name): Day | null {
  const on = readJapaneseDate(came.form.text(name));
  if (!on) lack(came, name, dayProblem(came.form.text(name)));
  return on;
}

const acknowledged: ShortForm = {
  Fields: (props) => (
    <>
      <Radios {...filling(props).text('how')} need="required" options={choices(hearings, hearingWords)} />
      <DayOf {...props} label={both('知らせた日', 'Day they were told')} />
    </>
  ),
  read: (came) => ({ how: chosen(hearings, came, 'how') }),
};

/** Where the answer goes from now on. */
const addressed: ShortForm = {
  Fields: (props) => {
    const { lang, request } = props;
    const { text } = filling(props);
    if (!request.unreachable) return <DayOf {...props} label={both('連絡が取れた日', 'Day they could be reached')} />;
    return (
      <>
        {request.anonymous && (
          <TextField {...text('sender.name')} need="optional" hint={words.stillNameless[lang]} maxlength={200} />
        )}
        <TextArea {...text('sender.address')} hint={words.eitherAddress[lang]} rows={2} maxlength={400} />
        <TextField {...text('sender.email')} type="email" maxlength={254} />
        <DayOf {...props} label={words.addressedOn} />
      </>
    );
  },
  read: ({ form }) => ({
    sender: {
      ...(typed(form, 'sender.name') === '' ? {} : { name: typed(form, 'sender.name') }),
      address: typed(form, 'sender.address'),
      email: typed(form, 'sender.email'),
    },
  }),
};

const dayOnly = (label: Bilingual): ShortForm => ({
  Fields: (props) => <DayOf {...props} label={label} />,
  read: () => ({}),
});

// ---- the papers

const formsThatCome = ['right', 'wrong', 'none'] as const;

const papersReceived: ShortForm = {
  Fields: (props) => {
    const { lang, request } = props;
    const { text } = filling(props);
    const { papers } = request;
    const { due } = request.fee;
    if (isFeeAwaited(request))
      return (
        <div class="grid gap-x-8 md:grid-cols-2">
          <div>
            <DayOf {...props} label={both('手数料が届いた日', 'Day the fee came')} />
            <Yen {...props} name="feeYen" first="" hint={words.feeIs(due)} />
            {/* The papers stay as they came. */}
            <input type="hidden" name="form" value={papers?.form} />
            <input type="hidden" name="method" value={papers?.method ?? 'none'} />
          </div>
          <TextField {...text('registeredMail')} need="optional" width="date" maxlength={40} />
        </div>
      );
    return (
      <div class="grid gap-x-8 md:grid-cols-2">
        <div>
          <DayOf {...props} label={both('書類が届いた日', 'Day the papers came')} />
          {request.form && <Radios {...text('form')} need="required" options={labelled(formsThatCome, words)} />}
          <Sure {...props} name="unreadable" says={words.unreadable} />
        </div>
        <div>
          <Yen
            {...props}
            name="feeYen"
            first={due === 0 || request.fee.waived > 0 ? '0' : ''}
            hint={request.fee.waived > 0 ? words.feeWaived : due === 0 ? words.noFee : words.feeIs(due)}
          />
          <TextField {...text('registeredMail')} need="optional" width="date" maxlength={40} />
          {isDisclosure(request.kind) && (
            <Radios
              {...text('method')}
              need="required"
              hint={words.methodHint[lang]}
              options={[...labelled(methods, methodWords), { value: 'none', label: words.notSaid }]}
            />
          )}
        </div>
      </div>
    );
  },
  read: (came) => {
    const { form, request } = came;
    const which = request.form ? chosen(formsThatCome, came, 'form') : 'none';
    const feeYen = amountIn(came, 'feeYen', words.noAmount);
    const asked = [...methods, 'none'] as const;
    const method = isDisclosure(request.kind) ? chosen(asked, came, 'method') : one(asked, form, 'method');
    return {
      form: which,
      feeYen,
      registeredMail: typed(form, 'registeredMail') || null,
      method: method === 'none' ? null : (method ?? null),
      unreadable: form.all('unreadable').length > 0,
    };
  },
};

/** What is certainly missing from the papers that came; everything when none came. */
function lackingIn(request: Request): string[] {
  const { papers, form, fee } = request;
  const early = isFeeEarly(request);
  if (papers === null) return ['form', ...(fee.due > 0 && !early ? ['fee'] : []), 'identity'];
  return [
    ...(form && papers.form !== 'right' ? ['form'] : []),
    ...(feeShort(request) > 0 && !early ? ['fee'] : []),
    ...(papers.unreadable ? ['unreadable'] : []),
  ];
}

const papersShort: ShortForm = {
  Fields: (props) => {
    const { lang, request } = props;
    const { text, checked } = filling(props);
    const askable = (request.decided === null ? lacks : lacksOfAsker)
      .filter((missing) => missing !== 'fee' || (feeShort(request) > 0 && !isFeeEarly(request)))
      .filter((missing) => missing !== 'form' || request.form);
    return (
      <>
        <Checks {...checked('lacks', lackingIn(request))} need="required" options={choices(askable, lackWords)} />
        {goesToAgent(request) && (
          <Radios
            {...text('addressee')}
            need="optional"
            hint={words.addressee[lang]}
            options={choices(addressees, addresseeWords)}
          />
        )}
        <DayOf {...props} label={both('手紙を送る日', 'Day the letter is posted')} />
      </>
    );
  },
  read: (came) => {
    const { form, request } = came;
    const missing = chosenOf(lacks, form.all('lacks'));
    const doubted = goesToAgent(request) && leavesAskerOpen(missing);
    const addressee = doubted ? one(addressees, form, 'addressee') : undefined;
    if (doubted && !addressee) lack(came, 'addressee', says.addressee);
    return { lacks: missing, ...(addressee ? { addressee } : {}) };
  },
};

// ---- who asks

const legally = ['minor', 'adult-ward'] as const;
const agentFields = ['agent.name', 'agent.principal', 'agent.address', 'agent.email'] as const;

/** The fields for who acts for the person, and by which papers. */
const AgentFields = ({ open, ...props }: Shown & { open: boolean }) => {
  const { lang } = props;
  const { text, checked } = filling(props);
  return (
    <details class="mb-5" open={open}>
      <summary class="font-bold cursor-pointer">{both('代理人のとき', 'If an agent made the request')[lang]}</summary>
      <div class="mt-3 grid gap-x-8 md:grid-cols-2">
        <Checks {...checked('authority')} options={labelled(authorityDocuments, authorityWords)} />
        <SelectField
          {...text('represents')}
          hint={both('法定代理人のときだけ選びます', 'Only for a legal representative')[lang]}
          blank={both('選ばない', 'None')}
          options={labelled(legally, representsWords)}
        />
        <TextField {...text('agent.name')} hint={words.agentName[lang]} maxlength={200} />
        <TextField {...text('agent.principal')} hint={words.agentPrincipal[lang]} maxlength={200} />
        <TextField
          {...text('agent.address')}
          hint={both('郵便番号から書きます', 'With the postal code')[lang]}
          maxlength={400}
        />
        <TextField
          {...text('agent.email')}
          need="optional"
          type="email"
          hint={words.agentEmail[lang]}
          maxlength={254}
        />
      </div>
    </details>
  );
};

/** The problem that some checks of the identity are still to be made, by name. */
function uncheckedSays(checked: readonly string[]): Bilingual {
  const left = checks.filter((check) => !checked.includes(check)).map((check) => checkNames[check]);
  const names = (lang: Lang): string =>
    listed(
      left.map((name) => name[lang]),
      lang,
    );
  return both(`${names('ja')}をまだ確かめていません`, `Not checked yet: ${names('en')}`);
}

const identified: ShortForm = {
  Fields: (props) => {
    const { text, checked } = filling(props);
    const requester = text('requester', 'principal');
    return (
      <div class="grid gap-x-8 md:grid-cols-2">
        <div>
          <Checks
            {...checked('documents')}
            need="required"
            hint={words.onlyKind[props.lang]}
            options={labelled(identityDocuments, identityWords)}
          />
        </div>
        <div>
          <Checks {...checked('checked')} need="required" options={labelled(checks, checkWords)} />
          <Sure {...props} name="numbersCovered" need="required" says={words.covered} />
          <DayOf {...props} label={both('確かめた日', 'Day it was checked')} />
        </div>
        <div class="md:col-span-2">
          <Radios {...requester} need="required" options={choices(requesters, requesterWords)} />
          <AgentFields {...props} open={requester.value !== 'principal'} />
        </div>
      </div>
    );
  },
  // Reports everything that is missing at once; the rule of the request stops at the first.
  read: (came) => {
    const { form } = came;
    const documents = chosenOf(identityDocuments, form.all('documents'));
    const checked = chosenOf(checks, form.all('checked'));
    const numbersCovered = form.all('numbersCovered').length > 0;
    if (documents.length === 0) lack(came, 'documents', says.documents);
    if (checked.length < checks.length) lack(came, 'checked', uncheckedSays(checked));
    if (!numbersCovered) lack(came, 'numbersCovered', says.covered);
    const requester = chosen(requesters, came, 'requester');
    const themselves = requester === 'principal';
    for (const name of agentFields) if (themselves && typed(form, name) !== '') lack(came, name, words.noAgent);
    return {
      requester,
      represents: one(legally, form, 'represents') ?? null,
      documents,
      authority: chosenOf(authorityDocuments, form.all('authority')),
      checked,
      numbersCovered,
      agent: themselves
        ? null
        : {
            name: typed(form, 'agent.name'),
            address: typed(form, 'agent.address'),
            email: typed(form, 'agent.email'),
            principal: typed(form, 'agent.principal'),
          },
    };
  },
};

// ---- the course of it

const feeWaived: ShortForm = {
  Fields: (props) => {
    const { lang, request } = props;
    const { text } = filling(props);
    return (
      <>
        <p class="mb-4">{words.toWaive(feeWaivable(foundBy(request, 'fee-waived')))[lang]}</p>
        <Radios
          {...text('ground')}
          label={both('免除する理由', 'Why it is waived')}
          need="required"
          options={choices(waiverGrounds, waiverWords)}
        />
        <TextArea
          {...text('reason')}
          label={both('詳しい理由', 'The reason in words')}
          hint={words.waiverHint[lang]}
          rows={3}
          maxlength={2000}
        />
        <DayOf {...props} label={both('免除を決めた日', 'Day this was decided')} />
      </>
    );
  },
  read: (came) => {
    const ground = chosen(waiverGrounds, came, 'ground');
    const reason = typed(came.form, 'reason');
    if (ground === 'other' && reason === '') lack(came, 'reason', waiverSays.reason);
    return { ground, reason };
  },
};

const refunded: ShortForm = {
  Fields: (props) => {
    const { request } = props;
    return (
      <>
        <Yen
          {...props}
          name="yen"
          first={String(feeOver(request) || feeReturnable(request))}
          hint={words.withUs(feeHeld(request))}
        />
        <DayOf {...props} label={both('返した日', 'Day it was returned')} />
      </>
    );
  },
  read: (came) => ({ yen: amountIn(came, 'yen', words.noReturn) }),
};

const extended: ShortForm = {
  undated: true,
  Fields: (props) => {
    const { lang, request, mayDecide } = props;
    const { text, day } = filling(props);
    const last = extendableTo(request, mayDecide);
    return (
      <>
        <DateField {...day('until')} need="required" hint={words.untilHint(last, mayDecide)[lang]} />
        <TextArea {...text('reason')} need="required" hint={words.reasonHint[lang]} rows={3} maxlength={2000} />
      </>
    );
  },
  read: (came) => {
    const until = dayIn(came, 'until');
    const reason = typed(came.form, 'reason');
    if (reason === '') lack(came, 'reason', words.required);
    return { until, reason };
  },
};

/** Why `lacking` cannot be chosen yet; null when it can. */
function notYetLacking({ lacks: missing, waitsUntil }: Request, today: Day): Bilingual | null {
  if (missing.length === 0 || waitsUntil === null) return words.notAsked;
  return today > waitsUntil ? null : words.waitUntil(waitsUntil);
}

const dismissed: ShortForm = {
  Fields: (props) => {
    const { lang, request, today } = props;
    const { text } = filling(props);
    const notYet = notYetLacking(request, today);
    return (
      <>
        <Radios
          {...text('ground')}
          need="required"
          options={choices(dismissalGrounds, dismissalWords).map((ground) =>
            ground.value === 'lacking' && notYet ? { ...ground, note: notYet, disabled: true } : ground,
          )}
        />
        <TextArea
          {...text('reason')}
          label={both('手紙に付け加えること', 'What to add to the letter')}
          need="optional"
          hint={words.dismissalHint[lang]}
          rows={3}
          maxlength={2000}
        />
        <DayOf {...props} label={both('却下する日', 'Day it is dismissed')} />
      </>
    );
  },
  read: (came) => ({ ground: chosen(dismissalGrounds, came, 'ground'), reason: typed(came.form, 'reason') }),
};

const assigned: ShortForm = {
  undated: true,
  Fields: (props) => (
    <SelectField
      {...filling(props).text('to', props.request.assignedTo ?? '')}
      need="required"
      blank={chooseOne}
      options={[...props.clerks].map(([value, label]) => ({ value, label }))}
    />
  ),
  read: (came) => {
    const to = came.form.text('to');
    if (to === '') lack(came, 'to', chooseOne);
    return { to };
  },
};

/** The form says which of the two to record, because the page may be older than the last change. */
const eased: ShortForm = {
  undated: true,
  Fields: ({ request }) => <Hidden values={{ eased: request.eased ? 'no' : 'yes' }} />,
  read: ({ form }) => ({ eased: form.text('eased') === 'yes' }),
};

/** Whether the reader may record now that there is no address to answer to. */
const maySay = ({ request, mayDecide }: Shown): boolean =>
  mayDecide && !looksAtPerson(request.kind) && !request.unreachable && sentOn(request) === null;

const amended: ShortForm = {
  undated: true,
  Fields: (props) => {
    const { lang, request } = props;
    const { text, day } = filling(props);
    const stays = (name: Name, i: number) => (
      <TextField {...text(name)} hint={words.stays[lang]} maxlength={[200, 400, 254][i]} />
    );
    const arrived = day('arrivedOn', slashDay(request.arrivedOn));
    const on = arrived.understood;
    return (
      <>
        <p class="small muted mb-4 max-w-[48rem]">{words.amending[lang]}</p>
        <div class="grid gap-x-8 md:grid-cols-2">
          <div>
            <DateField {...arrived} need="required" />
            {on && on !== request.arrivedOn && isLongAgo(on, request.registeredOn) && (
              <Sure {...props} name="longAgo" says={words.longAgoIs} />
            )}
            {mayBeAnother(request) && (
              <>
                <SelectField
                  {...text('kind', request.kind)}
                  options={kinds.map((value) => ({ value, label: kindWords[value].name }))}
                />
                <Radios
                  {...text('scope', request.scope)}
                  options={scopes.map((value) => ({ value, label: scopeWords[value].name }))}
                />
              </>
            )}
          </div>
          <div>
            {(['sender.name', 'sender.address', 'sender.email'] as const).map(stays)}
            <Sure {...props} name="noEmail" says={words.noEmail} />
            {!looksAtPerson(request.kind) && !request.anonymous && (
              <Sure {...props} name="anonymous" says={words.anonymous} />
            )}
            {maySay(props) && (
              <Sure {...props} name="unreachable" says={words.unreachable} hint={words.unreachableHint} />
            )}
            {request.identified && request.identified.requester !== 'principal' && (
              <>
                <p class="small muted mb-4">{words.agentToo[lang]}</p>
                {(['agent.name', 'agent.address', 'agent.email'] as const).map(stays)}
              </>
            )}
          </div>
        </div>
      </>
    );
  },
  read: (came) => {
    const { form, request } = came;
    const arrivedOn = dayIn(came, 'arrivedOn');
    const said = (name: Name): string | undefined => typed(form, name) || undefined;
    const email = said('sender.email');
    const noEmail = form.all('noEmail').includes('yes');
    if (email !== undefined && noEmail) lack(came, 'noEmail', words.either);
    return {
      arrivedOn,
      kind: one(kinds, form, 'kind') ?? request.kind,
      scope: one(scopes, form, 'scope') ?? request.scope,
      sender: { name: said('sender.name'), address: said('sender.address'), email: noEmail ? '' : email },
      ...(form.all('anonymous').includes('yes') ? { anonymous: true } : {}),
      ...(form.all('unreachable').includes('yes') ? { unreachable: true } : {}),
      agent: { name: said('agent.name'), address: said('agent.address'), email: said('agent.email') },
      longAgo: form.all('longAgo').includes('yes'),
    };
  },
};

// ---- the answer

/** An answer that did not reach the person goes out again only after somebody has confirmed where to send it. */
const AddressChecked = ({ unless, ...props }: Shown & { unless?: Bilingual }) =>
  props.request.toSendAgain ? (
    <Sure
      {...props}
      name="addressChecked"
      says={words.addressChecked}
      {...(unless ? { hint: unless } : { need: 'required' as const })}
    />
  ) : null;

function readAddressChecked(came: Came): { addressChecked?: true } {
  if (!came.request.toSendAgain) return {};
  if (came.form.text('addressChecked') !== 'yes') lack(came, 'addressChecked', says.addressUnchecked);
  return { addressChecked: true };
}

const LinkAddress = (props: Shown) => (
  <TextField {...filling(props).text('email')} hint={words.emailHint[props.lang]} type="email" maxlength={254} />
);

/** The form for a new link to an answer that did not reach the person, which goes out as it is. */
const NotifiedAgain = (props: Shown) => (
  <>
    <Hidden values={{ by: 'electronic' }} />
    <LinkAddress {...props} />
    <AddressChecked {...props} />
    <DayOf {...props} label={both('送る日', 'Day it goes out')} />
  </>
);

/** The ways of an answer as a choice, the first of them chosen; mail that cannot go out is shown with the reason. */
const Ways = ({ of, first, ...props }: Shown & { of: readonly Way[]; first: Way }) => (
  <Radios
    {...filling(props).text('by', first)}
    need="required"
    options={of.map((value) => ({
      value,
      ...wayWords[value],
      ...(value === 'electronic' && !props.outlets.mail ? { note: mailOff, disabled: true } : {}),
    }))}
  />
);

const notified: ShortForm = {
  Fields: (props) => {
    const { request, outlets } = props;
    if (request.toSendAgain) return <NotifiedAgain {...props} />;
    const open = waysOf(request, outlets);
    const asked = request.method === 'electronic' ? open.find(isElectronic) : undefined;
    return (
      <>
        <Ways
          {...props}
          of={ways.filter((way) => open.includes(way) || way === 'electronic')}
          first={asked ?? 'post'}
        />
        {outlets.mail && <LinkAddress {...props} />}
        <DayOf {...props} label={both('用意ができた日', 'Day it was ready')} />
      </>
    );
  },
  read: (came) => {
    const by = chosen(ways, came, 'by');
    if (by !== 'electronic' && typed(came.form, 'email') !== '') lack(came, 'email', words.noLink);
    return { by, email: came.form.text('email'), ...readAddressChecked(came) };
  },
};

const receipts = ['signed', 'unsigned'] as const;

/** What is recorded of an answer that was handed over in person. */
const Handed = ({ open, ...props }: Shown & { open: boolean }) => {
  const { text } = filling(props);
  return (
    <details class="mb-5" open={open}>
      <summary class="font-bold cursor-pointer">{words.handed[props.lang]}</summary>
      <div class="mt-3">
        <p class="small muted mb-3 max-w-[48rem]">{words.slipSays[props.lang]}</p>
        <div class="btns mb-5">
          <LinkButton kind="second" small icon="download" download href={hrefOf(props.id, 'handover')}>
            {words.slip[props.lang]}
          </LinkButton>
        </div>
        <SelectField
          {...text('handedBy', props.clerks.has(props.reader) ? props.reader : '')}
          blank={chooseOne}
          options={[...props.clerks].map(([value, label]) => ({ value, label }))}
        />
        <Sure {...props} name="identityChecked" says={words.identityChecked} />
        <Radios {...text('signed')} options={labelled(receipts, words)} />
      </div>
    </details>
  );
};

const delivered: ShortForm = {
  Fields: (props) => {
    const { request, outlets } = props;
    const of = waysReady(request, outlets);
    const by = filling(props).text('by', of[0]).value;
    return (
      <>
        {of.length > 1 ? <Ways {...props} of={of} first={of[0]!} /> : <Hidden values={{ by: of[0]! }} />}
        <AddressChecked {...props} {...(outlets.visits ? { unless: words.unlessHanded } : {})} />
        {outlets.visits && <Handed {...props} open={by === 'visit'} />}
        <DayOf {...props} label={both('届けた日', 'Day it was delivered')} />
      </>
    );
  },
  // What goes out by a link is recorded when it is fetched.
  read: (came) => {
    const { form } = came;
    const by = chosen(ways, came, 'by');
    if (by !== 'visit') return { by, ...readAddressChecked(came) };
    const signed = chosen(receipts, came, 'signed');
    const identityChecked = form.all('identityChecked').includes('yes');
    if (!identityChecked) lack(came, 'identityChecked', says.counterUnchecked);
    if (form.text('handedBy') === '') lack(came, 'handedBy', chooseOne);
    return { by, handed: { by: form.text('handedBy'), identityChecked, signed: signed === 'signed' } };
  },
};

const undelivered: ShortForm = {
  Fields: (props) => {
    const { text } = filling(props);
    const by = wentOut(props.request);
    const inHand = by === 'post' || by === 'visit';
    return (
      <>
        {by && by !== 'electronic' && (
          <div class="grid gap-x-8 md:grid-cols-2">
            <Radios
              {...text('why', by === 'visit' ? 'astray' : '')}
              need="required"
              options={choices(reasonsOf[by], undeliveredWords)}
            />
            {inHand && <Radios {...text('envelope')} need="required" options={choices(envelopes, envelopeWords)} />}
          </div>
        )}
        {inHand && (
          <TextArea {...text('kept')} need="optional" hint={words.keptHint[props.lang]} rows={2} maxlength={400} />
        )}
        <DayOf {...props} label={both('届かなかったと分かった日', 'Day this was known')} />
      </>
    );
  },
  read: (came) => {
    const by = wentOut(came.request) ?? 'post';
    // For a link the rest is known: somebody fetched it, or nobody did.
    if (by === 'electronic')
      return came.request.delivered.length > 0
        ? { by, why: 'astray', envelope: 'away' }
        : { by, why: 'unfetched', envelope: 'unopened' };
    const why = chosen(undeliveredReasons, came, 'why');
    const envelope = by === 'own-mail' ? (why === 'astray' ? 'away' : 'unopened') : chosen(envelopes, came, 'envelope');
    return { by, why, envelope, kept: typed(came.form, 'kept') };
  },
};

const sought: ShortForm = {
  Fields: (props) => {
    const { text, checked } = filling(props);
    return (
      <>
        <Radios
          {...text('how')}
          label={words.sought}
          need="required"
          options={choices(attempts, { ...attemptWords, ...soughtWords(props.outlets) })}
        />
        <Checks
          {...checked('letter', ['yes'])}
          hint={words.soughtLetterHint[props.lang]}
          options={[{ value: 'yes', label: words.soughtLetter }]}
        />
        <TextArea {...text('sendTo')} need="optional" hint={words.sendToHint[props.lang]} rows={2} maxlength={400} />
        <TextArea
          {...text('reason')}
          label={words.soughtResult}
          need="optional"
          hint={words.soughtHint[props.lang]}
          rows={2}
          maxlength={1000}
        />
        <DayOf {...props} label={both('連絡した日', 'Day of the attempt')} />
      </>
    );
  },
  read: (came) => {
    const how = chosen(attempts, came, 'how');
    const letter = (how === 'letter' || how === 'email') && came.form.all('letter').includes('yes');
    const sendTo = typed(came.form, 'sendTo');
    if (how && sendTo !== '' && !letter) lack(came, 'sendTo', words.noSendTo);
    return { how, letter, sendTo, reason: typed(came.form, 'reason') };
  },
};

export const shortForms: Partial<Record<EventName, ShortForm>> = {
  acknowledged,
  addressed,
  'forms-sent': dayOnly(both('送った日', 'Day it was posted')),
  'papers-received': papersReceived,
  'papers-short': papersShort,
  identified,
  'fee-waived': feeWaived,
  refunded,
  extended,
  withdrawn: dayOnly(both('取下げの連絡があった日', 'Day they withdrew it')),
  dismissed,
  assigned,
  eased,
  amended,
  notified,
  delivered,
  undelivered,
  sought,
  closed: dayOnly(both('終える日', 'Day it is closed')),
};

export type ReadForm = { on: Day; [said: string]: unknown } | FieldProblem[];

/** Reads a form as what its action takes, or returns what is missing. */
export function readForm(event: EventName, form: Form, request: Request, today: Day): ReadForm {
  const { read, undated } = shortForms[event]!;
  const came: Came = { form, request, problems: [] };
  const on = undated ? today : dayIn(came, 'on');
  const said = read(came);
  return on && came.problems.length === 0 ? { ...said, on } : came.problems;
}
