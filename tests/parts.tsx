// Every part in every state on one page, with fictional data: to look at, to copy from, and to test. Knows no feature.

import type { Child } from 'hono/jsx';
import type { Bilingual, Lang } from '../src/base/bilingual.ts';
import { addDays, day, weekday, type Day } from '../src/base/day.ts';
import type { Finding } from '../src/base/finding.ts';
import type { FieldProblem } from '../src/base/outcome.ts';
import type { PromiseState } from '../src/base/promise.ts';
import { Banner } from '../src/platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../src/platform/ui/button.tsx';
import { StateChart } from '../src/platform/ui/chart.tsx';
import { Chip, Count } from '../src/platform/ui/chip.tsx';
import { Clause, Evidence } from '../src/platform/ui/clause.tsx';
import { ClockStrip } from '../src/platform/ui/clock-strip.tsx';
import { DayStrip } from '../src/platform/ui/days.tsx';
import { Deadlines } from '../src/platform/ui/deadlines.tsx';
import { Empty } from '../src/platform/ui/empty.tsx';
import { Dl } from '../src/platform/ui/fact-list.tsx';
import { AnswerBar, FindingLines, FindingView, Pass, Tegata } from '../src/platform/ui/finding.tsx';
import {
  Checks,
  DateField,
  ErrorSummary,
  MissingFacts,
  PostForm,
  problemAt,
  PurposeBanner,
  Radios,
  SelectField,
  TextArea,
  TextField,
} from '../src/platform/ui/form.tsx';
import { longDay } from '../src/platform/ui/format.ts';
import { OfficePage, PublicPage, SignInPage } from '../src/platform/ui/frame.tsx';
import { Note, Panel, SectionHead } from '../src/platform/ui/panel.tsx';
import { Progress } from '../src/platform/ui/progress.tsx';
import { Board, Legend, St, talliedStates, Tally, type Plaque } from '../src/platform/ui/promise-state.tsx';
import { Segment } from '../src/platform/ui/segment.tsx';
import { Steps } from '../src/platform/ui/steps.tsx';
import {
  Applied,
  Filters,
  FilterSelect,
  FilterText,
  listPageOf,
  None,
  Pager,
  Table,
  TableTools,
} from '../src/platform/ui/table.tsx';

type T = (ja: string, en: string) => string;

const today = day('2026-12-07');
const company: Bilingual = { ja: '例示情報通信株式会社', en: 'Reiji Information and Communication Corporation' };
const answers = ['yes', 'unknown', 'no'] as const;

const nav = (t: T) => ({
  groups: [
    {
      links: [
        { href: '/', label: t('ホーム', 'Home') },
        { href: '/ask', label: t('関所に聞く', 'Ask the checkpoint') },
        { href: '/parts', label: t('部品', 'Parts') },
      ],
    },
    {
      title: t('仕事', 'Work'),
      links: [
        { href: '/ledger', label: t('台帳', 'Ledger') },
        { href: '/desk', label: t('窓口', 'Desk'), count: 4 },
        { href: '/incidents', label: t('事故', 'Incidents'), count: 1, bad: true },
      ],
    },
  ],
});

const Marks = ({ lang, t }: { lang: Lang; t: T }) => (
  <>
    <SectionHead>{t('手形（答え）', 'Tegata (answers)')}</SectionHead>
    <div class="flex flex-wrap gap-6 items-end">
      {answers.map((answer) => (
        <div class="flex gap-3 items-center">
          <Tegata answer={answer} lang={lang} />
          <Tegata answer={answer} lang={lang} size="m" />
          <Pass answer={answer} lang={lang} />
        </div>
      ))}
    </div>
    <SectionHead>{t('約束の状態', 'States of a promise')}</SectionHead>
    <Legend lang={lang} />
    <p class="mt-2 flex flex-wrap gap-5">
      <St state="broken" lang={lang}>
        {t('6日超過', '6 days overdue')}
      </St>
      <St state="kept" lang={lang}>
        2027/07/14
      </St>
    </p>
    <SectionHead>{t('ボタン', 'Buttons')}</SectionHead>
    <Buttons>
      <Button>{t('主なボタン', 'Main button')}</Button>
      <Button kind="second">{t('次のボタン', 'Second button')}</Button>
      <Button kind="text">{t('文字のボタン', 'Text button')}</Button>
      <Button kind="stop">{t('提供を止める', 'Stop the provision')}</Button>
      <Button disabled>{t('押せない', 'Disabled')}</Button>
      <Button small>{t('小さい', 'Small')}</Button>
      <LinkButton href="#buttons" kind="second" small icon="download">
        {t('書き出す', 'Export')}
      </LinkButton>
      <button class="btn btn-2 show-focus">{t('焦点', 'Focus')}</button>
    </Buttons>
    <SectionHead>{t('札（チップ）', 'Chips')}</SectionHead>
    <div class="flex flex-wrap gap-2">
      <Chip>{t('札', 'Chip')}</Chip>
      <Chip kind="now">{t('いまの段階', 'Current step')}</Chip>
      <Chip kind="done">{t('済み', 'Done')}</Chip>
      <Chip kind="good">{t('開示する', 'Disclose')}</Chip>
      <Chip kind="warn">{t('今日', 'Today')}</Chip>
      <Chip kind="bad">{t('6日超過', '6 days overdue')}</Chip>
      <Chip kind="wait">{t('未定', 'Not decided')}</Chip>
      <Chip kind="law">{t('法27条1項', 'APPI Art. 27(1)')}</Chip>
      <Chip kind="policy">{t('方針 条項19', 'Policy clause 19')}</Chip>
      <Count lang={lang} n={4} />
      <Count lang={lang} n={1} bad />
    </div>
  </>
);

