// The proof of one handling for the person it was about: a page with what the receipt will state, the sealed PDF and the proof as JSON; and the
// certificate of an erasure. None of them shows a value; only the PDF has the name, read through the checkpoint.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../../../base/bilingual.ts';
import { both } from '../../../base/bilingual.ts';
import { ERASURE } from '../../../log/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { Dl, HeldValue } from '../../../platform/ui/fact-list.tsx';
import { Grounds } from '../../../platform/ui/finding.tsx';
import { PostForm } from '../../../platform/ui/form.tsx';
import { listed, number, stamp, writtenDay } from '../../../platform/ui/format.ts';
import { Panel } from '../../../platform/ui/panel.tsx';
import { VerifierLink } from '../../../platform/ui/verifier.tsx';
import { showIdentities } from '../../../vault/index.ts';
import { byOf, type Room } from '../../access/index.ts';
import { identityRows, identityUntil } from '../../checkpoint/index.ts';
import { type Person, personOf } from '../actions/person.ts';
import { proofJson, proofOf, receiptPdf, toldOf } from '../actions/receipt.ts';
import { groundsOf, receiptLetter, type ReceiptLetter } from '../letters/receipt.ts';
import { holdingName, nobody, PATH, personTitle, PersonSheet, Recorded, type Request } from './sheet.tsx';
import type { Told } from '../actions/receipt.ts';

export const words = {
  title: both('控え', 'Receipt'),
  certificate: both('消去の証明書', 'Certificate of erasure'),
  states: both('控えに書くこと', 'What the receipt states'),
  grounds: both('根拠', 'Grounds'),
  proof: both('記録の証明', 'Proof'),
  give: both('本人に渡す', 'Hand it out'),
  ja: both('PDF（日本語）', 'PDF (Japanese)'),
  en: both('PDF（英語）', 'PDF (English)'),
  json: both('証明だけのファイル（JSON）', 'The proof alone (JSON)'),
  reads: both(
    'PDFを作るときは、関所を通して宛名の氏名を読み、発行したことを記録に残します。',
    'Making the PDF reads the name through the checkpoint, and logs the issue.',
  ),
  verify: both(
    '受け取った人は、自分のブラウザーで確かめられます。ファイルは送信されず、1バイトでも変わっていれば一致しません。',
    'The person who receives it can check it in their own browser. The file is not sent anywhere, and the check fails if a single byte has changed. ',
  ),
  verifier: both('確かめるページ', 'The page for checking'),
  waiting: both('記録に署名しているところです', 'The entry is being signed'),
  waitingText: both(
    '証明は、署名が済むと取り出せます。少し待ってから、もう一度開いてください。',
    'The proof is ready once it is signed. Please open this page again shortly.',
  ),
  erased: both('この本人の情報は消去しました', 'This person was erased'),
  erasedText: both(
    '読むための鍵も消去しました。残っているのは取扱いと消去の記録だけで、本人の情報の値は含みません。データベースのファイルからも鍵が除かれたときは、そのことが記録に残ります。消去の前に取ったバックアップと、データベースの書き込みの記録（WAL）には暗号化されたまま残り、保管庫の鍵があれば、廃棄または上書きされるまで開けます。',
    'The key needed to read it was erased too. What remains are the records of the handling and the erasure, without any of the person’s information itself. When the key has been removed from the files of the database as well, this is logged. Backups taken earlier, and the database’s write log (WAL), still hold it in encrypted form. With the key of the vault it can be opened there until they are destroyed or overwritten.',
  ),
  erasedBut: both(
    '読むための鍵も消去しました。残っているのは、取扱いと消去の記録（本人の情報の値は含みません）と、提供や受け取りの記録がだれのものかを示す氏名などだけです。氏名などは、法律が記録の保存を求める間、別の鍵で封じて置き、ほかのことには使いません。記録の保存が終わると、自動で消去します。データベースのファイルからも鍵が除かれたときは、そのことが記録に残ります。消去の前に取ったバックアップと、データベースの書き込みの記録（WAL）には暗号化されたまま残り、保管庫の鍵があれば、廃棄または上書きされるまで開けます。',
    'The key needed to read it was erased too. What remains are only the records of the handling and the erasure, without any of the person’s information itself, and the name, or other details that show whose the records of provisions and receipts are. These details are sealed under another key as long as the law requires the records to be kept, are used for nothing else, and are erased automatically when the records end. When the key has been removed from the files of the database as well, this is logged. Backups taken earlier, and the database’s write log (WAL), still hold it in encrypted form. With the key of the vault it can be opened there until they are destroyed or overwritten.',
  ),
  left: both('氏名などの保存', 'Name kept'),
  at: both('消去した日時', 'Erased at'),
  from: both('消去した台帳', 'Erased from'),
  count: both('消去した項目', 'Items erased'),
  position: both('記録の位置', 'Position in the log'),
  entry: both('消去の記録', 'Log entry'),
} satisfies Record<string, Bilingual>;

