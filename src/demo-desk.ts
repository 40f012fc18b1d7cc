// Requests at the demo's desk: letters of every kind, each handled as far as the desk has got by the current day. Everybody here is invented.

import type { Action } from './base/actor.ts';
import { addDays, type Day } from './base/day.ts';
import { done, type Outcome } from './base/outcome.ts';
import { must, pass } from './demo-giving.ts';
import { fictionalPerson } from './demo-people.ts';
import { find } from './features/checkpoint/index.ts';
import type { Scene } from './demo.ts';
import {
  acknowledge,
  assign,
  carryOut,
  close,
  collect,
  decide,
  deliver,
  identify,
  notify,
  receivePapers,
  refund,
  registerRequest,
  review,
  seek,
  sendForms,
  specify,
  tellShort,
  undeliver,
  type Case,
  type DecideAsk,
  type RegisterAsk,
} from './features/desk/index.ts';
import type { Room } from './features/access/index.ts';

/** A request in the hands of a member of staff. */
interface Table {
  scene: Scene;
  desk: Room;
  one: Case;
  /** The person the letter is about. */
  person: number;
  on: Day;
}

/** One step of work on a request; returns the request afterwards. */
type Work = (table: Table) => Promise<Outcome<Case>>;

interface Letter {
  /** Week and day of arrival. */
  arrives: readonly [number, number];
  /** Number of the fictional person. */
  person: number;
  asks: Pick<RegisterAsk, 'kind'> & Partial<Pick<RegisterAsk, 'scope' | 'channel' | 'eased'>>;
  /** It gives neither a name nor an address to answer to. */
  anonymous?: true;
  /** Written by an agent. */
  agent?: true;
  says: string;
  /** The steps, each with the number of days after arrival, moved to the next working day when the desk is closed. */
  works: readonly (readonly [number, Work])[];
}

const staff = ({ scene }: Table, role: 'desk' | 'officer', action: Action = 'requests:write') =>
  scene.doers[role](action);
const at = ({ one }: Table): [string, { seen: number }] => [one.row.id, { seen: one.request.last }];

// ---- the steps

const forms: Work = (table) => sendForms(table.desk, staff(table, 'desk'), ...at(table), { on: table.on });

const toldIn =
  (how: 'letter' | 'otherwise'): Work =>
  (table) =>
    acknowledge(table.desk, staff(table, 'desk'), ...at(table), { on: table.on, how });

const papers =
  (feeYen = 0, method: 'paper' | 'electronic' | null = null): Work =>
  (table) =>
    receivePapers(table.desk, staff(table, 'desk'), ...at(table), {
      on: table.on,
      form: table.one.request.form ? 'right' : 'none',
      registeredMail: feeYen > 0 ? '000-00-00000-0' : null,
      method,
      feeYen,
      unreadable: false,
    });

const withoutIdentity: Work = (table) =>
  tellShort(table.desk, staff(table, 'desk'), ...at(table), { on: table.on, lacks: ['identity'] });

/** An agent who writes for somebody else. */
const lawyer = { name: '弁護士 例示 公一', address: '〒104-0000 東京都中央区例示町3-2-1 例示法律事務所' };

const identified =
  (requester: 'principal' | 'mandated-agent' = 'principal'): Work =>
  (table) =>
    identify(table.desk, staff(table, 'desk'), ...at(table), {
      on: table.on,
      requester,
      represents: null,
      documents: ['driving-licence'],
      authority: requester === 'principal' ? [] : ['power-of-attorney', 'other'],
      checked: ['name', 'address', 'valid'],
      numbersCovered: true,
      // The agent wrote the letter.
      agent: requester === 'principal' ? null : { ...lawyer, email: '', principal: fictionalPerson(table.person).name },
    });

const returned =
  (yen: number): Work =>
  (table) =>
    refund(table.desk, staff(table, 'desk'), ...at(table), { on: table.on, yen });

const found: Work = async (table) => {
  const by = staff(table, 'desk');
  const terms = [{ kind: 'email', term: fictionalPerson(table.person).email }] as const;
  const matches = await find(table.desk.office, by, { terms, holding: null });
  if (!matches.ok) return matches;
  return specify(table.desk, by, ...at(table), {
    terms,
    principals: matches.value.slice(0, 1).map(({ principal }) => principal),
  });
};