const Alerts = ({ t }: { t: T }) => (
  <>
    <SectionHead>{t('知らせ', 'Alerts')}</SectionHead>
    <div class="grid gap-3 lg:grid-cols-2">
      <Banner
        kind="bad"
        level={3}
        title={t('守れていない約束があります', 'A promise is broken')}
        action={{ href: '#board', label: t('見る', 'See it') }}
      >
        {t('何が、いつから、次に何をするか。', 'What, since when, and what to do next.')}
      </Banner>
      <Banner kind="warn" level={3} title={t('期限が近づいています', 'A deadline is near')}>
        {t('日付を必ず書きます。', 'The date is always written.')}
      </Banner>
      <Banner kind="good" level={3} title={t('通知を送りました', 'The notice was sent')}>
        {t('12月7日 9時02分、記録 418,221番。', '7 December, 9:02, record 418,221.')}
      </Banner>
      <Banner kind="info" level={3} title={t('方針 第8版の案があります', 'There is a draft of policy version 8')}>
        {t('承認の前に違いを見てください。', 'Compare it before you approve.')}
      </Banner>
    </div>
    <div class="mt-4">
      <Note>{t('背景の説明。読み飛ばしても仕事はできます。', 'Background. The work can be done without it.')}</Note>
    </div>
  </>
);

const stateOf = (n: number): Plaque['state'] =>
  n === 105
    ? 'none'
    : [51, 86].includes(n)
      ? 'broken'
      : [2, 29, 50].includes(n)
        ? 'risk'
        : n === 77
          ? 'unknown'
          : 'kept';

const plaques = (from: number, to: number): Plaque[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    clause: String(from + i),
    state: stateOf(from + i),
    href: `#c${from + i}`,
  }));

const weeks = [
  '9/14',
  '9/21',
  '9/28',
  '10/5',
  '10/12',
  '10/19',
  '10/26',
  '11/2',
  '11/9',
  '11/16',
  '11/23',
  '11/30',
  '12/7',
];

const bars = weeks.map((label, i) => ({
  label,
  counts: { broken: [3, 2, 2, 2, 1, 1, 1, 0, 0, 1, 1, 1, 2][i], risk: 9 - (i % 3), unknown: 19 - i },
}));

const BoardPanel = ({ lang, t }: { lang: Lang; t: T }) => (
  <Panel
    id="board"
    title={t('約束の木札', 'Board of promises')}
    sub={t('一枚が一条項', 'One plaque, one clause')}
    more={{ href: '#clause', label: t('生きた方針を開く', 'Open the living policy') }}
  >
    <div class="grid gap-6 lg:grid-cols-[minmax(0,1fr)_14.5rem]">
      <Board
        lang={lang}
        rails={[
          { name: t('A 基本方針', 'A Basic policy'), plaques: plaques(1, 6) },
          { name: t('B-2(5)(6) 窓口', 'B-2(5)(6) Desk'), plaques: plaques(29, 63) },
          { name: t('B-8, 9 関連・外国', 'B-8, 9 Related, foreign'), plaques: plaques(75, 88) },
          { name: t('D-1 取引先の番号', 'D-1 Business partners'), plaques: plaques(94, 117) },
        ]}
      />
      <div>
        <Tally
          lang={lang}
          lines={talliedStates.map((state, i) => ({
            state,
            n: [118, 7, 2, 7][i]!,
            delta: [2, -1, 0, undefined][i],
            href: `?state=${state}`,
          }))}
        />
        <h3 class="h3">{t('13週の動き', '13 weeks')}</h3>
        <StateChart
          lang={lang}
          bars={bars}
          label={t(
            '守れていると言えない約束の数。31件から14件に減った',
            'Promises not known to be kept: from 31 down to 14',
          )}
          caption={t('約束の状態、13週', 'States of promises, 13 weeks')}
          period={t('週', 'Week')}
        />
      </div>
    </div>
  </Panel>
);

