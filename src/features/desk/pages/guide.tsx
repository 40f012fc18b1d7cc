// What to do at a step, as an experienced colleague would say it: what is on the table, what to write down, and where it goes from here.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { listed, dayFrom } from '../../../platform/ui/format.ts';
import { deskDays } from '../facts/clocks.ts';
import type { EventName } from '../facts/event.ts';
import { hasEffect, isSuable, looksAtPerson } from '../facts/kind.ts';
import { nextEvents } from '../facts/next.ts';
import { feeReturnable, isFeeAwaited, isFeeOpen, type Request } from '../facts/request.ts';
import { wentOut } from '../facts/undelivered.ts';
import { lackWords } from '../words.ts';

type Guide = readonly Bilingual[];

/** What to do if nothing comes. */
const waiting = (until: Day, today: Day): Bilingual =>
  both(
    `${dayFrom(today, until, 'ja')}まで待つと知らせています。過ぎても届かなければ、「ほかの操作」の「請求を却下する」で終えられます。`,
    `The person was told that you wait until ${dayFrom(today, until, 'en')}. If nothing has come by then, you can end it with “Dismiss the request” under “Other actions”.`,
  );

/** For a form that nobody sent back. */
const unanswered = both(
  '用紙を送っても何も届かないときは、「ほかの操作」の「不足を知らせる」でもう一度求めます。',
  'If the form went out and nothing comes back, ask again with “Tell them what is missing” under “Other actions”.',
);

/** For the fee that is asked for now that the requester is identified. */
const askingFee: Guide = [
  both(
    '請求した人が分かったので、手数料をお願いします。「手数料」を選んで記録すると、額、払い方、期限を書いた手紙ができます。印刷して送ります。届くまで、だれの情報も見ません。',
    'The requester has been checked, so the fee is asked for now. Choose “The fee” and record it: this makes a letter with the amount, how to pay it and by when. Print it and post it. Nobody’s information is looked at until the fee comes.',
  ),
];

/** For the fee that is being waited for. */
const feeAwaited = (r: Request & { shortOn: Day }, today: Day): Guide => [
  both(
    `${dayFrom(today, r.shortOn, 'ja')}に手数料をお願いしました。手紙をまだ送っていなければ、印刷して送ります。届いたら、その日と額をここに記録します。`,
    `The fee was asked for on ${dayFrom(today, r.shortOn, 'en')}. If the letter has not gone out, print it and post it. When the fee comes, record its day and amount here.`,
  ),
  both(
    '待つ間も、社内の期限は延びません。間に合わないときは、「ほかの操作」の「期限を延ばす」で延ばし、手紙で知らせます。',
    'Our own deadline keeps running while you wait. If you cannot meet it, use “Extend the time” under “Other actions” and tell the person by letter.',
  ),
  ...(r.waitsUntil ? [waiting(r.waitsUntil, today)] : []),
];

const whenPapersCome = (r: Request, today: Day): Guide => {
  if (isFeeAwaited(r) && r.shortOn) return feeAwaited({ ...r, shortOn: r.shortOn }, today);
  if (r.lacks.length > 0 && r.shortOn) {
    const names = r.lacks.map((lack) => lackWords[lack].name);
    const on = r.shortOn;
    return [
      both(
        `${dayFrom(today, on, 'ja')}に、足りないものを記録しました：${listed(
          names.map(({ ja }) => ja),
          'ja',
        )}。`,
        `Missing since ${dayFrom(today, on, 'en')}: ${listed(
          names.map(({ en }) => en),
          'en',
        )}.`,
      ),
      both(
        '手紙をまだ送っていなければ、印刷して送ります。頼んだものが届いたら、届いたものをここに記録します。',
        'If the letter has not gone out, print it and post it. When what was asked for comes, record it here.',
      ),
      ...(r.waitsUntil ? [waiting(r.waitsUntil, today)] : []),
    ];
  }
  if (!r.form) {
    return [
      both(
        'この請求に用紙はありません。手紙と一緒に届いたものを記録します。本人確認書類が入っていないときも、手紙の届いた日で記録し、次の画面の「不足を知らせる」で頼みます。',
        'There is no form for this request. Record what came with the letter. If no identity paper was in it, record the day of the letter all the same and ask for the paper with “Tell them what is missing” on the next page.',
      ),
    ];
  }
  return [
    r.fee.due > 0 && !r.feeAfter
      ? both(
          '用紙、本人確認書類、手数料が届いたら、封筒の中身をここに記録します。',
          'When the form, the identity papers and the fee come, record here what was in the envelope.',
        )
      : both(
          '用紙と本人確認書類が届いたら、封筒の中身をここに記録します。',
          'When the form and the identity papers come, record here what was in the envelope.',
        ),
    both(
      '違うものや足りないものがあっても、届いたとおりに書きます。次の画面で、足りないものを知らせます。',
      'Record exactly what came, even if something is wrong or missing. On the next page you tell the person what is missing.',
    ),
    ...(r.formsSentOn !== null && r.papers === null ? [unanswered] : []),
  ];
};