const collected: Work = (table) => collect(table.desk, staff(table, 'desk'), ...at(table));

/** Every item is disclosed, except one that speaks of somebody else. */
const reviewed =
  (othersIn?: string): Work =>
  async (table) => {
    let { one } = table;
    for (const { holding, items } of one.request.collected?.holdings ?? []) {
      for (const item of items) {
        const held = item === othersIn;
        const ask = {
          holding,
          item,
          decision: held ? ('withhold' as const) : ('disclose' as const),
          ground: held ? ('harms' as const) : null,
          reason: held ? 'ご近所の方が話した苦情が含まれ、見せるとその方の権利や利益を害するおそれがあるため。' : '',
          redacted: '',
        };
        one = must(await review(table.desk, staff(table, 'desk'), ...at({ ...table, one }), ask));
      }
    }
    return done(one);
  };

/** The desk decides what is granted, the officer what is not. */
const decided =
  (
    role: 'desk' | 'officer',
    facts: DecideAsk['facts'],
    texts: Partial<Pick<DecideAsk, 'reason' | 'answer'>> = {},
  ): Work =>
  (table) =>
    decide(table.desk, staff(table, role, role === 'officer' ? 'requests:decide' : 'requests:write'), ...at(table), {
      facts,
      reason: '',
      answer: '',
      plan: {},
      mayRefuse: role === 'officer',
      ...texts,
    });

const carriedOut: Work = (table) => carryOut(table.desk, staff(table, 'desk'), ...at(table));

/** By post, because an electronic answer needs mail, which the demo may not have. */
const told: Work = (table) => notify(table.desk, staff(table, 'desk'), ...at(table), { on: table.on, by: 'post' });
const delivered: Work = (table) =>
  deliver(table.desk, staff(table, 'desk'), ...at(table), { on: table.on, by: 'post' });
const closed: Work = (table) => close(table.desk, staff(table, 'desk'), ...at(table), { on: table.on });

const cameBack =
  (why: 'moved' | 'unfetched'): Work =>
  (table) =>
    undeliver(table.desk, staff(table, 'desk'), ...at(table), {
      on: table.on,
      by: 'post',
      why,
      envelope: 'unopened',
      kept: '窓口の金庫の2段目',
    });

const sought =
  (how: 'phone' | 'letter', reason: string): Work =>
  (table) =>
    seek(table.desk, staff(table, 'desk'), ...at(table), { on: table.on, how, letter: how === 'letter', reason });

/** The officer gives up the answer that could not be brought to the person. */
const givenUp: Work = (table) => close(table.desk, staff(table, 'officer'), ...at(table), { on: table.on });

const withSomebody =
  (role: 'desk' | 'officer'): Work =>
  (table) => {
    const { actor } = staff(table, role);
    return assign(table.desk, staff(table, 'desk'), ...at(table), {
      on: table.on,
      to: actor.kind === 'staff' ? actor.id : '',
    });
  };

// ---- the letters

const FEE = 1000;
const disclosing = { existenceHarms: false, otherLaw: false, methodDifficult: false };
/** Nobody has this number: a partner, whose My Number another system keeps. */
const partner = 9_000;

