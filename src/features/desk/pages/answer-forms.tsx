// The forms for telling the person of the decision, and for the answer on its way to them.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Checks, Hidden, Radios, SelectField, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { attempts, envelopes, isElectronic, undeliveredReasons, type Way, ways } from '../facts/event.ts';
import { says } from '../facts/says.ts';
import { reasonsOf, wentOut } from '../facts/undelivered.ts';
import { waysOf, waysReady } from '../facts/way.ts';
import { attemptWords, envelopeWords, undeliveredWords } from '../words.ts';
import { mailOff, soughtWords, wayWords, words } from './form-words.tsx';
import {
  type Came,
  choices,
  chosen,
  DayOf,
  filling,
  labelled,
  lack,
  type ShortForm,
  type Shown,
  Sure,
  typed,
} from './form.tsx';
import { hrefOf } from './letters.tsx';
import { chooseOne } from './sheet.tsx';

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

export const notified: ShortForm = {
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

export const delivered: ShortForm = {
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

export const undelivered: ShortForm = {
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

export const sought: ShortForm = {
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