const effects: Partial<Record<Request['kind'], Bilingual>> = {
  correction: both(
    '決めた項目を、新しい内容に直します。直した日と直す前の内容も残ります。',
    'The items are changed to what was decided. The day and the former content stay on record.',
  ),
  erasure: both(
    '決めた情報を台帳から消去します。消去したものは元に戻せません。',
    'The information decided on is erased from the ledgers. This cannot be undone.',
  ),
  'stop-use': both(
    'この人の情報の利用を止めます。このあと使おうとすると、関所が断ります。',
    'The use of this person’s information stops. From then on the checkpoint refuses any attempt to use it.',
  ),
  'stop-provision': both(
    'この人の情報の第三者への提供を止めます。このあと渡そうとすると、関所が断ります。',
    'The provision of this person’s information to third parties stops. From then on the checkpoint refuses any attempt to provide it.',
  ),
};

const anew = both(
  'この決定が、前の決定に代わります。前の理由は消去されます。すでに実施したものは、同じ内容で含めます。',
  'This replaces the earlier decision. The earlier reasons are erased; include what has already been carried out, unchanged.',
);

const undoing = both(
  'いまの決定は取り消されます。集めた後に、もう一度決めます。',
  'This takes back the present decision. Decide again once everything is collected.',
);

const carryingOut = ({ kind }: Request): Guide => [
  ...(hasEffect(kind) ? [effects[kind]!] : []),
  both(
    '途中で止まっても続きから進み、同じことを二度は行いません。',
    'If it stops midway, it continues from there and does nothing twice.',
  ),
  both(
    '実施できないと分かったときは、「ほかの操作」から決め直します。',
    'If it turns out that it cannot be carried out, decide again under “Other actions”.',
  ),
];

const deciding = ({ kind, decided }: Request): Guide => [
  ...(decided ? [anew] : []),
  ...(looksAtPerson(kind)
    ? [
        both(
          '調べて分かったことを選ぶと、法律の答えと根拠が出ます。選ぶものがなければ、すぐに出ます。答えを見てから決めるので、選んだだけでは何も決まりません。',
          'Choose what was found out, and the law’s answer appears with its grounds; if there is nothing to choose, it appears at once. You decide after seeing the answer, so choosing alone decides nothing.',
        ),
      ]
    : [
        both(
          '手紙への答えを書きます。だれの情報も見ません。見せてほしい、直してほしいなどの求めだと分かったら、「手紙を受け付ける」でその求めとして受け付け直します。',
          'Write the answer to the letter. Nobody’s information is looked at. If it turns out to ask for disclosure, correction or the like, register it as such under “Register a letter”.',
        ),
      ]),
];