const due = (days: number, name: string, ja: string, en: string, lang: Lang) => ({
  on: addDays(today, days),
  name,
  title: lang === 'ja' ? ja : en,
  href: '#ahead',
});

const Ahead = ({ lang, t }: { lang: Lang; t: T }) => (
  <div class="mt-5">
    <Panel title={t('近い期限', 'Deadlines ahead')} id="ahead" sub={t('向こう4週', 'Four weeks')}>
      <Deadlines
        lang={lang}
        today={today}
        days={28}
        isClosed={(d) => [0, 6].includes(weekday(d))}
        items={[
          due(-2, 'R-2026-027', 'R-2026-027 開示の請求', 'Request R-2026-027', lang),
          due(1, 'R-2026-029', 'R-2026-029 開示の請求', 'Request R-2026-029', lang),
          due(1, 'R-2026-030', 'R-2026-030 訂正の請求', 'Request R-2026-030', lang),
          due(2, 'R-2026-031', 'R-2026-031 消去の請求', 'Request R-2026-031', lang),
          due(27, 'Northwind Events', 'Northwind Events 確認', 'Check of Northwind Events', lang),
        ]}
        label={t('今日から4週間の期限は5件です', '5 deadlines in the four weeks from today')}
        caption={t('期限の一覧', 'List of deadlines')}
      />
    </Panel>
  </div>
);

const ground = (article: string, ja: string, en: string, law: 'APPI' | 'APPI-Rules' | 'policy' = 'APPI') => ({
  law,
  article,
  says: { ja, en },
});

const yes: Finding = {
  answer: 'yes',
  because: [
    ground(
      '27(5)(i)',
      '利用目的の達成に必要な範囲の委託。委託先は第三者に当たらない。',
      'Entrusted as far as the purpose needs; the contractor is not a third party.',
    ),
    ground('18(1)', '目的 P1（請求書の送付）の範囲内。', 'Within purpose P1 (sending invoices).'),
    ground('11', '請求書や商品の送付を目的に含む。', 'The purposes include sending invoices and goods.', 'policy'),
  ],
  duties: [
    {
      do: 'supervise-entrusted',
      law: 'APPI',
      article: '25',
      says: { ja: '委託契約に再委託の承認を入れる', en: 'Put approval of subcontracting into the contract' },
      when: 'before',
    },
    {
      do: 'record-provision',
      law: 'policy',
      article: '59',
      says: {
        ja: '暗号化して渡し、責任者を両方に置く',
        en: 'Hand it over encrypted, with a person in charge on each side',
      },
      when: 'at-once',
      items: ['name', 'address'],
      keepUntil: day('2029-12-14'),
    },
    {
      do: 'supervise-entrusted',
      law: 'APPI',
      article: '25',
      says: { ja: '委託先の取扱いを確かめる', en: 'Check how the contractor handles it' },
      when: 'later',
      by: day('2027-06-03'),
    },
  ],
};

const no: Finding = {
  answer: 'no',
  because: [
    ground(
      '18(1)',
      '本人の同意なく、目的の達成に必要な範囲を超えて取り扱ってはならない。',
      'Not to be handled beyond what the purpose needs without the principal’s consent.',
    ),
    ground('14', '来訪者の情報は、安全の確保のために使う。', 'Visitors’ information is used for security.', 'policy'),
  ],
  duties: [],
  instead: [
    {
      ja: '案内を希望した人の名簿（台帳 L-018）を使う',
      en: 'Use the list of people who asked for news (ledger L-018)',
    },
    { ja: '受付で、案内への同意を別に得る', en: 'Ask for separate consent at reception' },
  ],
};

const hold: Finding = {
  answer: 'unknown',
  because: [
    ground(
      '28(1)',
      '外国にある第三者への提供には、同意か、基準に適合する体制が要る。',
      'A provision abroad needs consent or a system that meets the standard.',
    ),
  ],
  missing: [
    {
      fact: 'system',
      law: 'APPI-Rules',
      article: '16',
      says: { ja: '相手の体制を示すもの', en: 'What shows the recipient’s system' },
    },
    {
      fact: 'checkedOn',
      law: 'APPI-Rules',
      article: '18(1)',
      says: { ja: '最後に実施状況を確かめた日', en: 'The day the measures were last checked' },
    },
  ],
};

