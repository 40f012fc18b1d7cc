// The text of a policy as people read it, made only from the data, so that the page says what the rules and the forms use.

import type { Child } from 'hono/jsx';
import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { writtenDay, yen } from '../../../platform/ui/format.ts';
import { Table } from '../../../platform/ui/table.tsx';
import { outline, type OutlineNode, printedNumber } from '../facts/outline.ts';
import type { Clause, Operator, Policy, RequestKind } from '../facts/shape.ts';
import { feeOf } from '../facts/desk.ts';
import { reachSays, waysToDesk } from '../words.ts';

const words = {
  desk: { ja: '窓口と請求の種類', en: 'Our desk and the kinds of request' },
  written: { ja: '書面でお送りください。', en: 'Please write to us.' },
  writtenToo: { ja: '書面でもお受けします。', en: 'You may write to us.' },
  web: { ja: 'ウェブページで請求する', en: 'Make a request on the web page' },
  visits: { ja: '窓口にお越しいただいてもかまいません。', en: 'You may also come to our desk.' },
  noVisits: { ja: 'ご来社による受付はしていません。', en: 'We do not receive visitors for this.' },
  kinds: { ja: '請求の種類と手数料', en: 'Kinds of request and their fees' },
  request: { ja: '請求', en: 'Request' },
  fee: { ja: '手数料', en: 'Fee' },
  form: { ja: '用紙', en: 'Form' },
  letter: { ja: '窓口へ書面で', en: 'By letter to the desk' },
  accredited: {
    ja: '苦情は、次の認定個人情報保護団体にもお申し出いただけます。',
    en: 'You may also complain to the accredited personal information protection organisation that we belong to.',
  },
} satisfies Record<string, Bilingual>;

export const requestKindNames: Record<RequestKind, Bilingual> = {
  'purpose-notice': both('利用目的の通知', 'Notice of purposes'),
  disclosure: both('開示', 'Disclosure'),
  'record-disclosure': both('第三者提供記録の開示', 'Disclosure of provision records'),
  correction: both('訂正、追加、削除', 'Correction, addition, deletion'),
  'suspension-or-erasure': both('利用の停止、消去', 'Suspension of use, erasure'),
  'suspension-of-provision': both('第三者への提供の停止', 'Suspension of provision to third parties'),
};

/** The people that a form is for. */
const formScopes: Record<Operator['forms'][number]['scope'], Bilingual> = {
  customer: both('ご利用の方など', 'For customers and others'),
  'my-number': both('お取引先の方（特定個人情報等）', 'For partners we pay (specific personal information)'),
};

const sectionId = (id: string): string => `s-${id}`;

function sectionTitle({ section }: OutlineNode, lang: Lang): string {
  const { title } = section;
  const number = printedNumber(section, lang);
  if (number === '') return title[lang];
  const dot = /^\d+$/.test(number) ? '.' : '';
  return `${number}${dot}${lang === 'ja' ? '　' : ' '}${title[lang]}`;
}

const Heading = ({ node, lang, depth }: { node: OutlineNode; lang: Lang; depth: number }) => {
  const id = sectionId(node.section.id);
  const title = sectionTitle(node, lang);
  if (depth === 0) return <h2 id={id}>{title}</h2>;
  if (depth === 1) return <h3 id={id}>{title}</h3>;
  const look = 'text-std-16B-170 mt-5 mb-1';
  if (depth === 2)
    return (
      <h4 class={look} id={id}>
        {title}
      </h4>
    );
  return (
    <h5 class={look} id={id}>
      {title}
    </h5>
  );
};

/** The address where the Commission publishes its reports on countries, and the day it was last checked. */
export interface CommissionAddress {
  url: string;
  checkedOn: Day;
}

interface Text {
  policy: Policy;
  lang: Lang;
  /** Null: not shown beside the text. */
  commission: CommissionAddress | null;
}