const always: Partial<Record<EventName, Guide>> = {
  'forms-sent': [
    both(
      '送り状と用紙を印刷し、差出人に郵送します。送ったら、その日を記録します。',
      'Print the cover letter and the form and post them to the sender. Then record the day.',
    ),
    both(
      '手紙に記入済みの用紙が入っていたときは、送らずに「ほかの操作」の「書類が届いたら」に進みます。',
      'If the letter already held the form, filled in, send nothing and go to “When the papers come” under “Other actions”.',
    ),
  ],
  acknowledged: [
    both(
      '手紙が届いたことと、いつまでに答えるかを、請求した人に知らせます。受け付けた知らせを印刷して、送るか手渡します。窓口や電話で伝えたときや、メールで返事をしたときは、手紙は要りません。知らせたら、その日を記録します。',
      'Tell the requester that the letter has come and by when we will answer. Print the acknowledgement and post it or hand it over. No letter is needed if you told them at the desk or by telephone, or replied by e-mail. Then record the day.',
    ),
    both(
      '答えか、不足を知らせる手紙を期限までに送れば、この知らせは要りません。',
      'If the answer, or a letter about what is missing, goes out by then, this is not needed.',
    ),
  ],
  addressed: [
    both(
      '本人が返信先を知らせてきたときや、手紙から返信先が分かったときに記録します。終えた相談なら、また進行中に戻ります。その日から、受け付けたことを知らせ、答えを送ります。',
      'Record this when the person gives an address to answer to, or one is found in the letter. A closed question or complaint becomes open again. From that day, acknowledge it and send an answer.',
    ),
    both(
      '別の人が名乗っていないかを、手紙の内容と見比べて確かめます。開示などの請求だったときは、記録した後に「受付の誤りを直す」で種類を直します。',
      'Compare it with the letter, so that nobody else gets the answer. If it was a request for disclosure or the like, correct the kind afterwards under “Correct the registration”.',
    ),
  ],
  'papers-short': [
    both(
      '足りないものを選びます。記録すると手紙ができるので、印刷して送ります。届くまで、この請求は先に進みません。',
      'Choose what is missing. Recording it makes the letter; print it and post it. The request waits until the papers come.',
    ),
  ],
  identified: [
    both(
      '請求した人が本人か、正しい代理人かを、届いた書類で確かめます。確かめ終えるまで、だれの情報も見ません。',
      'Check by the papers that came that the requester is the person or a proper agent. Nobody’s information is looked at until this is done.',
    ),
    both(
      '1つでも確かめられなければ、「不足を知らせる」で書類を頼みます。',
      'If any of it cannot be checked, ask for the paper with “Tell them what is missing”.',
    ),
  ],
  refunded: [
    both(
      '受け取れない手数料や、多すぎた分を、届いたのと同じ方法で返します。手紙を印刷して添え、返したら、その日と額を記録します。',
      'Return money that is not due, or the excess, in the way it came. Print the letter and enclose it; once the money is returned, record the day and the amount.',
    ),
  ],
  'fee-waived': [
    both(
      '届かない手数料や、足りない額を、受け取らずに先へ進むときに記録します。その日から、この請求は先へ進みます。同じ事情の人は、同じように扱います。',
      'Record this to go on without a fee that does not come, or without the rest of it. The request goes on from that day. Treat people in the same situation in the same way.',
    ),
    both(
      'もう手数料を求めていれば、免除したことが答えの手紙に書かれます。先に払ってしまわないように、請求した人に電話などで知らせます。後から届いたお金は返します。',
      'If the person was asked for the fee, the letter with the answer says that it is waived. Tell them now, by telephone or the like, so that they do not pay it. Money that comes later is returned.',
    ),
  ],
  collected: [
    both(
      '特定した本人について、すべての台帳と、提供と受領の記録を調べ、何があるかを集めます。中身はまだ開きません。',
      'Searches every ledger and the records of provision and receipt, and collects what there is about the person. No content is opened yet.',
    ),
    both(
      '違う人を選んだと気づいたら、「ほかの操作」の「どの本人かを特定する」でやり直せます。',
      'If you notice that you chose the wrong person, start again from “Find the person” under “Other actions”.',
    ),
  ],
  notified: [
    both(
      '答えの手紙と、見せるものを印刷して確かめます。そろったら、答えの用意ができたと記録します。そのときの手紙が控えになり、その後は変わりません。',
      'Print the letter with the answer and what is shown, and check them. When everything is complete, record that the answer is ready. The letters go on file as they are then, and no longer change.',
    ),
  ],
  delivered: [
    both(
      '用意した答え（控えと同じもの）を印刷して届けます。届けたら、その日を記録します。',
      'Print the prepared answer (the same as the copy on file) and deliver it. Then record the day.',
    ),
  ],
  undelivered: [
    both(
      '封筒が戻ったとき、届いていないと本人から連絡があったとき、ほかの人に渡ったと分かったときに、すぐ記録します。終えた請求なら、また進行中に戻ります。戻った封筒は開けずに、鍵のかかる所に置きます。',
      'Record this at once when the envelope comes back, when the person says that nothing came, or when you learn that somebody else got it. A closed request becomes open again. Do not open an envelope that came back; lock it away.',
    ),
  ],
  sought: [
    both(
      '届いた書類や台帳にある電話番号、メールアドレス、別の住所に連絡し、答えをどこで受け取れるかを尋ねます。本人だと分かるまで、請求のことも中身も言いません。',
      'Contact the person by the telephone number, the e-mail address or another address in the papers or the ledger, and ask where they can receive the answer. Say nothing of the request or its content until you know that it is the person.',
    ),
    both(
      '手紙かメールなら「連絡のお願い」を使えます。ほかの人が開けても、当社が本人からの連絡を待っていることしか分かりません。番号を言って連絡してきた人にも、本人だと確かめるまで、何も言いません。',
      'For a letter or an e-mail you can use the request to get in touch. If somebody else opens it, all they learn is that the company would like to hear from the person. Say nothing to a caller who quotes its number, either, until you have checked that it is the person.',
    ),
    both(
      `連絡が取れなければ、最後に連絡してみた日から${deskDays.waits}日待ちます。確認コードを持つ本人には、受付状況のページが窓口への連絡を求めています。`,
      `If you do not reach them, wait for ${deskDays.waits} days after the last attempt. The page on the state of the request asks the person, who holds the code, to contact the desk.`,
    ),
  ],
  closed: [
    both(
      `答えが届き、することが残っていなければ終えます。届いた書類や手紙は、終えてから${deskDays.papersMonths}か月で消去されます。`,
      `Close it when the answer has arrived and nothing is left to do. Its papers and letters are erased ${deskDays.papersMonths} months later.`,
    ),
  ],
  extended: [
    both(
      '期限を延ばすには理由が要ります。延ばすと「手紙」に期限を延ばす手紙ができるので、印刷して送ります。',
      'Extending the time needs a reason. The letter about the extension then appears under “Letters”: print it and post it.',
    ),
  ],
  dismissed: [
    both(
      '請求できない人の請求や、求めた書類や手数料が届かない請求を、中身を判断せずに終えます。理由と、改めて請求する方法、苦情の寄せ方を書いた手紙ができるので、次の画面で確かめて送ります。届いた手数料は返します。',
      'This ends a request by somebody who may not make it, or whose papers or fee never came, without judging its content. A letter is made with the reason, how to apply again and how to complain; check it on the next page and post it. A fee that came is returned.',
    ),
    both(
      '送るまでに書類が届いたり、請求できる人だと分かったりしたら、「ほかの操作」から元の手続に戻せます。',
      'If papers come before it is posted, or it turns out that the requester may ask, you can return to the procedure under “Other actions”.',
    ),
  ],
  withdrawn: [
    both(
      '本人か代理人が取り下げたときだけ記録します。元に戻せません。書類が届かないときや、請求できない人だったときは「請求を却下する」で終えます。',
      'Record this only when the person or the agent withdraws the request. It cannot be undone. If papers never come, or the requester may not ask, end it with “Dismiss the request”.',
    ),
  ],
};

