// Where a person fetches an electronic answer. The link only leads here: its secret is taken out of the address at once, and nothing happens before
// the code is entered, so that a scanner that follows links in mail opens nothing.

import { getCookie, setCookie } from 'hono/cookie';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { inParts, page, plain, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { ErrorSummary, PostForm, problemAt, PurposeBanner, TextField } from '../../../platform/ui/form.tsx';
import { clockTime } from '../../../platform/ui/format.ts';
import { Table } from '../../../platform/ui/table.tsx';
import { callerAddress } from '../../access/index.ts';
import { fetchFile, openedParcel, openParcel, stateOfLink, type Opened } from '../actions/fetch.ts';
import { PARCEL } from '../actions/parcel.ts';
import { isOpenable, parcelTerms, type ParcelEnd } from '../facts/parcel.ts';
import { parcelFileWords } from '../words.ts';
import { publicSheet } from './public.tsx';
import type { Asked, Room } from './sheet.tsx';

const words = {
  title: both('お答えの受け取り', 'Fetch our answer'),
  lead: both(
    'お申し出へのお答えを、電磁的記録でお渡しします。別にお知らせしたコードを入れてください。',
    'This page gives you our answer to your request as an electronic record. Please enter the code that we gave you separately.',
  ),
  enter: both('コードを入れる', 'Enter the code'),
  use: both(
    'コードは、お渡しする相手を確かめるためだけに使い、残しません。',
    'The code is used only to make sure that it is you, and is not kept.',
  ),
  code: both('受け取り用コード', 'Code'),
  codeHint: both(
    '英数字10字。手紙かお電話でお知らせしたもの。受付の確認コードとは別です',
    '10 letters and digits, from our letter or telephone call. This is not the code that shows the progress of your request',
  ),
  open: both('開く', 'Open'),
  before: both('開く前に', 'Before you open it'),
  rules: [
    both(
      `開いてから${parcelTerms.minutes}分の間、この端末で保存できます`,
      `You can save the files for ${parcelTerms.minutes} minutes, on this device`,
    ),
    both(
      'ファイルを1つでも保存すると、次からはこのリンクを開けません。続けてすべて保存してください',
      'Once you have saved one file the link will not open again, so save them all',
    ),
    both(
      'ファイルも同じコードで暗号化してあります。コードの手紙は捨てないでください',
      'The files are encrypted with the same code, so please keep the letter with the code',
    ),
  ],
  files: both('お渡しするファイル', 'Your files'),
  number: both('受付番号', 'Reference'),
  saveBy: (at: string): Bilingual => both(`${at}までに保存してください`, `Save them by ${at}`),
  saveSays: both(
    'すべて保存し、開けることを確かめてください。この時刻を過ぎると、このページからは受け取れません。',
    'Please save all of them and check that they open. After that time you can no longer fetch them from this page.',
  ),
  file: both('ファイル', 'File'),
  what: both('内容', 'What it is'),
  save: both('保存', 'Save'),
  howTo: both('ファイルの開き方', 'How to open the files'),
  how: [
    both(
      'パスワードを求められたら、コードをハイフンも含めて、お知らせしたとおりに入れます',
      'When asked for a password, enter the code just as we told you, hyphen included',
    ),
    both(
      'ZIPのファイルは、パソコンに初めから入っているソフトでは開けないことがあります。そのときは、AES-256の暗号に対応したソフトをお使いください',
      'The software that comes with a computer, such as Windows Explorer, may not open a ZIP file. You then need a program that supports AES-256 encryption',
    ),
    both(
      'ZIPの中身は、PDFと同じ内容の、ほかのソフトで読み込むためのデータ（JSON）です。PDFが読めれば、開かなくてもかまいません',
      'A ZIP file holds the same content as the PDF, as data (JSON) for other programs, so the PDF is all you need to read it',
    ),
  ],
  ask: both('受け取れないときは', 'If it does not work'),
  askSays: both(
    'コードがまだ届いていないとき、リンクが使えなくなったときは、窓口へお知らせください。もう一度お送りします。',
    'If no code has come, or the link no longer works, please contact the desk, and we will send it again.',
  ),
  toDesk: both('窓口への連絡のしかた', 'How to reach the desk'),
  noLink: both('メールのリンクから開いてください', 'Please open the link in our e-mail'),
  noLinkSays: both(
    'このページは、お送りしたメールにあるリンクを押すと使えます。',
    'This page works when you press the link in the e-mail we sent you.',
  ),
} satisfies Record<string, Bilingual | Bilingual[] | ((at: string) => Bilingual)>;

const endWords: Record<ParcelEnd, { name: Bilingual; says: Bilingual }> = {
  fetched: {
    name: both('すでに受け取られています', 'The answer has already been fetched'),
    says: both(
      'このリンクは一度だけ使えます。お心当たりがないときは、すぐに窓口へお知らせください。',
      'The link works only once. If it was not you, please contact the desk at once.',
    ),
  },
  expired: {
    name: both('リンクの期限が過ぎました', 'The link has expired'),
    says: both(
      `リンクは${parcelTerms.days}日間使えます。窓口へお知らせいただければ、もう一度お送りします。`,
      `A link works for ${parcelTerms.days} days. Please contact the desk, and we will send it again.`,
    ),
  },
  'wrong-codes': {
    name: both('コードの間違いが続いたため、閉じました', 'Closed after several wrong codes'),
    says: both(
      '安全のためです。窓口にも知らせました。窓口へご連絡いただければ、もう一度お送りします。',
      'This is for your safety. Our desk has been told. Please contact the desk, and we will send it again.',
    ),
  },
  replaced: {
    name: both('新しいリンクをお送りしています', 'We have sent you a newer link'),
    says: both(
      'このリンクは使えません。あとから届いたメールのリンクと、新しいコードをお使いください。',
      'This link no longer works. Please use the link in our later e-mail, with the new code.',
    ),
  },
  closed: {
    name: both('この受け渡しは終わりました', 'This delivery is over'),
    says: both(
      'このリンクからは、もう受け取れません。お答えが届いていないときは、窓口へお知らせください。',
      'You can no longer fetch anything with this link. If our answer has not reached you, please contact the desk.',
    ),
  },
};

// ---- what the browser holds

const LINK = 'sekisho-parcel';
const OPENING = 'sekisho-opening';
const LINK_SECONDS = 3_600;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

const held = (c: Asked, name: string): string => {
  const value = getCookie(c, name) ?? '';
  return SECRET.test(value) ? value : '';
};

/**
 * Sets a cookie for the pages of the delivery alone, hidden from scripts. That of the link is Lax: the link comes from a mail, and a stricter cookie
 * would not be sent.
 */
function hold(room: Room, c: Asked, name: string, value: string, seconds: number): void {
  setCookie(c, name, value, {
    path: PARCEL,
    httpOnly: true,
    secure: room.office.config.publicUrl.startsWith('https:'),
    sameSite: name === LINK ? 'Lax' : 'Strict',
    maxAge: seconds,
  });
}

// ---- the pages

const Dots = ({ items, lang }: { items: readonly Bilingual[]; lang: Lang }) => (
  <ul class="dots">
    {items.map((one) => (
      <li>{one[lang]}</li>
    ))}
  </ul>
);

const Help = ({ lang }: { lang: Lang }) => (
  <>
    <h2>{words.ask[lang]}</h2>
    <p>{words.askSays[lang]}</p>
    <p class="mt-3">
      <a href="/requests">{words.toDesk[lang]}</a>
    </p>
  </>
);

const labels = { code: words.code };

const CodeForm = ({ c, link, problems }: { c: Asked; link: string; problems: readonly FieldProblem[] }) => {
  const lang = c.get('lang');
  const wrong = problemAt(problems, 'code', lang);
  return (
    <>
      <p class="lede">{words.lead[lang]}</p>
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <h2>{words.before[lang]}</h2>
      <Dots items={words.rules} lang={lang} />
      <h2>{words.enter[lang]}</h2>
      <PurposeBanner lang={lang}>{words.use[lang]}</PurposeBanner>
      <div class="max-w-[36rem]">
        <PostForm action={PARCEL} csrf={c.get('csrf')} values={{ link }} whole>
          <TextField
            lang={lang}
            name="code"
            label={labels.code}
            need="required"
            width="date"
            hint={words.codeHint[lang]}
            error={wrong}
          />
          <Buttons>
            <Button>{words.open[lang]}</Button>
          </Buttons>
        </PostForm>
      </div>
      <Help lang={lang} />
    </>
  );
};

const Files = ({ c, opened }: { c: Asked; opened: Opened }) => {
  const lang = c.get('lang');
  return (
    <>
      <p class="lede">
        {words.number[lang]} <b class="num">{opened.number}</b>
      </p>
      <div class="mt-4">
        <Banner kind="info" icon="clock" role="status" title={words.saveBy(clockTime(opened.until))[lang]}>
          {words.saveSays[lang]}
        </Banner>
      </div>
      <h2>{words.files[lang]}</h2>
      <Table
        lang={lang}
        caption={words.files[lang]}
        height="loose"
        stack
        columns={[
          { key: 'what', head: words.what, rowHead: true },
          { key: 'file', head: words.file },
          { key: 'save', head: words.save },
        ]}
        rows={opened.files.map(({ about, name }) => ({
          cells: {
            what: parcelFileWords[about]?.[lang],
            file: (
              <span class="num" translate="no">
                {name}
              </span>
            ),
            save: (
              <PostForm action={`${PARCEL}/files/${about}`} csrf={c.get('csrf')} download>
                <Button kind="second" small icon="download">
                  {words.save[lang]}
                  <span class="sr-only">
                    {lang === 'ja' ? `：${parcelFileWords[about]?.ja}` : `: ${parcelFileWords[about]?.en}`}
                  </span>
                </Button>
              </PostForm>
            ),
          },
        }))}
      />
      <h2>{words.howTo[lang]}</h2>
      <Dots items={words.how} lang={lang} />
      <Help lang={lang} />
    </>
  );
};

const Ended = ({ lang, title, says }: { lang: Lang; title: string; says: string }) => (
  <>
    <Banner kind="warn" icon="warn" title={title}>
      {says}
    </Banner>
    <Help lang={lang} />
  </>
);

const sheet = { title: words.title, path: PARCEL };

/** What a link leads to now: the form for the code, or why there is none. */
async function atLink(room: Room, c: Asked, link: string, problems: readonly FieldProblem[]): Promise<Response> {
  const lang = c.get('lang');
  const state = await stateOfLink(room.office, link);
  if (state === null) {
    const gone = <Ended lang={lang} title={words.noLink[lang]} says={words.noLinkSays[lang]} />;
    return publicSheet(room, c, { ...sheet, failed: 404 }, gone);
  }
  if (isOpenable(state)) {
    const failed = problems.length > 0 ? 422 : 200;
    return publicSheet(room, c, { ...sheet, failed }, <CodeForm c={c} link={link} problems={problems} />);
  }
  const { name, says } = endWords[state === 'fetching' ? 'fetched' : (state as ParcelEnd)];
  return publicSheet(room, c, { ...sheet, failed: 410 }, <Ended lang={lang} title={name[lang]} says={says[lang]} />);
}

/** The files while they are open in this browser. */
async function show(room: Room, c: Asked): Promise<Response> {
  const link = held(c, LINK);
  const opened = await openedParcel(room.office, { opening: held(c, OPENING), link });
  return opened ? publicSheet(room, c, sheet, <Files c={c} opened={opened} />) : atLink(room, c, link, []);
}

/** Takes the secret out of the address, where it would be kept and passed on. */
function arrive(room: Room, c: Asked): Response {
  const link = c.req.param('link') ?? '';
  if (SECRET.test(link)) hold(room, c, LINK, link, LINK_SECONDS);
  return c.redirect(PARCEL, 303);
}

async function enter(room: Room, c: Asked): Promise<Response> {
  const form = c.get('form');
  const link = form.text('link');
  const asked = { link, code: form.text('code'), address: callerAddress(room.access, c) };
  const opened = await openParcel(room, asked);
  if (opened.ok) {
    hold(room, c, OPENING, opened.value, parcelTerms.minutes * 60);
    return c.redirect(PARCEL, 303);
  }
  return atLink(room, c, link, opened.problem.kind === 'invalid' ? opened.problem.fields : []);
}

async function file(room: Room, c: Asked): Promise<Response> {
  const fetched = await fetchFile(room, held(c, OPENING), c.req.param('file') ?? '');
  if (!fetched.ok) return show(room, c);
  const { name, type, length, body } = fetched.value;
  return c.body(inParts(c, body), 200, {
    'content-type': type,
    'content-length': String(length),
    'content-disposition': `attachment; filename="${name}"`,
  });
}

export const parcelPages = (room: Room): Route[] => [
  page('get', PARCEL, 'public', (c) => show(room, c)),
  page('post', PARCEL, 'public', (c) => enter(room, c)),
  page('post', `${PARCEL}/files/:file`, 'public', (c) => file(room, c)),
  plain(`${PARCEL}/:link`, 'public', (c) => arrive(room, c)),
];
