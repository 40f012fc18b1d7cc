// The page on which anybody who was given a file of the log checks it in their own browser, with the code of `sekisho verify` and of the verifier.
// The markup is complete without script, and then says how to check with Node. With script, `src/log/browser/` takes it over.

import type { Child } from 'hono/jsx';
import type { Context } from 'hono';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { answerWords, kindWords, type Answer } from '../../../log/index.ts';
import { page, placeOf, unconnected, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner, type BannerKind } from '../../../platform/ui/banner.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { TextField } from '../../../platform/ui/form.tsx';
import { begun } from '../../../platform/ui/format.ts';
import { PublicPage } from '../../../platform/ui/frame.tsx';
import type { IconName } from '../../../platform/ui/icon.tsx';
import { ProgressBar } from '../../../platform/ui/progress.tsx';
import { VERIFY } from '../../../platform/ui/verifier.tsx';
import type { Room } from '../../access/index.ts';
import { keyOf } from '../actions/log.ts';

export const words = {
  title: both('受け取ったファイルを確かめる', 'Check a file that you were given'),
  lede: both(
    '控えや消去の証明書、記録のファイルが、発行されたときのままかどうかを、お使いの端末で確かめられます。',
    'Check here, on your own device, whether a receipt, a certificate of erasure or a file of the log is still as it was issued.',
  ),
  stays: both(
    'ファイルは、お使いの端末の外に出ません。このページは、ファイルを送る通信とフォームの送信を、ブラウザーに禁じたうえで開いています。開いた後に通信を切っても、そのまま確かめられます。',
    'The file does not leave your device. This page is opened with an instruction to your browser not to let it send files or forms. Once the page is open you can disconnect from the network, and it still works.',
  ),
  file: both('確かめるファイル', 'The file to check'),
  fileHint: both(
    '控え（PDF）、証明のファイル（JSON）、書き出した記録などを、選ぶか、ここに置いてください。',
    'Choose it or drop it here: a receipt (PDF), a proof (JSON), an export of the log.',
  ),
  more: both('前に受け取ったファイルや、検証鍵と合わせて確かめる', 'Check it against an earlier file or a key'),
  since: both('前に受け取ったファイル', 'A file that you were given before'),
  sinceHint: both(
    '書き出した記録や続きの証明が、前のファイルの記録を書き換えずに続けたものかどうかも確かめます。',
    'For an export or a proof that the log continues, this also checks that it continues the log of that file without rewriting any of it.',
  ),
  key: both('検証鍵', 'Verification key'),
  keyHint: both(
    'ファイルを発行した事業者が公表している鍵を入れると、その事業者の記録かどうかを確かめます。入れなければ、ファイルの中の鍵で確かめます。',
    'Enter the key that the issuer of the file publishes, to check that the file is from that log. If left empty, the key in the file is used.',
  ),
  busy: both(
    '確かめています。大きなファイルでは、数分かかることがあります。',
    'Checking. A large file can take some minutes.',
  ),
  bar: both('確かめた割合', 'How far the check has come'),
  step: both('ファイルにある{of}件の記録のうち、{n}件まで確かめました。', '{n} of {of} entries in the file checked.'),
  stepSince: both(
    '前に受け取ったファイルにある{of}件の記録のうち、{n}件まで確かめました。',
    '{n} of {of} entries in the earlier file checked.',
  ),
  stop: both('確かめるのをやめる', 'Stop checking'),
  stopped: both(
    '途中でやめました。このファイルが正しいかどうかは、まだ分かりません。もう一度選ぶと、初めから確かめます。',
    'Stopped. Whether the file is good is not known yet. Choose it again to check it from the beginning.',
  ),
  unread: both(
    'ファイルを読めませんでした。選んだ後に変わったか、大きすぎるか、ページの読み込みが途中です。ページを読み込み直しても同じなら、下のプログラムで確かめてください。',
    'The file could not be read: it changed after it was chosen, it is too large, or the page was not loaded whole. If reloading the page does not help, use the program below.',
  ),
  name: both('ファイル', 'File'),
  kind: both('種類', 'Kind'),
  origin: both('記録の名前', 'Name of the log'),
  vkey: both('署名の検証鍵', 'Key'),
  further: both(
    '後日、ここまでの記録が書き換えられていないことも確かめられます。その日に次のファイルを保存し、「確かめるファイル」にはそれを、「前に受け取ったファイル」にはいまのファイルを選びます：',
    'On a later day you can also check that nothing up to here was rewritten. On that day, save the following file and choose it as “The file to check”, and choose the present file as “A file that you were given before”: ',
  ),
  consistency: both('続きの証明', 'the proof that the log continues'),
  without: both(
    'ブラウザーで確かめるには、JavaScriptが要ります。使わない場合は、下のプログラムで確かめてください。',
    'To check in the browser, JavaScript is needed. Without it, use the program below.',
  ),
} satisfies Record<string, Bilingual>;