const easing = ({ eased, lacks, formsSentOn, papers, identified }: Request): Guide =>
  eased
    ? [
        both('誤って選んだときだけ取り消します。', 'Cancel it only if it was chosen by mistake.'),
        ...(identified === null
          ? [
              both(
                '用紙のある請求では、また用紙を求めることになります。もう要らないと伝えていたら、改めて求めます。',
                'If the request has a form, the form is asked for again. If the person was told that it is not needed, ask for it again.',
              ),
            ]
          : []),
      ]
    : [
        both(
          '通常の書面によることが難しい方だと分かったときに記録します。点字や代筆の手紙、電子メール、電話や窓口での聞き取りなど、その方にできる方法で進め、用紙は求めません。答えも、読める形で渡します。',
          'Record this when you learn that an ordinary letter is difficult for the person. Go on in a way that they can use, such as a letter in Braille or written for them, an e-mail, or their words taken down by telephone or at the desk. No form is asked for. The answer is also given in a form that they can read.',
        ),
        both(
          '難しい理由と、代わる方法は、ここにも、ほかの欄にも書きません。',
          'Do not write why it is difficult, or which way is used, here or in any other field.',
        ),
        ...(lacks.includes('form') || (formsSentOn !== null && papers?.form !== 'right')
          ? [
              both(
                'もう用紙を送ったか、求めています。記録したら、用紙は要らなくなったと、その方に伝わる方法で知らせてください。',
                'The form has already been sent or asked for. Once this is recorded, tell the person, in a way that reaches them, that the form is no longer needed.',
              ),
            ]
          : []),
      ];