/** Two PDFs and the proof. A PDF is made by submitting a form, because making it reads a name and is logged. */
const Files = ({ c, id, entry, erased }: { c: Request; id: string; entry: string; erased: boolean }) => {
  const lang = c.get('lang');
  return (
    <>
      <PostForm action={`${PATH}/${id}/receipts/${entry}.pdf`} csrf={c.get('csrf')} download>
        <Buttons>
          {([lang, lang === 'ja' ? 'en' : 'ja'] as const).map((to, i) => (
            <Button kind={i === 0 ? 'main' : 'second'} icon="download" name="to" value={to}>
              {words[to][lang]}
            </Button>
          ))}
        </Buttons>
      </PostForm>
      <p class="mt-4">
        <a
          download
          data-turbo="false"
          href={erased ? `${PATH}/${id}/certificate.json` : `${PATH}/${id}/receipts/${entry}.json`}
        >
          {words.json[lang]}
        </a>
      </p>
      <p class="small muted mt-3">
        {words.verify[lang]}
        <VerifierLink lang={lang} says={words.verifier} />
      </p>
    </>
  );
};

const Stated = ({ lang, letter, told }: { lang: Lang; letter: ReceiptLetter; told: Told }) => (
  <Panel title={words.states[lang]}>
    <p class="mb-3">{letter.lead}</p>
    <Dl
      items={letter.facts.map(([name, value]): [string, Child] => [
        name,
        <span class="whitespace-pre-line">{value}</span>,
      ])}
    />
    {letter.grounds.length > 0 && (
      <>
        <h3 class="mt-4 mb-2">{words.grounds[lang]}</h3>
        <Grounds lang={lang} grounds={groundsOf(told)} />
      </>
    )}
  </Panel>
);

const Marks = ({ lang, letter }: { lang: Lang; letter: ReceiptLetter }) => (
  <Panel title={words.proof[lang]}>
    <Dl
      items={letter.marks.map(([name, value]): [string, Child] => [
        name,
        <span class="small num wrap-anywhere whitespace-pre-line" translate="no">
          {value}
        </span>,
      ])}
    />
  </Panel>
);

const ReceiptPage = ({ c, id, told, letter }: { c: Request; id: string; told: Told; letter: ReceiptLetter }) => {
  const lang = c.get('lang');
  const erased = told.entry.action === ERASURE;
  const title = (erased ? words.certificate : words.title)[lang];
  const path = `${PATH}/${id}/receipts/${told.entry.id}`;
  return (
    <PersonSheet c={c} id={id} title={title} last={title} sub={personTitle(id, lang)} path={path}>
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_400px] items-start">
        <Stated lang={lang} letter={letter} told={told} />
        <div class="grid gap-5">
          <Panel title={words.give[lang]}>
            {!erased && <p class="small mb-3">{words.reads[lang]}</p>}
            <Files c={c} id={id} entry={told.entry.id} erased={erased} />
          </Panel>
          <Marks lang={lang} letter={letter} />
        </div>
      </div>
    </PersonSheet>
  );
};

/** The page shown while no checkpoint covers the entry yet. */
function waiting(c: Request, id: string): Response | Promise<Response> {
  const lang = c.get('lang');
  return c.html(
    <PersonSheet c={c} id={id} title={words.title[lang]} last={words.title[lang]}>
      <Banner kind="info" title={words.waiting[lang]}>
        {words.waitingText[lang]}
      </Banner>
    </PersonSheet>,
    409,
  );
}

