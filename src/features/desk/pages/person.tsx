// Finding the person a request is about: searched by what the papers say, told apart when there are several, never guessed.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button } from '../../../platform/ui/button.tsx';
import { Checks, fieldFor, SelectField, TextField } from '../../../platform/ui/form.tsx';
import { listed } from '../../../platform/ui/format.ts';
import { Table } from '../../../platform/ui/table.tsx';
import { indexKinds, standardItems, type IndexKind, type SearchTerm } from '../../../vault/index.ts';
import { itemName, type Standing } from '../../checkpoint/index.ts';
import { erasedAmong, type Hit } from '../actions/collect.ts';
import type { Compared } from '../actions/look.ts';
import { distinctions, type Distinction, type HoldingItems } from '../facts/event.ts';
import type { RequestRow } from '../tables.ts';
import type { FormProps, Sent } from './form.tsx';
import { RequestLink } from './others.tsx';
import { itemText } from './review.tsx';

export const personLabels = {
  name: both('氏名', 'Name'),
  kana: both('氏名のカナ', 'Name in kana'),
  email: both('メールアドレス', 'E-mail address'),
  phone: both('電話番号', 'Telephone number'),
  principal: both('この人の記録', 'This person’s entries'),
  toldApart: both('何で見分けたか', 'How they were told apart'),
  nobody: both('だれもいないとき', 'If there is nobody'),
} satisfies Record<string, Bilingual>;

const distinctionWords: Record<Distinction, Bilingual> = {
  'birth-date': both('生年月日', 'Date of birth'),
  address: both('住所', 'Address'),
  phone: both('電話番号', 'Telephone number'),
  email: both('メールアドレス', 'E-mail address'),
  contract: both('契約などの番号', 'Number of a contract or the like'),
};

const words = {
  how: both(
    '用紙と本人確認書類に書いてあることで探します。書いた条件のすべてに合う人だけが見つかります。同じ人がほかの台帳に別のメールアドレスや電話番号で載っていることもあるので、まず氏名だけで探します。条件の中身は記録に残りません。',
    'Search by what is written on the form and the identity papers. Only people who match every condition you enter are found. The same person may be in another ledger with another e-mail address or telephone number, so begin with the name alone. What you enter is not recorded.',
  ),
  nobody: both(
    'ほかの条件でも探したが、だれも見つからない。「持っていない」として進む',
    'Other conditions were tried and nobody was found. Go on as “nothing is held”',
  ),
  candidate: (n: number): Bilingual => both(`候補${n}`, `Candidate ${n}`),
  earlier: both('（前の検索で選んだもの）', ' (chosen in an earlier search)'),
  linked: (of: Bilingual): Bilingual =>
    both(`（${of.ja}と同じ本人。一方を選べば両方が対象）`, ` (the same person as ${of.en}: choosing one takes both)`),
  only: both('この人', 'This person'),
  erased: both(
    '消去した本人。記録がだれのものかを示すものだけが残っている',
    'Erased; only what shows whose the records are is left',
  ),
  alsoErased: both(
    '消去した本人も、提供や受け取りの記録が残っていれば見つかります。その人について残っているのは、多くは氏名とカナだけなので、氏名だけか、カナだけで探します。',
    'A person who was erased is found too, as long as a record of a provision or a receipt is kept. Usually only the name and its kana are left, so search by the name alone or the kana alone.',
  ),
  matched: both('（条件に合致）', ' (matches)'),
  one: both('条件に合う人が1人います', 'One person matches'),
  oneSays: both(
    '用紙と本人確認書類に書いてあることと合うかを確かめ、この人に間違いなければ選びます。違うときは選ばずに、ほかの条件で探します。',
    'Check whether this matches what is written on the form and the identity papers, and choose the person if there is no doubt. If not, choose nobody and search by other conditions.',
  ),
  two: both('条件に合う人が複数います', 'More than one entry matches'),
  twoSays: both(
    '同じ人がいくつかの台帳に別々に載っていることも、別の人のこともあります。生年月日や昔の住所など、用紙に書いてあることで見分け、この人のものはすべて選びます。住所、電話番号、メールアドレスは、親子や双子、夫婦、会社で共に使うことがあるので、それだけでは決めません。選んだものすべてが、この請求の対象です。見分けられないときは選ばずに、「不足を知らせる」で手がかりを尋ねます。',
    'They may be one person, entered separately in several ledgers, or different people. Tell them apart by what is written on the form, such as the date of birth or an earlier address, and choose all that are this person’s. Parent and child, twins, a couple or a company may share an address, a telephone number or an e-mail address, so do not decide by these alone. The request covers everything you choose. If you cannot tell, choose none and ask for more details under “Tell them what is missing”.',
  ),
  all: both(
    '選ばなかったものは、集めることも、知らせることも、直すこともしません。',
    'What you leave out is not collected, disclosed or changed.',
  ),
  toldApart: both(
    '同じ人か別の人かが分かった決め手です',
    'What showed that they are different people, or the same person',
  ),
  nothing: both('1つ以上の条件を書いてください', 'Fill in at least one condition'),
  page: both('画面', 'page'),
  compareSays: both(
    '「開いて見比べる」は、氏名、生年月日、住所、連絡先など、見分ける項目だけを、この請求のために開きます。開いたことは記録に残ります。',
    '“Open and compare” opens, for this request, only the items that tell people apart: name, date of birth, address, contact details and the like. The opening is on record.',
  ),
  compared: both('見分ける項目', 'What tells them apart'),
  item: both('項目', 'Item'),
  choose: both('選んでください', 'Choose'),
  open: both('この人の、進行中のほかの請求：', 'Other open requests of this person: '),
};