const suable: Bilingual = both(
  '延ばしても、本人が訴えを起こせる日は変わりません。',
  'An extension does not change the day from which the person may go to court.',
);

/** For a changed address: the identity check was made with the former one. */
const redirected: Bilingual = both(
  '請求した人は、すでに確かめています。電話やメールで「送り先を変えてほしい」と言われただけでは、宛先を変えません。別の人が受け取ろうとしていることがあります。新しい住所の分かる書類を「不足を知らせる」で求め、確かめ直します。もう書類を求めることができない段階なら、個人情報保護管理者に尋ねます。',
  'The requester has already been checked. Do not change the address just because somebody asks by telephone or e-mail to have it sent elsewhere: somebody else may be trying to get it. Ask for a paper that shows the new address with “Tell them what is missing”, and check again. If that can no longer be asked for at this stage, ask the privacy officer.',
);

/** For an electronic delivery that somebody else fetched, or nobody. */
const linkAstray = ({ delivered }: Request): Bilingual =>
  delivered.length > 0
    ? both(
        '受け取ったのが別の人だったと分かったときに記録します。リンクはすぐに閉じます。答えは届かなかったことになり、ほかの人に渡ったものとして扱います。',
        'Record this when you learn that somebody else fetched it. The link closes at once. The answer counts as not delivered, and is treated as having reached somebody else.',
      )
    : both(
        '受け取られないまま期限が過ぎたときや、本人が受け取れないときに記録します。リンクはすぐに閉じます。答えは届かなかったことになり、郵送するか、電子で送り直せます。',
        'Record this when the time is over and nobody fetched it, or the person cannot fetch it. The link closes at once. The answer counts as not delivered: you can post it, or send it again electronically.',
      );

const byNewLink: Bilingual = both(
  '郵送しても届かないときや、リンクを閉じた後に、同じ答えを新しいリンクとコードで渡します。郵送を選んだ本人には、電子でよいかを確かめます。宛先のアドレスは、本人に確かめたものだけを使います。',
  'When the post did not reach the person, or after a link was closed, this sends the same answer with a new link and code. If the person chose paper, ask whether an electronic answer will do. Use only an e-mail address that was confirmed with the person.',
);

const postedAgain: Bilingual = both(
  '前に送った答えと同じもの（控え）を印刷し、新しい封筒に入れて郵送するか、ほかに選べる方法で届けます。宛先が違っていたときは、先に「ほかの操作」の「受付の誤りを直す」で直すと、手紙の宛先も替わります。メールで送る設定があれば、「ほかの操作」の「電子で送り直す」で、電子でも渡せます。',
  'Print the same answer as before (the copy on file) and post it in a new envelope, or deliver it in another way that can be chosen. If the address was wrong, first correct it with “Correct the registration” under “Other actions”, which also changes the address on the letter. If mail is set up, you can also send it electronically with “Send it again electronically” under “Other actions”.',
);

/** The company decides whether a fee goes back that was paid for what is no longer done; after the end it is too late to record it. */
const feeFirst: Bilingual = both(
  '手数料が届いています。返すときは、取下げを記録する前に「手数料を返す」で記録します。後からは記録できません。',
  'A fee has come. To return it, record that with “Return the fee” before you record the withdrawal. It cannot be recorded afterwards.',
);

/** A decided answer that is not sent may already be printed. */
const unsent: Bilingual = both(
  'まだ送っていない答えは、送りません。印刷した手紙や、宛名を書いた封筒が手元にあれば、裁断します。',
  'Do not send an answer that has not gone out yet. Shred any printed letters and addressed envelopes.',
);

/** A requester for whom an ordinary letter is difficult needs the answer in another way too (37(4)). */
const readable: Bilingual = both(
  '通常の書面によることが難しい方です。電話で読み上げる、大きな文字や点字で送るなど、どの形なら読めるかを本人に確かめ、手紙と合わせて渡します。',
  'An ordinary letter is difficult for this person. Ask them in which form they can read the answer, such as read out by telephone, in large print or in Braille, and give it in that form together with the letter.',
);