const madeUnder = {
  ja: '方針 第7版、法令データ 2026-11-01 による答え。',
  en: 'Made under policy version 7 and law data of 2026-11-01.',
};

const YesFinding = ({ lang, t }: { lang: Lang; t: T }) => (
  <FindingView
    lang={lang}
    finding={yes}
    question={t('請求書の印刷を委託する', 'Entrust the printing of invoices')}
    title={t('渡してよい', 'you may hand it over')}
    says={t(
      '12月14日に、株式会社みなと印刷へ渡せます。通行証はこの提供だけに使えます。',
      'You may hand it to Minato Printing on 14 December. The permit is good for this provision only.',
    )}
    permit={[
      [t('通行証', 'Permit'), t('P-7F3A-0921　12月14日 18時まで　1回', 'P-7F3A-0921, until 14 December 18:00, once')],
      [t('残る記録', 'Record'), t('委託の台帳 K-0098 と記録 418,215番', 'Entrustment K-0098 and record 418,215')],
    ]}
    actions={<LinkButton href="#provide">{t('通行証を使って渡す', 'Use the permit')}</LinkButton>}
    madeUnder={madeUnder}
    path="#path"
    itemName={(item) => ({ name: t('氏名', 'name'), address: t('住所', 'address') })[item] ?? item}
    groundHref={(g) => (g.law === 'policy' ? `#c${g.article}` : undefined)}
  />
);

const NoFinding = ({ lang, t }: { lang: Lang; t: T }) => (
  <FindingView
    lang={lang}
    finding={no}
    question={t('来訪者名簿から案内を送る', 'Send offers from the visitor log')}
    title={t('使えません', 'it cannot be used')}
    says={t(
      '来訪者名簿は安全管理のためだけに集めた情報です。案内の送付には使えません。',
      'The visitor log was collected only for security. It cannot be used to send offers.',
    )}
    actions={
      <LinkButton href="#facts" kind="second">
        {t('事実が違うときは直す', 'Correct the facts')}
      </LinkButton>
    }
    madeUnder={madeUnder}
  />
);

const HoldFinding = ({ lang, t }: { lang: Lang; t: T }) => (
  <div id="hold">
    <FindingView
      lang={lang}
      finding={hold}
      live
      question={t('参加者名簿を外国の会社へ渡す', 'Hand the list of participants to a company abroad')}
      title={t('まだ答えられません', 'no answer yet')}
      says={t(
        '2つの事実が足りません。分かるまで、名簿を渡せません。',
        'Two facts are missing. Until they are known, the list cannot be handed over.',
      )}
      decides={[
        {
          answer: 'yes',
          says: t('体制が有効で、1年以内に確認がある', 'The system is valid and was checked within a year'),
        },
        { answer: 'no', says: t('どちらの方法にも当たらない', 'Neither way applies') },
      ]}
      then={yes.duties.slice(2)}
      madeUnder={madeUnder}
    />
  </div>
);

const Findings = ({ lang, t }: { lang: Lang; t: T }) => (
  <>
    <SectionHead>{t('関所の答え', 'Findings')}</SectionHead>
    <AnswerBar
      lang={lang}
      plaque="unknown"
      says={t('あと2つの事実が足りません', 'Two facts are missing')}
      href="#hold"
    />
    <div class="grid gap-6 items-start lg:grid-cols-2">
      <YesFinding lang={lang} t={t} />
      <NoFinding lang={lang} t={t} />
      <HoldFinding lang={lang} t={t} />
      <Panel id="recent" title={t('最近の答え', 'Recent answers')}>
        <FindingLines
          lang={lang}
          lines={answers.map((answer) => ({
            answer,
            label: t('請求書の送付を委託する', 'Entrust the sending of invoices'),
            href: '#answer',
            when: t('昨日', 'yesterday'),
          }))}
        />
      </Panel>
    </div>
  </>
);

const dayStates: PromiseState[] = Array.from({ length: 68 }, (_, i) =>
  i < 50 ? 'kept' : i < 54 ? 'unknown' : i < 61 ? 'risk' : 'broken',
);

const SampleDays = ({ lang, t }: { lang: Lang; t: T }) => (
  <DayStrip
    lang={lang}
    days={dayStates}
    first={day('2026-10-01')}
    last={today}
    label={t(
      '50日は守れていた。4日は確認できない。7日は要注意。12月1日から守れていない',
      'Kept for 50 days, unknown for 4, at risk for 7, broken since 1 December',
    )}
  />
);