/** A person who may be the one, with what is kept about them by name. */
export interface Candidate extends Hit {
  records: readonly HoldingItems[];
  /** The other open requests about them, for readers who may see those. */
  open: readonly RequestRow[];
}

export interface PersonProps extends FormProps {
  stands: Standing;
  /** The persons who match the terms that were sent. */
  matches: readonly Candidate[];
  /** What was opened to tell them apart; null until it is. */
  compared: readonly Compared[] | null;
}

const MASK = '●●●';

/** Each ledger that has an entry of a person, with the names of its items and their values hidden; those that match come first. */
function entriesText({ stands, lang }: PersonProps, { holdings, records, by }: Candidate): string {
  const matched = ({ holding }: HoldingItems): boolean => by === 'terms' && holdings.includes(holding);
  const entry = (one: HoldingItems): string => {
    const name = stands.holdings.get(one.holding)?.name[lang] ?? one.holding.slice(-8);
    const items = one.items.map((item) => `${itemText(stands, one.holding, item, lang)} ${MASK}`);
    const mark = matched(one) ? words.matched[lang] : '';
    return lang === 'ja' ? `${name}${mark}：${listed(items, 'ja')}` : `${name}${mark}: ${listed(items, 'en')}`;
  };
  return records
    .toSorted((x, y) => Number(matched(y)) - Number(matched(x)))
    .map(entry)
    .join(lang === 'ja' ? '。' : '. ');
}

/** What was opened of each, one row for each item; of several records of one person, the values that differ. */
const ComparedTable = (props: PersonProps & { compared: readonly Compared[]; called: (i: number) => Bilingual }) => {
  const { lang, stands, matches, compared, called } = props;
  const codes = [...new Set(compared.flatMap(({ values }) => Object.keys(values)))];
  const rank = (code: string): number => standardItems.findIndex((item) => item.code === code);
  return (
    <div class="mb-4">
      <Table
        lang={lang}
        caption={words.compared}
        stack
        columns={[
          { key: 'item', head: words.item, rowHead: true },
          ...matches.map(({ principal }, i) => ({ key: principal, head: called(i) })),
        ]}
        rows={codes
          .toSorted((a, b) => rank(a) - rank(b))
          .map((code) => {
            const of = (principal: string): string[] => [
              ...new Set(compared.flatMap((one) => (one.principal === principal ? (one.values[code] ?? []) : []))),
            ];
            const cells = matches.map(({ principal }) => [
              principal,
              of(principal).map((value) => (
                <span class="block wrap-anywhere whitespace-pre-line" translate="no">
                  {value}
                </span>
              )),
            ]);
            const { holding } = compared.find(({ values }) => values[code] !== undefined)!;
            const item = holding === null ? itemName(lang)(code) : itemText(stands, holding, code, lang);
            return { cells: { item, ...Object.fromEntries(cells) } };
          })}
      />
    </div>
  );
};

/** Links to the page of each person, with the other open requests about them. */
const Looks = ({ lang, matches, called }: PersonProps & { called: (i: number) => Bilingual }) => (
  <ul class="small mb-5 grid gap-2">
    {matches.map(({ principal, open }, i) => (
      <li>
        <a href={`/people/${principal}`} target="_blank" rel="noopener">
          {lang === 'ja' ? `${called(i).ja}の${words.page.ja}` : `${called(i).en}: ${words.page.en}`}
        </a>
        {open.length > 0 && (
          <p>
            {words.open[lang]}
            {open.map((row, n) => (
              <>
                {n > 0 && (lang === 'ja' ? '、' : ', ')}
                <RequestLink lang={lang} row={row} />
              </>
            ))}
          </p>
        )}
      </li>
    ))}
  </ul>
);