/** Asking for identity papers once the requester is identified puts that in doubt. */
const doubting: Bilingual = both(
  '請求した人に疑いが出たとき（書類が別の人のものだった、代理の権限が終わった、未成年だった本人が成年に達したなど）は、「本人確認書類」か「代理人であることを示す書類」を選びます。だれが請求しているかの確認からやり直しになり、集めた結果と判断、まだ送っていない答えは残りません。代理の権限が終わったら、手紙は差出人に送ります。差出人が代理人なら、先に「受付の誤りを直す」で、差出人を本人に直します。',
  'If the requester comes into doubt (the papers were somebody else’s, the agent’s authority has ended, a minor has come of age, or the like), choose the identity paper or the paper that shows the authority. The check of the requester then starts again, and what was collected and judged, and an answer not yet sent, are not kept. If the agent’s authority has ended, send the letter to the sender. If the sender is the agent, first correct the sender to the person under “Correct the registration”.',
);

/** An answer for an agent goes to somebody who must still be the agent then. */
const toAgent = (ended: Bilingual): Bilingual =>
  both(
    `答えは代理人に送られます。代理の権限が続いていることを確かめてから進みます。未成年だった本人が成年（18歳）に達した、親権や後見が終わった、委任が取り消された、本人か代理人が亡くなったと分かったら、${ended.ja}`,
    `The answer goes to the agent. Before you go on, make sure that their authority continues. If you learn that a minor has come of age (18), that custody or guardianship has ended, that the mandate was revoked, or that the person or the agent has died, ${ended.en}`,
  );
const checkedAnew = toAgent(
  both(
    '送らずに、「ほかの操作」の「不足を知らせる」で確認からやり直します。',
    'do not send it, and start again from the check with “Tell them what is missing” under “Other actions”.',
  ),
);
/** When something was carried out or sent already, it is for the officer. */
const toldOfficer = toAgent(
  both('送らずに、個人情報保護管理者に知らせます。', 'do not send it, and tell the privacy officer.'),
);

/** What to consider before something is shown to somebody who acts for the person by law, and not by their will. */
const toRepresentative: Bilingual = both(
  '請求したのは法定代理人です。見せると本人の生命、身体、財産や、ほかの権利や利益を害するおそれがある項目（虐待や暴力がある、避難先の住所が分かるなど）は、開示しません（法33条2項1号）。本人が知られたくないと言っている、父母の意見が分かれているなど、迷うときは、「残りをすべて開示する」を使わずに、個人情報保護管理者に尋ねます。',
  'The requester is a legal representative. Do not disclose an item if showing it may harm the person’s life, body, property or other rights or interests (APPI Art. 33(2)(i)), for example because of abuse or violence, or because it shows where the person has taken refuge. If in doubt, for example because the person does not want it known or the parents disagree, do not use “Disclose all the rest”, and ask the privacy officer.',
);

/** What to consider before something is shown to somebody who says that the person asked them to act. */
const toMandated: Bilingual = both(
  '請求したのは、委任を受けた代理人です。委任状だけでは、本人が頼んだことは分かりません。弁護士などではない人（家族、元の配偶者、交際していた人など）が代理人のときや、委任状に疑いがあるときは、台帳にある連絡先へこちらから連絡し、本人が頼んだことを確かめます。確かめられるまで、何も見せず、本人の住所や連絡先も言いません。',
  'The requester is an agent with a mandate. A power of attorney alone does not show that the person asked for this. If the agent is not a lawyer or the like (a relative, a former spouse or partner, or the like), or the power of attorney is in doubt, contact the person yourself by the contact details in the ledger and confirm that they asked for it. Until that is confirmed, show nothing, and do not reveal the person’s address or contact details.',
);

/** What to consider before something is shown to an agent; null when the person asks. */
export const beforeAgent = ({ identified }: Pick<Request, 'identified'>): Bilingual | null =>
  identified?.requester === 'legal-representative'
    ? toRepresentative
    : identified?.requester === 'mandated-agent'
      ? toMandated
      : null;