const ChecksTable = ({ lang, t }: { lang: Lang; t: T }) => (
  <Table
    lang={lang}
    caption={t('提供先の確認', 'Checks of recipients')}
    height="tight"
    columns={[
      { key: 'who', head: t('提供先', 'Recipient'), rowHead: true },
      { key: 'last', head: t('最後の確認', 'Last check') },
      { key: 'due', head: t('期限', 'Due') },
    ]}
    rows={[
      {
        cells: {
          who: 'Northwind Events',
          last: '2025/12/01',
          due: (
            <St state="broken" lang={lang}>
              {t('6日超過', '6 days overdue')}
            </St>
          ),
        },
      },
    ]}
  />
);

const BrokenEvidence = ({ lang, t }: { lang: Lang; t: T }) => (
  <Evidence
    lang={lang}
    of={t('条項86 の約束 1／2', 'Clause 86, promise 1 of 2')}
    name={t('年に一度の確認', 'The yearly check')}
    state="broken"
    since={t('12月1日 0時00分から', 'since 1 December, 0:00')}
    says={t('2件のうち1件の確認が期限を過ぎました。', 'One of two checks is overdue.')}
    days={{
      title: t('第7版になってからの68日', '68 days of version 7'),
      strip: <SampleDays lang={lang} t={t} />,
    }}
    evidence={<ChecksTable lang={lang} t={t} />}
    computed={t('記録 418,207番　最終計算 8:42', 'Record 418,207, computed 8:42')}
    proof={{ label: t('証明を見る', 'See the proof'), href: '#proof' }}
    grounds={hold.because}
    fix={{
      steps: [t('提供先の実施状況を確かめて記録する', 'Check the recipient’s measures and record it')],
      note: t('新しい提供は止まっています。', 'New provisions are stopped.'),
      actions: (
        <LinkButton href="#fix" small>
          {t('確認を始める', 'Start the check')}
        </LinkButton>
      ),
    }}
    back={{ href: '#c86', label: t('条項86へ戻る', 'Back to clause 86') }}
  />
);

const Policy = ({ lang, t }: { lang: Lang; t: T }) => (
  <>
    <SectionHead id="clause">{t('条項と証拠', 'Clauses and evidence')}</SectionHead>
    <div class="policy">
      <div>
        {talliedStates.map((state, i) => (
          <Clause
            lang={lang}
            number={['76', '29', '86', '77'][i]!}
            selected={state === 'broken'}
            text={[
              t('提供先が個人データとして取得するときは、', 'Where the recipient will obtain it as personal data, '),
              {
                words: t('同意を確かめてから提供します', 'we confirm consent before providing it'),
                state,
                href: '#ev',
              },
              t('。', '.'),
            ]}
            marks={[
              { state, name: t('同意の確認', 'Consent confirmed'), basis: t('4件', '4 provisions'), href: '#ev' },
            ]}
          />
        ))}
      </div>
      <aside id="ev" aria-label={t('約束の証拠', 'Evidence of the promise')}>
        <BrokenEvidence lang={lang} t={t} />
      </aside>
    </div>
  </>
);

const problems: FieldProblem[] = [
  {
    field: 'day',
    says: { ja: '今日より後の日付にしてください', en: 'enter a date after today' },
  },
  { field: 'method', says: { ja: '方法を選んでください', en: 'choose a way' } },
];

const fieldLabels = (t: T) => ({ day: t('提供する日', 'Date of provision'), method: t('方法', 'Way') });

const methods = (t: T) => [
  { value: 'system', label: t('相手の体制による', 'By the recipient’s system') },
  {
    value: 'consent',
    label: t('本人の同意による', 'By the principal’s consent'),
    note: t('3つの事項を先に知らせた記録が要ります', 'A record is needed that three matters were told first'),
  },
];

const items = ['氏名', '住所', '<script>alert(1)</script>'].map((label, i) => ({ value: String(i), label }));

const TextFields = ({ lang, t }: { lang: Lang; t: T }) => (
  <div>
    <TextField
      lang={lang}
      name="recipient.name"
      label={t('提供先の名称', 'Name of the recipient')}
      need="required"
      hint={t('登記の名称', 'As registered')}
      value={'<script>alert("𠮷")</script>'}
    />
    <TextField lang={lang} name="memo" label={t('覚え書き', 'Note')} need="optional" />
    <TextField
      lang={lang}
      name="fee"
      label={t('届いた金額', 'Amount received')}
      width="yen"
      unit={t('円', 'yen')}
      inputmode="numeric"
      value="1,000"
    />
    <TextField lang={lang} name="password" type="password" label={t('パスワード', 'Password')} autocomplete="off" />
  </div>
);