/** A place where the script writes a value from the file. */
const fill = (name: string): Child => <span data-fill={name} translate="no" />;

/** Whose key the file was checked with, as far as this page can tell. A forger makes a key and a name of their own. */
const keys: Readonly<Record<'own' | 'other' | 'given', (lang: Lang) => Child>> = {
  own: (lang) => (
    <p class="small">
      {lang === 'ja'
        ? '署名の鍵は、当社の記録の鍵で、/log/key で公表しているものです。'
        : 'It is signed by the key of our own log, which we publish at /log/key.'}
    </p>
  ),
  other: (lang) => (
    <Banner
      kind="warn"
      icon="warn"
      title={lang === 'ja' ? '当社の記録の鍵ではありません' : 'It is not signed by the key of our log'}
    >
      {lang === 'ja' ? (
        <>
          署名の鍵は「{fill('origin')}
          」と名乗っていますが、名前はだれでも付けられ、だれの鍵かはここでは分かりません。名乗っている事業者が公表している検証鍵と同じかどうかを、確かめてください。当社からお渡ししたはずのファイルなら、当社の窓口に問い合わせてください。
        </>
      ) : (
        <>
          The key is called “{fill('origin')}”, but anyone can give a key any name, and we cannot tell whose it is.
          Compare it with the key that whoever has that name publishes. If it was we who gave you the file, ask our
          desk.
        </>
      )}
    </Banner>
  ),
  given: (lang) => (
    <p class="small">
      {lang === 'ja'
        ? '入力した検証鍵の記録のものです。当社の記録の鍵ではないため、だれの鍵かはここでは分かりません。'
        : 'It belongs to the log of the key that was entered. That is not the key of our log, and we cannot tell whose it is.'}
    </p>
  ),
};

const looks: Readonly<Record<Answer, { kind: BannerKind; icon?: IconName; means: Bilingual }>> = {
  good: {
    kind: 'good',
    means: both(
      '署名されたときから1バイトも変わっていません。ファイルにある記録は、署名された記録の全体の中に、そのとおりにあります。',
      'Not a byte has changed since it was signed, and the entries in it are in the signed log exactly as written.',
    ),
  },
  bad: {
    kind: 'bad',
    means: both(
      '署名、前のファイル、または検証鍵と合いません。何が合わないかは、答えに添えて書きます。内容をそのまま信じずに、発行した事業者の窓口に問い合わせてください。',
      'It does not agree with its signature, with the earlier file or with the key; the answer says with which. Do not rely on its contents, and ask the desk of the business that issued it.',
    ),
  },
  unchecked: {
    kind: 'warn',
    icon: 'warn',
    means: both(
      '関所の記録のファイルとして読めないか、確かめるのに要るものが足りません。正しいとも、誤っているとも言えません。',
      'It cannot be read as a file of Sekisho, or something needed for the check is missing. It cannot be said to be right or wrong.',
    ),
  },
};