/** The steps of a question or complaint without an address to answer to. */
const unreachable: Partial<Record<EventName, Guide>> = {
  decided: [
    both(
      '答えは送れませんが、ほかの相談・苦情と同じように調べ、どう対応するかを決めます（法40条）。',
      'No answer can be sent, but look into it like any other question or complaint and decide what to do about it (APPI Art. 40).',
    ),
  ],
  closed: [
    both(
      `決めた対応を済ませてから終えます。答えを送った記録は残さず、返信先がなかったことを記録します。書類は、終えてから${deskDays.papersMonths}か月で消去されます。`,
      `Close it once what was decided has been done. It is not recorded as answered, but as having no address to answer to. Its papers are erased ${deskDays.papersMonths} months later.`,
    ),
    both(
      'それまでに返信先が分かったら、「返信先が分かったら」で記録し、答えを送ります。',
      'If an address becomes known before then, record it with “When there is an address to answer to”, and send an answer.',
    ),
  ],
  extended: [
    both(
      '期限を延ばすには理由が要ります。返信先がないので、手紙は作りません。',
      'Extending the time needs a reason. There is no address to answer to, so no letter is made.',
    ),
  ],
};

/** For an answer that never arrived. */
const givingUp: Guide = [
  both(
    `連絡を尽くしても本人に届けられないときに終えます。届いていない知らせには効力がないので（民法97条1項）、答えたことにはならず、約束の達成にも数えません。書類は、終えてから${deskDays.papersMonths}か月で消去されます。`,
    `Close it when the answer cannot be brought to the person although you tried to reach them. A notice that has not arrived has no effect (Civil Code Art. 97(1)), so this does not count as answered, nor as the promise kept. Its papers are erased ${deskDays.papersMonths} months later.`,
  ),
  both(
    'それまでに本人と連絡が取れたら、「本人と連絡が取れたら」で記録し、同じ答えを送り直します。',
    'If the person can be reached before then, record it with “When the person can be reached”, and send the same answer again.',
  ),
];

/** For a person who can be reached after all. */
const reachedAgain: Guide = [
  both(
    '本人から連絡があったときや、連絡先が分かったときに記録します。請求はまた進行中に戻り、その日から社内の期限まで数え直します。別の人が名乗っていないかを確かめてから送ります。',
    'Record this when the person contacts you, or you learn how to reach them. The request becomes open again, and our target is counted from that day. Before you send it, make sure that nobody else pretends to be the person.',
  ),
  both(
    '住所が変わっていたら、この後「受付の誤りを直す」で直します。',
    'If the address has changed, correct it afterwards under “Correct the registration”.',
  ),
];

/** The sentences above the form of a step; none when the form says it all. */
export function guideOf(request: Request, event: EventName, today: Day): Guide {
  if (request.unreachable && unreachable[event])
    return [...(event === 'decided' && request.decided ? [anew] : []), ...unreachable[event]];
  if (event === 'closed' && request.toSendAgain) return givingUp;
  if (event === 'addressed' && !request.unreachable) return reachedAgain;
  if (event === 'papers-received') return whenPapersCome(request, today);
  // Whoever was chosen by mistake can no longer be exchanged.
  if (event === 'collected' && request.decided) return [undoing, ...always[event]!.slice(0, 1)];
  if (event === 'carried-out') return carryingOut(request);
  if (event === 'decided') return deciding(request);
  if (event === 'eased') return easing(request);
  if (event === 'extended' && isSuable(request.kind)) return [...always[event]!, suable];
  if (event === 'papers-short' && isFeeOpen(request)) return [...askingFee, doubting];
  if (event === 'papers-short' && request.identified) return [...always[event]!, doubting];
  if (event === 'amended' && request.identified) return [redirected];
  if (event === 'specified' && request.identified?.requester === 'mandated-agent') return [toMandated];
  if (event === 'undelivered' && wentOut(request) === 'electronic') return [linkAstray(request)];
  if (event === 'withdrawn')
    return [...always[event]!, ...(request.decided ? [unsent] : []), ...(feeReturnable(request) > 0 ? [feeFirst] : [])];
  if (event !== 'notified' && event !== 'delivered') return always[event] ?? [];
  const { identified, eased } = request;
  const agent = identified !== null && identified.requester !== 'principal';
  const ended = nextEvents(request).includes('papers-short') ? checkedAnew : toldOfficer;
  const how = request.toSendAgain ? [event === 'notified' ? byNewLink : postedAgain] : always[event]!;
  return [...how, ...(agent ? [ended] : []), ...(eased ? [readable] : [])];
}
