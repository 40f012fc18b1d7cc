// May I give this to somebody? (APPI 19, 27, 28, 29)

import { both } from '../../../base/bilingual.ts';
import { decideProvision, type ProvisionFacts, provisionContradictions } from '../../../law/index.ts';
import {
  choice,
  clause,
  country,
  dayOrNone,
  aDay,
  exists,
  items,
  purposeId,
  purposes,
  question,
  several,
  yesNo,
} from '../facts.ts';
import {
  consent,
  consentJudgement,
  exception,
  exemption,
  information,
  party,
  processed,
  provisionItems,
  record,
  secrecy,
  secrecyJudgement,
} from './parts.ts';
import { anonymous, entrustment, equivalentSystem, jointUse, link, relation, succession } from './provision-parts.ts';

const told = {
  told: both('伝えた', 'Told'),
  'unknown-told': both('分からないことと、その理由を伝えた', 'Told that it is unknown, and why'),
  'not-told': both('伝えていない', 'Not told'),
};

export const provide = question<ProvisionFacts>({
  id: 'provide',
  group: 'give',
  title: both('名簿やデータを、だれかに渡したい', 'I want to give a list or data to somebody'),
  when: both(
    'セミナーの共催者、取引先、委託先、グループ会社、役所など、社外の相手に個人情報を渡す前に',
    'Before personal information goes to a seminar partner, a customer, a contractor, a group company, an authority or anybody else',
  ),
  answers: { yes: both('渡してよい', 'it may be handed over'), no: both('渡せません', 'it may not be handed over') },
  decide: decideProvision,
  contradictions: provisionContradictions,
  fields: {
    relation,
    recipient: party(both('渡す相手', 'the recipient'), 'first'),
    information,
    items: items('渡す項目', 'What is handed over', { ask: 'first' }),
    purpose: purposeId('何のために渡しますか', 'What is it handed over for?', { ask: 'first' }),
    holdingPurposes: purposes('何のために集めた情報ですか', 'What was it collected for?', {
      standing: 'holdingPurposes',
    }),
    consent,
    exception: exception(provisionItems),
    entrustment,
    succession,
    jointUse,
    optOut: exists(
      'オプトアウト（求めがあれば止める形での提供）ですか',
      'Is it by opt-out, so that it stops only on request?',
      {
        announcedOn: dayOrNone('オプトアウトについて、いつから知らせていますか', 'Since when has it been made known?'),
        listed: several('知らせている事項', 'What has been made known', {
          provider: both('当社の名称など', 'Our name and particulars'),
          'provision-is-purpose': both(
            '第三者への提供を目的とすること',
            'That provision to third parties is a purpose',
          ),
          items: both('提供する項目', 'The items'),
          'how-acquired': both('取得の方法', 'How they were acquired'),
          method: both('提供の方法', 'How they are provided'),
          'stops-on-request': both('求めに応じて止めること', 'That it stops on request'),
          'how-to-request': both('求めを受け付ける方法', 'How to ask for that'),
          'update-and-start': both('更新の方法と開始の日', 'How data is updated, and the start'),
        }),
        coversItems: yesNo(
          '今回渡す項目はすべて、知らせて届け出た項目に含まれますか',
          'Are all items handed over among those that were made known and filed?',
        ),
        filedOn: dayOrNone('個人情報保護委員会に届け出た日', 'Day it was filed with the Commission'),
        stopsOnRequest: yesNo('本人が求めたら止めますか', 'Does it stop when the person asks?'),
        acquiredUnlawfully: yesNo('不正に集められた情報ですか', 'Was it acquired unlawfully?'),
        receivedByOptOut: yesNo('オプトアウトで受け取った情報ですか', 'Was it itself received by opt-out?'),
        objected: yesNo('本人が止めるよう求めていますか', 'Has the person asked that it stop?'),
      },
      { ask: 'if-known', options: { yes: both('はい', 'Yes'), no: both('いいえ', 'No') } },
    ),
    cloud: exists(
      '中身を扱わないクラウドに預けるだけですか',
      'Is it only stored with a cloud that does not handle the content?',
      {
        contractExcludesHandling: yesNo(
          '契約に、中身を扱わないと書いてありますか',
          'Does the contract say that it does not handle the content?',
        ),
        accessControlled: yesNo(
          '相手が見られないように制御していますか',
          'Does access control keep them from seeing it?',
        ),
        serverCountry: country('サーバーのある国', 'Country of the servers'),
      },
      { ask: 'if-known' },
    ),
    equivalentSystem,
    foreignInformation: exists(
      '同意の前に、外国に渡すことについて本人に伝えましたか',
      'Before consenting, was the person told about the provision to a foreign country?',
      {
        on: aDay('伝えた日', 'Day it was told'),
        country: choice('国の名前', 'The country', told),
        system: choice('その国の制度', 'Its system', told),
        measures: choice('相手がとる保護の措置', 'What the recipient does to protect it', told),
      },
      { options: { yes: both('伝えた', 'Told'), no: both('何も伝えていない', 'Nothing was told') } },
    ),
    record,
    exemption,
    improper: yesNo('違法や不当な行為を助長するおそれがありますか', 'Might it further unlawful or unjust acts?', {
      ask: 'if-known',
    }),
    ...processed,
    link,
    anonymous,
    secrecy,
    policy: {
      optOutClosedBy: clause('オプトアウトをしないと約束する条項', 'Clause that rules out opt-out', 'optOutClosedBy'),
    },
  },
  judgements: {
    pseudonymousAbroad: both(
      '外国にある相手に仮名加工情報を渡してよいか',
      'Whether pseudonymously processed information may go to this recipient abroad',
    ),
    timeToObject: both(
      'オプトアウトを知らせてから渡すまでに、本人が停止を求めるのに必要な期間があったか',
      'Whether the persons had enough time between the notice of the opt-out and the provision to ask that it stop',
    ),
    ...secrecyJudgement,
    ...consentJudgement,
  },
});