const letters: readonly Letter[] = [
  {
    arrives: [0, 2],
    person: 5,
    asks: { kind: 'consultation' },
    says: '展示会で書いた名刺の情報は、いつまで残るのですか。',
    works: [
      [1, toldIn('letter')],
      [
        3,
        decided(
          'desk',
          {},
          { answer: '名刺の情報は、お取引が終わってから7年で消去します。期間は当社の台帳で管理しています。' },
        ),
      ],
      [6, told],
      [6, delivered],
      [7, closed],
      [13, cameBack('moved')],
      [14, sought('phone', '台帳の番号にかけたが、使われていなかった。')],
      [44, givenUp],
    ],
  },
  {
    arrives: [3, 2],
    person: 62,
    asks: { kind: 'disclosure' },
    says: '御社が持っている私の情報を、すべて見せてください。',
    works: [
      [1, forms],
      [5, papers(FEE, 'paper')],
      [6, identified()],
      [6, found],
      [6, collected],
      [8, reviewed()],
      [9, decided('desk', disclosing)],
      [10, told],
      [10, delivered],
      [13, closed],
    ],
  },
  {
    arrives: [4, 4],
    person: 70,
    asks: { kind: 'consultation', channel: 'electronic' },
    says: '案内のメールに書かれた「共同利用」とは何のことか、教えてください。',
    works: [
      [
        1,
        decided(
          'desk',
          {},
          {
            answer:
              '共同利用とは、あらかじめ公表した範囲の会社と情報を一緒に使うことです。範囲と目的は当社のサイトで公表しています。',
          },
        ),
      ],
      [4, told],
      [4, delivered],
      [5, closed],
    ],
  },
  {
    arrives: [5, 1],
    person: 63,
    asks: { kind: 'disclosure' },
    says: '登録されている私の住所と電話番号を確かめたいので、開示してください。',
    works: [
      [1, forms],
      [1, withSomebody('desk')],
      [8, papers(FEE, 'paper')],
      [11, identified()],
      [14, found],
    ],
  },
  {
    arrives: [5, 2],
    person: 0,
    asks: { kind: 'consultation' },
    anonymous: true,
    says: '受付の方が、電話でお客様の名前と電話番号を大きな声で繰り返していて、待合の席まで聞こえました。気をつけてください。',
    works: [
      [
        4,
        decided(
          'desk',
          {},
          {
            reason:
              '受付の電話は待合の席から離れた場所に移し、番号を声に出して復唱しないよう、受付の全員に伝えました。苦情のとおりの応対があったと、受付の責任者に確かめたためです。',
          },
        ),
      ],
      [6, closed],
    ],
  },
  {
    arrives: [5, 3],
    person: 85,
    asks: { kind: 'disclosure' },
    says: '問い合わせの記録を含めて、私についてのすべてのデータを見せてください。',
    works: [
      [1, forms],
      [6, papers(FEE, 'paper')],
      [7, identified()],
      [7, found],
      [7, collected],
      [8, reviewed('inquiry')],
      [8, withSomebody('officer')],
      [
        9,
        decided('officer', disclosing, {
          reason: 'お問い合わせの記録は、ほかの方の権利や利益を害するおそれがあるため、開示しません。',
        }),
      ],
      [12, told],
      [13, delivered],
    ],
  },
  {
    arrives: [6, 1],
    person: 67,
    asks: { kind: 'disclosure' },
    says: '私について登録されていることを、書面で見せてください。',
    works: [
      [1, forms],
      [3, papers(FEE, 'paper')],
      [3, identified()],
      [3, found],
      [3, collected],
      [4, reviewed()],
      [4, decided('desk', disclosing)],
      [4, told],
      [4, delivered],
      [9, cameBack('unfetched')],
      [10, sought('letter', '留守で受け取られなかったので、普通郵便で同じ住所へ送った。')],
    ],
  },
  {
    arrives: [6, 1],
    person: 64,
    asks: { kind: 'correction' },
    says: '担当の方が書いた「お怒りだった」という記録を、事実と違うので直してください。',
    works: [
      [1, forms],
      [4, papers(FEE)],
      [5, returned(FEE)],
      [5, identified()],
      [7, found],
      [7, collected],
      [7, withSomebody('officer')],
      [
        9,
        decided(
          'officer',
          { content: 'evaluation', otherProcedure: false },
          { reason: '応対した者の評価を書いた記録で、事実を書いたものではないため、訂正しません。' },
        ),
      ],
      [10, told],
    ],
  },
  {
    arrives: [6, 1],
    person: 65,
    asks: { kind: 'correction' },
    says: '引っ越したので、登録の住所を直してください。',
    works: [
      [1, forms],
      [7, papers()],
      [8, withoutIdentity],
    ],
  },
  {
    arrives: [6, 2],
    person: 103,
    asks: { kind: 'stop-use' },
    says: '案内が何度も届いて困っています。私の情報を使うのをやめてください。',
    works: [
      [1, forms],
      [2, papers()],
      [3, identified()],
      [3, found],
      [3, collected],
      [7, decided('desk', { reason: 'may-harm', found: 'all' })],
      [8, carriedOut],
    ],
  },
  {
    arrives: [6, 2],
    person: 0,
    asks: { kind: 'record-disclosure' },
    agent: true,
    says: '依頼者の代理人です。依頼者の情報をだれに渡したかの記録を開示してください。',
    works: [
      [1, forms],
      [6, papers(FEE, 'paper')],
      [8, identified('mandated-agent')],
      [8, found],
      [9, collected],
    ],
  },
  {
    arrives: [6, 3],
    person: 66,
    asks: { kind: 'stop-provision' },
    says: 'ほかの会社に私の情報を渡すのをやめてください。手数料を同封します。',
    works: [
      [1, forms],
      [6, papers(FEE)],
      [7, identified()],
    ],
  },
  {
    arrives: [6, 4],
    person: 50,
    asks: { kind: 'erasure' },
    says: 'メールマガジンはもう読みません。登録を消してください。',
    works: [
      [1, forms],
      [4, papers()],
      [5, identified()],
      [5, found],
      [7, collected],
      [7, withSomebody('desk')],
    ],
  },
  {
    arrives: [6, 5],
    person: 101,
    asks: { kind: 'purpose-notice', eased: true },
    says: 'セミナーで書いた私の情報を、何に使っているか教えてください。',
    works: [
      [1, toldIn('otherwise')],
      [3, papers()],
      [4, identified()],
      [5, found],
      [5, collected],
      [7, decided('desk', { clear: false })],
    ],
  },
  {
    arrives: [6, 6],
    person: 78,
    asks: { kind: 'erasure' },
    says: '私の情報を消してください。',
    works: [
      [2, forms],
      [6, papers()],
    ],
  },
  {
    arrives: [7, 1],
    person: 2,
    asks: { kind: 'foreign-information' },
    says: '外国の会社に渡した私の情報が、どのように守られているか教えてください。',
    works: [
      [1, toldIn('letter')],
      [1, papers()],
      [3, identified()],
      [4, found],
    ],
  },
  {
    arrives: [7, 2],
    person: partner,
    asks: { kind: 'correction', scope: 'my-number' },
    says: '支払調書の氏名の字が違います。直してください。',
    works: [[1, forms]],
  },
  {
    arrives: [7, 4],
    person: partner + 1,
    asks: { kind: 'disclosure', scope: 'my-number' },
    says: '御社に出した個人番号が、正しく登録されているか見せてください。',
    works: [],
  },
];

