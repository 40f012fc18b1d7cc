// The public pages: how to ask, with which form, papers and fee and, for the holder of a receipt, how far their request is. Everything comes from the
// policy and the sentences of the letters; of a request only the stage is told, never whose it is.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import { formTexts, page, placeOf, plain, type Env, type Route } from '../../../platform/http/index.ts';
import { makePdf } from '../../../platform/pdf.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons } from '../../../platform/ui/button.tsx';
import { ErrorSummary, fieldFor, PostForm, PurposeBanner, TextField } from '../../../platform/ui/form.tsx';
import { PublicPage, type FootItem } from '../../../platform/ui/frame.tsx';
import { Icon } from '../../../platform/ui/icon.tsx';
import { Steps, type Step } from '../../../platform/ui/steps.tsx';
import { callerAddress } from '../../access/index.ts';
import {
  Forms,
  isFeeAskedAfter,
  OtherWay,
  policyInForce,
  type Operator,
  type RequestKind,
} from '../../policy/index.ts';
import { stageOfReceipt } from '../actions/receipt.ts';
import { deskDays } from '../facts/clocks.ts';
import { chargedKinds, feesPaid, isFeeEnclosed, papersAsked } from '../letters/cover.ts';
import { fillableForm } from '../letters/fillable.ts';
import { handForm } from '../letters/form.ts';
import { currentTexts } from '../actions/texts.ts';
import type { Texts } from '../letters/texts.ts';
import { publicNext, publicStage } from '../words.ts';
import type { Room } from './sheet.tsx';

export const PUBLIC = '/requests';
const STATUS = `${PUBLIC}/status`;

const words = {
  title: both('開示などの請求', 'Your requests'),
  policy: both('個人情報保護方針', 'Personal Information Protection Policy'),
  lede: both(
    'ご自身の情報を見せること、直すこと、使うのをやめることなどを、当社に請求できます。ご本人のほか、代理人も請求できます。',
    'You may ask us to show you the information we hold about you, to correct it, or to stop using it. An agent may also ask for you.',
  ),
  steps: both('手順', 'Steps'),
  may: both('請求できること', 'What you may ask for'),
  mayWrite: both('そのほかにお申し出いただけること', 'What else you may write to us about'),
  forms: both('用紙と手数料', 'Forms and fee'),
  onScreen: both('画面で入力できる用紙', 'To fill in on screen'),
  noForm: both('用紙はありません。手紙でお求めください', 'There is no form. Please ask by letter'),
  papers: both('本人の確認に使える書類', 'Papers that show who you are'),
  agents: both('代理人の方が請求されるとき', 'If you ask for somebody else'),
  ways: both('請求の方法', 'Ways to ask'),
  byLetter: both(
    '書面：下の送り先に手紙をお送りください。手順は上のとおりです',
    'By letter: send a letter to the address below. The steps are as shown above',
  ),
  byWeb: both(
    'ウェブページ：用紙の代わりに画面に入力し、本人確認書類の画像を付けてお送りください',
    'On the web page: fill in the page instead of the form, and attach a picture of your identity paper',
  ),
  byVisit: both(
    '来訪：下の窓口にお越しください。用紙は窓口でもお書きいただけます',
    'In person: come to the desk below, where you can fill in the form too',
  ),
  onWeb: both('ウェブページで請求する', 'Make a request on the web page'),
  where: both('送り先', 'Where to write'),
  otherWay: both('書くことが難しい方へ', 'If writing is difficult'),
  noVisits: both(
    'ご来訪によるお申し出はお受けしていません。次の方法をお使いください。',
    'We do not take requests in person. Please use one of these ways instead.',
  ),
  use: both(
    'お送りいただいたものは、このお申し出への対応だけに使います。本人を確認する書類を画像にしたときは、確認を終えたら画像を消去します。',
    'We use what you send us only for your request. Pictures of identity papers are erased once checked.',
  ),
  status: both('請求の進み具合', 'Progress of your request'),
  statusLead: both(
    'お送りした手紙に書いてある受付番号と確認コードで、いまの段階が分かります。',
    'With the reference and the code in our letter you can see the present stage.',
  ),
  enter: both('受付番号と確認コード', 'Reference and code'),
  toStatus: both('進み具合を見る', 'See the progress'),
  number: both('受付番号', 'Reference'),
  numberHint: both('例：R-2026-031', 'Such as R-2026-031'),
  code: both('確認コード', 'Code'),
  codeHint: both('英数字10字。ハイフンはなくてもかまいません', '10 letters and digits; the hyphen may be left out'),
  see: both('見る', 'View'),
  statusUse: both(
    '番号とコードは、進み具合をお見せするためだけに使い、残しません。',
    'The reference and the code are used only to show you the progress, and are not kept.',
  ),
  another: both('ほかの請求を見る', 'View another request'),
  unknown: both(
    '受付番号と確認コードが合いません。手紙のとおりに入れてください',
    'No request has this reference and code. Please enter both exactly as in our letter',
  ),
};

