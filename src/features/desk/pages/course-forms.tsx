// The forms for the course of a request: the fee, longer time, dismissing, whose it is, and correcting what was registered.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { DateField, Hidden, Radios, SelectField, TextArea, TextField } from '../../../platform/ui/form.tsx';
import { slashDay } from '../../../platform/ui/format.ts';
import { says as waiverSays } from '../actions/waive.ts';
import { mayBeAnother } from '../facts/admit.ts';
import { extendableTo, isLongAgo, sentOn } from '../facts/clocks.ts';
import { foundBy } from '../facts/dismissal.ts';
import { dismissalGrounds, hearings, waiverGrounds } from '../facts/event.ts';
import { kinds, looksAtPerson, scopes } from '../facts/kind.ts';
import { feeHeld, feeOver, feeReturnable, feeWaivable, type Request } from '../facts/request.ts';
import { dismissalWords, hearingWords, kindWords, scopeWords, waiverWords } from '../words.ts';
import { type Name, words } from './form-words.tsx';
import {
  amountIn,
  choices,
  chosen,
  dayIn,
  DayOf,
  filling,
  lack,
  one,
  type ShortForm,
  type Shown,
  Sure,
  typed,
  Yen,
} from './form.tsx';
import { chooseOne } from './sheet.tsx';

export const acknowledged: ShortForm = {
  Fields: (props) => (
    <>
      <Radios {...filling(props).text('how')} need="required" options={choices(hearings, hearingWords)} />
      <DayOf {...props} label={both('知らせた日', 'Day they were told')} />
    </>
  ),
  read: (came) => ({ how: chosen(hearings, came, 'how') }),
};

/** Where the answer goes from now on. */
export const addressed: ShortForm = {
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

export const feeWaived: ShortForm = {
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

export const refunded: ShortForm = {
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

export const extended: ShortForm = {
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

export const dismissed: ShortForm = {
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

export const assigned: ShortForm = {
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
export const eased: ShortForm = {
  undated: true,
  Fields: ({ request }) => <Hidden values={{ eased: request.eased ? 'no' : 'yes' }} />,
  read: ({ form }) => ({ eased: form.text('eased') === 'yes' }),
};

/** Whether the reader may record now that there is no address to answer to. */
const maySay = ({ request, mayDecide }: Shown): boolean =>
  mayDecide && !looksAtPerson(request.kind) && !request.unreachable && sentOn(request) === null;

export const amended: ShortForm = {
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
