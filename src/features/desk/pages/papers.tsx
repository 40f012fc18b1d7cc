// The papers of a request: a sealed one opened to be read, and the letters as files. Nothing of their content is in an address, and each opening is
// logged; for a closed request it asks for the reason.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { fieldsOf, type Problem } from '../../../base/outcome.ts';
import { page, problemStatus, type Route } from '../../../platform/http/index.ts';
import { coverings, MOST_UPLOAD_FORM_BYTES, type UploadKind } from '../../../platform/upload.ts';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, fieldFor, PostForm, Radios } from '../../../platform/ui/form.tsx';
import { listed, writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import type { Values } from '../../../vault/index.ts';
import { byOf } from '../../access/index.ts';
import { standing, type Standing } from '../../checkpoint/index.ts';
import { measureItemWords, recipientNames } from '../../recipients/index.ts';
import { caseOf, type Case } from '../actions/cases.ts';
import { openingProblem, readPaper } from '../actions/papers.ts';
import type { Plan } from '../actions/decide.ts';
import { printLetter, readCopy, type LetterPdf } from '../actions/copies.ts';
import { correctedName, letterNames } from '../actions/drafts.ts';
import { keepScan, readScan } from '../actions/scans.ts';
import type { Agent, Sender } from '../actions/register.ts';
import type { Told } from '../actions/told.ts';
import { withPlaces } from '../facts/place.ts';
import { numberOf, openingReasons, type OpeningReason } from '../facts/request.ts';
import { openingWords } from '../words.ts';
import type { PaperKind } from '../tables.ts';
import { refused } from './case.tsx';
import { nameOf } from './letters.tsx';
import { itemText } from './review.tsx';
import { crumbs, PATH, type Asked, type Room } from './sheet.tsx';
import { paperWord } from './side.tsx';

const words = {
  name: both('氏名', 'Name'),
  address: both('住所', 'Address'),
  email: both('メールアドレス', 'E-mail address'),
  principal: both('本人の氏名', 'Name of the person'),
  only: both(
    'この請求への対応だけに使います。開いたことは記録しました。',
    'Use this only for this request. The opening is on record.',
  ),
  back: both('請求に戻る', 'Back to the request'),
  taken: both('取り除く', 'Taken out'),
  purposes: both('止める利用目的', 'Purposes to stop'),
  recipients: both('止める提供先', 'Recipients to stop'),
  tell: both('訂正を知らせる提供先', 'Recipients to tell of the correction'),
  measures: both('代わりにとる措置', 'Measures taken instead'),
  untold: both('知らせない項目', 'Items not told'),
  nothing: both('訂正した項目には、何もありませんでした。', 'There was nothing in the items that were corrected.'),
  open: both('開く', 'Open'),
  closed: both('終わった請求の書類を開く', 'Open a paper of a closed request'),
  whatFor: both(
    'この請求への対応は終わっています。届いた書類や送った手紙は、次のどれかの目的でだけ開けます（方針で公表した約束です）。選んだ目的は、開いた記録に残ります。',
    'This request is closed. The papers that came and the letters that were sent may be opened only for one of these purposes, as our policy promises. Your choice is kept in the record of the opening.',
  ),
  asDecided: both('決めたとおりで、ほかに書いたことはありません。', 'As decided; nothing else was written down.'),
} satisfies Record<string, Bilingual>;

/** What the codes of a paper stand for. */
interface Names {
  stands: Standing;
  /** Of the recipients that the paper names, by id. */
  recipients: ReadonlyMap<string, string>;
}

const recipientsIn = ({ recipients = [], tell = [], untold = [] }: Plan): string[] => [
  ...recipients,
  ...tell,
  ...untold.map(({ recipient }) => recipient),
];

async function namesFor(room: Room, known: Case, { kind, text }: { kind: PaperKind; text: string }): Promise<Names> {
  const stands = withPlaces(await standing(room.office), known.request);
  const named = kind === 'change' ? recipientsIn(JSON.parse(text) as Plan) : [];
  return { stands, recipients: await recipientNames(room.office, named) };
}

/** A plan in words. */
function planRows(plan: Plan, { stands, recipients: names }: Names, lang: Lang): (readonly [string, string])[] {
  const { changes = [], purposes = [], recipients = [], tell = [], measures = '', untold = [] } = plan;
  const written = changes.flatMap(({ holding, items }) =>
    Object.entries(items).map(
      ([item, value]) => [itemText(stands, holding, item, lang), value ?? words.taken[lang]] as const,
    ),
  );
  const listedText = (label: Bilingual, all: readonly string[]) =>
    all.length === 0 ? [] : [[label[lang], listed(all, lang)] as const];
  const named = purposes.map((id) => stands.purposes.get(id)?.says?.[lang] ?? id);
  return [
    ...written,
    ...listedText(words.purposes, named),
    ...listedText(
      words.recipients,
      recipients.map((id) => names.get(id) ?? id),
    ),
    ...listedText(
      words.tell,
      tell.map((id) => names.get(id) ?? id),
    ),
    ...listedText(words.measures, measures === '' ? [] : [measures]),
    ...listedText(
      words.untold,
      untold.flatMap(({ recipient, items }) =>
        items.map(
          (item) =>
            `${names.get(recipient) ?? recipient}${lang === 'ja' ? '：' : ': '}${measureItemWords[item]![lang]}`,
        ),
      ),
    ),
  ];
}

const Rows = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <Dl
    items={rows.map(
      ([label, value]) =>
        [
          label,
          <span class="whitespace-pre-line" translate="no">
            {value}
          </span>,
        ] as const,
    )}
  />
);