const mayAsk: Record<RequestKind, Bilingual> = {
  'purpose-notice': both('何のために使っているかを知らせること', 'Tell you what we use your information for'),
  disclosure: both('持っている情報を見せること', 'Show you the information we hold'),
  'record-disclosure': both(
    'だれに渡し、だれから受け取ったかの記録を見せること',
    'Show you the records of whom we gave it to and received it from',
  ),
  correction: both('事実と違う内容を直すこと', 'Correct what is not true'),
  'suspension-or-erasure': both('使うのをやめること、消すこと', 'Stop using it, or erase it'),
  'suspension-of-provision': both('ほかの会社や人に渡すのをやめること', 'Stop giving it to others'),
};

/** No claim, but to be told on request, to persons whose information goes abroad because a recipient protects it as the law requires (28(3)). */
const mayAskAbroad = both(
  '外国の会社に渡した情報が、どう守られているかを知らせること',
  'Tell you how the information we gave to a company abroad is protected',
);
/** Not such a right, but answered all the same (40). */
const mayAskAnything = both('質問、相談、苦情に答えること', 'Answer a question or a complaint');

const foot = (lang: Lang): FootItem[] => [
  { label: words.policy[lang], href: '/policy' },
  { label: words.title[lang], href: PUBLIC },
  { label: words.status[lang], href: STATUS },
];

/** How a form is filled in: by hand, or on a screen. */
type Copy = 'hand' | 'screen';

/** The name of a form's file, without its ending. */
const formFile = ({ scope, kind }: Operator['forms'][number], copy: Copy): string =>
  `${scope}-${kind}${copy === 'screen' ? '-screen' : ''}`;

const formHref = (form: Operator['forms'][number], copy: Copy, lang: Lang): string =>
  `${PUBLIC}/forms/${formFile(form, copy)}.pdf?lang=${lang}`;

const FormLinks = ({ form, lang }: { form: Operator['forms'][number]; lang: Lang }) => (
  <>
    <a href={formHref(form, 'hand', lang)} download data-turbo="false">
      <Icon name="page" small /> {form.title[lang]}
      {lang === 'ja' ? '（PDF）' : ' (PDF)'}
    </a>
    <br />
    <a class="small" href={formHref(form, 'screen', lang)} download data-turbo="false">
      {words.onScreen[lang]}
      <span class="sr-only">{lang === 'ja' ? `：${form.title.ja}` : `: ${form.title.en}`}</span>
    </a>
  </>
);

/** What the person sends back with the form. */
function sentBack(operator: Operator): Bilingual {
  if (chargedKinds(operator).length === 0 || isFeeAskedAfter(operator))
    return both('確認の書類を同封', 'with your papers');
  return isFeeEnclosed(operator)
    ? both('確認の書類と手数料を同封', 'with your papers and the fee')
    : both('書類を同封し、手数料を払う', 'with your papers; pay the fee');
}

export const Dots = ({ items }: { items: readonly string[] }) => (
  <ul class="dots">
    {items.map((one) => (
      <li>{one}</li>
    ))}
  </ul>
);

/** How much a fee is and how it is paid. */
export const FeePaid = ({ says, items }: { says: string; items: string[] }) => (
  <>
    <p>{says}</p>
    {items.length > 0 && <Dots items={items} />}
  </>
);

/** The step for a fee that is asked for after the requester is identified. */
const paying = (lang: Lang): Step => ({
  title: both('手数料を払う', 'Pay the fee')[lang],
  note: both('確認の後に手紙でお願い', 'once we write to you')[lang],
  state: 'later',
});

const Way = ({ operator, lang }: { operator: Operator; lang: Lang }) => (
  <Steps
    lang={lang}
    label={words.steps[lang]}
    steps={[
      {
        title: both('手紙を出す', 'Write to us')[lang],
        note: both('窓口へ書面で', 'to the desk')[lang],
        state: 'later',
      },
      {
        title: both('用紙が届く', 'We send the form')[lang],
        note:
          lang === 'ja'
            ? `${deskDays.acknowledgement}営業日のうちに送ります`
            : `within ${deskDays.acknowledgement} business days`,
        state: 'later',
      },
      {
        title: both('用紙を返す', 'Send it back')[lang],
        note: sentBack(operator)[lang],
        state: 'later',
      },
      ...(chargedKinds(operator).length > 0 && isFeeAskedAfter(operator) ? [paying(lang)] : []),
      {
        title: both('答えが届く', 'Our answer')[lang],
        note:
          lang === 'ja' ? `遅滞なく。目安は${deskDays.decision}日` : `without delay, usually ${deskDays.decision} days`,
        state: 'later',
      },
    ]}
  />
);

