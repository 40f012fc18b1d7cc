// The short forms of a case, a step each: what to check, what to fill in, and how it is read. What was typed stays when it must be put right.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { type Day } from '../../../base/day.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
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
import { dayProblem, listed, readJapaneseDate, slashDay, writtenDay, yen } from '../../../platform/ui/format.ts';
import { mayBeAnother } from '../facts/admit.ts';
import { deskDays, extendableTo, isLongAgo } from '../facts/clocks.ts';
import {
  addressees,
  authorityDocuments,
  checks,
  dismissalGrounds,
  envelopes,
  identityDocuments,
  lacks,
  lacksOfAsker,
  leavesAskerOpen,
  methods,
  requesters,
  undeliveredReasons,
  ways,
  type EventName,
} from '../facts/event.ts';
import { isDisclosure, kinds, scopes } from '../facts/kind.ts';
import { feeOver, feeShort, goesToAgent, type Request } from '../facts/request.ts';
import { says } from '../facts/says.ts';
import { wentOut } from '../facts/undelivered.ts';
import {
  addresseeWords,
  authorityWords,
  checkNames,
  checkWords,
  dismissalWords,
  envelopeWords,
  identityWords,
  kindWords,
  lackWords,
  methodWords,
  representsWords,
  requesterWords,
  scopeWords,
  undeliveredWords,
} from '../words.ts';
import { chooseOne, chosenOf } from './sheet.tsx';

/** A form as it was sent and could not be taken; null where it is shown for the first time. */
export interface Sent {
  event: EventName;
  form: Form;
  problems: readonly FieldProblem[];
}

export interface FormProps {
  lang: Lang;
  request: Request;
  today: Day;
  sent: Sent | null;
  /** Who may be given a request, by id. */
  clerks: ReadonlyMap<string, string>;
  /** Whether the reader may decide refusals, and so extend a request further. */
  mayDecide: boolean;
  /** Whether mail goes out, without which nothing is handed over electronically. */
  mail: boolean;
}

export const labels = {
  on: both('日', 'Day'),
  form: both('届いた用紙', 'The form that came'),
  registeredMail: both('書留の番号', 'Number of the registered mail'),
  feeYen: both('届いた金額', 'Money that came'),
  method: both('答えの受け方', 'How they want the answer'),
  unreadable: both('読めるか', 'Legible'),
  lacks: both('足りないもの', 'What is missing'),
  addressee: both('だれに送るか', 'To whom it goes'),
  requester: both('請求した人', 'Who asks'),
  represents: both('だれの法定代理人か', 'Whom they represent'),
  documents: both('確かめた書類', 'Papers checked'),
  authority: both('代理であることを示す書類', 'Papers that show the authority'),
  'agent.name': both('代理人の氏名', 'Name of the agent'),
  'agent.address': both('代理人の住所', 'Address of the agent'),
  'agent.email': both('代理人のメールアドレス', 'E-mail address of the agent'),
  'agent.principal': both('本人の氏名', 'Name of the person'),
  checked: both('確かめたこと', 'What was checked'),
  numbersCovered: both('番号の黒塗り', 'Numbers'),
  yen: both('返す金額', 'Amount to return'),
  until: both('新しい期限', 'New day'),
  reason: both('理由', 'Reason'),
  ground: both('却下する理由', 'Why it is dismissed'),
  to: both('担当', 'Assigned to'),
  by: both('届け方', 'How it is delivered'),
  why: both('届かなかった理由', 'Why it did not arrive'),
  envelope: both('封筒はどうなったか', 'What became of the envelope'),
  addressChecked: both('宛先の確かめ', 'Where it goes'),
  email: both('リンクを送るアドレス', 'Address for the link'),
  arrivedOn: both('届いた日', 'Day it arrived'),
  longAgo: both('届いた日の確かめ', 'The day it arrived'),
  kind: both('求めの種類', 'What it asks for'),
  scope: both('だれの情報か', 'About whose information'),
  'sender.name': both('差出人の氏名', 'Name of the sender'),
  'sender.address': both('差出人の住所', 'Address of the sender'),
  'sender.email': both('差出人のメールアドレス', 'E-mail address of the sender'),
  noEmail: both('メールアドレスの取消し', 'No e-mail address'),
} satisfies Record<string, Bilingual>;
type Name = keyof typeof labels;

