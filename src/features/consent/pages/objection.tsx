// Recording that a person asks to stop: everything, all provision, one purpose or one recipient.

import type { Lang } from '../../../base/bilingual.ts';
import { isId, newId } from '../../../base/id.ts';
import { dayOf, startOf, type Day } from '../../../base/day.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { AGAIN, formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  SelectField,
  TextField,
} from '../../../platform/ui/form.tsx';
import { dayProblem, readJapaneseDate } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, type Room } from '../../access/index.ts';
import { searchIn, type Search } from '../../../platform/ui/offer.tsx';
import { OfferedRecipients, searchLabels } from '../../recipients/index.ts';
import { object, type ObjectAsk } from '../actions/consents.ts';
import { objectionScopes, type Moment } from '../facts/consent.ts';
import { scopeWords, words } from '../words.ts';
import { afterwards } from './objections.tsx';
import {
  aroundOf,
  backFrom,
  crumbs,
  OBJECTIONS,
  PersonField,
  personProblems,
  placeOf,
  purposeName,
  readTime,
  timeProblem,
  type Around,
  type Request,
} from './sheet.tsx';

const labels = {
  principal: words.principal,
  scope: words.what,
  purpose: words.purpose,
  recipient: words.recipient,
  on: words.saidOn,
  at: words.givenTime,
  evidence: words.evidence,
};

type Given = Record<keyof typeof labels, string>;

const names = Object.keys(labels) as (keyof Given)[];

const givenIn = (form: Form): Given => Object.fromEntries(names.map((name) => [name, form.text(name).trim()])) as Given;

interface View {
  c: Request;
  lang: Lang;
  around: Around;
  given: Given;
  search: Search;
  problems: readonly FieldProblem[];
}

const Fields = ({ c, lang, around, given, search, problems }: View) => {
  const field = fieldFor(lang, labels, problems);
  return (
    <>
      <PersonField c={c} field={field('principal')} value={given.principal} />
      <Radios
        {...field('scope')}
        need="required"
        value={given.scope}
        options={objectionScopes.map((value) => ({ value, label: scopeWords[value] }))}
      />
      <SelectField
        {...field('purpose')}
        value={given.purpose}
        blank={words.choose}
        options={around.purposes.map((id) => ({ value: id, label: purposeName(around, id, lang) }))}
      />
      <OfferedRecipients
        {...field('recipient')}
        recipients={[...around.recipients.values()]}
        value={given.recipient}
        search={search}
        beside={[{ value: '', label: words.noOneRecipient }]}
      />
      <DateField
        {...field('on')}
        need="optional"
        hint={words.saidHint[lang]}
        value={given.on}
        understood={given.on ? readJapaneseDate(given.on) : null}
      />
      <TextField {...field('at')} need="optional" width="date" hint={words.givenTimeHint[lang]} value={given.at} />
      <TextField
        {...field('evidence')}
        need="optional"
        hint={words.evidenceHint[lang]}
        value={given.evidence}
        maxlength={200}
      />
    </>
  );
};

async function formPage(
  { office }: Room,
  c: Request,
  given: Given,
  problem?: Problem,
  more: readonly FieldProblem[] = [],
): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const around = await aroundOf(office, 'all');
  const problems = [...(problem ? fieldsOf(problem) : []), ...more];
  const search = searchIn(c, c.req.method === 'POST' ? c.get('form') : null);
  return c.html(
    <OfficePage
      {...frame}
      title={words.objectionTitle[lang]}
      path={placeOf(c)}
      sub={words.objectionSub[lang]}
      crumbs={crumbs(lang, { label: words.objection[lang] })}
      failed={problems.length > 0}
    >
      <div class="max-w-[48rem]">
        <ErrorSummary lang={lang} problems={problems} labels={labels} />
        <PostForm action={`${OBJECTIONS}/new`} csrf={frame.csrf} values={{ key: newId(office.clock.now()) }}>
          <Panel title={words.objected[lang]}>
            <Fields {...{ c, lang, around, given, search, problems }} />
            <Buttons>
              <Button>{words.save[lang]}</Button>
              <LinkButton kind="text" href={backFrom(c)}>
                {words.cancel[lang]}
              </LinkButton>
            </Buttons>
          </Panel>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : problems.length > 0 ? 422 : search.pressed ? AGAIN : 200,
  );
}

function saidOn(on: Day | null, time: number | null, now: number): Moment {
  const day = on ?? dayOf(now);
  if (time !== null) return { on: day, at: startOf(day) + time };
  return { on: day, at: on ? null : now };
}

/** Reads the objection from the form. Without a day it counts as received today, and without a time too, as received now. */
function readAsk(given: Given, now: number): ObjectAsk | FieldProblem[] {
  const scope = objectionScopes.find((one) => one === given.scope);
  const on = readJapaneseDate(given.on);
  const problems = personProblems(given.principal);
  if (!scope) problems.push({ field: 'scope', says: { ja: '選んでください', en: 'Choose one' } });
  const time = readTime(given.at);
  if (given.on !== '' && !on) problems.push({ field: 'on', says: dayProblem(given.on) });
  if (given.at !== '' && time === null) problems.push({ field: 'at', says: timeProblem });
  if (!scope || problems.length > 0) return problems;
  return {
    principal: given.principal,
    scope,
    purpose: given.purpose || null,
    recipient: given.recipient || null,
    said: saidOn(on, time, now),
    evidence: given.evidence || null,
  };
}

async function submit(room: Room, c: Request): Promise<Response> {
  const form = c.get('form');
  const given = givenIn(form);
  if (searchIn(c, form).pressed) return formPage(room, c, given);
  const ask = readAsk(given, room.office.clock.now());
  if (Array.isArray(ask)) return formPage(room, c, given, undefined, ask);
  const key = form.text('key');
  // Pressing the button twice has only one effect.
  const idempotency = isId(key) ? { key, text: JSON.stringify(given) } : undefined;
  const outcome = await object(room.office, byOf(c), ask, idempotency);
  if (!outcome.ok) return formPage(room, c, given, outcome.problem);
  return c.redirect(afterwards(c, ask.principal, outcome.value.row.id, 'objected'), 303);
}

export const objectionPages = (room: Room): Route[] => [
  page('get', `${OBJECTIONS}/new`, 'consents:write', (c) => {
    const principal = c.req.query('principal') ?? '';
    const empty = { scope: '', purpose: '', recipient: '', on: '', at: '', evidence: '' };
    return formPage(room, c, { ...empty, principal: isId(principal) ? principal : '' });
  }),
  page('post', `${OBJECTIONS}/new`, 'consents:write', (c) => submit(room, c), {
    texts: formTexts({ ...labels, ...searchLabels }),
  }),
];