const Listed = ({ items, lang }: { items: readonly Bilingual[]; lang: Lang }) => (
  <Dots items={items.map((one) => one[lang])} />
);

/** What the law lets a person claim (32 to 35) and, apart from it, what is answered all the same. */
const MayAsk = ({ operator, lang }: { operator: Operator; lang: Lang }) => {
  const kinds = [...new Set<RequestKind>(['purpose-notice', ...operator.forms.map(({ kind }) => kind)])];
  const abroad = operator.foreign_bases.includes('equivalent-system') ? [mayAskAbroad] : [];
  return (
    <>
      <h2>{words.may[lang]}</h2>
      <Listed items={kinds.map((kind) => mayAsk[kind])} lang={lang} />
      <h3>{words.mayWrite[lang]}</h3>
      <Listed items={[...abroad, mayAskAnything]} lang={lang} />
    </>
  );
};

/** The ways to ask other than by letter, if the policy allows any. */
const Ways = ({ operator: { desk }, lang }: { operator: Operator; lang: Lang }) =>
  desk.electronic || desk.visits ? (
    <>
      <h2>{words.ways[lang]}</h2>
      <Listed
        items={[words.byLetter, ...(desk.electronic ? [words.byWeb] : []), ...(desk.visits ? [words.byVisit] : [])]}
        lang={lang}
      />
      {desk.electronic && (
        <p class="mt-3 no-print">
          <a class="btn btn-1" href={`${PUBLIC}/new`}>
            {words.onWeb[lang]}
          </a>
        </p>
      )}
    </>
  ) : null;

const HowTo = ({ operator, texts, lang }: { operator: Operator; texts: Texts; lang: Lang }) => {
  const papers = papersAsked({ operator, texts, lang });
  return (
    <>
      <p class="lede">{words.lede[lang]}</p>
      <MayAsk operator={operator} lang={lang} />
      <h2>{words.steps[lang]}</h2>
      <div class="mt-6">
        <Way operator={operator} lang={lang} />
      </div>
      <Ways operator={operator} lang={lang} />
      <h2>{words.where[lang]}</h2>
      <address class="not-italic leading-[1.9]">
        {operator.desk.address[lang]}
        <br />
        {operator.name[lang]}
        {lang === 'ja' ? '　' : ', '}
        {operator.desk.name[lang]}
      </address>
      <h3>{words.otherWay[lang]}</h3>
      <div class="body">
        {!operator.desk.visits && <p>{words.noVisits[lang]}</p>}
        <OtherWay desk={operator.desk} lang={lang} />
      </div>
      <h2>{words.forms[lang]}</h2>
      <Forms
        operator={operator}
        lang={lang}
        noForm={words.noForm}
        formAt={(form) => <FormLinks form={form} lang={lang} />}
      />
      {chargedKinds(operator).length > 0 && (
        <div class="small mt-3">
          <FeePaid {...feesPaid({ operator, texts, lang })} />
        </div>
      )}
      <h2>{words.papers[lang]}</h2>
      <p>{papers.lead}</p>
      <Dots items={papers.items} />
      <div class="mt-4">
        <Banner kind="warn" icon="warn" level={3} title={texts.cover.hide.title[lang]}>
          {texts.cover.hide.says[lang]}
        </Banner>
      </div>
      <h3>{words.agents[lang]}</h3>
      <Listed items={texts.cover.agents.items} lang={lang} />
      <p class="small muted mt-3">{words.use[lang]}</p>
      <h2 class="no-print">{words.status[lang]}</h2>
      <p class="no-print">{words.statusLead[lang]}</p>
      <p class="mt-3 no-print">
        <a class="btn btn-2" href={STATUS}>
          {words.toStatus[lang]}
        </a>
      </p>
    </>
  );
};

async function howTo({ office }: Room, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const inForce = await policyInForce(office, office.clock.today());
  if (!inForce) return c.notFound();
  const { operator } = inForce.policy;
  const { texts } = await currentTexts(office);
  return c.html(
    <PublicPage
      lang={lang}
      title={words.title[lang]}
      company={operator.name[lang]}
      path={placeOf(c)}
      crumbs={[{ label: words.policy[lang], href: '/policy' }, { label: words.title[lang] }]}
      footer={foot(lang)}
    >
      <HowTo operator={operator} texts={texts} lang={lang} />
    </PublicPage>,
  );
}