const words = {
  addressee: both(
    '本人確認書類か、代理人であることを示す書類を求めるときに選びます。ほかの足りないものは、代理人に知らせます。',
    'For a paper that shows who somebody is, or their authority. Of anything else that is missing the agent is told.',
  ),
  right: both('この請求の用紙', 'The form for this request'),
  wrong: both('別の用紙', 'Another form'),
  none: both('用紙は入っていない', 'No form'),
  notSaid: both('書かれていない', 'Not said'),
  unreadable: both('読めないところがある', 'Something cannot be read'),
  covered: both(
    '書類の個人番号、保険や年金の番号は隠してある（または、どこにも見えない）',
    'My Numbers, insurance and pension numbers on the papers are covered, or none can be seen',
  ),
  onlyKind: both(
    '書類の種類だけを残します。写しは、確認を終えると消えます。',
    'Only the kind of paper is kept. The copies are erased when this is done.',
  ),
  agentToo: both(
    '手紙は代理人に送っています。代理人が差出人のときは、差出人について直すと、代理人についても直ります。',
    'Our letters go to the agent. If the sender is the agent, corrections to the sender apply to the agent too.',
  ),
  agentName: both(
    'お答えの手紙は、代理人の方へ送ります。用紙のとおりに書きます。',
    'Our letters go to the agent. Write it as on the form.',
  ),
  agentEmail: both('電磁的記録で渡すときのアドレス', 'For an answer that goes out electronically'),
  agentPrincipal: both(
    '代理人の手紙で受け付けたときに書きます。空なら、差出人が本人です。手紙に「ご本人」として書かれます。',
    'If the letter came from the agent. If left empty, the sender is the person. The letters name the person.',
  ),
  noFee: both(
    'この請求に手数料はありません。届いたときは、あとで返します。',
    'This request has no fee. What came is returned.',
  ),
  feeIs: (due: number): Bilingual => both(`手数料は${yen(due, 'ja')}（税込）`, `The fee is ${yen(due, 'en')} with tax`),
  whole: both('0円以上の整数で書いてください', 'Write a whole number of yen'),
  noAmount: both('届いた金額を書いてください（なければ0）', 'Write how much came (0 if nothing)'),
  noReturn: both('返す金額を書いてください', 'Write how much is returned'),
  methodHint: both('用紙で選ばれた方法', 'As chosen on the form'),
  reasonHint: both(
    'この文は、延ばすことを知らせる手紙にそのまま載ります。この請求の書類として封をして残します。',
    'It goes into the letter about the extension as it is, and is kept sealed with the papers of this request.',
  ),
  dismissalHint: both(
    '上の理由は手紙に書かれます。付け加えることがあれば書くと、この文も手紙にそのまま載ります。ほかの人の情報は書きません。',
    'The letter says the ground chosen above. What you add here goes into the letter as it is. Write nothing about others.',
  ),
  waitUntil: (until: Day): Bilingual =>
    both(
      `${writtenDay(until, 'ja')}まで待つと手紙で知らせています。選べるのは、その次の日からです`,
      `The letter says that you wait until ${writtenDay(until, 'en')}; from the day after you can choose this`,
    ),
  notAsked: both(
    `先に「不足を知らせる」で求めます。${deskDays.waits}日待っても届かなければ選べます`,
    `First ask for it with “Tell what is missing”; if it has not come in ${deskDays.waits} days you can choose this`,
  ),
  untilHint: (last: Day, mayDecide: boolean): Bilingual =>
    mayDecide
      ? both(`${writtenDay(last, 'ja')}まで`, `${writtenDay(last, 'en')} at the latest`)
      : both(
          `${writtenDay(last, 'ja')}まで。それより後は、個人情報保護管理者が延ばします`,
          `${writtenDay(last, 'en')} at the latest; beyond that it is for the privacy officer`,
        ),
  stays: both('空欄なら、いまの記録のまま残ります', 'What is left empty stays as it is'),
  amending: both(
    '手紙の現物を見て、違っているところだけを直します。いまの差出人の記録は、「書類」の「差出人」を開いて確かめられます。何を直したかは、この請求の動きに残ります。',
    'Look at the letter itself and put right only what is wrong. Open “Sender” among the papers to see what is on record. What was changed stays among what happened.',
  ),
  longAgoIs: both('この日に届いた手紙に間違いない', 'It did arrive on this day'),
  either: both(
    '新しいアドレスを書くか、取り消すか、どちらかにしてください',
    'Either enter a new address or take it out',
  ),
  noEmail: both('記録のメールアドレスは誤りで、ほかにない', 'The address on record is wrong and there is no other'),
  addressChecked: both(
    '宛先を本人に確かめた（違っていたときは「受付の誤りを直す」で直した）',
    'It was made sure with the person where it goes; where that was wrong it was corrected under “Put a slip of registering right”',
  ),
  required: both('理由を書いてください', 'Write the reason'),
  noAgent: both('代理人が請求したときだけ書いてください', 'Write this only where an agent asks'),
  noLink: both('電磁的記録で渡すときだけ書いてください', 'Write this only for an electronic record'),
  emailHint: both(
    '電磁的記録で渡すときだけ。空なら、差出人の記録にあるアドレスへ送ります',
    'For an electronic record only. If left empty, the link goes to the address on record for the sender',
  ),
};