const Content = (props: { kind: PaperKind; about: string | null; text: string; names: Names; lang: Lang }) => {
  const { kind, about, text, names, lang } = props;
  const { stands } = names;
  if (kind === 'sender' || kind === 'agent') {
    const { name, address, email, principal = '' } = JSON.parse(text) as Sender & Partial<Pick<Agent, 'principal'>>;
    const rows = [
      [words.name[lang], name],
      [words.address[lang], address],
      [words.email[lang], email],
      [words.principal[lang], principal],
    ] as const;
    return <Rows rows={rows.filter(([, value]) => value !== '')} />;
  }
  if (kind === 'former') {
    const rows = Object.entries(JSON.parse(text) as Values).map(
      ([item, value]) => [itemText(stands, about ?? '', item, lang), value] as const,
    );
    return rows.length > 0 ? <Rows rows={rows} /> : <p>{words.nothing[lang]}</p>;
  }
  if (kind === 'told') {
    const { holding, values } = JSON.parse(text) as Told;
    return (
      <Rows rows={Object.entries(values).map(([item, value]) => [itemText(stands, holding, item, lang), value])} />
    );
  }
  if (kind === 'change') {
    const rows = planRows(JSON.parse(text) as Plan, names, lang);
    return rows.length > 0 ? <Rows rows={rows} /> : <p>{words.asDecided[lang]}</p>;
  }
  return (
    <p class="whitespace-pre-line" translate="no">
      {text}
    </p>
  );
};

const types: Record<UploadKind, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  heic: 'image/heic',
};

/** Shows a copy in the browser, which keeps nothing of it; its type is told from its bytes. */
async function scanFile(room: Room, c: Asked, paper: { id: string; about: string | null }): Promise<Response> {
  const read = await readScan(room, byOf(c), c.req.param('id') ?? '', paper);
  if (!read.ok) return c.notFound();
  const { kind, bytes } = read.value;
  c.header('content-type', types[kind]);
  c.header('content-disposition', kind === 'heic' ? 'attachment; filename="copy.heic"' : 'inline');
  return c.body(bytes);
}

const openingLabels = { for: both('何のために開くか', 'What it is opened for') };

const reasonIn = (text: string): OpeningReason | undefined => openingReasons.find((one) => one === text);

/** Asks for the reason to open a paper of a closed request. */
const Opening = ({ c, known, asked }: { c: Asked; known: Case; asked: boolean }) => {
  const lang = c.get('lang');
  const number = numberOf(known.row);
  const problem = openingProblem(known.row, undefined);
  const problems = asked && problem ? [problem] : [];
  return (
    <OfficePage
      {...c.get('frame')}
      title={words.closed[lang]}
      path={`${PATH}/${known.row.id}`}
      sub={number}
      crumbs={crumbs(lang, { label: number, href: `${PATH}/${known.row.id}` }, { label: words.open[lang] })}
      failed={asked}
    >
      <ErrorSummary lang={lang} problems={problems} labels={openingLabels} />
      <div class="max-w-[48rem]">
        <Panel title={words.closed[lang]} id="opening">
          <p class="mb-4">{words.whatFor[lang]}</p>
          <PostForm action={c.req.path} csrf={c.get('csrf')} values={{ asked: 'yes' }} whole>
            <Radios
              {...fieldFor(lang, openingLabels, problems)('for')}
              need="required"
              value=""
              options={openingReasons.map((one) => ({
                value: one,
                label: openingWords[one].name,
                note: openingWords[one].note,
              }))}
            />
            <Buttons>
              <Button>{words.open[lang]}</Button>
              <LinkButton kind="text" href={`${PATH}/${known.row.id}`}>
                {words.back[lang]}
              </LinkButton>
            </Buttons>
          </PostForm>
        </Panel>
      </div>
    </OfficePage>
  );
};

function ask(c: Asked, known: Case): Response | Promise<Response> {
  const asked = c.get('form').text('asked') === 'yes';
  return c.html(<Opening c={c} known={known} asked={asked} />, asked ? 422 : 200);
}

/** A file to download, which neither the browser nor anything between may cache. */
const fileAnswer = ({ number, name, bytes }: LetterPdf): Response =>
  new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': name === 'data' ? 'application/json; charset=utf-8' : 'application/pdf',
      'content-disposition': `attachment; filename="${number}-${name.replace(/-.*/, '')}.${name === 'data' ? 'json' : 'pdf'}"`,
      'cache-control': 'no-store',
    },
  });