const DayFields = ({ lang, t }: { lang: Lang; t: T }) => (
  <div>
    <DateField
      lang={lang}
      name="day"
      label={fieldLabels(t).day}
      need="required"
      value="2026/12/01"
      error={problemAt(problems, 'day', lang)}
    />
    <DateField lang={lang} name="received" label={t('届いた日', 'Date received')} value="R8.12.7" understood={today} />
    <SelectField
      lang={lang}
      name="paper"
      label={t('確かめた書類', 'Document seen')}
      options={[{ value: 'licence', label: t('運転免許証の写し', 'Copy of a driving licence') }]}
      blank={t('選んでください', 'Choose')}
    />
    <TextArea lang={lang} name="reason" label={t('理由', 'Reason')} value={t('本人の求め', 'On request')} />
  </div>
);

const ChoiceFields = ({ lang, t }: { lang: Lang; t: T }) => (
  <div>
    <Radios
      lang={lang}
      name="method"
      label={fieldLabels(t).method}
      need="required"
      options={methods(t)}
      error={problemAt(problems, 'method', lang)}
    />
    <Checks lang={lang} name="items" label={t('項目', 'Items')} values={['0']} options={items} />
  </div>
);

const Forms = ({ lang, t }: { lang: Lang; t: T }) => {
  return (
    <>
      <SectionHead>{t('入力', 'Forms')}</SectionHead>
      <ErrorSummary lang={lang} problems={problems} labels={fieldLabels(t)} />
      <PurposeBanner lang={lang}>
        {t('請求にお答えするためだけに使います。', 'Used only to answer your request.')}
      </PurposeBanner>
      <PostForm action="/parts" csrf="fictional">
        <div class="grid gap-x-8 lg:grid-cols-2">
          <TextFields lang={lang} t={t} />
          <DayFields lang={lang} t={t} />
          <ChoiceFields lang={lang} t={t} />
        </div>
        <MissingFacts lang={lang} count={1}>
          <TextField lang={lang} name="system" label={t('体制を示すもの', 'What shows the system')} number={1} />
        </MissingFacts>
        <div class="mt-4">
          <Buttons>
            <Button>{t('内容を確かめる', 'Review')}</Button>
            <Button kind="text" name="draft" value="1">
              {t('下書きに残す', 'Keep as draft')}
            </Button>
          </Buttons>
        </div>
      </PostForm>
    </>
  );
};

const restDays = new Set<Day>(['2026-12-05', '2026-12-06', '2026-12-12', '2026-12-13'].map((d) => day(d)));

const Progressing = ({ lang, t }: { lang: Lang; t: T }) => (
  <>
    <SectionHead>{t('進みと移動', 'Progress and movement')}</SectionHead>
    <div class="mt-6">
      <Steps
        lang={lang}
        steps={[
          { title: t('受付', 'Received'), note: t('12月1日', '1 December'), state: 'done' },
          { title: t('書類', 'Documents'), note: t('12月4日', '4 December'), state: 'done' },
          { title: t('決める', 'Decide'), note: t('今日', 'today'), state: 'now' },
          { title: t('送る', 'Send'), note: t('12月15日まで', 'by 15 December'), state: 'later' },
        ]}
      />
    </div>
    <Panel
      id="clock"
      title={t('時計', 'Clock')}
      sub={t('社内の期限まで8日。法律は「遅滞なく」', '8 days to our own deadline. The law says “without delay”')}
    >
      <ClockStrip
        from={day('2026-12-01')}
        today={today}
        warn={day('2026-12-11')}
        due={day('2026-12-15')}
        rest={restDays}
        labels={{
          from: t('届いた日', 'received'),
          today: t('今日', 'today'),
          warn: t('警告', 'warning'),
          due: t('社内の期限', 'our deadline'),
        }}
        says={t(
          '12月1日に届き、7日目。社内の期限12月15日まで残り8日',
          'Received on 1 December, day 7. 8 days to our own deadline of 15 December',
        )}
      />
    </Panel>
    <div class="my-4">
      <Segment
        label={t('表示', 'View')}
        links={[
          { label: t('文章', 'Text'), href: '#text', current: true },
          { label: t('木札', 'Plaques'), href: '#plaques' },
          { label: t('表', 'Table'), href: '#table' },
        ]}
      />
    </div>
    <Panel
      id="job"
      title={t('書き出しの進み具合', 'Export')}
      mark={<Chip kind="now">{t('作成中', 'in progress')}</Chip>}
    >
      <Progress label={t('書き出し', 'Export')} done={11270} total={18400}>
        {t(
          '18,400行のうち11,270行。残り約20秒。画面を離れても続きます',
          '11,270 of 18,400 rows, about 20 seconds left. It goes on if you leave this page.',
        )}
      </Progress>
    </Panel>
  </>
);

