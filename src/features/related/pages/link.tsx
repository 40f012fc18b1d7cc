// The forms that link an identifier to a person and delete a link. The value is typed here and never shown again.

import type { Context } from 'hono';
import { both } from '../../../base/bilingual.ts';
import { isId } from '../../../base/id.ts';
import type { FieldProblem, Problem } from '../../../base/outcome.ts';
import type { Office } from '../../../office.ts';
import { formTexts, page, problemStatus, type Env, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip } from '../../../platform/ui/chip.tsx';
import { FindingView } from '../../../platform/ui/finding.tsx';
import { ErrorSummary, fieldFor, PostForm, SelectField, TextField } from '../../../platform/ui/form.tsx';
import { stamp } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { EntryLink } from '../../../platform/ui/reach.tsx';
import { Table } from '../../../platform/ui/table.tsx';
import { byOf } from '../../access/index.ts';
import { itemName, madeUnder, standing } from '../../checkpoint/index.ts';
import { collectionInUse } from '../actions/collections.ts';
import { link, unlink } from '../actions/links.ts';
import { receiptOf } from '../actions/receipts.ts';
import { unlinkReasons } from '../facts/linking.ts';
import type { Collection } from '../facts/collection.ts';
import type { LinkRow } from '../tables.ts';
import { layerWords, reasonWords, words } from '../words.ts';
import { crumbs, itemText, PATH, type Names } from './list.tsx';

const NEW = `${PATH}/links/new`;

const Unlink = ({ c, row }: { c: Context<Env>; row: LinkRow }) => {
  const { lang, csrf } = c.get('frame');
  const name = `why-${row.id}`;
  return (
    <PostForm action={`${PATH}/links/${row.id}/unlink`} csrf={csrf}>
      <span class="flex flex-wrap md:flex-nowrap gap-2 items-center">
        <label class="sr-only" for={name}>
          {words.unlinkReason[lang]}
        </label>
        <select class="select input-s" id={name} name="reason">
          {unlinkReasons.map((reason) => (
            <option value={reason}>{reasonWords[reason][lang]}</option>
          ))}
        </select>
        <Button small kind="second">
          {words.unlink[lang]}
        </Button>
      </span>
    </PostForm>
  );
};

export const LinkTable = ({ c, rows, names }: { c: Context<Env>; rows: readonly LinkRow[]; names: Names }) => {
  const lang = c.get('lang');
  const may = c.get('may')('consents:write');
  return (
    <Table
      lang={lang}
      caption={words.links}
      stack
      columns={[
        { key: 'at', head: words.linkedOn, rowHead: true, nowrap: true },
        { key: 'identifier', head: words.item },
        { key: 'class', head: words.class },
        ...(may ? [{ key: 'unlink', head: words.unlink, quiet: true }] : []),
      ]}
      rows={rows.map((row) => ({
        cells: {
          at: (
            <EntryLink id={row.id} otherwise={stamp(row.at.getTime())}>
              {stamp(row.at.getTime())}
            </EntryLink>
          ),
          identifier: itemText(names.collections.get(row.collection_id), [row.identifier], lang),
          class: <Chip kind="warn">{layerWords[row.class][lang]}</Chip>,
          unlink: <Unlink c={c} row={row} />,
        },
      }))}
    />
  );
};

interface Place {
  collection: Collection;
  receipt: string | undefined;
  principal: string;
  identifier: string;
  value: string;
}

async function placeOfForm(office: Office, c: Context<Env>, form: Form | null): Promise<Place | null> {
  const asked = (name: string): string => (form ? form.text(name) : (c.req.query(name) ?? ''));
  const found = await collectionInUse(office, asked('collection'));
  if (!found.ok) return null;
  const receipt = asked('receipt').trim() || undefined;
  const known = receipt && isId(receipt) ? await receiptOf(office, receipt) : null;
  return {
    collection: found.value,
    receipt,
    principal: asked('principal').trim() || (known?.ok ? (known.value.principal_id ?? '') : ''),
    identifier: asked('identifier'),
    value: form?.text('value') ?? '',
  };
}

