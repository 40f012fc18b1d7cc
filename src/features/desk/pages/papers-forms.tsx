// The forms for the papers that came and for what they lack.

import { type Bilingual, both } from '../../../base/bilingual.ts';
import { Checks, Radios, TextField } from '../../../platform/ui/form.tsx';
import { addressees, lacks, lacksOfAsker, leavesAskerOpen, methods } from '../facts/event.ts';
import { isDisclosure } from '../facts/kind.ts';
import { feeHeld, feeShort, goesToAgent, isFeeAwaited, isFeeEarly, type Request } from '../facts/request.ts';
import { says } from '../facts/says.ts';
import { addresseeWords, lackWords, methodWords } from '../words.ts';
import { words } from './form-words.tsx';
import {
  amountIn,
  choices,
  chosen,
  DayOf,
  filling,
  labelled,
  lack,
  one,
  type ShortForm,
  Sure,
  typed,
  Yen,
} from './form.tsx';
import { chosenOf } from './sheet.tsx';

/** What to write of papers that come after others, until somebody says otherwise: what is here already. */
function hereAlready({ papers, method, lacks }: Request) {
  if (papers === null) return { form: '', method: '', unreadable: false };
  return {
    form: lacks.includes('form') ? '' : papers.form,
    method: method ?? 'none',
    unreadable: papers.unreadable && !lacks.includes('unreadable'),
  };
}

const formsThatCome = ['right', 'wrong', 'none'] as const;

/** What to know before an amount is written: what came is not to be recorded again by whoever opens the same envelope. */
function feeHint(request: Request): Bilingual {
  const { due, waived } = request.fee;
  if (waived > 0) return words.feeWaived;
  const held = feeHeld(request);
  return due === 0 ? words.noFee : held > 0 ? words.feeCame(due, held) : words.feeIs(due);
}

export const papersReceived: ShortForm = {
  Fields: (props) => {
    const { lang, request } = props;
    const { text } = filling(props);
    const here = hereAlready(request);
    if (isFeeAwaited(request))
      return (
        <div class="grid gap-x-8 md:grid-cols-2">
          <div>
            <DayOf {...props} label={both('手数料が届いた日', 'Day the fee came')} />
            <Yen {...props} name="feeYen" first="" hint={feeHint(request)} />
            {/* The papers stay as they came. */}
            <input type="hidden" name="form" value={here.form} />
            <input type="hidden" name="method" value={here.method} />
          </div>
          <TextField {...text('registeredMail')} need="optional" width="date" maxlength={40} />
        </div>
      );
    return (
      <div class="grid gap-x-8 md:grid-cols-2">
        <div>
          <DayOf {...props} label={both('書類が届いた日', 'Day the papers came')} />
          {request.form && (
            <Radios {...text('form', here.form)} need="required" options={labelled(formsThatCome, words)} />
          )}
          <Sure {...props} name="unreadable" says={words.unreadable} first={here.unreadable} />
        </div>
        <div>
          <Yen
            {...props}
            name="feeYen"
            first={request.fee.waived > 0 || feeShort(request) === 0 ? '0' : ''}
            hint={feeHint(request)}
          />
          <TextField {...text('registeredMail')} need="optional" width="date" maxlength={40} />
          {isDisclosure(request.kind) && (
            <Radios
              {...text('method', here.method)}
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

export const papersShort: ShortForm = {
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