/** What a control shows: what was sent with the same form, or a first value. */
function valueIn({ sent }: FormProps, event: EventName): (name: Name, first?: string) => string {
  return (name, first = '') => (sent?.event === event ? sent.form.text(name) : first);
}

const valuesIn = ({ sent }: FormProps, event: EventName, name: Name): string[] =>
  sent?.event === event ? sent.form.all(name) : [];

const field = ({ lang, sent }: FormProps, event: EventName) =>
  fieldFor(lang, labels, sent?.event === event ? sent.problems : []);

const DayOf = (props: FormProps & { event: EventName; label?: Bilingual; hint?: string }) => {
  const value = valueIn(props, props.event)('on', slashDay(props.today));
  const at = field(props, props.event)('on');
  return (
    <DateField
      {...at}
      label={props.label ?? labels.on}
      need="required"
      value={value}
      understood={readJapaneseDate(value)}
      hint={props.hint}
    />
  );
};

const FormsSent = (props: FormProps) => (
  <DayOf {...props} event="forms-sent" label={both('送った日', 'Day it was posted')} />
);

const PapersReceived = (props: FormProps) => {
  const { lang, request } = props;
  const event = 'papers-received';
  const value = valueIn(props, event);
  const at = field(props, event);
  return (
    <div class="grid gap-x-8 md:grid-cols-2">
      <div>
        <DayOf {...props} event={event} label={both('書類が届いた日', 'Day the papers came')} />
        {request.form && (
          <Radios
            {...at('form')}
            need="required"
            value={value('form')}
            options={(['right', 'wrong', 'none'] as const).map((one) => ({ value: one, label: words[one] }))}
          />
        )}
        <Checks
          {...at('unreadable')}
          values={valuesIn(props, event, 'unreadable')}
          options={[{ value: 'yes', label: words.unreadable }]}
        />
      </div>
      <div>
        <TextField
          {...at('feeYen')}
          need="required"
          width="yen"
          unit={lang === 'ja' ? '円' : 'yen'}
          inputmode="numeric"
          hint={(request.fee.due === 0 ? words.noFee : words.feeIs(request.fee.due))[lang]}
          value={value('feeYen', request.fee.due === 0 ? '0' : '')}
        />
        <TextField
          {...at('registeredMail')}
          need="optional"
          width="date"
          value={value('registeredMail')}
          maxlength={40}
        />
        {isDisclosure(request.kind) && (
          <Radios
            {...at('method')}
            need="required"
            hint={words.methodHint[lang]}
            value={value('method')}
            options={[
              ...methods.map((one) => ({ value: one, label: methodWords[one] })),
              { value: 'none', label: words.notSaid },
            ]}
          />
        )}
      </div>
    </div>
  );
};

/** What the papers that came lack already by themselves; where none came, everything. */
function lackingIn(r: Request): string[] {
  if (r.papers === null) return ['form', ...(r.fee.due > 0 ? ['fee'] : []), 'identity'];
  return [
    ...(r.form && r.papers && r.papers.form !== 'right' ? ['form'] : []),
    ...(feeShort(r) > 0 ? ['fee'] : []),
    ...(r.papers?.unreadable ? ['unreadable'] : []),
  ];
}

