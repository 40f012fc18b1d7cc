// What a decision changes, by name, beside the button that carries it out, so that nobody presses it without having read what goes. No values are
// opened.

import { both, type Lang } from '../../../base/bilingual.ts';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { listed } from '../../../platform/ui/format.ts';
import type { Standing } from '../../checkpoint/index.ts';
import { erasesAll, restrictsUse } from '../facts/effect.ts';
import type { HoldingItems } from '../facts/event.ts';
import type { Request } from '../facts/request.ts';
import { itemText } from './review.tsx';

const words = {
  title: both('実施する内容', 'What is carried out'),
  set: both('直す', 'Set'),
  taken: both('取り除く', 'Taken out'),
  erased: both('消去する', 'Erased'),
  all: both(
    'この人の情報を、すべての台帳から消去します。集めたときにあったもの：',
    'Everything about this person is erased from all holdings. What was there when it was collected:',
  ),
  stopped: both('すべての利用を止める台帳', 'Ledgers in which all use stops'),
  provisions: both('第三者への提供を止める台帳', 'Ledgers from which nothing goes to third parties'),
  purposes: both('止める利用目的', 'Purposes to stop'),
  recipients: both('提供を止める提供先', 'Recipients to stop providing to'),
};

export interface CarryingProps {
  lang: Lang;
  request: Request;
  stands: Standing;
  /** Names of recipients by id. */
  recipients: ReadonlyMap<string, string>;
}

type Row = readonly [string, string];

const nameOf = ({ stands, lang }: CarryingProps, holding: string): string =>
  stands.holdings.get(holding)?.name[lang] ?? holding.slice(-8);

/** Items by their names, in the order of the ledger. */
const itemsOf = ({ stands, lang }: CarryingProps, holding: string, items: readonly string[]): string => {
  const codes = [...(stands.holdings.get(holding)?.labels.keys() ?? [])];
  const sorted = items.toSorted((a, b) => codes.indexOf(a) - codes.indexOf(b));
  return listed(
    sorted.map((item) => itemText(stands, holding, item, lang)),
    lang,
  );
};

const holdingRows = (props: CarryingProps, holdings: readonly HoldingItems[]): Row[] =>
  holdings.map(({ holding, items }) => [nameOf(props, holding), itemsOf(props, holding, items)]);

/** The items that are set or taken out, a row for each holding and way. */
function changeRows(props: CarryingProps): Row[] {
  const { lang, request } = props;
  const taken = words[request.kind === 'erasure' ? 'erased' : 'taken'][lang];
  return (request.decided?.acts?.changes ?? []).flatMap(({ holding, set, taken: out }): Row[] => {
    const row = (what: string, items: readonly string[]): Row[] =>
      items.length === 0
        ? []
        : [[nameOf(props, holding), `${what}${lang === 'ja' ? '：' : ': '}${itemsOf(props, holding, items)}`]];
    return [...row(words.set[lang], set), ...row(taken, out)];
  });
}

function stopRows(props: CarryingProps): Row[] {
  const { lang, request, stands, recipients } = props;
  const { kind, decided, collected } = request;
  const part = decided?.result === 'partly';
  const { purposes = [], recipients: told = [] } = decided?.acts ?? {};
  if (kind === 'stop-use' && part)
    return [
      [
        words.purposes[lang],
        listed(
          purposes.map((id) => stands.purposes.get(id)?.says?.[lang] ?? id),
          lang,
        ),
      ],
    ];
  if (kind === 'stop-provision' && part)
    return [
      [
        words.recipients[lang],
        listed(
          told.map((id) => recipients.get(id) ?? id.slice(-8)),
          lang,
        ),
      ],
    ];
  const holdings = (collected?.holdings ?? []).map(({ holding }) => nameOf(props, holding));
  const what = kind === 'stop-provision' ? words.provisions : words.stopped;
  return holdings.length === 0 ? [] : [[what[lang], listed(holdings, lang)]];
}

function rowsOf(props: CarryingProps): Row[] {
  const { request } = props;
  const { kind, decided, collected } = request;
  // Another measure stops nothing, except when a law requires the data to be kept: then every other use stops.
  if (decided?.result === 'otherwise') return restrictsUse(decided) ? stopRows(props) : [];
  if (decided?.result === 'partly' && !decided.acts) return [];
  if (erasesAll(request)) return holdingRows(props, collected?.holdings ?? []);
  if (kind === 'stop-use' || kind === 'stop-provision') return stopRows(props);
  return [...changeRows(props), ...(restrictsUse(decided) ? stopRows(props) : [])];
}

/** The text beside the button; null for a decision made before this was kept with it, and for one that changes nothing. */
export const Carrying = (props: CarryingProps) => {
  const { lang, request } = props;
  const rows = rowsOf(props);
  if (rows.length === 0) return null;
  return (
    <section class="mb-5" aria-labelledby="carrying-h">
      <h3 class="text-std-16B-170 mb-2" id="carrying-h">
        {words.title[lang]}
      </h3>
      {erasesAll(request) && <p class="mb-2">{words.all[lang]}</p>}
      <Dl items={rows} />
    </section>
  );
};
