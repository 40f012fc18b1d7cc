// The page on which a person makes a request, if the policy allows it: what is asked for, by whom, how the answer should come, and a picture of an
// identity paper on which no number can be seen. While the policy does not allow it, there is no such page.

import { randomUUID } from 'node:crypto';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import { formTexts, page, type Form, type Route } from '../../../platform/http/index.ts';
import { coverings, MOST_UPLOAD_FORM_BYTES } from '../../../platform/upload.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { CoveredPicture } from '../../../platform/ui/cover.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import {
  ErrorSummary,
  fieldFor,
  PostForm,
  PurposeBanner,
  Radios,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { callerAddress } from '../../access/index.ts';
import { policyInForce, requestKindNames, type Operator, type RequestKind } from '../../policy/index.ts';
import { currentTexts } from '../actions/texts.ts';
import { requestOnWeb, type WebAsk, type WebReceipt } from '../actions/web-request.ts';
import { deskDays } from '../facts/clocks.ts';
import { methods } from '../facts/event.ts';
import { kinds, scopes } from '../facts/kind.ts';
import type { Texts } from '../letters/texts.ts';
import { kindWords, methodWords, scopeWords } from '../words.ts';
import { chargedKinds, feePaid, feesPaid, papersEnough } from '../letters/cover.ts';
import { Dots, FeePaid, PUBLIC, publicSheet } from './public.tsx';
import { chooseOne, type Asked, type Room } from './sheet.tsx';

const NEW = `${PUBLIC}/new`;
const MOST_TEXT = 4_000;

/** Says for which requests there is a fee. */
function feeFor(kinds: readonly RequestKind[]): Bilingual {
  const of = (lang: Lang): string =>
    listed(
      kinds.map((kind) => requestKindNames[kind][lang]),
      lang,
    );
  return both(`${of('ja')}には手数料がかかります。`, `There is a fee for: ${of('en')}.`);
}

const words = {
  title: both('ウェブページで請求する', 'Make a request on the web page'),
  lead: both(
    '用紙の代わりに、この画面でお書きください。代理人の方もお使いいただけます。代理人であることを示す書類は、あとから郵送でお送りいただきます。',
    'Please fill in this page instead of the form. An agent may use it too; we will then ask the agent to post the papers that show the authority.',
  ),
  use: both(
    'お送りいただいたものは、このお申し出への対応だけに使います。本人確認書類の画像は、封をして保管し、確認を終えたら消去します。書いていただいたものは、対応が終わってから6か月で消去します。',
    'We use it only for your request. The picture of your identity paper is kept sealed and erased once checked; what you write is erased six months after the request is closed.',
  ),
  what: both('何を求めるか', 'What you are asking for'),
  who: both('お申し出になる方について', 'About you'),
  noMethod: both('選ばない', 'No choice'),
  answer: both('お答えの受け取り方', 'How you want our answer'),
  paper: both('本人確認書類', 'Your identity paper'),
  anyPaper: both(
    '運転免許証、在留カード、個人番号カードの表の面などの、どれか1つの画像です。',
    'A picture of one paper, such as a driving licence, a residence card or the front of a My Number card.',
  ),
  papers: both(
    '次のどれかに当たる書類の画像です。2点以上のときは、並べて1枚に写してください。',
    'A picture of the papers in any one of these lines. If that is two or more, put them side by side in one picture.',
  ),
  fee: both('手数料のあるご請求', 'Requests with a fee'),
  feeDue: both('手数料', 'Fee'),
  send: both('お申し出を送る', 'Send the request'),
  done: both('お申し出を受け付けました', 'We have received your request'),
  keep: both(
    '受付番号と確認コードを控えてください。確認コードはこの画面に一度だけ表示します。この2つで進み具合が分かります。',
    'Please note down the reference and the code. The code is shown here only once. With both you can see the progress of your request.',
  ),
  before: both(
    'このお申し出は、すでに受け付けています。確認コードは、お送りする手紙でもお知らせします。',
    'We have already received this request. Our letters also give you the code.',
  ),
  mailed: both('受付番号は、電子メールでもお送りします。', 'We also send you the reference by e-mail.'),
  number: both('受付番号', 'Reference'),
  code: both('確認コード', 'Code'),
  next: both('このあと', 'What happens next'),
  checks: [
    both(
      `${deskDays.identity}営業日のうちに、ご本人かどうかを確かめます`,
      `Within ${deskDays.identity} business days we will check who you are`,
    ),
    both('足りないものがあれば、手紙でお知らせします', 'If something is missing, we will write to you'),
  ],
  answers: both(
    `お答えは、遅滞なくお送りします。目安は${deskDays.decision}日です`,
    `We answer without delay, usually in ${deskDays.decision} days`,
  ),
  status: both('進み具合を見る', 'See the progress'),
  tooLong: both('4,000字までにしてください', 'At most 4,000 characters'),
} satisfies Record<string, Bilingual | Bilingual[]>;

const labels = {
  kind: both('何を求めますか', 'What are you asking for?'),
  scope: both('だれのどんな情報についてですか', 'Whose information is it about?'),
  says: both('対象となる情報、取引、求めることの内容', 'Which information and dealings, and what we should do'),
  name: both('氏名', 'Name'),
  address: both('住所', 'Address'),
  email: both('メールアドレス', 'E-mail address'),
  method: both('開示の方法', 'How to disclose it'),
  scan: both('本人確認書類の画像', 'Picture of your identity paper'),
  covered: both('番号の黒塗り', 'Covering of numbers'),
};
type Name = keyof typeof labels;

const hints = {
  name: both('本人確認書類のとおりに', 'As on your identity paper'),
  address: both(
    '郵便番号から。手紙とコードをここへ郵送します',
    'Begin with the postal code. Letters and codes are posted here',
  ),
  email: both('受け付けたことと、お答えのリンクをお送りします', 'For our confirmation and the link to our answer'),
  says: both('個人番号は書かないでください', 'Please do not write any My Number'),
  method: both('開示と提供記録の開示のときに選びます', 'For a disclosure of information or of provision records'),
  scan: both(
    'JPEGかPNG、10MBまで。質問や苦情のときは要りません',
    'JPEG or PNG, up to 10 MB. Not needed for a question or complaint',
  ),
} satisfies Partial<Record<Name, Bilingual>>;

interface View {
  c: Asked;
  operator: Operator;
  texts: Texts;
  given: (name: Name) => string;
  problems: readonly FieldProblem[];
  attempt: string;
}

const What = ({ c, given, problems }: View) => {
  const lang = c.get('lang');
  const at = fieldFor(lang, labels, problems);
  return (
    <>
      <h2>{words.what[lang]}</h2>
      <PurposeBanner lang={lang}>{words.use[lang]}</PurposeBanner>
      <Radios
        {...at('kind')}
        need="required"
        value={given('kind')}
        options={kinds.map((value) => ({ value, label: kindWords[value].asks, note: kindWords[value].name }))}
      />
      <Radios
        {...at('scope')}
        need="required"
        value={given('scope')}
        options={scopes.map((value) => ({ value, label: scopeWords[value].name, note: scopeNotes[value] }))}
      />
      <TextArea
        {...at('says')}
        need="required"
        hint={hints.says[lang]}
        value={given('says')}
        rows={4}
        maxlength={MOST_TEXT}
      />
    </>
  );
};

const scopeNotes = {
  customer: both('お客様、会員、応募した方などの情報', 'Information of customers, members, applicants and others'),
  'my-number': both(
    'お取引先の方の、個人番号に関わる情報',
    'Information of partners we pay that relates to their My Number',
  ),
} as const;

const Who = ({ c, given, problems }: View) => {
  const lang = c.get('lang');
  const at = fieldFor(lang, labels, problems);
  return (
    <>
      <h2>{words.who[lang]}</h2>
      <TextField
        {...at('name')}
        need="required"
        hint={hints.name[lang]}
        value={given('name')}
        autocomplete="name"
        maxlength={200}
      />
      <TextArea
        {...at('address')}
        need="required"
        hint={hints.address[lang]}
        value={given('address')}
        rows={2}
        maxlength={400}
      />
      <TextField
        {...at('email')}
        need="required"
        hint={hints.email[lang]}
        type="email"
        value={given('email')}
        autocomplete="email"
        maxlength={254}
      />
      <h2>{words.answer[lang]}</h2>
      <Radios
        {...at('method')}
        need="optional"
        hint={hints.method[lang]}
        value={given('method')}
        options={methods.map((value) => ({ value, label: methodWords[value] }))}
        blank={words.noMethod}
      />
    </>
  );
};

const AskForm = (view: View) => {
  const { c, operator, texts, problems, attempt } = view;
  const lang = c.get('lang');
  const at = fieldFor(lang, labels, problems);
  const { error: covered } = at('covered');
  const charged = chargedKinds(operator);
  return (
    <>
      <p class="lede">{words.lead[lang]}</p>
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <div class="max-w-[40rem]">
        <PostForm action={NEW} csrf={c.get('csrf')} values={{ attempt }} files whole>
          <What {...view} />
          <Who {...view} />
          <h2>{words.paper[lang]}</h2>
          <p>{words[operator.identity_papers ? 'papers' : 'anyPaper'][lang]}</p>
          {operator.identity_papers && <Dots items={papersEnough({ operator, texts, lang })} />}
          <CoveredPicture {...at('scan')} hint={hints.scan[lang]} {...(covered ? { covered } : {})} />
          {charged.length > 0 && (
            <>
              <h2>{words.fee[lang]}</h2>
              <p>{feeFor(charged)[lang]}</p>
              <FeePaid {...feesPaid({ operator, texts, lang })} />
            </>
          )}
          <div class="mt-8">
            <Buttons>
              <Button>{words.send[lang]}</Button>
            </Buttons>
          </div>
        </PostForm>
      </div>
    </>
  );
};

const Received = ({
  c,
  operator,
  texts,
  receipt,
  mail,
}: Omit<View, 'given' | 'problems' | 'attempt'> & { receipt: WebReceipt; mail: boolean }) => {
  const lang = c.get('lang');
  const { number, code } = receipt;
  return (
    <>
      <Banner kind="good" role="status" title={words.done[lang]}>
        {(code ? words.keep : words.before)[lang]}
      </Banner>
      <div class="mt-6">
        <Dl
          items={[
            [
              words.number[lang],
              <b class="num" translate="no">
                {number}
              </b>,
            ],
            ...(code
              ? [
                  [
                    words.code[lang],
                    <b class="num" translate="no">
                      {code}
                    </b>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </div>
      {mail && <p class="mt-3">{words.mailed[lang]}</p>}
      {receipt.feeYen > 0 && (
        <>
          <h2>{words.feeDue[lang]}</h2>
          <FeePaid {...feePaid(receipt, { operator, texts, lang })} />
        </>
      )}
      <h2>{words.next[lang]}</h2>
      <ul class="dots">
        {[...(receipt.identity ? words.checks : []), words.answers].map((one) => (
          <li>{one[lang]}</li>
        ))}
      </ul>
      <p class="mt-3">
        <a class="btn btn-2" href={`${PUBLIC}/status`}>
          {words.status[lang]}
        </a>
      </p>
    </>
  );
};

const one = <Code extends string>(codes: readonly Code[], text: string): Code | undefined =>
  codes.find((code) => code === text);

/** The attempt name of the press; a form made by somebody else without one counts as an attempt of its own. */
const attemptIn = (form: Form): string =>
  /^[\w-]{8,64}$/.test(form.text('attempt')) ? form.text('attempt') : randomUUID();

function readAsk(c: Asked, room: Room, form: Form): WebAsk | FieldProblem[] {
  const kind = one(kinds, form.text('kind'));
  const scope = one(scopes, form.text('scope'));
  const text = form.text('says').trim();
  const tooLong = isLonger(text, MOST_TEXT);
  if (!kind || !scope || tooLong) {
    return [
      ...(kind ? [] : [{ field: 'kind', says: chooseOne }]),
      ...(scope ? [] : [{ field: 'scope', says: chooseOne }]),
      ...(tooLong ? [{ field: 'says', says: words.tooLong }] : []),
    ];
  }
  const short = (name: Name, most: number): string => form.text(name).trim().slice(0, most);
  return {
    kind,
    scope,
    lang: c.get('lang'),
    sender: { name: short('name', 200), address: short('address', 400), email: short('email', 255) },
    says: text,
    method: one(methods, form.text('method')) ?? null,
    scan: {
      file: form.file('scan') ?? new File([], ''),
      covered: one(coverings, form.text('covered')) ?? '',
    },
    attempt: attemptIn(form),
    address: callerAddress(room.access, c),
  };
}

/** The company's facts and the sentences while the policy allows web requests; null while it does not. */
async function openTo({ office }: Room): Promise<{ operator: Operator; texts: Texts } | null> {
  const inForce = await policyInForce(office, office.clock.today());
  if (!inForce?.policy.operator.desk.electronic) return null;
  return { operator: inForce.policy.operator, texts: (await currentTexts(office)).texts };
}

const sheet = { title: words.title, path: NEW };

async function show(room: Room, c: Asked): Promise<Response> {
  const open = await openTo(room);
  if (!open) return c.notFound();
  const attempt = newId(room.office.clock.now());
  return publicSheet(room, c, sheet, <AskForm {...open} c={c} given={() => ''} problems={[]} attempt={attempt} />);
}

async function send(room: Room, c: Asked): Promise<Response> {
  const open = await openTo(room);
  if (!open) return c.notFound();
  const form = c.get('form');
  const ask = readAsk(c, room, form);
  const made = Array.isArray(ask) ? null : await requestOnWeb(room, ask);
  if (made?.ok) {
    const received = <Received {...open} c={c} receipt={made.value} mail={room.office.mail.on} />;
    return publicSheet(room, c, sheet, received);
  }
  const problems = Array.isArray(ask) ? ask : made!.problem.kind === 'invalid' ? made!.problem.fields : [];
  const again = (
    <AskForm {...open} c={c} given={(name) => form.text(name)} problems={problems} attempt={form.text('attempt')} />
  );
  return publicSheet(room, c, { ...sheet, failed: 422 }, again);
}

export const webRequestPages = (room: Room): Route[] => [
  page('get', NEW, 'public', (c) => show(room, c)),
  page('post', NEW, 'public', (c) => send(room, c), {
    most: MOST_UPLOAD_FORM_BYTES,
    texts: formTexts(labels, { prose: /^(says|address)$/ }),
  }),
];