function linkOf(
  { link }: Clause,
  { policy: { operator }, lang, commission }: Text,
): { href: string; label: string; note?: string } | null {
  if (link === 'ppc' && commission) {
    const on = writtenDay(commission.checkedOn, lang);
    const note = lang === 'ja' ? `（${on}に確認）` : ` (checked on ${on})`;
    return { href: commission.url, label: commission.url, note };
  }
  if (link === 'parent-policy' && operator.parent_policy !== 'none')
    return { href: operator.parent_policy.url, label: operator.parent_policy.name[lang] };
  return null;
}

const ClauseText = ({ clause, text }: { clause: Clause; text: Text }) => {
  const link = linkOf(clause, text);
  return (
    <>
      {clause.text[text.lang]}
      {link && (
        <>
          <br />
          <a href={link.href} translate={link.label === link.href ? 'no' : undefined}>
            {link.label}
          </a>
          {link.note}
        </>
      )}
    </>
  );
};

/** Neighbouring items of a section form one list; numbering continues after an interruption. */
function blocksOf(clauses: readonly Clause[]): { list: boolean; start: number; clauses: Clause[] }[] {
  const blocks: { list: boolean; start: number; clauses: Clause[] }[] = [];
  let items = 0;
  for (const clause of clauses) {
    const list = clause.as === 'item';
    const last = blocks.at(-1);
    if (list && last?.list) last.clauses.push(clause);
    else blocks.push({ list, start: items + 1, clauses: [clause] });
    if (list) items += 1;
  }
  return blocks;
}

const SectionText = ({ node, text, depth }: { node: OutlineNode; text: Text; depth: number }) => {
  const item = (clause: Clause): Child => (
    <li class="pl-1 py-0.5" id={`c${clause.no}`}>
      <ClauseText clause={clause} text={text} />
    </li>
  );
  return (
    <>
      <Heading node={node} lang={text.lang} depth={depth} />
      {blocksOf(node.clauses).map((block) =>
        !block.list ? (
          <p class={block.clauses[0]!.as === 'note' ? 'small' : undefined} id={`c${block.clauses[0]!.no}`}>
            <ClauseText clause={block.clauses[0]!} text={text} />
          </p>
        ) : node.section.list === 'numbers' ? (
          <ol class="num-list" start={block.start}>
            {block.clauses.map(item)}
          </ol>
        ) : (
          <ul class="dots">{block.clauses.map(item)}</ul>
        ),
      )}
      {node.sections.map((below) => (
        <SectionText node={below} text={text} depth={depth + 1} />
      ))}
    </>
  );
};

/** Every clause, under the headings of its sections. */
export const PolicyText = (text: Text) => (
  <div class="body" lang={text.lang}>
    {outline(text.policy).map((node) => (
      <SectionText node={node} text={text} depth={0} />
    ))}
  </div>
);

/** Links to the sections: the parts and the sections directly below them. */
export const PolicyContents = ({ policy, lang }: { policy: Policy; lang: Lang }) => (
  <nav class="toc mt-6 no-print" aria-labelledby="toc">
    <h2 class="border-0! p-0! m-0! text-std-16B-170!" id="toc">
      {lang === 'ja' ? '目次' : 'Contents'}
    </h2>
    {outline(policy).map((part) => (
      <>
        <p class="small mt-2">
          <a href={`#${sectionId(part.section.id)}`} data-turbo="false">
            <b>{sectionTitle(part, lang)}</b>
          </a>
        </p>
        <ol>
          {part.sections.map((node) => (
            <li>
              <a href={`#${sectionId(node.section.id)}`} data-turbo="false">
                {sectionTitle(node, lang)}
              </a>
            </li>
          ))}
        </ol>
      </>
    ))}
    <p class="small mt-2">
      <a href="#desk" data-turbo="false">
        <b>{words.desk[lang]}</b>
      </a>
    </p>
  </nav>
);