/** What no answer proves. */
const unproved: readonly Bilingual[] = [
  both(
    '記録に書かれたことが、事実かどうか。分かるのは、事業者がそう記録し、後から変えていないことです。',
    'Whether what the log says is true. The check shows only that it was recorded so and not changed afterwards.',
  ),
  both('事業者が、したことをすべて記録したかどうか。', 'Whether everything that was done was put on record.'),
  both(
    'ファイルの中の鍵が、だれのものか。このページで分かるのは、当社の記録の鍵と同じかどうかだけです。',
    'Who owns the key in the file. This page can tell only whether it is the key of our own log.',
  ),
  both(
    '事業者が、ファイルを渡した後で、記録の全体を作り直していないかどうか。前に受け取ったファイルと合わせて確かめると分かります。',
    'Whether the whole log was rebuilt after the file was handed out. To find out, check it against a file that you were given before.',
  ),
  both(
    'このページそのものを信じてよいかどうか。ページも下のプログラムも、確かめられる側である当社がお渡ししているものです。それを信じずに確かめるには、関所（当社が使うシステム）のソースコードから作ったプログラムを使ってください。',
    'Whether this page itself can be relied on. We hand out both the page and the program below. If you would rather not trust us, use the program built from the source code of Sekisho.',
  ),
];

/** The program's word for an answer, capitalised to begin a line. */
const titleOf = (answer: Answer, lang: Lang): string => begun(answerWords[answer][lang]);

const WhoseKey = ({ whose, lang }: { whose: keyof typeof keys; lang: Lang }) => (
  <div data-key={whose} hidden class="my-3">
    {keys[whose](lang)}
  </div>
);

const Answers = ({ lang }: { lang: Lang }) => (
  <div role="status" class="mt-4">
    <p data-part="busy" hidden>
      {words.busy[lang]}
      <span data-fill="heard" class="sr-only" />
    </p>
    <p data-part="stopped" hidden>
      {words.stopped[lang]}
    </p>
    {/* Before the answer: a forger signs the file too, so it is good by the forger's key. */}
    <WhoseKey whose="other" lang={lang} />
    {(Object.keys(looks) as Answer[]).map((answer) => (
      <div data-answer={answer} hidden>
        <Banner kind={looks[answer].kind} title={titleOf(answer, lang)} icon={looks[answer].icon}>
          <span data-fill="says" />
        </Banner>
      </div>
    ))}
    <WhoseKey whose="own" lang={lang} />
    <WhoseKey whose="given" lang={lang} />
  </div>
);

/** The progress of a long check. Outside the live region, whose changes are all read out to users of screen readers. */
const Progressing = ({ lang }: { lang: Lang }) => (
  <div data-part="progress" hidden class="mt-2">
    <p class="small num" data-fill="step" />
    <ProgressBar label={words.bar[lang]} percent={0} />
    <p class="mt-3">
      <button type="button" class="btn btn-2 btn-s" data-part="stop">
        {words.stop[lang]}
      </button>
    </p>
  </div>
);

/** What was checked, and what to do next. */
const Beside = ({ lang }: { lang: Lang }) => (
  <>
    <div data-part="facts" hidden class="mt-3">
      <Dl
        items={[
          [words.name[lang], <span data-fill="name" translate="no" class="wrap-anywhere" />],
          [words.kind[lang], <span data-fill="kind" />],
          [words.origin[lang], <span data-fill="origin" translate="no" class="wrap-anywhere" />],
          [words.vkey[lang], <span data-fill="vkey" translate="no" class="wrap-anywhere num" />],
        ]}
      />
    </div>
    <p data-part="further" hidden class="small mt-3">
      {words.further[lang]}
      <a data-part="consistency" href="/log/checkpoint" download="log.json">
        {words.consistency[lang]}
      </a>
    </p>
  </>
);