const PapersShort = (props: FormProps) => {
  const event = 'papers-short';
  const at = field(props, event);
  return (
    <>
      <Checks
        {...at('lacks')}
        need="required"
        values={props.sent?.event === event ? valuesIn(props, event, 'lacks') : lackingIn(props.request)}
        options={(props.request.decided === null ? lacks : lacksOfAsker)
          .filter((one) => one !== 'fee' || props.request.fee.due > 0)
          .filter((one) => one !== 'form' || props.request.form)
          .map((one) => ({ value: one, label: lackWords[one].name, note: lackWords[one].note }))}
      />
      {goesToAgent(props.request) && (
        <Radios
          {...at('addressee')}
          need="optional"
          hint={words.addressee[props.lang]}
          value={valueIn(props, event)('addressee')}
          options={addressees.map((one) => ({
            value: one,
            label: addresseeWords[one].name,
            note: addresseeWords[one].note,
          }))}
        />
      )}
      <DayOf {...props} event={event} label={both('手紙を送る日', 'Day the letter is posted')} />
    </>
  );
};

/** Who acts for the person, and by what papers. */
const AgentFields = (props: FormProps & { open: boolean }) => {
  const { lang } = props;
  const event = 'identified';
  const value = valueIn(props, event);
  const at = field(props, event);
  return (
    <details class="mb-5" open={props.open}>
      <summary class="font-bold cursor-pointer">{both('代理人のとき', 'If an agent asks')[lang]}</summary>
      <div class="mt-3 grid gap-x-8 md:grid-cols-2">
        <Checks
          {...at('authority')}
          values={valuesIn(props, event, 'authority')}
          options={authorityDocuments.map((one) => ({ value: one, label: authorityWords[one] }))}
        />
        <SelectField
          {...at('represents')}
          value={value('represents')}
          hint={both('法定代理人のときだけ選びます', 'Only for a legal representative')[lang]}
          blank={both('選ばない', 'None')}
          options={(['minor', 'adult-ward'] as const).map((one) => ({ value: one, label: representsWords[one] }))}
        />
        <TextField {...at('agent.name')} hint={words.agentName[lang]} value={value('agent.name')} maxlength={200} />
        <TextField
          {...at('agent.principal')}
          hint={words.agentPrincipal[lang]}
          value={value('agent.principal')}
          maxlength={200}
        />
        <TextField
          {...at('agent.address')}
          hint={both('〒から書きます', 'With the postal code')[lang]}
          value={value('agent.address')}
          maxlength={400}
        />
        <TextField
          {...at('agent.email')}
          need="optional"
          type="email"
          hint={words.agentEmail[lang]}
          value={value('agent.email')}
          maxlength={254}
        />
      </div>
    </details>
  );
};

const Identified = (props: FormProps) => {
  const { lang } = props;
  const event = 'identified';
  const value = valueIn(props, event);
  const at = field(props, event);
  const requester = value('requester', 'principal');
  return (
    <div class="grid gap-x-8 md:grid-cols-2">
      <div>
        <Checks
          {...at('documents')}
          need="required"
          hint={words.onlyKind[lang]}
          values={valuesIn(props, event, 'documents')}
          options={identityDocuments.map((one) => ({ value: one, label: identityWords[one] }))}
        />
      </div>
      <div>
        <Checks
          {...at('checked')}
          need="required"
          values={valuesIn(props, event, 'checked')}
          options={checks.map((one) => ({ value: one, label: checkWords[one] }))}
        />
        <Checks
          {...at('numbersCovered')}
          need="required"
          values={valuesIn(props, event, 'numbersCovered')}
          options={[{ value: 'yes', label: words.covered }]}
        />
        <DayOf {...props} event={event} label={both('確かめた日', 'Day it was checked')} />
      </div>
      <div class="md:col-span-2">
        <Radios
          {...at('requester')}
          need="required"
          value={requester}
          options={requesters.map((one) => ({
            value: one,
            label: requesterWords[one].name,
            ...(requesterWords[one].note ? { note: requesterWords[one].note } : {}),
          }))}
        />
        <AgentFields {...props} open={requester !== 'principal'} />
      </div>
    </div>
  );
};

