// The form of a periodic check. A finding that the measures cannot be kept stops the recipient at once; the form says so beforehand.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { readJapaneseDate } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { checkRecipient } from '../actions/assurance.ts';
import { type Dossier, dossierOf } from '../actions/read.ts';
import { footingOf } from '../facts/standing.ts';
import { type CheckInput, measureStates } from '../facts/register.ts';
import { labels, measureWords, words } from '../words.ts';
import { crumbs, dayTyped, PATH, placeOf } from './list.tsx';

const names = ['on', 'method', 'measures', 'proof', 'foreignSystem', 'trouble', 'remedy', 'nextDue'] as const;

type Draft = Partial<Record<(typeof names)[number], string>>;

const draftOf = (form: Form): Draft => Object.fromEntries(names.map((name) => [name, form.text(name)]));

const inputOf = (form: Form): CheckInput => ({
  on: dayTyped(form, 'on'),
  method: form.text('method'),
  measures: form.text('measures'),
  proof: form.text('proof'),
  foreignSystem: form.text('foreignSystem'),
  trouble: form.text('trouble'),
  remedy: form.text('remedy'),
  nextDue: dayTyped(form, 'nextDue'),
});

interface Shown {
  of: Dossier;
  draft: Draft;
  problem?: Problem;
}

const fieldLabels = { ...labels, measures: labels.measureState };

interface FieldsProps {
  lang: Lang;
  abroad: boolean;
  /** True when nothing is given on a standing basis, so that what was given may have been returned. */
  over: boolean;
  draft: Draft;
  problems: readonly FieldProblem[];
}

const Fields = ({ lang, abroad, over, draft, problems }: FieldsProps) => {
  const ja = lang === 'ja';
  const field = (name: (typeof names)[number]) => ({
    ...fieldFor(lang, fieldLabels, problems)(name),
    value: draft[name],
  });
  const inTrouble = ja
    ? '支障があったとき、続けられないときに書きます'
    : 'Write this if there was trouble, or if the measures cannot be kept';
  return (
    <>
      <DateField {...field('on')} need="required" understood={readJapaneseDate(draft.on ?? '')} />
      <TextArea {...field('method')} need="required" rows={2} />
      <Radios
        {...field('measures')}
        need="required"
        options={measureStates
          .filter((value) => over || value !== 'returned')
          .map((value) => ({ value, label: measureWords[value] }))}
      />
      {over && (
        <TextField
          {...field('proof')}
          hint={
            ja
              ? '「返却・消去を確かめた」ときに書きます。例：データ消去証明書 2027-12'
              : 'Write this for “Returned or erased”. For example: certificate of erasure 2027-12'
          }
        />
      )}
      {abroad && (
        <TextArea
          {...field('foreignSystem')}
          need="optional"
          hint={ja ? '影響しうる制度がなければ空欄にします' : 'Leave empty if no system may affect the measures'}
          rows={3}
        />
      )}
      <TextArea {...field('trouble')} hint={inTrouble} rows={3} />
      <TextArea {...field('remedy')} hint={inTrouble} rows={3} />
      <DateField
        {...field('nextDue')}
        need="optional"
        hint={
          ja
            ? '空欄なら、根拠に書いた確認の間隔の後（なければ1年後）。「続けられない」ときと「返却・消去を確かめた」ときは要りません'
            : 'If left empty: after the interval stated in the basis, or one year if none is stated. Not needed for “Cannot be kept” and “Returned or erased”'
        }
        understood={readJapaneseDate(draft.nextDue ?? '')}
      />
    </>
  );
};

function formPage(
  c: Context<Env>,
  today: Day,
  { of: { recipient, assurances }, draft, problem }: Shown,
): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const back = `${PATH}/${recipient.id}`;
  const problems = fieldsOf(problem);
  const abroad = recipient.country !== 'JP';
  const over = footingOf(recipient, assurances, today) !== 'stands';
  return c.html(
    <OfficePage
      {...frame}
      title={words.addCheck[lang]}
      path={placeOf(c)}
      failed={problem !== undefined}
      sub={recipient.name}
      crumbs={crumbs(lang, { label: recipient.name, href: back }, { label: words.addCheck[lang] })}
    >
      <ErrorSummary lang={lang} problems={problems} labels={fieldLabels} />
      <div class="max-w-3xl">
        <div class="mb-5 grid gap-3">
          <Note>{(abroad ? words.checkSays : words.checkSaysHere)[lang]}</Note>
          {over && <Note>{words.returnSays[lang]}</Note>}
        </div>
        <PostForm action={`${back}/checks/new`} csrf={frame.csrf}>
          <Fields {...{ lang, abroad, over, draft, problems }} />
          <Buttons>
            <Button>{words.record[lang]}</Button>
            <LinkButton kind="text" href={back}>
              {words.cancel[lang]}
            </LinkButton>
          </Buttons>
        </PostForm>
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

async function submit(office: Office, c: Context<Env>): Promise<Response> {
  const found = await dossierOf(office, c.req.param('id')!);
  if (!found.ok) return c.notFound();
  const { id } = found.value.recipient;
  const form = c.get('form');
  const outcome = await checkRecipient(office, byOf(c), id, inputOf(form));
  if (outcome.ok) return c.redirect(`${PATH}/${id}?saved`, 303);
  return formPage(c, office.clock.today(), { of: found.value, draft: draftOf(form), problem: outcome.problem });
}

export const checkPages = (office: Office): Route[] => [
  page('get', `${PATH}/:id/checks/new`, 'recipients:write', async (c) => {
    const found = await dossierOf(office, c.req.param('id')!);
    return found.ok ? formPage(c, office.clock.today(), { of: found.value, draft: {} }) : c.notFound();
  }),
  page('post', `${PATH}/:id/checks/new`, 'recipients:write', (c) => submit(office, c), {
    texts: formTexts(fieldLabels, { prose: /^(method|foreignSystem|trouble|remedy)$/ }),
  }),
];