const labels = {
  receipt: both('受け取りの記録の番号', 'Id of the receipt'),
  principal: both('本人の番号', 'Id of the person'),
  identifier: words.identifier,
  value: words.value,
};

const LinkForm = ({ c, place, problems }: { c: Context<Env>; place: Place; problems: readonly FieldProblem[] }) => {
  const { lang, csrf } = c.get('frame');
  const { collection, receipt, principal, identifier, value } = place;
  const field = (name: keyof typeof labels) => ({
    ...fieldFor(lang, labels, problems)(name),
    need: 'required' as const,
  });
  return (
    <PostForm action={NEW} csrf={csrf} values={{ collection: collection.id }} whole>
      {collection.source === 'third-party' && <TextField {...field('receipt')} value={receipt ?? ''} />}
      <TextField {...field('principal')} value={principal} />
      <SelectField
        {...field('identifier')}
        value={identifier}
        blank={words.choose}
        options={collection.items.map(({ code, label }) => ({ value: code, label }))}
      />
      <TextField {...field('value')} value={value} hint={words.linkSays[lang]} />
      <Buttons>
        <Button>{words.link[lang]}</Button>
        <LinkButton kind="text" href={`${PATH}/collections/${collection.id}`}>
          {words.cancel[lang]}
        </LinkButton>
      </Buttons>
    </PostForm>
  );
};

async function formPage(office: Office, c: Context<Env>, place: Place, problem?: Problem): Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const { collection } = place;
  const problems = problem?.kind === 'invalid' ? problem.fields : [];
  const stands = await standing(office);
  return c.html(
    <OfficePage
      {...frame}
      title={words.linkTitle[lang]}
      path={`${NEW}?collection=${collection.id}`}
      sub={collection.name[lang]}
      failed={problem !== undefined}
      crumbs={crumbs(
        lang,
        { label: collection.name[lang], href: `${PATH}/collections/${collection.id}` },
        { label: words.linkTitle[lang] },
      )}
    >
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      {problem && 'says' in problem && (
        <div class="mb-4">
          <Banner kind="bad" role="alert" title={problem.says[lang]} />
        </div>
      )}
      {problem?.kind === 'refused' && (
        <div class="mb-5">
          <FindingView
            lang={lang}
            finding={problem.finding}
            question={words.linkTitle}
            title={words.mayNotLink}
            says={words.nothingLinked}
            madeUnder={madeUnder(stands.policy)}
            itemName={itemName(lang)}
          />
        </div>
      )}
      <div class="max-w-[48rem]">
        <LinkForm c={c} place={place} problems={problems} />
      </div>
    </OfficePage>,
    problem ? problemStatus(problem) : 200,
  );
}

export const linkPages = (office: Office): Route[] => [
  page('get', NEW, 'people:acquire', async (c) => {
    const place = await placeOfForm(office, c, null);
    return place ? formPage(office, c, place) : c.redirect(PATH, 303);
  }),
  page(
    'post',
    NEW,
    'people:acquire',
    async (c) => {
      const place = await placeOfForm(office, c, c.get('form'));
      if (!place) return c.redirect(PATH, 303);
      const { collection, ...rest } = place;
      const outcome = await link(office, byOf(c), { collection: collection.id, ...rest });
      return outcome.ok
        ? c.redirect(`${PATH}/collections/${collection.id}?linked=1`, 303)
        : formPage(office, c, place, outcome.problem);
    },
    { texts: formTexts(labels) },
  ),
  page('post', `${PATH}/links/:id/unlink`, 'consents:write', async (c) => {
    const reason = unlinkReasons.find((one) => one === c.get('form').text('reason')) ?? 'not-needed';
    const outcome = await unlink(office, byOf(c), c.req.param('id')!, reason);
    return outcome.ok ? c.redirect(`${PATH}/collections/${outcome.value.collection_id}?unlinked=1`, 303) : c.notFound();
  }),
];