const Refunded = (props: FormProps) => {
  const { lang, request } = props;
  const event = 'refunded';
  const held = request.fee.received - request.fee.returned;
  return (
    <>
      <TextField
        {...field(props, event)('yen')}
        need="required"
        width="yen"
        unit={lang === 'ja' ? '円' : 'yen'}
        inputmode="numeric"
        hint={lang === 'ja' ? `預かっている額は${yen(held, 'ja')}` : `${yen(held, 'en')} is with us`}
        value={valueIn(props, event)('yen', String(feeOver(request)))}
      />
      <DayOf {...props} event={event} label={both('返した日', 'Day it was returned')} />
    </>
  );
};

const Extended = (props: FormProps) => {
  const { lang } = props;
  const event = 'extended';
  const value = valueIn(props, event);
  const at = field(props, event);
  return (
    <>
      <DateField
        {...at('until')}
        need="required"
        hint={words.untilHint(extendableTo(props.request, props.mayDecide), props.mayDecide)[lang]}
        value={value('until')}
        understood={readJapaneseDate(value('until'))}
      />
      <TextArea
        {...at('reason')}
        need="required"
        hint={words.reasonHint[lang]}
        value={value('reason')}
        rows={3}
        maxlength={2000}
      />
    </>
  );
};

/** Why it cannot be chosen yet that what was asked for did not come; null where it can. */
function notYetLacking({ lacks: missing, waitsUntil }: Request, today: Day): Bilingual | null {
  if (missing.length === 0 || waitsUntil === null) return words.notAsked;
  return today > waitsUntil ? null : words.waitUntil(waitsUntil);
}

const Dismissed = (props: FormProps) => {
  const event = 'dismissed';
  const value = valueIn(props, event);
  const at = field(props, event);
  const notYet = notYetLacking(props.request, props.today);
  return (
    <>
      <Radios
        {...at('ground')}
        need="required"
        value={value('ground')}
        options={dismissalGrounds.map((one) => {
          const { name: label, note } = dismissalWords[one];
          return one === 'lacking' && notYet
            ? { value: one, label, note: notYet, disabled: true }
            : { value: one, label, note };
        })}
      />
      <TextArea
        {...at('reason')}
        label={both('手紙に付け加えること', 'What else the letter says')}
        need="optional"
        hint={words.dismissalHint[props.lang]}
        value={value('reason')}
        rows={3}
        maxlength={2000}
      />
      <DayOf {...props} event={event} label={both('却下する日', 'Day it is dismissed')} />
    </>
  );
};

const Assigned = (props: FormProps) => {
  const event = 'assigned';
  return (
    <SelectField
      {...field(props, event)('to')}
      need="required"
      blank={chooseOne}
      value={valueIn(props, event)('to', props.request.assignedTo ?? '')}
      options={[...props.clerks].map(([value, label]) => ({ value, label }))}
    />
  );
};

/** Which of the two is recorded goes along: the page may be older than the last change. */
const Eased = ({ request }: FormProps) => <Hidden values={{ eased: request.eased ? 'no' : 'yes' }} />;

const Amended = (props: FormProps) => {
  const { lang, request: r } = props;
  const event = 'amended';
  const value = valueIn(props, event);
  const at = field(props, event);
  const stays = (name: Name, i: number) => (
    <TextField {...at(name)} hint={words.stays[lang]} value={value(name)} maxlength={[200, 400, 254][i]} />
  );
  const arrived = value('arrivedOn', slashDay(r.arrivedOn));
  const on = readJapaneseDate(arrived);
  return (
    <>
      <p class="small muted mb-4 max-w-[48rem]">{words.amending[lang]}</p>
      <div class="grid gap-x-8 md:grid-cols-2">
        <div>
          <DateField {...at('arrivedOn')} need="required" value={arrived} understood={on} />
          {on && on !== r.arrivedOn && isLongAgo(on, r.registeredOn) && (
            <Checks
              {...at('longAgo')}
              values={valuesIn(props, event, 'longAgo')}
              options={[{ value: 'yes', label: words.longAgoIs }]}
            />
          )}
          {mayBeAnother(r) && (
            <>
              <SelectField
                {...at('kind')}
                value={value('kind', r.kind)}
                options={kinds.map((one) => ({ value: one, label: kindWords[one].name }))}
              />
              <Radios
                {...at('scope')}
                value={value('scope', r.scope)}
                options={scopes.map((one) => ({ value: one, label: scopeWords[one].name }))}
              />
            </>
          )}
        </div>
        <div>
          {(['sender.name', 'sender.address', 'sender.email'] as const).map(stays)}
          <Checks
            {...at('noEmail')}
            values={valuesIn(props, event, 'noEmail')}
            options={[{ value: 'yes', label: words.noEmail }]}
          />
          {r.identified && r.identified.requester !== 'principal' && (
            <>
              <p class="small muted mb-4">{words.agentToo[lang]}</p>
              {(['agent.name', 'agent.address', 'agent.email'] as const).map(stays)}
            </>
          )}
        </div>
      </div>
    </>
  );
};

