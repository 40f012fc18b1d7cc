// The public page of what a web site sends: what, to whom, why, how to refuse, and since when the page says so (TBR 22-2-28, 22-2-29, 22-2-31). In
// the largest text size of the product, with nothing that must be expanded or scrolled sideways.

import type { Context } from 'hono';
import type { Lang } from '../../../base/bilingual.ts';
import type { Office } from '../../../office.ts';
import { page, type Env, type Route } from '../../../platform/http/index.ts';
import { countryName, writtenDay } from '../../../platform/ui/format.ts';
import { PublicPage, type FootItem } from '../../../platform/ui/frame.tsx';
import { policyInForce } from '../../policy/index.ts';
import { publicRegister, sitesInUse } from '../actions.ts';
import type { PublicRegister, PublicTag } from '../facts.ts';
import { placeOf } from './list.tsx';

const PUBLIC = '/external-transmission';

const title = { ja: '外部に送る情報', en: 'Information sent to others' };

const company = async (office: Office, c: Context<Env>): Promise<string> =>
  (await policyInForce(office, office.clock.today()))?.policy.operator.name[c.get('lang')] ?? '';

const footOf = (lang: Lang, site?: string): FootItem[] => [
  { label: lang === 'ja' ? '個人情報保護方針' : 'Personal Information Protection Policy', href: '/policy' },
  ...(site
    ? [{ label: lang === 'ja' ? 'データ（JSON）' : 'Data (JSON)', href: `${PUBLIC}/${site}/register.json` }]
    : []),
];

const exemptTexts: Record<Exclude<PublicTag['exemption'], 'none'>, { ja: string; en: string }> = {
  necessary: {
    ja: 'このサービスを表示し、安全に提供するために、どうしても必要な送信です。',
    en: 'This is truly necessary to display the service and to provide it safely.',
  },
  'own-identifier': {
    ja: 'このサイトが付けた番号が、このサイトに戻るだけの送信です。',
    en: 'This only sends a number set by this site back to this site.',
  },
  consent: { ja: '同意をいただいた方についてだけ送ります。', en: 'It is sent only for those who have consented.' },
  'opt-out': {
    ja: 'お申し出があれば、送信を止めます（オプトアウト）。',
    en: 'We stop sending it if you ask us to (opt-out).',
  },
};

const choiceTexts: Record<PublicTag['choice'], { ja: string; en: string }> = {
  'opt-in': {
    ja: '許可されるまで送りません。許可した後も、いつでも断れます。',
    en: 'It is not sent before you allow it. You can refuse at any time afterwards.',
  },
  'opt-out': {
    ja: '断られたら送信を止めます。いつでも断れます。',
    en: 'Sending stops once you refuse. You can refuse at any time.',
  },
  notice: { ja: 'このサイトの設定では止められません。', en: 'It cannot be stopped in the settings of this site.' },
};

const idTexts = {
  true: {
    ja: '送り先が、ブラウザーを見分けるための番号を付けます。',
    en: 'The recipient sets a number by which it recognises the browser.',
  },
  false: { ja: '番号は付けません。', en: 'No number is set.' },
};

const Entry = ({ lang, tag }: { lang: Lang; tag: PublicTag }) => {
  const ja = lang === 'ja';
  const where = countryName(tag.recipient.country, lang);
  const items: [string, string | undefined][] = [
    [ja ? '送る情報' : 'What is sent', tag.information?.[lang]],
    [ja ? '送り先' : 'To whom', ja ? `${tag.recipient.name.ja}（${where}）` : `${tag.recipient.name.en} (${where})`],
    [ja ? 'このサイトが使う目的' : 'What we use it for', tag.purpose?.[lang]],
    [ja ? '送り先が使う目的' : 'What the recipient uses it for', tag.their_purpose?.[lang]],
    [
      ja ? 'ブラウザーの識別' : 'Recognising the browser',
      tag.third_party_id === null ? undefined : idTexts[tag.third_party_id ? 'true' : 'false'][lang],
    ],
    [ja ? '断るには' : 'To refuse', choiceTexts[tag.choice][lang]],
    [ja ? '断ったとき' : 'If you refuse', tag.limits?.[lang]],
    [ja ? '送信の区分' : 'Kind', tag.exemption === 'none' ? undefined : exemptTexts[tag.exemption][lang]],
    [ja ? '掲載した日' : 'Published', writtenDay(tag.published_on, lang)],
  ];
  return (
    <section class="mb-6">
      <h3 id={tag.code}>{tag.name[lang]}</h3>
      <dl class="lede grid md:grid-cols-[12rem_minmax(0,1fr)] gap-x-4 gap-y-1">
        {items.flatMap(([term, value]) =>
          value === undefined ? [] : [<dt class="font-bold">{term}</dt>, <dd class="mb-2">{value}</dd>],
        )}
      </dl>
    </section>
  );
};

