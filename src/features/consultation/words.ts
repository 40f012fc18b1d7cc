// The texts of the consultations.

import { both, type Bilingual } from '../../base/bilingual.ts';
import type { Finding } from '../../base/finding.ts';
import type { Coverage } from '../../law/index.ts';
import { isAnswer, type Answer } from '../../platform/ui/finding.tsx';
import type { Asks, JudgedState, Question } from './facts.ts';

const so = both(
  'うかがった事実のとおりなら、こうなります。下に義務があれば、あわせて行ってください。',
  'This is so if the facts are as you said. If duties are listed below, carry them out as well.',
);

const running = both(
  '事実が足りません。待っている間も期限までの日数は減るので、急いで確かめてください。',
  'Facts are missing. The deadline keeps running meanwhile: find them out quickly.',
);

/** What an answer means, by what was asked. */
const meanings = {
  may: {
    yes: both(
      'うかがった事実のとおりなら、できます。下に義務があれば、あわせて行ってください。',
      'You may, if the facts are as you said. If duties are listed below, carry them out as well.',
    ),
    no: both('うかがった事実のとおりなら、できません。', 'You may not, if the facts are as you said.'),
    unknown: both(
      '事実が足りません。分かるまで、行わないでください。',
      'Facts are missing. Until they are known, do not do it.',
    ),
  },
  claim: {
    yes: both(
      'うかがった事実のとおりなら、求めに応じることになります。下に義務があれば、あわせて行ってください。',
      'It has to be granted if the facts are as you said. If duties are listed below, carry them out as well.',
    ),
    no: both(
      'うかがった事実のとおりなら、求めのとおりにはしません。下に義務があれば、それは行ってください。',
      'It is not granted as asked if the facts are as you said. If duties are listed below, carry those out.',
    ),
    unknown: running,
  },
  must: {
    yes: both(
      'うかがった事実のとおりなら、することになります。下に義務があれば、あわせて行ってください。',
      'It has to be done if the facts are as you said. If duties are listed below, carry them out as well.',
    ),
    no: both(
      'うかがった事実のとおりなら、しなくてかまいません。下に義務があれば、それは行ってください。',
      'It need not be done if the facts are as you said. If duties are listed below, carry those out.',
    ),
    unknown: running,
  },
  what: {
    yes: so,
    no: so,
    unknown: both('事実が足りません。足りない事実を確かめてください。', 'Facts are missing. Find them out.'),
  },
} satisfies Record<Asks, Record<Answer, Bilingual>>;

export const judgedStateWords: Readonly<Record<JudgedState, Bilingual>> = {
  valid: both('有効', 'Valid'),
  replaced: both('新しい判断に交代', 'Replaced by a newer one'),
  expired: both('期限切れ', 'Expired'),
  coming: both('始まる前', 'Not yet in force'),
};