const ledger = [
  ['L-003', '契約台帳', 'kept', 12480],
  ['L-018', 'セミナー参加者名簿', 'broken', 1204],
  ['L-027', '<script>alert("髙")</script>', 'risk', 5640],
  ['L-041', '識別子の結び付け', 'unknown', 6552],
] as const;

const LedgerTable = ({ lang, t }: { lang: Lang; t: T }) => (
  <Table
    lang={lang}
    caption={t('台帳の表', 'Ledgers')}
    nowrap
    height="tight"
    columns={[
      { key: 'no', head: t('番号', 'No.'), sort: { href: '?sort=no', now: 'ascending' } },
      { key: 'name', head: t('台帳', 'Ledger'), rowHead: true, pin: true, sort: { href: '?sort=name' } },
      { key: 'state', head: t('状態', 'State') },
      { key: 'people', head: t('人数', 'People'), align: 'right', sort: { href: '?sort=people' } },
      { key: 'sent', head: t('委託先', 'Contractor') },
      { key: 'kept', head: t('保存', 'Retention') },
    ]}
    rows={ledger.map(([no, name, state, people]) => ({
      selected: state === 'broken',
      cells: {
        no,
        name: <a href={`#${no}`}>{name}</a>,
        state: <St state={state} lang={lang} />,
        people: people.toLocaleString('en-US'),
        kept:
          state === 'unknown' ? (
            <None lang={lang} what="undecided" />
          ) : (
            t('契約終了後7年', '7 years after the contract')
          ),
      },
    }))}
    foot={{ name: t('計 4台帳', '4 ledgers'), people: '25,876' }}
  />
);

const AboveTable = ({ lang, t }: { lang: Lang; t: T }) => (
  <>
    <Filters lang={lang} action="/parts" keep={{ sort: 'no' }}>
      <FilterText name="q" label={t('言葉', 'Words')} />
      <FilterSelect name="state" label={t('状態', 'State')} options={[{ value: '', label: t('すべて', 'All') }]} />
    </Filters>
    <Applied lang={lang} filters={[{ label: t('人数 10人以上', '10 people or more'), remove: '?' }]} removeAll="?" />
    <TableTools
      lang={lang}
      count={{ shown: 4, total: 42 }}
      order={t('番号の順', 'by number')}
      heights={{
        loose: { href: '?h=loose' },
        normal: { href: '?h=normal' },
        tight: { href: '?h=tight', current: true },
      }}
      columns={{
        action: '/parts',
        keep: { sort: 'no' },
        reset: '?',
        all: [
          { key: 'no', head: t('番号', 'No.'), shown: true, fixed: true },
          { key: 'people', head: t('人数', 'People'), shown: true },
          { key: 'report', head: t('漏えい時の報告区分', 'Reporting class'), shown: false },
        ],
      }}
      exports={[
        { label: t('Excel（.xlsx）', 'Excel (.xlsx)'), href: '?as=xlsx' },
        { label: t('CSV UTF-8（BOM付き）', 'CSV UTF-8 (with BOM)'), href: '?as=csv' },
      ]}
    />
  </>
);

const Tasks = ({ lang, t }: { lang: Lang; t: T }) => (
  <Panel id="tasks" title={t('今日の仕事', 'Today')} pad="bare">
    <Table
      lang={lang}
      caption={t('今日の仕事の表', 'Today’s work')}
      stack="inline"
      columns={[
        { key: 'due', head: t('期限', 'Due') },
        { key: 'what', head: t('仕事', 'Work'), rowHead: true },
        { key: 'clause', head: t('条項', 'Clause') },
        { key: 'state', head: t('状態', 'State') },
      ]}
      rows={[
        {
          cells: {
            due: <Chip kind="warn">{t('今日', 'Today')}</Chip>,
            what: <a href="#task">{t('本人確認書類を見る', 'Look at the identity document')}</a>,
            clause: '38',
            state: <St state="risk" lang={lang} />,
          },
        },
      ]}
    />
  </Panel>
);

const Tables = ({ lang, t }: { lang: Lang; t: T }) => (
  <>
    <SectionHead>{t('表', 'Tables')}</SectionHead>
    <AboveTable lang={lang} t={t} />
    <LedgerTable lang={lang} t={t} />
    <Pager lang={lang} page={listPageOf('2', 412, 25)} href="?height=normal" />
    <Tasks lang={lang} t={t} />
    <div class="mt-5">
      <Empty
        title={t('この条件に合う台帳はありません', 'No ledger matches')}
        actions={
          <LinkButton href="?" kind="second">
            {t('条件を外す', 'Remove the filters')}
          </LinkButton>
        }
      >
        {t('廃止した台帳には1件あります。', 'One retired ledger does.')}
      </Empty>
    </div>
  </>
);

