// Withdrawing one consent, on a page of its own, because it cannot be undone; and stating at what time it was, once that is known.

import { startOf } from '../../../base/day.ts';
import { fieldsOf, invalid, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { DateField, ErrorSummary, fieldFor, PostForm, TextField } from '../../../platform/ui/form.tsx';
import { dayProblem, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { byOf, type Room } from '../../access/index.ts';
import { consentOf, stateWithdrawalTime, withdrawConsent, type Consented } from '../actions/consents.ts';
import { remainsOf } from '../facts/standing.ts';
import { historiesOfPerson } from '../store/standing.ts';
import { remainsTitle, words } from '../words.ts';
import {
  crumbs,
  moment,
  objectionHref,
  PATH,
  PersonLink,
  placeOf,
  readTime,
  textName,
  timeProblem,
  type Request,
} from './sheet.tsx';

const labels = { on: words.withdrawOn, at: words.givenTime, evidence: words.evidence, consent: words.one };

/** Returns how many other consents of the person for one of its purposes are still in force, under whatever id. */
async function remaining({ database }: Office, { row, text }: Consented): Promise<number> {
  const { history, elsewhere } = await historiesOfPerson(database, row.principal_id);
  return [history, ...elsewhere].flatMap((of) =>
    of.consents.filter(
      (other) =>
        other.id !== row.id &&
        other.text.purposes.some((purpose) => text.purposes.includes(purpose)) &&
        remainsOf(other, of).state !== 'ended',
    ),
  ).length;
}

const factsOf = (c: Request, { row, text }: Consented) => {
  const lang = c.get('lang');
  return [
    [words.person[lang], <PersonLink c={c} id={row.principal_id} />],
    [words.text[lang], textName(text, lang)],
    [words.givenOn[lang], <span class="num">{moment(row.given_on, row.given_at)}</span>],
  ] as const;
};

interface View {
  one: Consented;
  on: string;
  at: string;
  evidence: string;
  problem?: Problem;
  problems?: readonly FieldProblem[];
}

async function formPage(
  office: Office,
  c: Request,
  { one, on, at, evidence, problem, problems = [] }: View,
): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const wrong = [...(problem ? fieldsOf(problem) : []), ...problems];
  const field = fieldFor(lang, labels, wrong);
  const consent = `${PATH}/${one.row.id}`;
  const others = await remaining(office, one);
  return c.html(
    <OfficePage
      {...frame}
      title={words.withdraw[lang]}
      path={placeOf(c)}
      crumbs={crumbs(lang, { label: words.one[lang], href: consent }, { label: words.withdraw[lang] })}
      failed={wrong.length > 0}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary
          lang={lang}
          problems={wrong}
          labels={{ on: labels.on, at: labels.at, evidence: labels.evidence }}
        />
        <Banner kind="warn" title={words.withdraw[lang]}>
          {words.withdrawSays[lang]}
        </Banner>
        {others > 0 && (
          <Banner
            kind="warn"
            title={remainsTitle(others, lang)}
            action={{ href: objectionHref(one.row.principal_id), label: words.objection[lang] }}
          >
            {words.remainsSays[lang]}
          </Banner>
        )}
        <PostForm action={`${consent}/withdraw`} csrf={frame.csrf}>
          <Panel title={words.one[lang]}>
            <Dl items={factsOf(c, one)} />
            <div class="mt-5">
              <DateField {...field('on')} need="required" value={on} understood={on ? readJapaneseDate(on) : null} />
              <TextField {...field('at')} need="optional" width="date" hint={words.givenTimeHint[lang]} value={at} />
              <TextField
                {...field('evidence')}
                need="optional"
                hint={words.evidenceHint[lang]}
                value={evidence}
                maxlength={200}
              />
            </div>
            <Buttons>
              <Button kind="stop">{words.withdraw[lang]}</Button>
              <LinkButton kind="text" href={consent}>
                {words.cancel[lang]}
              </LinkButton>
            </Buttons>
          </Panel>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : wrong.length > 0 ? 422 : 200,
  );
}

const typed = (form: Form) => ({
  on: form.text('on'),
  at: form.text('at').trim(),
  evidence: form.text('evidence').trim(),
});

async function submit({ office }: Room, c: Request): Promise<Response> {
  const found = await consentOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const given = typed(c.get('form'));
  const on = readJapaneseDate(given.on);
  const time = readTime(given.at);
  const problems: FieldProblem[] = [];
  if (!on) problems.push({ field: 'on', says: dayProblem(given.on) });
  if (given.at !== '' && time === null) problems.push({ field: 'at', says: timeProblem });
  if (!on || problems.length > 0) return formPage(office, c, { one: found.value, ...given, problems });
  const id = found.value.row.id;
  const at = time === null ? null : startOf(on) + time;
  const outcome = await withdrawConsent(office, byOf(c), id, { on, at, evidence: given.evidence || null });
  return outcome.ok
    ? c.redirect(`${PATH}/${id}`, 303)
    : formPage(office, c, { one: found.value, ...given, problem: outcome.problem });
}

function timePage(
  c: Request,
  { one, at, problem }: { one: Consented; at: string; problem?: Problem },
): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const wrong = problem ? fieldsOf(problem) : [];
  const consent = `${PATH}/${one.row.id}`;
  return c.html(
    <OfficePage
      {...frame}
      title={words.withdrawalTime[lang]}
      path={placeOf(c)}
      crumbs={crumbs(lang, { label: words.one[lang], href: consent }, { label: words.withdrawalTime[lang] })}
      failed={wrong.length > 0}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary lang={lang} problems={wrong} labels={{ at: labels.at }} />
        <Banner kind="info" title={words.withdrawalTime[lang]}>
          {words.withdrawalTimeSays[lang]}
        </Banner>
        <PostForm action={`${consent}/withdrawal-time`} csrf={frame.csrf}>
          <Panel title={words.one[lang]}>
            <Dl
              items={[
                ...factsOf(c, one),
                [words.withdrawOn[lang], <span class="num">{one.withdrawals.map((w) => slashDay(w.on_day))}</span>],
              ]}
            />
            <div class="mt-5">
              <TextField
                {...fieldFor(lang, labels, wrong)('at')}
                need="required"
                width="date"
                hint={words.timeForm[lang]}
                value={at}
              />
            </div>
            <Buttons>
              <Button>{words.save[lang]}</Button>
              <LinkButton kind="text" href={consent}>
                {words.cancel[lang]}
              </LinkButton>
            </Buttons>
          </Panel>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

/** The withdrawn consent of a request. */
async function withdrawnOne(office: Office, c: Request): Promise<Consented | null> {
  const found = await consentOf(office, c.req.param('id')!);
  return found.ok && found.value.withdrawals.length > 0 ? found.value : null;
}

async function submitTime({ office }: Room, c: Request): Promise<Response> {
  const one = await withdrawnOne(office, c);
  if (!one) return c.notFound();
  const at = c.get('form').text('at').trim();
  const time = readTime(at);
  const outcome =
    time === null ? invalid('at', timeProblem) : await stateWithdrawalTime(office, byOf(c), one.row.id, time);
  return outcome.ok ? c.redirect(`${PATH}/${one.row.id}`, 303) : timePage(c, { one, at, problem: outcome.problem });
}

export const withdrawPages = (room: Room): Route[] => [
  page('get', `${PATH}/:id/withdraw`, 'consents:write', async (c) => {
    const found = await consentOf(room.office, c.req.param('id')!);
    if (!found.ok) return c.notFound();
    return formPage(room.office, c, {
      one: found.value,
      on: slashDay(room.office.clock.today()),
      at: '',
      evidence: '',
    });
  }),
  page('post', `${PATH}/:id/withdraw`, 'consents:write', (c) => submit(room, c), { texts: formTexts(labels) }),
  page('get', `${PATH}/:id/withdrawal-time`, 'consents:write', async (c) => {
    const one = await withdrawnOne(room.office, c);
    return one ? timePage(c, { one, at: '' }) : c.notFound();
  }),
  page('post', `${PATH}/:id/withdrawal-time`, 'consents:write', (c) => submitTime(room, c), {
    texts: formTexts({ at: labels.at }),
  }),
];