const Tool = ({ lang, own }: { lang: Lang; own: string }) => (
  <file-check
    data-own={own}
    data-unread={words.unread[lang]}
    data-step={words.step[lang]}
    data-step-since={words.stepSince[lang]}
    {...Object.fromEntries(Object.entries(kindWords).map(([kind, says]) => [`data-kind-${kind}`, says[lang]]))}
  >
    <p data-part="without" class="note">
      {words.without[lang]}
    </p>
    <div data-part="tool" hidden>
      <div class="file-zone" data-part="zone">
        <TextField lang={lang} name="file" type="file" label={words.file} hint={words.fileHint[lang]} />
      </div>
      <details class="mt-3">
        <summary>{words.more[lang]}</summary>
        <div class="mt-3">
          <div data-since>
            <TextField lang={lang} name="since" type="file" label={words.since} hint={words.sinceHint[lang]} />
          </div>
          <TextField lang={lang} name="key" label={words.key} hint={words.keyHint[lang]} />
        </div>
      </details>
      <Answers lang={lang} />
      <Progressing lang={lang} />
      <Beside lang={lang} />
    </div>
    <script type="module" src="/assets/check.js"></script>
  </file-check>
);

const Program = ({ lang }: { lang: Lang }) => {
  const ja = lang === 'ja';
  return (
    <>
      <h2>{ja ? 'Node.jsで確かめる' : 'With Node.js'}</h2>
      <p>
        {!ja && 'The same check can be made with '}
        <a href="/assets/verify.mjs" download>
          {ja ? '確かめるプログラム' : 'the verifier'}
        </a>
        {ja
          ? 'でも、同じように確かめられます。ファイルと同じフォルダーに保存し、Node.js（20.19以上）で動かします。プログラムの中身は、動かす前に読めます。'
          : ', a program for Node.js (20.19 or newer). Save it in the folder of the file and run it there. You can read it before you run it.'}
      </p>
      <p class="mt-2">
        <code class="wrap-anywhere">{'node verify.mjs <file>'}</code>
      </p>
      <p class="mt-3">
        {ja
          ? '前に受け取ったファイルや検証鍵と合わせるには：'
          : 'To check it against a file that you were given before, or a key:'}
      </p>
      <p class="mt-2">
        <code class="wrap-anywhere">
          {'node verify.mjs <file> '}
          <span class="whitespace-nowrap">{'--since <held>'}</span>{' '}
          <span class="whitespace-nowrap">{'--key <key>'}</span>
        </code>
      </p>
      <p class="mt-3">
        {ja ? '当社の検証鍵は、' : 'Our verification key is published at '}
        <a href="/log/key">/log/key</a>
        {ja ? ' で公表しています。' : '.'}
      </p>
    </>
  );
};

function show(room: Room, c: Context<Env>): Response | Promise<Response> {
  const lang = c.get('lang');
  const ja = lang === 'ja';
  for (const [name, value] of Object.entries(unconnected)) c.header(name, value);
  return c.html(
    <PublicPage
      lang={lang}
      title={words.title[lang]}
      company={c.get('frame').company}
      path={placeOf(c)}
      footer={[{ label: ja ? '個人情報保護方針' : 'Personal Information Protection Policy', href: '/policy' }]}
      unconnected
    >
      <p class="lede">{words.lede[lang]}</p>
      <p class="mt-2">{words.stays[lang]}</p>
      <p class="small muted mt-1 mb-5">
        {ja ? '禁じる指定：' : 'The instruction: '}
        Content-Security-Policy <code>connect-src 'none'</code>
        {ja ? '、' : ', '}
        <code>form-action 'none'</code>
      </p>
      <Tool lang={lang} own={keyOf(room)} />
      <h2>{ja ? '答えの意味' : 'What an answer means'}</h2>
      <ul class="dots">
        {(Object.keys(looks) as Answer[]).map((answer) => (
          <li>
            <b>{titleOf(answer, lang)}</b>
            {ja ? '：' : ': '}
            {looks[answer].means[lang]}
          </li>
        ))}
      </ul>
      <h2>{ja ? 'これを確かめても分からないこと' : 'What this check does not tell'}</h2>
      <ul class="dots">
        {unproved.map((one) => (
          <li>{one[lang]}</li>
        ))}
      </ul>
      <Program lang={lang} />
    </PublicPage>,
  );
}

export const verifyPages = (room: Room): Route[] => [page('get', VERIFY, 'public', (c) => show(room, c))];