const FactPanels = ({ lang, t }: { lang: Lang; t: T }) => (
  <div class="grid gap-5 lg:grid-cols-2 mt-5">
    <Panel id="request" title={t('請求', 'Request')}>
      <Dl
        items={[
          [t('種類', 'Kind'), t('開示', 'Disclosure')],
          [t('届いた日', 'Received'), longDay(addDays(today, -6), lang)],
        ]}
      />
    </Panel>
  </div>
);

const writer =
  (lang: Lang): T =>
  (ja, en) =>
    lang === 'ja' ? ja : en;

/** The office page with every part. */
export const PartsPage = ({ lang }: { lang: Lang }) => {
  const t = writer(lang);
  return (
    <OfficePage
      lang={lang}
      may={() => true}
      title={t('部品', 'Parts')}
      path="/parts?view=all"
      nav={nav(t)}
      company={company[lang]}
      user={{ name: t('関口 真理', 'Mari Sekiguchi'), role: t('個人情報保護管理者', 'privacy officer') }}
      crumbs={[{ label: t('ホーム', 'Home'), href: '/' }, { label: t('部品', 'Parts') }]}
      sub={t('すべての部品と状態。画面を作るときは、ここから写します', 'Every part in every state. Copy from here')}
      actions={
        <LinkButton href="#print" kind="second" small icon="print">
          {t('印刷', 'Print')}
        </LinkButton>
      }
      footer={[
        { label: t('方針 第7版（2026年10月1日施行）', 'Policy version 7 (in force 1 October 2026)') },
        { label: t('公表している方針', 'Published policy'), href: '/policy' },
      ]}
      csrf="fictional"
    >
      <Marks lang={lang} t={t} />
      <Alerts t={t} />
      <SectionHead>{t('木札', 'Plaques')}</SectionHead>
      <BoardPanel lang={lang} t={t} />
      <Ahead lang={lang} t={t} />
      <Findings lang={lang} t={t} />
      <Policy lang={lang} t={t} />
      <Forms lang={lang} t={t} />
      <Progressing lang={lang} t={t} />
      <Tables lang={lang} t={t} />
      <FactPanels lang={lang} t={t} />
    </OfficePage>
  );
};

const footer = (t: T) => [
  { label: t('このページは「関所」が方針のデータから作っています', 'Sekisho makes this page from the policy’s data') },
  { label: t('記録の公開チェックポイント', 'Public checkpoint of the record'), href: '/log/checkpoint' },
];

/** The page for everybody, with prose, contents, a table and a form. */
export const PublicPartsPage = ({ lang }: { lang: Lang }) => {
  const t = writer(lang);
  return (
    <PublicPage
      lang={lang}
      title={t('開示などの請求', 'Requests')}
      company={company[lang]}
      path="/requests"
      crumbs={[
        { label: t('個人情報保護方針', 'Privacy policy'), href: '/policy' },
        { label: t('開示などの請求', 'Requests') },
      ]}
      footer={footer(t)}
    >
      <p class="lede">
        {t('当社が持つご自身の情報について、見せることを請求できます。', 'You may ask to see what we hold about you.')}
      </p>
      <h2>{t('手数料', 'Fees')}</h2>
      <Table
        lang={lang}
        caption={t('手数料', 'Fees')}
        height="loose"
        stack
        columns={[
          { key: 'kind', head: t('請求', 'Request'), rowHead: true },
          { key: 'fee', head: t('手数料', 'Fee') },
        ]}
        rows={[{ cells: { kind: t('個人情報の開示', 'Disclosure'), fee: t('1,000円（税込）', '¥1,000 incl. tax') } }]}
      />
    </PublicPage>
  );
};

const SignInForm = ({ lang, t }: { lang: Lang; t: T }): Child => (
  <PostForm action="/sign-in" csrf="">
    <TextField lang={lang} name="email" type="email" label={t('メールアドレス', 'E-mail')} autocomplete="username" />
    <TextField
      lang={lang}
      name="password"
      type="password"
      label={t('パスワード', 'Password')}
      autocomplete="current-password"
    />
    <Button>{t('サインイン', 'Sign in')}</Button>
  </PostForm>
);

/** The sign-in page. */
export const SignInPartsPage = ({ lang }: { lang: Lang }) => {
  const t = writer(lang);
  return (
    <SignInPage
      lang={lang}
      title={t('サインイン', 'Sign in')}
      company={company[lang]}
      path="/sign-in"
      footer={footer(t)}
    >
      <SignInForm lang={lang} t={t} />
    </SignInPage>
  );
};