/** An empty form of the policy, to fill in by hand or on a screen. */
async function blankForm({ office }: Room, c: Context<Env>): Promise<Response> {
  const name = (c.req.param('file') ?? '').replace(/\.pdf$/, '');
  const inForce = await policyInForce(office, office.clock.today());
  const copies = (inForce?.policy.operator.forms ?? []).flatMap((form) =>
    (['hand', 'screen'] as const).map((copy) => ({ form, copy })),
  );
  const asked = copies.find(({ form, copy }) => formFile(form, copy) === name);
  if (!inForce || !asked) return c.notFound();
  const lang = c.get('lang');
  const { texts } = await currentTexts(office);
  const writing = { operator: inForce.policy.operator, texts, on: office.clock.today(), lang };
  const { form, copy } = asked;
  const file = copy === 'screen' ? fillableForm(form, null, writing) : makePdf(handForm(form, null, writing));
  return new Response(file as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}-${lang}.pdf"`,
    },
  });
}

// ---- the stage of one request

const labels = { number: words.number, code: words.code };

const StatusForm = ({ c, problems }: { c: Context<Env>; problems: readonly FieldProblem[] }) => {
  const lang = c.get('lang');
  const field = fieldFor(lang, labels, problems);
  const typed = (name: string): string => (c.req.method === 'POST' ? c.get('form').text(name) : '');
  return (
    <>
      <p class="lede">{words.statusLead[lang]}</p>
      <ErrorSummary lang={lang} problems={problems} labels={labels} />
      <h2>{words.enter[lang]}</h2>
      <PurposeBanner lang={lang}>{words.statusUse[lang]}</PurposeBanner>
      <div class="max-w-[36rem]">
        <PostForm action={STATUS} csrf={c.get('csrf')} whole>
          <TextField
            {...field('number')}
            need="required"
            width="date"
            hint={words.numberHint[lang]}
            value={typed('number')}
          />
          <TextField
            {...field('code')}
            need="required"
            width="date"
            hint={words.codeHint[lang]}
            value={typed('code')}
          />
          <Buttons>
            <Button>{words.see[lang]}</Button>
          </Buttons>
        </PostForm>
      </div>
    </>
  );
};

/** A page below the one that says how to ask. */
export async function publicSheet(
  { office }: Room,
  c: Context<Env>,
  { title, path, failed = 200 }: { title: Bilingual; path: string; failed?: 200 | 404 | 410 | 422 },
  content: Child,
): Promise<Response> {
  const lang = c.get('lang');
  const inForce = await policyInForce(office, office.clock.today());
  return c.html(
    <PublicPage
      lang={lang}
      title={title[lang]}
      company={inForce?.policy.operator.name[lang] ?? c.get('frame').company}
      typed={c.get('frame').typed}
      path={path}
      crumbs={[
        { label: words.policy[lang], href: '/policy' },
        { label: words.title[lang], href: PUBLIC },
        { label: title[lang] },
      ]}
      footer={foot(lang)}
      failed={failed === 422}
    >
      {content}
    </PublicPage>,
    failed,
  );
}

const statusPage = (room: Room, c: Context<Env>, content: Child, failed: 200 | 422 = 200): Promise<Response> =>
  publicSheet(room, c, { title: words.status, path: STATUS, failed }, content);

async function askStatus(room: Room, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const form = c.get('form');
  const found = await stageOfReceipt(room, {
    number: form.text('number'),
    code: form.text('code'),
    address: callerAddress(room.access, c),
  });
  if (!found.ok) {
    const problems =
      found.problem.kind === 'invalid' ? found.problem.fields : [{ field: 'number', says: words.unknown }];
    return statusPage(room, c, <StatusForm c={c} problems={problems} />, 422);
  }
  const { number, stage } = found.value;
  return statusPage(
    room,
    c,
    <>
      <p class="lede">
        {words.number[lang]} <b class="num">{number}</b>
      </p>
      <Banner kind="info" role="status" title={publicStage(stage, found.value)[lang]}>
        {publicNext(stage, found.value)[lang]}
      </Banner>
      <p class="mt-6">
        <a href={STATUS}>{words.another[lang]}</a>
      </p>
    </>,
  );
}

export const publicPages = (room: Room): Route[] => [
  page('get', PUBLIC, 'public', (c) => howTo(room, c)),
  plain(`${PUBLIC}/forms/:file`, 'public', (c) => blankForm(room, c)),
  page('get', STATUS, 'public', (c) => statusPage(room, c, <StatusForm c={c} problems={[]} />)),
  page('post', STATUS, 'public', (c) => askStatus(room, c), { texts: formTexts(labels) }),
];
