// Withdrawing one consent, on a page of its own, because it cannot be undone.

import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
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
import { consentOf, withdrawConsent, type Consented } from '../actions/consents.ts';
import { remainsOf } from '../facts/standing.ts';
import { historiesOfPerson } from '../store/standing.ts';
import { remainsTitle, words } from '../words.ts';
import { crumbs, moment, objectionHref, PATH, PersonLink, placeOf, textName, type Request } from './sheet.tsx';

const labels = { on: words.withdrawOn, evidence: words.evidence, consent: words.one };

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

interface View {
  one: Consented;
  on: string;
  evidence: string;
  problem?: Problem;
  problems?: readonly FieldProblem[];
}

async function formPage(
  office: Office,
  c: Request,
  { one, on, evidence, problem, problems = [] }: View,
): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const wrong = [...(problem ? fieldsOf(problem) : []), ...problems];
  const field = fieldFor(lang, labels, wrong);
  const at = `${PATH}/${one.row.id}`;
  const others = await remaining(office, one);
  return c.html(
    <OfficePage
      {...frame}
      title={words.withdraw[lang]}
      path={placeOf(c)}
      crumbs={crumbs(lang, { label: words.one[lang], href: at }, { label: words.withdraw[lang] })}
      failed={wrong.length > 0}
    >
      <div class="max-w-[48rem] grid gap-5">
        <ErrorSummary lang={lang} problems={wrong} labels={{ on: labels.on, evidence: labels.evidence }} />
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
        <PostForm action={`${at}/withdraw`} csrf={frame.csrf}>
          <Panel title={words.one[lang]}>
            <Dl
              items={[
                [words.person[lang], <PersonLink c={c} id={one.row.principal_id} />],
                [words.text[lang], textName(one.text, lang)],
                [words.givenOn[lang], <span class="num">{moment(one.row.given_on, one.row.given_at)}</span>],
              ]}
            />
            <div class="mt-5">
              <DateField {...field('on')} need="required" value={on} understood={on ? readJapaneseDate(on) : null} />
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
              <LinkButton kind="text" href={at}>
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

const typed = (form: Form) => ({ on: form.text('on'), evidence: form.text('evidence').trim() });

async function submit({ office }: Room, c: Request): Promise<Response> {
  const found = await consentOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const given = typed(c.get('form'));
  const on = readJapaneseDate(given.on);
  if (!on)
    return formPage(office, c, { one: found.value, ...given, problems: [{ field: 'on', says: dayProblem(given.on) }] });
  const id = found.value.row.id;
  const outcome = await withdrawConsent(office, byOf(c), id, { on, evidence: given.evidence || null });
  return outcome.ok
    ? c.redirect(`${PATH}/${id}`, 303)
    : formPage(office, c, { one: found.value, ...given, problem: outcome.problem });
}

export const withdrawPages = (room: Room): Route[] => [
  page('get', `${PATH}/:id/withdraw`, 'consents:write', async (c) => {
    const found = await consentOf(room.office, c.req.param('id')!);
    if (!found.ok) return c.notFound();
    return formPage(room.office, c, { one: found.value, on: slashDay(room.office.clock.today()), evidence: '' });
  }),
  page('post', `${PATH}/:id/withdraw`, 'consents:write', (c) => submit(room, c), { texts: formTexts(labels) }),
];