/** What the desk accepts instead of an ordinary letter, and where to ask about it. */
export const OtherWay = ({ desk, lang }: { desk: Operator['desk']; lang: Lang }) => {
  const ways = waysToDesk(desk);
  return (
    <>
      <p>{desk.alternative[lang]}</p>
      {ways.length > 0 && (
        <>
          <p>{reachSays[lang]}</p>
          <ul class="dots">
            {ways.map(({ name, at, href }) => (
              <li>
                {name[lang]}
                <a href={href} translate="no">
                  {at}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};

/** The fee of a request of a kind, for the person who makes it. */
function feeFor(operator: Operator, kind: RequestKind, lang: Lang): string {
  const amount = feeOf(operator, kind);
  if (amount === 0) return both('なし', 'None')[lang];
  const taxed = both('（税込）', ' (tax included)');
  return yen(amount, lang) + (operator.fee.tax_included ? taxed[lang] : '');
}

export interface FormsProps {
  operator: Operator;
  lang: Lang;
  /** Where to get a form. */
  formAt(form: Form): Child;
  /** Text for a kind of request without a form. */
  noForm: Bilingual;
}

type Form = Operator['forms'][number];

/** The kinds of request with their fees and forms, separately for customers and for partners. */
export const Forms = ({ operator, lang, formAt, noForm }: FormsProps) => {
  const row = (kind: RequestKind, form: Child) => ({
    cells: { request: requestKindNames[kind][lang], fee: feeFor(operator, kind, lang), form },
  });
  return (['customer', 'my-number'] as const).map((scope) => {
    const forms = operator.forms.filter((form) => form.scope === scope);
    if (forms.length === 0) return null;
    const notice = scope === 'customer' && !forms.some(({ kind }) => kind === 'purpose-notice');
    return (
      <>
        <h3>{formScopes[scope][lang]}</h3>
        <Table
          lang={lang}
          caption={
            lang === 'ja' ? `${words.kinds.ja}：${formScopes[scope].ja}` : `${words.kinds.en}: ${formScopes[scope].en}`
          }
          height="loose"
          stack
          columns={[
            { key: 'request', head: words.request, rowHead: true },
            { key: 'fee', head: words.fee },
            { key: 'form', head: words.form },
          ]}
          rows={[
            ...forms.map((form) => row(form.kind, formAt(form))),
            ...(notice ? [row('purpose-notice', noForm[lang])] : []),
          ]}
        />
      </>
    );
  });
};

/** The desk, and each kind of request with its fee and the title of its form: the facts that the desk and its forms use. */
export const DeskBlock = ({ operator, lang }: { operator: Operator; lang: Lang }) => (
  <section class="body" aria-labelledby="desk">
    <h2 id="desk">{words.desk[lang]}</h2>
    <address class="not-italic leading-[1.9]">
      {operator.desk.address[lang]}
      <br />
      {operator.name[lang]}
      {lang === 'ja' ? '　' : ', '}
      {operator.desk.name[lang]}
    </address>
    <p class="mt-2">
      {words[operator.desk.electronic || operator.desk.visits ? 'writtenToo' : 'written'][lang]}
      {lang === 'en' && ' '}
      {words[operator.desk.visits ? 'visits' : 'noVisits'][lang]}
    </p>
    {operator.desk.electronic && (
      <p>
        <a href="/requests/new">{words.web[lang]}</a>
      </p>
    )}
    <OtherWay desk={operator.desk} lang={lang} />
    {operator.accredited_organisation !== 'none' && (
      <p>
        {words.accredited[lang]}
        <br />
        {operator.accredited_organisation.name[lang]}
        {lang === 'ja' ? '　' : ', '}
        {operator.accredited_organisation.contact[lang]}
      </p>
    )}
    <Forms
      operator={operator}
      lang={lang}
      noForm={words.letter}
      formAt={({ clause, title }) => (
        <a href={`#c${clause}`} data-turbo="false">
          {title[lang]}
        </a>
      )}
    />
  </section>
);