const wayWords = {
  post: {
    label: both('郵送する', 'By post'),
    note: both('印刷して封筒に入れます', 'Printed and put into an envelope'),
  },
  electronic: {
    label: both('電磁的記録で渡す', 'As an electronic record'),
    note: both(
      'リンクをメールで、コードを手紙か電話で知らせます。ファイルは暗号にします',
      'A link by mail, a code by letter or telephone; the files are encrypted',
    ),
  },
};

const mailOff = both(
  'メールの設定がないため選べません。電子での開示が求められていても、書面で郵送します',
  'Mail is not set up, so this cannot be chosen. Post it on paper even where it was asked for electronically',
);

/** What did not reach the person goes out again only where somebody has made sure where it goes. */
const AddressChecked = (props: FormProps & { event: EventName }) =>
  props.request.toSendAgain ? (
    <Checks
      {...field(props, props.event)('addressChecked')}
      need="required"
      values={valuesIn(props, props.event, 'addressChecked')}
      options={[{ value: 'yes', label: words.addressChecked }]}
    />
  ) : null;

/** The link of an answer that did not reach the person goes out as it is. */
const NotifiedAgain = (props: FormProps) => {
  const event = 'notified';
  return (
    <>
      <Hidden values={{ by: 'electronic' }} />
      <TextField
        {...field(props, event)('email')}
        hint={words.emailHint[props.lang]}
        type="email"
        value={valueIn(props, event)('email')}
        maxlength={254}
      />
      <AddressChecked {...props} event={event} />
      <DayOf {...props} event={event} label={both('送る日', 'Day it goes out')} />
    </>
  );
};

const Notified = (props: FormProps) => {
  const event = 'notified';
  const { request, mail } = props;
  if (request.toSendAgain) return <NotifiedAgain {...props} />;
  const value = valueIn(props, event);
  return (
    <>
      <Radios
        {...field(props, event)('by')}
        need="required"
        value={value('by', request.method === 'electronic' && mail ? 'electronic' : 'post')}
        options={[
          { value: 'post', ...wayWords.post },
          { value: 'electronic', ...wayWords.electronic, ...(mail ? {} : { note: mailOff, disabled: true }) },
        ]}
      />
      {mail && (
        <TextField
          {...field(props, event)('email')}
          hint={words.emailHint[props.lang]}
          type="email"
          value={value('email')}
          maxlength={254}
        />
      )}
      <DayOf {...props} event={event} label={both('用意ができた日', 'Day it was ready')} />
    </>
  );
};

const Delivered = (props: FormProps) => (
  <>
    <AddressChecked {...props} event="delivered" />
    <DayOf {...props} event="delivered" label={both('郵送した日', 'Day it was posted')} />
  </>
);

/** Of what went out electronically the rest is known: somebody fetched it, or nobody did. */
const NotDelivered = (props: FormProps) => {
  const event = 'undelivered';
  const value = valueIn(props, event);
  const at = field(props, event);
  return (
    <>
      {wentOut(props.request) === 'post' && (
        <div class="grid gap-x-8 md:grid-cols-2">
          <Radios
            {...at('why')}
            need="required"
            value={value('why')}
            options={undeliveredReasons.map((one) => {
              const { name: label, note } = undeliveredWords[one];
              return { value: one, label, note };
            })}
          />
          <Radios
            {...at('envelope')}
            need="required"
            value={value('envelope')}
            options={envelopes.map((one) => ({ value: one, label: envelopeWords[one].name }))}
          />
        </div>
      )}
      <DayOf {...props} event={event} label={both('届かなかったと分かった日', 'Day this was known')} />
    </>
  );
};

const dayOnly = (event: EventName, label: Bilingual) => (props: FormProps) => (
  <DayOf {...props} event={event} label={label} />
);