/** A file of a delivery as it lies ready for the person, before it is encrypted. */
async function parcelFile(room: Room, c: Asked, paper: { id: string; about: string | null }): Promise<Response> {
  const read = await readPaper(room, byOf(c), c.req.param('id') ?? '', paper.id);
  if (!read.ok) return c.notFound();
  const data = paper.about === 'data';
  c.header('content-type', data ? 'application/json; charset=utf-8' : 'application/pdf');
  c.header('content-disposition', data ? 'attachment; filename="data.json"' : 'inline');
  return c.body(Buffer.from(read.value, 'base64'));
}

/** Keeps a copy that came with the papers. */
async function addScan(room: Room, c: Asked): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const form = c.get('form');
  const file = form.file('scan') ?? new File([], '');
  const covered = coverings.find((one) => one === form.text('covered')) ?? '';
  const kept = await keepScan(room, byOf(c), id, { file, covered });
  if (kept.ok) return c.redirect(`${PATH}/${id}`, 303);
  const found = await caseOf(room, id);
  if (!found.ok) return c.notFound();
  return refused(room, c, found.value, { event: 'identified', problem: kept.problem });
}

const Unread = ({ problem, lang }: { problem: Problem; lang: Lang }) => (
  <p class="whitespace-pre-line">
    {fieldsOf(problem)
      .map(({ says }) => says[lang])
      .join('\n')}
  </p>
);

/** A page for one paper. */
const PaperPage = (props: { c: Asked; known: Case; name: string; on: Day; note: string | null; children: Child }) => {
  const { c, known, name, on, note, children } = props;
  const lang = c.get('lang');
  const at = `${PATH}/${known.row.id}`;
  const number = numberOf(known.row);
  return (
    <OfficePage
      {...c.get('frame')}
      title={name}
      path={at}
      sub={`${number}　${writtenDay(on, lang)}`}
      crumbs={crumbs(lang, { label: number, href: at }, { label: name })}
      actions={
        <LinkButton kind="second" small href={at}>
          {words.back[lang]}
        </LinkButton>
      }
    >
      <div class="max-w-[48rem] grid gap-5">
        <Panel title={name} id="paper">
          {children}
        </Panel>
        {note && <Note>{note}</Note>}
      </div>
    </OfficePage>
  );
};

async function openPaper(room: Room, c: Asked): Promise<Response> {
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  const found = await caseOf(room, id);
  const paper = found.ok && found.value.papers.find((one) => one.id === c.req.param('paper'));
  if (!found.ok || !paper) return c.notFound();
  const why = reasonIn(c.get('form').text('for'));
  if (!paper.gone_at && openingProblem(found.value.row, why)) return ask(c, found.value);
  if (paper.kind === 'copy' && !paper.gone_at) {
    const copy = await readCopy(room, byOf(c), found.value, paper, why);
    if (copy.ok) return fileAnswer(copy.value);
  }
  if (paper.kind === 'identity' && !paper.gone_at) return scanFile(room, c, paper);
  if (paper.kind === 'parcel' && !paper.gone_at) return parcelFile(room, c, paper);
  const read = await readPaper(room, byOf(c), id, paper.id, why);
  const names = await namesFor(room, found.value, { kind: paper.kind, text: read.ok ? read.value : '{}' });
  const name = paperWord(paper, names.stands, lang);
  return c.html(
    <PaperPage c={c} known={found.value} name={name} on={paper.on_day} note={read.ok ? words.only[lang] : null}>
      {read.ok ? (
        <Content kind={paper.kind} about={paper.about} text={read.value} names={names} lang={lang} />
      ) : (
        <Unread problem={read.problem} lang={lang} />
      )}
    </PaperPage>,
    read.ok ? 200 : problemStatus(read.problem),
  );
}

/** The file of a letter, or why it cannot be made. */
async function letterFile(room: Room, c: Asked): Promise<Response> {
  const found = await caseOf(room, c.req.param('id') ?? '');
  const [, name = '', recipient = ''] = /^([a-z]+)(?:-([0-9a-f-]{36}))?\.pdf$/.exec(c.req.param('file') ?? '') ?? [];
  const letter = name === 'corrected' ? correctedName(recipient) : letterNames.find((one) => one === name);
  if (!found.ok || !letter) return c.notFound();
  const made = await printLetter(room, byOf(c), found.value.row.id, letter, reasonIn(c.req.query('for') ?? ''));
  if (made.ok) return fileAnswer(made.value);
  if (made.problem.kind === 'not-found') return c.notFound();
  const lang = c.get('lang');
  return c.html(
    <PaperPage
      c={c}
      known={found.value}
      name={nameOf(found.value, letter, lang)}
      on={room.office.clock.today()}
      note={null}
    >
      <Unread problem={made.problem} lang={lang} />
    </PaperPage>,
    problemStatus(made.problem),
  );
}

export const paperPages = (room: Room): Route[] => [
  page('post', `${PATH}/:id/scans`, 'requests:write', (c) => addScan(room, c), { most: MOST_UPLOAD_FORM_BYTES }),
  page('post', `${PATH}/:id/papers/:paper`, 'requests:write', (c) => openPaper(room, c)),
  page('get', `${PATH}/:id/letters/:file`, 'requests:write', (c) => letterFile(room, c)),
];
