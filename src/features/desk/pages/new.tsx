// Registering a letter: what it asks for in plain words, about whose information, who sent it, how and when it came. A letter that may have been
// registered already is asked about, never registered without that.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { newId } from '../../../base/id.ts';
import { fieldsOf, type FieldProblem, type Problem } from '../../../base/outcome.ts';
import { isLonger } from '../../../base/text.ts';
import { formTexts, page, problemStatus, type Form, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import {
  Checks,
  DateField,
  ErrorSummary,
  fieldFor,
  PostForm,
  Radios,
  TextArea,
  TextField,
} from '../../../platform/ui/form.tsx';
import { dayProblem, readJapaneseDate, slashDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { policyInForce } from '../../policy/index.ts';
import { receptionProblems, type RegisterAsk, registerRequest } from '../actions/register.ts';
import { senderNeeded } from '../facts/admit.ts';
import { isLongAgo } from '../facts/clocks.ts';
import { channels } from '../facts/event.ts';
import { kinds, kindsOf, scopes } from '../facts/kind.ts';
import { says as factSays } from '../facts/says.ts';
import { channelWords, kindWords, scopeWords } from '../words.ts';
import { chooseOne, crumbs, PATH, type Asked, type Room } from './sheet.tsx';

const NEW = `${PATH}/new`;
const MOST_SAID = 4_000;

export const words = {
  title: both('手紙を受け付ける', 'Register a letter'),
  sub: both('届いた日から期限を数えます', 'The clock runs from the day it arrived'),
  what: both('何を求めているか', 'What it asks for'),
  who: both('だれから、いつ', 'From whom and when'),
  text: both('手紙の内容', 'What it says'),
  register: both('受け付ける', 'Register'),
  cancel: both('やめる', 'Cancel'),
  many: both(
    '手紙が2つ以上のことを求めているときは、求めごとに1件ずつ受け付けます。どれか分からないときは、手紙の言葉にいちばん近いものを選びます。用紙が届いたときに確かめられます。',
    'If a letter asks for several things, register it once for each. If you are not sure, choose what comes closest to its words; you can check when the form comes.',
  ),
  kindHint: both(
    '手紙に条文が書いていなくてもかまいません。求めている内容で選びます。',
    'The letter need not name an article. Choose by what it asks for.',
  ),
  senderHint: both(
    '答えの手紙の宛名になります。書かれていなければ、下の欄に印を付けます',
    'The answer is addressed to this name. If the letter gives none, tick the box below',
  ),
  addressHint: both(
    '郵便で届いたときは必ず書きます。郵便番号から書きます',
    'Needed if it came by post. Begin with the postal code',
  ),
  emailHint: both(
    '電子メールなどで届いたときは必ず書きます。相談・苦情なら、住所とメールアドレスのどちらかがあれば足ります',
    'Needed if it came by e-mail or the like. For a question or complaint, either kind of address will do',
  ),
  anonymous: both('氏名が書かれていない', 'It gives no name'),
  anonymousHint: both(
    '匿名の相談・苦情も受け付けます。「不明」などと書かずに、ここに印を付けます。',
    'Questions and complaints without a name are taken too. Tick this instead of writing “unknown” or the like.',
  ),
  unreachable: both('返信先が書かれていない', 'It gives no address to answer to'),
  unreachableHint: both(
    '住所もメールアドレスも書かれていない相談・苦情です。受け付けた知らせも答えも送れませんが、対応は速やかに決めて残します（法40条）。',
    'A question or complaint with neither an address nor an e-mail address. Neither an acknowledgement nor an answer can be sent, but the handling is decided promptly and kept (APPI Art. 40).',
  ),
  instead: both('この手紙を、相談・苦情として受け付ける', 'Register this letter as a question or complaint'),
  insteadHint: both(
    '求めの内容は「手紙の要点」に書いて残します。本人が氏名と返信先を知らせてきたら、求めの種類を直して、その請求として進められます。',
    'Write what it asks for under “What the letter says”. If the person gives a name and an address later, correct the kind and go on with it as that request.',
  ),
  eased: both(
    '通常の書面によることが難しい方から、代わる方法で受け付ける',
    'Taken by an alternative, as an ordinary letter is difficult for them',
  ),
  easedHint: both(
    '点字や代筆の手紙、電子メール、窓口で聞き取って書いたものなど。用紙は求めません。難しい理由は、尋ねず、残しません。',
    'Such as a letter in Braille or written for them, an e-mail, or their words taken down at the desk. No form is asked for. Do not ask why it is difficult; it is not kept.',
  ),
  arrivedHint: both('窓口に届いた日。消印の日ではありません', 'The day it reached the desk, not the postmark'),
  saysHint: both(
    '手紙の言葉を短く写します。ここに書いたことは、封をして残し、請求への対応だけに使います。',
    'Copy the words of the letter in short. What you write here is kept sealed and used only to handle the request.',
  ),
  langHint: both('手紙と用紙を、この言語で送ります', 'Letters and forms go out in this language'),
  twice: both('同じ手紙を、すでに受け付けているようです', 'The same letter seems to be registered already'),
  twiceSays: both(
    '同じ人から、同じ日に、同じ求めが届いています。同じ手紙なら、すでにある方を開いてください。別の手紙なら、下の欄に印を付けて受け付けます。',
    'The same request from the same person arrived on the same day. If it is the same letter, open the existing one. If it is another letter, tick the box below and register it.',
  ),
  seeOther: both('すでにある方を開く', 'Open the existing one'),
  longAgo: both('この日に届いた手紙に間違いない', 'It really arrived on this day'),
  japanese: both('日本語', 'Japanese'),
  english: both('英語', 'English'),
  other: both('別の手紙として受け付ける', 'Register it as another letter'),
  lessThan: both('4,000字までにしてください', 'At most 4,000 characters'),
};

const labels = {
  kind: both('手紙は何を求めていますか', 'What does the letter ask for?'),
  scope: both('だれのどんな情報についてですか', 'Whose information is it about?'),
  arrivedOn: both('届いた日', 'Day it arrived'),
  longAgo: both('届いた日の確認', 'Confirmation of the day'),
  channel: both('届き方', 'How it came'),
  eased: both('書面に代わる方法', 'Alternative to an ordinary letter'),
  'sender.name': both('差出人の氏名', 'Name of the sender'),
  anonymous: both('匿名', 'Without a name'),
  'sender.address': both('差出人の住所', 'Address of the sender'),
  'sender.email': both('差出人のメールアドレス', 'E-mail address of the sender'),
  unreachable: both('返信先なし', 'No address to answer to'),
  instead: both('相談・苦情として受け付けるか', 'Register it as a question or complaint?'),
  lang: both('答えの言語', 'Language of the answer'),
  says: both('手紙の要点', 'What the letter says'),
  another: both('同じ手紙か', 'Is it the same letter?'),
};
type Name = keyof typeof labels;

interface View {
  c: Asked;
  given: (name: Name, first?: string) => string;
  problems: readonly FieldProblem[];
  /** Id of a request that may be this letter, registered already. */
  existing?: string | undefined;
  attempt: string;
}

const What = ({ c, given, problems }: View) => {
  const lang = c.get('lang');
  const at = fieldFor(lang, labels, problems);
  return (
    <Panel title={words.what[lang]} id="what">
      <Radios
        {...at('kind')}
        need="required"
        hint={words.kindHint[lang]}
        value={given('kind')}
        options={kinds.map((value) => ({ value, label: kindWords[value].asks, note: kindWords[value].name }))}
      />
      <Radios
        {...at('scope')}
        need="required"
        value={given('scope', 'customer')}
        options={scopes.map((value) => ({ value, label: scopeWords[value].name, note: scopeWords[value].note }))}
      />
      <Note>{words.many[lang]}</Note>
    </Panel>
  );
};

/** One box to tick, with what it means. */
const Stated = ({ c, given, problems, name }: Pick<View, 'c' | 'given' | 'problems'> & { name: Missing }) => {
  const lang = c.get('lang');
  return (
    <Checks
      {...fieldFor(lang, labels, problems)(name)}
      hint={words[`${name}Hint`][lang]}
      values={given(name) === '' ? [] : ['yes']}
      options={[{ value: 'yes', label: words[name] }]}
    />
  );
};

/** What a letter may lack, and the offer to register it as what needs neither. */
type Missing = 'anonymous' | 'unreachable' | 'instead';

/** Who wrote, and where the answer goes. A request that needs a name and an address can be registered as a question or complaint instead. */
const Sender = (props: Pick<View, 'c' | 'given' | 'problems'>) => {
  const { c, given, problems } = props;
  const lang = c.get('lang');
  const at = fieldFor(lang, labels, problems);
  const needed = problems.some(({ field }) => field === 'anonymous' || field === 'unreachable');
  return (
    <>
      <TextField {...at('sender.name')} hint={words.senderHint[lang]} value={given('sender.name')} maxlength={200} />
      <Stated {...props} name="anonymous" />
      <TextArea
        {...at('sender.address')}
        hint={words.addressHint[lang]}
        value={given('sender.address')}
        rows={2}
        maxlength={400}
      />
      <TextField
        {...at('sender.email')}
        hint={words.emailHint[lang]}
        type="email"
        value={given('sender.email')}
        maxlength={254}
      />
      <Stated {...props} name="unreachable" />
      {needed && <Stated {...props} name="instead" />}
    </>
  );
};

const Who = ({ c, given, problems, today, visits }: View & { today: Day; visits: boolean }) => {
  const lang = c.get('lang');
  const at = fieldFor(lang, labels, problems);
  const arrived = given('arrivedOn', slashDay(today));
  const on = readJapaneseDate(arrived);
  return (
    <Panel title={words.who[lang]} id="who">
      <DateField {...at('arrivedOn')} need="required" hint={words.arrivedHint[lang]} value={arrived} understood={on} />
      {on && isLongAgo(on, today) && (
        <Checks
          {...at('longAgo')}
          values={given('longAgo') === '' ? [] : ['yes']}
          options={[{ value: 'yes', label: words.longAgo }]}
        />
      )}
      <Radios
        {...at('channel')}
        need="required"
        value={given('channel', 'letter')}
        options={channels
          .filter((value) => visits || value !== 'visit')
          .map((value) => ({ value, label: channelWords[value] }))}
      />
      <Checks
        {...at('eased')}
        hint={words.easedHint[lang]}
        values={given('eased') === '' ? [] : ['yes']}
        options={[{ value: 'yes', label: words.eased }]}
      />
      <Sender c={c} given={given} problems={problems} />
      <Radios
        {...at('lang')}
        need="required"
        hint={words.langHint[lang]}
        value={given('lang', 'ja')}
        options={[
          { value: 'ja', label: words.japanese },
          { value: 'en', label: words.english },
        ]}
      />
    </Panel>
  );
};

const Twice = ({ c, existing }: View) => {
  const lang = c.get('lang');
  if (!existing) return null;
  return (
    <div class="mb-5">
      <Banner
        kind="warn"
        title={words.twice[lang]}
        action={{ href: `${PATH}/${existing}`, label: words.seeOther[lang] }}
      >
        {words.twiceSays[lang]}
      </Banner>
    </div>
  );
};

const NewPage = (view: View & { today: Day; visits: boolean }) => {
  const { c, given, problems, existing, attempt } = view;
  const frame = c.get('frame');
  const { lang } = frame;
  const at = fieldFor(lang, labels, problems);
  return (
    <OfficePage
      {...frame}
      title={words.title[lang]}
      path={NEW}
      sub={words.sub[lang]}
      crumbs={crumbs(lang, { label: words.title[lang] })}
      failed={problems.length > 0 || existing !== undefined}
    >
      <div class="max-w-[48rem]">
        <ErrorSummary lang={lang} problems={existing ? [] : problems} labels={labels} />
        <Twice {...view} />
        <PostForm action={NEW} csrf={frame.csrf} values={{ attempt }} whole>
          <div class="grid gap-5">
            <What {...view} />
            <Who {...view} />
            <Panel title={words.text[lang]} id="text">
              <TextArea
                {...at('says')}
                need="optional"
                hint={words.saysHint[lang]}
                value={given('says')}
                rows={4}
                maxlength={MOST_SAID}
              />
              {existing && (
                <Checks
                  lang={lang}
                  name="another"
                  label={labels.another}
                  values={[]}
                  options={[{ value: 'yes', label: words.other }]}
                />
              )}
              <Buttons>
                <Button>{words.register[lang]}</Button>
                <LinkButton kind="text" href={PATH}>
                  {words.cancel[lang]}
                </LinkButton>
              </Buttons>
            </Panel>
          </div>
        </PostForm>
      </div>
    </OfficePage>
  );
};

const one = <Code extends string>(codes: readonly Code[], text: string): Code | undefined =>
  codes.find((code) => code === text);

/** The position of a problem, in the order of the page. */
const placeOf = ({ field }: FieldProblem): number => Object.keys(labels).indexOf(field);

const langs = ['ja', 'en'] as const satisfies readonly Lang[];

/** The registration a form states, or everything that is wrong with it. */
function readAsk(form: Form, today: Day): RegisterAsk | FieldProblem[] {
  const said = one(kinds, form.text('kind'));
  const kind = form.all('instead').includes('yes') ? 'consultation' : said;
  const scope = one(scopes, form.text('scope'));
  const channel = one(channels, form.text('channel'));
  const lang = one(langs, form.text('lang'));
  const arrivedOn = readJapaneseDate(form.text('arrivedOn'));
  const sender = {
    name: form.text('sender.name').trim(),
    address: form.text('sender.address').trim(),
    email: form.text('sender.email').trim(),
  };
  const longAgo = form.all('longAgo').includes('yes');
  const anonymous = form.all('anonymous').includes('yes');
  const unreachable = form.all('unreachable').includes('yes');
  const needed = kind === undefined ? null : senderNeeded(kind, { anonymous, unreachable });
  const lacks: [boolean, Name, Bilingual][] = [
    [!kind, 'kind', chooseOne],
    [kind !== undefined && scope !== undefined && !kindsOf(scope).includes(kind), 'kind', factSays.kind],
    [!scope, 'scope', chooseOne],
    [!arrivedOn, 'arrivedOn', dayProblem(form.text('arrivedOn'))],
    [arrivedOn !== null && arrivedOn > today, 'arrivedOn', factSays.future],
    [!channel, 'channel', chooseOne],
    [!lang, 'lang', chooseOne],
    [isLonger(form.text('says'), MOST_SAID), 'says', words.lessThan],
  ];
  const problems = [
    ...lacks.flatMap(([is, field, says]) => (is ? [{ field, says }] : [])),
    ...(needed ? [needed] : []),
    ...receptionProblems({ arrivedOn, kind, channel, sender, anonymous, unreachable, longAgo }, today),
  ];
  if (problems.length > 0 || !kind || !scope || !channel || !lang || !arrivedOn)
    return problems.toSorted((a, b) => placeOf(a) - placeOf(b));
  return {
    kind,
    scope,
    channel,
    eased: form.all('eased').includes('yes'),
    lang,
    arrivedOn,
    sender,
    anonymous,
    unreachable,
    longAgo,
    says: form.text('says').trim(),
    another: form.all('another').includes('yes'),
    attempt: form.text('attempt') || undefined,
  };
}

const existingIn = (problem: Problem): string | undefined =>
  problem.kind === 'conflict' ? problem.existing : undefined;

/** Whether the policy in force takes visits. */
async function takesVisits({ office }: Room): Promise<boolean> {
  const inForce = await policyInForce(office, office.clock.today());
  return inForce?.policy.operator.desk.visits === true;
}

async function register(room: Room, c: Asked): Promise<Response> {
  const form = c.get('form');
  const view = {
    c,
    given: (name: Name) => form.text(name),
    attempt: form.text('attempt'),
    today: room.office.clock.today(),
    visits: await takesVisits(room),
  };
  const ask = readAsk(form, view.today);
  if (Array.isArray(ask)) return c.html(<NewPage {...view} problems={ask} />, 422);
  const registered = await registerRequest(room, byOf(c), ask);
  if (registered.ok) return c.redirect(`${PATH}/${registered.value.case.row.id}`, 303);
  const { problem } = registered;
  const other = problem.kind === 'conflict' && problem.field === 'attempt';
  const attempt = other ? newId(room.office.clock.now()) : view.attempt;
  return c.html(
    <NewPage {...view} attempt={attempt} problems={fieldsOf(problem)} existing={existingIn(problem)} />,
    problemStatus(problem),
  );
}

export const newPages = (room: Room): Route[] => [
  page('get', NEW, 'requests:write', async (c) =>
    c.html(
      <NewPage
        c={c}
        given={(_, first = '') => first}
        problems={[]}
        attempt={newId(room.office.clock.now())}
        today={room.office.clock.today()}
        visits={await takesVisits(room)}
      />,
    ),
  ),
  page('post', NEW, 'requests:write', (c) => register(room, c), {
    texts: formTexts(labels, { prose: /^(says|sender\.address)$/ }),
  }),
];