/** The letters at the desk: the state of each request, and how many of its steps are done. */
export interface Letters {
  desk: Room;
  come: Map<Letter, { one: Case; worked: number }>;
}

export const openDesk = ({ assembly }: Scene): Letters => ({
  desk: assembly,
  come: new Map(),
});

async function register(scene: Scene, desk: Room, letter: Letter, arrivedOn: Day): Promise<Case> {
  const { kind, scope = 'customer', channel = 'letter', eased } = letter.asks;
  const { name, address, email } = fictionalPerson(letter.person);
  const ask: RegisterAsk = {
    kind,
    scope,
    arrivedOn,
    channel,
    eased,
    lang: 'ja',
    ...(letter.anonymous ? { anonymous: true, unreachable: true } : {}),
    sender: letter.anonymous
      ? { name: '', address: '', email: '' }
      : letter.agent
        ? { ...lawyer, email: '' }
        : channel === 'letter'
          ? { name, address, email: '' }
          : { name, address: '', email },
    says: letter.says,
    another: false,
  };
  return must(await registerRequest(desk, scene.doers.desk('requests:write'), ask)).case;
}

/** A day at the desk: registers the letters that have arrived, and does every step that is due. */
export async function dayOfDesk(scene: Scene, { desk, come }: Letters): Promise<void> {
  const on = scene.office.clock.today();
  for (const letter of letters) {
    const arrivedOn = scene.on(...letter.arrives);
    if (arrivedOn > on) continue;
    pass(scene, 1);
    const now = come.get(letter) ?? { one: await register(scene, desk, letter, arrivedOn), worked: 0 };
    come.set(letter, now);
    for (const [days, work] of letter.works.slice(now.worked)) {
      if (addDays(arrivedOn, days) > on) break;
      now.one = must(await work({ scene, desk, one: now.one, person: letter.person, on }));
      now.worked += 1;
    }
  }
}