const Candidates = (props: PersonProps & { problems: readonly FieldProblem[] }) => {
  const { lang, sent, request, matches, problems } = props;
  if (matches.length === 0) return null;
  const at = fieldFor(lang, personLabels, problems);
  const several = matches.length > 1;
  const gone = erasedAmong(request, matches);
  const called = (i: number): Bilingual => (several ? words.candidate(i + 1) : words.only);
  /** The name with the reason it is listed: an earlier search, or a link with one above. */
  const labelled = ({ by, others }: Candidate, i: number): Bilingual => {
    const above = matches.findIndex(({ principal }) => others.includes(principal));
    const marks = [
      ...(by === 'earlier' ? [words.earlier] : []),
      ...(above >= 0 && above < i ? [words.linked(called(above))] : []),
    ];
    return marks.reduce((label, mark) => both(label.ja + mark.ja, label.en + mark.en), called(i));
  };
  return (
    <>
      <div class="mb-4">
        <Banner
          kind={several ? 'warn' : 'info'}
          icon={several ? 'warn' : undefined}
          level={3}
          title={words[several ? 'two' : 'one'][lang]}
        >
          {words[several ? 'twoSays' : 'oneSays'][lang]}
        </Banner>
      </div>
      {props.compared ? (
        <ComparedTable {...props} compared={props.compared} called={called} />
      ) : (
        <p class="small muted mb-4">{words.compareSays[lang]}</p>
      )}
      <Checks
        {...at('principal')}
        need="required"
        hint={several ? words.all[lang] : undefined}
        values={sent && !isSearch(sent) ? sent.form.all('principal') : (request.specified?.principals ?? [])}
        options={matches.map((match, i) => ({
          value: match.principal,
          label: labelled(match, i),
          note: gone.includes(match.principal) ? words.erased[lang] : entriesText(props, match),
        }))}
      />
      <Looks {...props} called={called} />
      {several && (
        <SelectField
          {...at('toldApart')}
          hint={words.toldApart[lang]}
          need="required"
          blank={words.choose}
          value={sent?.form.text('toldApart') ?? ''}
          options={distinctions.map((value) => ({ value, label: distinctionWords[value] }))}
        />
      )}
    </>
  );
};

export const Specified = (props: PersonProps) => {
  const { lang, sent, request } = props;
  const mine = sent?.event === 'specified' ? sent : null;
  const at = fieldFor(lang, personLabels, mine?.problems ?? []);
  return (
    <>
      <p class="small muted mb-4">
        {words.how[lang]}
        {request.kind === 'record-disclosure' && ` ${words.alsoErased[lang]}`}
      </p>
      <div class="fields">
        {(['name', 'kana', 'email', 'phone'] as const).map((kind) => (
          <TextField {...at(kind)} value={mine?.form.text(kind) ?? ''} maxlength={200} />
        ))}
      </div>
      {mine && <Candidates {...props} problems={isSearch(mine) ? [] : mine.problems} />}
      {mine?.problems.some(({ field }) => field === 'nobody') && (
        <Checks {...at('nobody')} options={[{ value: 'yes', label: words.nobody }]} />
      )}
    </>
  );
};

export const termsIn = (form: Form): SearchTerm[] =>
  indexKinds.flatMap((kind: IndexKind) => {
    const term = form.text(kind).trim();
    return term === '' ? [] : [{ kind, term }];
  });

/** Puts a problem of the conditions together at the first of them. */
export const atTerms = (form: Form, problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.map((one) => (one.field === 'terms' ? { ...one, field: termsIn(form)[0]?.kind ?? 'name' } : one));

export interface PersonAsk {
  terms: SearchTerm[];
  principals: string[];
  toldApart: Distinction | undefined;
  nobody: boolean;
}

export function readPerson(form: Form): PersonAsk | FieldProblem[] {
  const terms = termsIn(form);
  if (terms.length === 0) return [{ field: 'name', says: words.nothing }];
  return {
    terms,
    principals: form.all('principal').filter((id) => id !== ''),
    toldApart: distinctions.find((one) => one === form.text('toldApart')),
    nobody: form.all('nobody').includes('yes'),
  };
}

/** The button that opens what tells apart those the search found. It comes after the main button, so that pressing Enter in a field only searches. */
export const CompareButton = ({ lang }: { lang: Lang }) => (
  <Button kind="second" icon="lock" name="do" value="compare">
    {both('開いて見比べる', 'Open and compare')[lang]}
  </Button>
);

/** Whether somebody matches and must be looked at and chosen. */
export const someMatch = ({ event, problems }: Sent): boolean =>
  event === 'specified' && problems.some(({ field }) => field === 'principal' || field === 'toldApart');

/** Whether it was only a search: nobody was chosen yet, which is no mistake. */
export const isSearch = (sent: Sent): boolean => someMatch(sent) && sent.form.all('principal').length === 0;