export const words = {
  ask: both('関所に聞く', 'Ask the checkpoint'),
  askSub: both(
    'したいことを選び、聞かれたことに答えると、してよいか、何をすればよいかが分かります',
    'Choose what you want to do and answer the questions: you see whether you may do it, and what it takes',
  ),
  askNote: both(
    '聞くだけなら、だれの情報も扱わず、記録も残りません。',
    'Asking handles nobody’s information and leaves no record.',
  ),
  begin: both('何についてですか', 'What is it about?'),
  holding: both('どの台帳の情報ですか', 'Which holding is it from?'),
  holdingHint: both(
    '選ぶと、集めた目的と項目を関所が補います。分からなければ選ばなくてかまいません。',
    'If you choose one, the checkpoint fills in the purposes it was collected for and the items. Leave it out if you do not know.',
  ),
  noHolding: both('選ばない', 'None'),
  items: both('どの項目ですか', 'Which items?'),
  first: both('したいこと', 'What you want to do'),
  facts: both('うかがった事実', 'Facts you have stated'),
  personsNotKept: both(
    '個人である相手の氏名、住所、入手の経緯は、残していません。',
    'Where the other party is an individual, the name, the address and how they came by the information are not kept.',
  ),
  change: both('変える', 'Change'),
  more: both('ほかに知っている事情を加える', 'Add something else you know'),
  answer: both('この事実で答えを出す', 'Get an answer on these facts'),
  keep: both('相談として残す', 'Keep as a consultation'),
  keptAlready: both('この相談は、すでに残してあります', 'This consultation has been kept already'),
  keptAlreadySays: both(
    '同じ内容が二度送られたので、二度目は残していません。',
    'The same was sent twice, and was not kept a second time.',
  ),
  people: both('渡す本人を選ぶ', 'Choose whose information to hand over'),
  judgement: both('個人情報保護管理者の判断が要ります', 'The privacy officer’s judgement is needed'),
  judgementSays: both(
    '法令だけでは決まらないことです。相談として残すと、管理者がこの件について判断し、答えがその相談に出ます。',
    'The law alone does not settle this. If you keep it as a consultation, the officer judges this case, and the answer appears there.',
  ),
  waits: both('個人情報保護管理者の判断を待っています', 'Waiting for the privacy officer’s judgement'),
  waitsSays: {
    mail: both(
      '個人情報保護管理者に知らせました。判断が記録されると、答えがこの相談に出て、相談した人にメールで知らせます。',
      'The privacy officers have been told. Once a judgement is recorded, the answer appears here and the person who asked is told by mail.',
    ),
    home: both(
      '個人情報保護管理者のホームに、仕事として出ています。判断が記録されると、答えがこの相談に出ます。',
      'It is among the privacy officers’ tasks on their home page. Once a judgement is recorded, the answer appears here.',
    ),
  },
  judgedSince: both('この相談について、管理者が判断したこと', 'What the officer has judged about this consultation'),
  since: both('判断を加えた、いまの答え', 'The current answer, with what was judged'),
  judge: both('判断を記録する', 'Record a judgement'),
  notYet: both('まだ答えられません', 'no answer yet'),
  notAll: both('まだすべては答えられません', 'no full answer yet'),
  already: both(
    '答えが出る前に、行わなければならないことがあります。下の義務をいま行い、足りない事実を急いで確かめてください。',
    'Some things have to be done whatever the answer will be. Carry out the duties below now, and find out the missing facts quickly.',
  ),
  alreadyWait: both(
    '答えが出るまで、行わないでください。下の義務はいま行い、足りない事実を急いで確かめてください。',
    'Do not do it until there is an answer. Carry out the duties below now, and find out the missing facts quickly.',
  ),
  consultations: both('残した相談', 'Consultations kept'),
  consultationsSub: both('関所に聞いて残した答え', 'The checkpoint’s answers that were kept'),
  consultation: both('相談', 'Consultation'),
  noConsultations: both('残した相談はまだありません', 'No consultation has been kept yet'),
  noConsultationsSays: both(
    '関所の答えの下にある「相談として残す」を押すと、ここに並びます。',
    'Press “Keep as a consultation” below an answer of the checkpoint, and it is listed here.',
  ),
  noConsultationsOf: both('この条件に合う相談はありません', 'No consultation matches'),
  at: both('聞いた日時', 'Asked'),
  by: both('聞いた人', 'Asked by'),
  question: both('聞いたこと', 'Question'),
  answered: both('答え', 'Answer'),
  logEntry: both('記録の証明を見る', 'See the log entry'),
  again: both('同じことをもう一度聞く', 'Ask the same again'),
  asOf: both('基準の日', 'As of'),
  judgements: both('管理者の判断', 'The officer’s judgements'),
  judgementsSub: both(
    '法令だけでは決まらないことへの判断。有効な間、関所が事実として使います',
    'Judgements on what the law leaves open. While one is valid, the checkpoint takes it as a fact',
  ),
  noJudgements: both('判断はまだ記録されていません', 'No judgement has been recorded yet'),
  noJudgementsSays: both(
    '関所が「個人情報保護管理者の判断が要る」と答えたときに、ここから記録します。',
    'When the checkpoint answers that the privacy officer’s judgement is needed, record it here.',
  ),
  noJudgementsOf: both('この条件に合う判断はありません', 'No judgement matches'),
  newJudgement: both('判断を記録する', 'Record a judgement'),
  judgedFirst: both('ほかの人が先に判断を記録しました', 'Somebody else recorded a judgement first'),
  ledger: both('台帳', 'Holding'),
  point: both('判断した点', 'What was judged'),
  scope: both('対象', 'Applies to'),
  untilHead: both('期限', 'Until'),
  code: both('何についての判断ですか', 'What is the judgement about?'),
  about: both('どの台帳についてですか', 'For which holding?'),
  aboutHint: both(
    '1つの事案だけを認める判断は、台帳を選ぶか、残した相談の画面から記録します。ほかの事案には使われません。',
    'A judgement that lets one case pass is recorded for a holding, or from the page of a kept consultation. It is not used for any other case.',
  ),
  anyHolding: both('すべての台帳', 'All holdings'),
  oneConsultation: both('残した相談の1件', 'One kept consultation'),
  purpose: both('どの目的についてですか', 'For which purpose?'),
  anyPurpose: both('すべての目的', 'All purposes'),
  judged: both('判断', 'Judgement'),
  yes: both('はい', 'Yes'),
  no: both('いいえ', 'No'),
  why: both('理由', 'Why'),
  whyHint: both(
    '何を確かめ、なぜそう判断したか。本人の氏名などは書かないでください。',
    'What you checked, and why you judge so. Do not write names of the people the information is about.',
  ),
  until: both('いつまで有効ですか', 'Valid until'),
  on: both('判断した日', 'Judged on'),
  officer: both('判断した人', 'Judged by'),
  state: both('状態', 'State'),
  record: both('記録する', 'Record'),
  choose: both('選んでください', 'Choose'),
  coverage: both('法令との対応', 'Law coverage'),
  coverageSub: both(
    '条文ごとに、関所が決めるか、人に尋ねるか、範囲の外か',
    'For each article: decided here, asked of a person, or out of scope',
  ),
  article: both('条', 'Article'),
  questionsOf: both('聞き方', 'How to ask'),
  because: both('中身と理由', 'What and why'),
  rule: both('関数', 'Function'),
} satisfies Record<string, Bilingual | Record<string, Bilingual>>;

