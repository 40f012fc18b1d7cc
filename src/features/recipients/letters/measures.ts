// What a person is told on request about a transfer on an equivalent-action system: the seven items of Rules 18(3), from the contract or
// certificate, the checks and the report on the country. What the register does not know is named as lacking, never left blank.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { inForce, parameters } from '../../../law/index.ts';
import { countryName, writtenDay } from '../../../platform/ui/format.ts';
import type { Dossier } from '../actions/read.ts';
import {
  checksThere,
  lastCheck,
  type MeasuresAnswer,
  type MeasuresItem,
  standingAssurance,
} from '../facts/standing.ts';
import type { Assurance, Check, CountryReport, Terms } from '../facts/register.ts';
import { basisWords, schemeWords } from '../words.ts';

type System = Assurance & { terms: Extract<Terms, { kind: 'equivalent-system' }> };

interface Known {
  system: System | undefined;
  check: Check | undefined;
  report: CountryReport | null;
  country: string;
}

type Told = { says: Bilingual } | { lacks: Bilingual };

const days = (day: Day): Bilingual => both(writtenDay(day, 'ja'), writtenDay(day, 'en'));

/** Free text, written in one language; both answers show it as written. */
const asWritten = (text: string): Bilingual => both(text, text);

const lacks = (ja: string, en: string): Told => ({ lacks: both(ja, en) });
const noSystem = lacks(
  '有効な契約、規程、認証の記録がありません。提供の根拠に加えてください。',
  'No contract, rules or certificate in force is on record. Add one as a basis for provisions.',
);
const noCheck = lacks('確認の記録がありません。確認を記録してください。', 'No check is on record. Record one.');

function howSetUp({ system }: Known): Told {
  if (!system) return noSystem;
  const { by, scheme } = system.terms;
  const basis = scheme ? schemeWords[scheme] : basisWords[by];
  const from = days(system.from);
  const until = system.until && days(system.until);
  return {
    says: both(
      `${basis.ja}（${system.reference}）による。${from.ja}から${until ? `${until.ja}まで` : ''}。`,
      `By ${scheme ? `a certificate of ${basis.en}` : basis.en.toLowerCase()} (${system.reference}), from ${from.en}${until ? ` until ${until.en}` : ''}.`,
    ),
  };
}

function measures({ system }: Known): Told {
  if (!system) return noSystem;
  return system.terms.measures === null
    ? lacks(
        '相手がとる措置の概要が書かれていません。根拠を書き直してください。',
        'The outline of the measures is not on record. Record the basis again with it.',
      )
    : { says: asWritten(system.terms.measures) };
}

function frequencyAndMethod({ system, check }: Known): Told {
  if (!system) return noSystem;
  const { checkMonths, checkMethod } = system.terms;
  const method = checkMethod ?? check?.method;
  if (method === undefined)
    return lacks(
      '確認の方法が書かれていません。根拠か確認の記録に書いてください。',
      'The method of the check is not on record. Write it in the basis or in a check.',
    );
  const last = check && days(check.on);
  return {
    says: both(
      `${checkMonths}か月に1回以上。方法：${method}${last ? `　最後の確認：${last.ja}` : ''}`,
      `At least every ${checkMonths} months. Method: ${method}${last ? ` Last check: ${last.en}` : ''}`,
    ),
  };
}

function foreignSystems({ report, check }: Known): Told {
  const found = [report?.graveSystems, check?.foreignSystem].filter((text) => text !== null && text !== undefined);
  if (found.length > 0) return { says: asWritten(found.join('\n')) };
  if (!report && !check)
    return lacks(
      'その国の調査も確認も、記録がありません。外国の制度を調べて記録してください。',
      'Neither a report on the country nor a check is on record. Examine its system and record it.',
    );
  return { says: both('影響しうる制度は見当たりません。', 'No system that may affect the measures was found.') };
}

const none = both('ありません。', 'None.');

const fromCheck = ({ check }: Known, text: (check: Check) => string | null): Told => {
  if (!check) return noCheck;
  const said = text(check);
  return { says: said === null ? none : asWritten(said) };
};

const tellers: Readonly<Record<string, (known: Known) => Told>> = {
  'how-set-up': howSetUp,
  measures,
  'check-frequency-and-method': frequencyAndMethod,
  country: ({ country }) => ({ says: both(countryName(country, 'ja'), countryName(country, 'en')) }),
  'foreign-systems': foreignSystems,
  trouble: (known) => fromCheck(known, ({ trouble }) => trouble),
  remedy: (known) => fromCheck(known, ({ remedy }) => remedy),
};

/** The answer on a day. It has no items where the list of the Rules is not known to be in force. */
export function measuresAnswer({ recipient, versions, assurances, checks, report }: Dossier, on: Day): MeasuresAnswer {
  const known: Known = {
    system: standingAssurance(assurances, 'equivalent-system', on),
    check: lastCheck(checksThere(versions, checks), on),
    report,
    country: recipient.country,
  };
  const items = (inForce(parameters.onRequestItems, on) ?? []).map((item): MeasuresItem => {
    const told = tellers[item]!(known);
    return { item, says: 'says' in told ? told.says : null, lacks: 'lacks' in told ? told.lacks : null };
  });
  return {
    recipient: { id: recipient.id, name: recipient.name, country: recipient.country },
    on,
    owed: assurances.some(({ terms }) => terms.kind === 'equivalent-system'),
    items,
  };
}