/** The controls of each form that has nothing but its own fields. */
export const fields: Partial<Record<EventName, (props: FormProps) => Child>> = {
  'forms-sent': FormsSent,
  'papers-received': PapersReceived,
  'papers-short': PapersShort,
  identified: Identified,
  refunded: Refunded,
  extended: Extended,
  withdrawn: dayOnly('withdrawn', both('取下げの連絡があった日', 'Day they withdrew it')),
  dismissed: Dismissed,
  assigned: Assigned,
  eased: Eased,
  amended: Amended,
  notified: Notified,
  delivered: Delivered,
  undelivered: NotDelivered,
  closed: dayOnly('closed', both('終える日', 'Day it is closed')),
};

// ---- reading

const at = (name: string, says: Bilingual): FieldProblem => ({ field: name, says });

/** A whole number of yen as people type it: full width, commas, 円. */
export function readYen(text: string): number | null {
  const digits = text.normalize('NFKC').replace(/[,\s円¥]/g, '');
  return /^\d{1,7}$/.test(digits) ? Number(digits) : null;
}

export type ReadForm = { on: Day; [said: string]: unknown } | FieldProblem[];

type Reader = (form: Form, request: Request, problems: FieldProblem[]) => object;

const one = <Code extends string>(codes: readonly Code[], form: Form, name: Name): Code | undefined =>
  codes.find((code) => code === form.text(name));

const agentFields = ['agent.name', 'agent.principal', 'agent.address', 'agent.email'] as const;

/** That it was made sure where an answer goes, of one that did not reach the person. */
function checkedAddress(form: Form, { toSendAgain }: Request, problems: FieldProblem[]): { addressChecked?: true } {
  if (!toSendAgain) return {};
  if (form.text('addressChecked') !== 'yes') problems.push(at('addressChecked', says.addressUnchecked));
  return { addressChecked: true };
}