const HowToRefuse = ({ lang, seen }: { lang: Lang; seen: PublicRegister }) => {
  if (seen.tags.every(({ choice }) => choice === 'notice')) return null;
  return lang === 'ja' ? (
    <>
      <h2>断る方法</h2>
      <ol class="num-list">
        <li>サイトの「外部送信の設定」のボタンを押すと、お知らせが開きます。</li>
        <li>「すべて断る」を押すか、断る送信の印を外して保存します。保存した後は、断った送信をしません。</li>
      </ol>
      <p>
        ブラウザーで「グローバル・プライバシー・コントロール（GPC）」を有効にしている方は、何もしなくても断ったものとして扱います。止まるのは情報の送信です。
      </p>
    </>
  ) : (
    <>
      <h2>How to refuse</h2>
      <ol class="num-list">
        <li>Press the button for the transmission settings on the site. The notice opens.</li>
        <li>
          Press “Refuse all”, or clear the marks of what you refuse and save. What you refused is then no longer sent.
        </li>
      </ol>
      <p>
        If Global Privacy Control (GPC) is on in your browser, we treat that as a refusal, and you need not do anything.
        It stops the sending of information.
      </p>
    </>
  );
};

async function showSite(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const found = await publicRegister(office, c.req.param('site') ?? '');
  if (!found) return c.notFound();
  const { seen } = found;
  const ja = lang === 'ja';
  return c.html(
    <PublicPage
      lang={lang}
      title={ja ? `${seen.name.ja}が外部に送る情報` : `${seen.name.en}: information sent to others`}
      company={await company(office, c)}
      path={placeOf(c)}
      crumbs={[{ label: title[lang], href: PUBLIC }, { label: seen.name[lang] }]}
      footer={footOf(lang, seen.site)}
    >
      <p class="lede">
        {ja
          ? 'このサイトを見ると、お使いの端末から、次の情報が外部に送られることがあります。送る情報、送り先、目的をお知らせします。'
          : 'When you look at this site, your device may send the following to others. Here is what is sent, to whom, and why.'}
      </p>
      <p class="small muted mt-2">
        {ja
          ? `最後に変わった日　${writtenDay(seen.changed_on, 'ja')}`
          : `Last changed on ${writtenDay(seen.changed_on, 'en')}`}
      </p>
      <h2>{ja ? '送る情報と送り先' : 'What is sent, and to whom'}</h2>
      {seen.tags.length === 0 ? (
        <p>{ja ? 'いま、外部に送る情報はありません。' : 'Nothing is sent to others at present.'}</p>
      ) : (
        seen.tags.map((tag) => <Entry lang={lang} tag={tag} />)
      )}
      <HowToRefuse lang={lang} seen={seen} />
    </PublicPage>,
  );
}

async function showList(office: Office, c: Context<Env>): Promise<Response> {
  const lang = c.get('lang');
  const sites = await sitesInUse(office);
  return c.html(
    <PublicPage
      lang={lang}
      title={title[lang]}
      company={await company(office, c)}
      path={placeOf(c)}
      footer={footOf(lang)}
    >
      <p class="lede">
        {lang === 'ja'
          ? 'サイトを見たときに、お使いの端末から外部に送られる情報を、サイトごとにお知らせします。'
          : 'For each of our sites, this is what your device sends to others when you look at it.'}
      </p>
      {sites.length === 0 ? (
        <p class="mt-4">{lang === 'ja' ? '登録されたサイトはありません。' : 'No site is registered.'}</p>
      ) : (
        <ul class="dots lede">
          {sites.map(({ code, site, changedOn }) => (
            <li>
              <a href={`${PUBLIC}/${code}`}>{site.name[lang]}</a>{' '}
              <span class="small muted">
                {lang === 'ja' ? `${writtenDay(changedOn, 'ja')} 更新` : `changed on ${writtenDay(changedOn, 'en')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </PublicPage>,
  );
}

export const publicPages = (office: Office): Route[] => [
  page('get', PUBLIC, 'public', (c) => showList(office, c)),
  page('get', `${PUBLIC}/:site`, 'public', (c) => showSite(office, c)),
];