export async function showReceipt(room: Room, c: Request): Promise<Response> {
  const { id, entry } = c.req.param() as { id: string; entry: string };
  const proof = await proofOf(room, id, entry);
  if (!proof.ok) return proof.problem.kind === 'conflict' ? waiting(c, id) : nobody(c);
  const told = await toldOf(room, byOf(c), proof.value.entry);
  const { office } = room;
  const letter = receiptLetter(
    {
      told,
      proof: proof.value,
      name: null,
      operator: told.policy?.operator ?? null,
      on: office.clock.today(),
      url: office.config.publicUrl,
      attached: proofJson(proof.value).name,
    },
    c.get('lang'),
  );
  return c.html(<ReceiptPage c={c} id={id} told={told} letter={letter} />);
}

/** The id of the entry in `<entry>.pdf` or `<entry>.json`. */
const entryIn = (c: Request): string => c.req.param('file')!.replace(/\.\w+$/, '');

const attachment = (name: string): Record<string, string> => ({
  'content-disposition': `attachment; filename="${name}"`,
});

export async function sendPdf(room: Room, c: Request): Promise<Response> {
  const id = c.req.param('id')!;
  const lang = c.get('form').text('to') === 'en' ? 'en' : 'ja';
  const made = await receiptPdf(room, byOf(c), { principal: id, entry: entryIn(c), lang });
  if (!made.ok) return made.problem.kind === 'conflict' ? waiting(c, id) : nobody(c);
  const { name, bytes } = made.value;
  return c.body(new Uint8Array(bytes), 200, { 'content-type': 'application/pdf', ...attachment(name) });
}

async function send(room: Room, c: Request, entry: string): Promise<Response> {
  const proof = await proofOf(room, c.req.param('id')!, entry);
  if (!proof.ok) return c.notFound();
  const { name, text } = proofJson(proof.value);
  const named = name.replace('.', `-${entry.slice(-8)}.`);
  return c.body(text, 200, { 'content-type': 'application/json', ...attachment(named) });
}

export const sendProof = (room: Room, c: Request): Promise<Response> => send(room, c, entryIn(c));

export async function sendCertificate(room: Room, c: Request): Promise<Response> {
  const found = await personOf(room, c.req.param('id')!);
  return found.ok && 'erasure' in found.value ? send(room, c, found.value.erasure.entry) : c.notFound();
}

/** Shown instead of an erased person: when it was done, and the certificate. */
export async function Erased(props: { room: Room; c: Request; person: Person }): Promise<Child> {
  const { room, c, person } = props;
  if (!('erasure' in person)) return null;
  const lang = c.get('lang');
  const { entry, at, holdings, items } = person.erasure;
  const proof = await proofOf(room, person.id, entry);
  const until = await identityUntil(room.office, person.id);
  const identity =
    until !== null && c.get('may')('records:read')
      ? (await showIdentities(room.office, byOf(c), [person.id])).get(person.id)
      : undefined;
  const position = proof.ok
    ? lang === 'ja'
      ? `${number(proof.value.size)}件のうち${number(proof.value.position + 1)}件目`
      : `${number(proof.value.position + 1)} of ${number(proof.value.size)}`
    : words.waiting[lang];
  return (
    <>
      <Banner kind="info" title={words.erased[lang]} icon="lock">
        {(until === null ? words.erasedText : words.erasedBut)[lang]}
      </Banner>
      <Panel title={words.certificate[lang]}>
        <Dl
          items={[
            [words.at[lang], <span class="num">{stamp(at.getTime())}</span>],
            [
              words.from[lang],
              listed(
                holdings.map((id) => holdingName(person.ledger, id, lang)),
                lang,
              ),
            ],
            [words.count[lang], lang === 'ja' ? `${number(items)}項目` : number(items)],
            ...(until === null
              ? []
              : [
                  [
                    words.left[lang],
                    lang === 'ja' ? `${writtenDay(until, 'ja')}まで` : `Until ${writtenDay(until, 'en')}`,
                  ] as const,
                ]),
            ...identityRows(identity, lang).map(({ name, ...one }) => [name, <HeldValue {...one} />] as const),
            [words.entry[lang], <Recorded lang={lang} id={entry} />],
            [words.position[lang], position],
          ]}
        />
        {c.get('may')('people:receipt') && (
          <div class="mt-4">
            <Files c={c} id={person.id} entry={entry} erased />
          </div>
        )}
      </Panel>
    </>
  );
}