/** The statutes of the coverage. */
export const lawNames: Partial<Record<Coverage['law'], Bilingual>> = {
  APPI: both('個人情報保護法', 'Act on the Protection of Personal Information (APPI)'),
  NumberingAct: both('番号法', 'Numbering Act'),
  TBA: both('電気通信事業法', 'Telecommunications Business Act'),
};

/** What Sekisho does about an article. */
export const coverageStates: Record<Coverage['state'], Bilingual> = {
  decided: both('関所が決める', 'Decided here'),
  asked: both('人に尋ねる', 'Asked of a person'),
  outside: both('範囲の外', 'Out of scope'),
};

export const problems = {
  code: both('何についての判断かを選んでください', 'Choose what the judgement is about'),
  judged: both('「はい」か「いいえ」を選んでください', 'Choose yes or no'),
  why: both('理由を書いてください（2,000字まで）', 'Write why, in at most 2,000 characters'),
  until: both('今日より後の日を、2027/3/31 のように書いてください', 'Write a day after today, such as 2027/3/31'),
  holding: both('この台帳はありません', 'There is no such holding'),
  scope: both(
    '1つの事案についての判断です。台帳を選ぶか、残した相談の画面から記録してください',
    'This judgement is about one case. Choose a holding, or record it from the page of a kept consultation',
  ),
  consultation: both('この相談は残っていません', 'No such consultation was kept'),
  purpose: both('施行中の方針にない目的です', 'The policy in force does not state this purpose'),
} satisfies Record<string, Bilingual>;

/** An answer in words: its title, and what it means for the person who asked. */
export function answerWords(
  question: Question | undefined,
  { answer, duties = [] }: Pick<Finding<string>, 'answer' | 'duties'>,
): { title: Bilingual; says: Bilingual } {
  if (answer === 'unknown' && duties.length > 0) {
    const may = (question?.asks ?? 'may') === 'may';
    return { title: words.notAll, says: may ? words.alreadyWait : words.already };
  }
  const says = isAnswer(answer) ? meanings[question?.asks ?? 'may'][answer] : so;
  if (answer === 'unknown') return { title: words.notYet, says };
  return { title: question?.answers[answer] ?? both(answer, answer), says };
}

/** The answer that a plaque can show; null where it shows none. 可 and 不可 are said only of what a person may do or asks for. */
export const plaqueOf = (question: Question | undefined, answer: string): Answer | null =>
  isAnswer(answer) && (answer === 'unknown' || ['may', 'claim'].includes(question?.asks ?? 'may')) ? answer : null;

/** The words of an answer on the command line. */
export const plainWords = {
  grounds: both('根拠', 'Grounds'),
  before: both('先に要ること', 'Before you do it'),
  atOnce: both('すぐに行うこと', 'At once'),
  later: both('あとで行うこと', 'Later'),
  missing: both('足りない事実', 'Missing facts'),
  instead: both('できること', 'What can be done instead'),
  by: both('期限', 'By'),
  keepUntil: both('保存の期限', 'Keep until'),
  asOf: both('基準の日', 'As of'),
  lawData: both('法令データ', 'Law data'),
} satisfies Record<string, Bilingual>;

/** What is said to an officer whom another, or they themselves elsewhere, came before. */
export const judgedFirst = (answer: boolean): Bilingual =>
  answer
    ? both(
        '同じことに「はい」の判断が記録されました。理由を確かめ、それでも要るなら、もう一度記録してください。後の判断が使われます。',
        'A judgement of the same matter was recorded: “Yes”. Read why, and record yours again if it is still needed. The later judgement is used.',
      )
    : both(
        '同じことに「いいえ」の判断が記録されました。理由を確かめ、それでも要るなら、もう一度記録してください。後の判断が使われます。',
        'A judgement of the same matter was recorded: “No”. Read why, and record yours again if it is still needed. The later judgement is used.',
      );

/** Letters to the staff: what has happened, with a link and nothing of what was asked. */
export const letters = {
  waiting: {
    subject: both('判断を待っている相談があります', 'A consultation needs your judgement'),
    says: both(
      '関所への相談が残されました。答えには、個人情報保護管理者の判断が要ります。開いて判断してください。',
      'A question to the checkpoint was kept as a consultation. Its answer needs the judgement of a privacy officer. Open it and record yours.',
    ),
  },
  judged: {
    subject: both('相談に答えが出ました', 'Your consultation has been answered'),
    says: both(
      'あなたが残した相談について、個人情報保護管理者が判断しました。開いて答えを確かめてください。',
      'A privacy officer has judged the consultation you kept. Open it to see the answer.',
    ),
  },
};