/** What each form says, besides its day; what it lacks goes onto the list of problems. */
const readers: Partial<Record<EventName, Reader>> = {
  'forms-sent': () => ({}),
  'papers-received': (form, request, problems) => {
    const came = request.form ? one(['right', 'wrong', 'none'] as const, form, 'form') : 'none';
    const feeYen = readYen(form.text('feeYen'));
    const chosen = one([...methods, 'none'] as const, form, 'method');
    if (!came) problems.push(at('form', chooseOne));
    if (feeYen === null) problems.push(at('feeYen', form.text('feeYen').trim() === '' ? words.noAmount : words.whole));
    if (isDisclosure(request.kind) && !chosen) problems.push(at('method', chooseOne));
    return {
      form: came,
      feeYen,
      registeredMail: form.text('registeredMail').trim() || null,
      method: chosen === 'none' ? null : (chosen ?? null),
      unreadable: form.all('unreadable').length > 0,
    };
  },
  'papers-short': (form, request, problems) => {
    const missing = chosenOf(lacks, form.all('lacks'));
    const doubted = goesToAgent(request) && leavesAskerOpen(missing);
    const addressee = doubted ? one(addressees, form, 'addressee') : undefined;
    if (doubted && !addressee) problems.push(at('addressee', says.addressee));
    return { lacks: missing, ...(addressee ? { addressee } : {}) };
  },
  identified: (form, _, problems) => {
    const requester = one(requesters, form, 'requester');
    // Everything that is lacking at once; the rule of the request stops at the first.
    const lacking: [boolean, Name, Bilingual][] = [
      [chosenOf(identityDocuments, form.all('documents')).length === 0, 'documents', says.documents],
      [!checks.every((check) => form.all('checked').includes(check)), 'checked', uncheckedSays(form.all('checked'))],
      [form.all('numbersCovered').length === 0, 'numbersCovered', says.covered],
      [!requester, 'requester', chooseOne],
    ];
    for (const [is, name, what] of lacking) if (is) problems.push(at(name, what));
    if (requester === 'principal')
      for (const name of agentFields) if (form.text(name).trim() !== '') problems.push(at(name, words.noAgent));
    return {
      requester,
      represents: one(['minor', 'adult-ward'] as const, form, 'represents') ?? null,
      documents: chosenOf(identityDocuments, form.all('documents')),
      authority: chosenOf(authorityDocuments, form.all('authority')),
      checked: chosenOf(checks, form.all('checked')),
      numbersCovered: form.all('numbersCovered').length > 0,
      agent:
        requester === 'principal'
          ? null
          : {
              name: form.text('agent.name').trim(),
              address: form.text('agent.address').trim(),
              email: form.text('agent.email').trim(),
              principal: form.text('agent.principal').trim(),
            },
    };
  },
  refunded: (form, _, problems) => {
    const amount = readYen(form.text('yen'));
    if (amount === null) problems.push(at('yen', form.text('yen').trim() === '' ? words.noReturn : words.whole));
    return { yen: amount };
  },
  extended: (form, _, problems) => {
    const until = readJapaneseDate(form.text('until'));
    if (!until) problems.push(at('until', dayProblem(form.text('until'))));
    if (form.text('reason').trim() === '') problems.push(at('reason', words.required));
    return { until, reason: form.text('reason').trim() };
  },
  assigned: (form, _, problems) => {
    if (form.text('to') === '') problems.push(at('to', chooseOne));
    return { to: form.text('to') };
  },
  eased: (form) => ({ eased: form.text('eased') === 'yes' }),
  amended: (form, request, problems) => {
    const arrivedOn = readJapaneseDate(form.text('arrivedOn'));
    if (!arrivedOn) problems.push(at('arrivedOn', dayProblem(form.text('arrivedOn'))));
    const typed = (name: Name): string | undefined => form.text(name).trim() || undefined;
    const email = typed('sender.email');
    const noEmail = form.all('noEmail').includes('yes');
    if (email !== undefined && noEmail) problems.push(at('noEmail', words.either));
    return {
      arrivedOn,
      kind: one(kinds, form, 'kind') ?? request.kind,
      scope: one(scopes, form, 'scope') ?? request.scope,
      sender: { name: typed('sender.name'), address: typed('sender.address'), email: noEmail ? '' : email },
      agent: { name: typed('agent.name'), address: typed('agent.address'), email: typed('agent.email') },
      longAgo: form.all('longAgo').includes('yes'),
    };
  },
  withdrawn: () => ({}),
  dismissed: (form, _, problems) => {
    const ground = one(dismissalGrounds, form, 'ground');
    if (!ground) problems.push(at('ground', chooseOne));
    return { ground, reason: form.text('reason').trim() };
  },
  notified: (form, request, problems) => {
    const by = one(ways, form, 'by');
    if (!by) problems.push(at('by', chooseOne));
    if (by === 'post' && form.text('email').trim() !== '') problems.push(at('email', words.noLink));
    return { by, email: form.text('email'), ...checkedAddress(form, request, problems) };
  },
  // What is handed over electronically is recorded when it is fetched.
  delivered: (form, request, problems) => ({ by: 'post', ...checkedAddress(form, request, problems) }),
  undelivered: (form, request, problems) => {
    if (wentOut(request) === 'electronic')
      return request.delivered.length > 0
        ? { by: 'electronic', why: 'astray', envelope: 'away' }
        : { by: 'electronic', why: 'unfetched', envelope: 'unopened' };
    const why = one(undeliveredReasons, form, 'why');
    const envelope = one(envelopes, form, 'envelope');
    if (!why) problems.push(at('why', chooseOne));
    if (!envelope) problems.push(at('envelope', chooseOne));
    return { by: 'post', why, envelope };
  },
  closed: () => ({}),
};

/** What of the identity is not checked yet, by name. */
function uncheckedSays(checked: readonly string[]): Bilingual {
  const left = checks.filter((check) => !checked.includes(check)).map((check) => checkNames[check]);
  const names = (lang: Lang): string =>
    listed(
      left.map((one) => one[lang]),
      lang,
    );
  return both(`${names('ja')}をまだ確かめていません`, `Not checked yet: ${names('en')}`);
}

/** Forms that happen on the day they are sent. */
const undated: readonly EventName[] = ['extended', 'assigned', 'eased', 'amended'];

/** Reads a form as what its action takes, or says what it lacks. */
export function readForm(event: EventName, form: Form, request: Request, today: Day): ReadForm {
  const problems: FieldProblem[] = [];
  const on = undated.includes(event) ? today : readJapaneseDate(form.text('on'));
  const said = readers[event]?.(form, request, problems) ?? {};
  if (!on) problems.unshift(at('on', dayProblem(form.text('on'))));
  return on && problems.length === 0 ? { ...said, on } : problems;
}
