// A disclosure item by item: what was found where, what is decided about it, and the form of the item being decided.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import type { FieldProblem } from '../../../base/outcome.ts';
import type { Form } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Chip, type ChipKind } from '../../../platform/ui/chip.tsx';
import { fieldFor, PostForm, Radios, TextArea } from '../../../platform/ui/form.tsx';
import { listed, number } from '../../../platform/ui/format.ts';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { listPageOf, None, Pager, rowsOn, Table } from '../../../platform/ui/table.tsx';
import type { Standing } from '../../checkpoint/index.ts';
import type { ReviewAsk } from '../actions/collect.ts';
import type { Looked } from '../actions/look.ts';
import { decisions, withholdingGrounds, type ItemDecision, type Review } from '../facts/event.ts';
import { inHolding } from '../facts/place.ts';
import type { Request } from '../facts/request.ts';
import { sameItem, unreviewed } from '../facts/review.ts';
import type { Since } from '../facts/since.ts';
import { decisionWords, groundWords } from '../words.ts';
import type { Sent } from './form.tsx';
import { beforeAgent } from './guide.tsx';
import { Look } from './look.tsx';
import { chooseOne, PATH } from './sheet.tsx';

const words = {
  title: both('項目ごとの判断', 'Item by item'),
  list: both('項目の一覧', 'List of items'),
  now: both('いまの段階', 'Current step'),
  item: both('項目', 'Item'),
  holding: both('見つかった台帳', 'Found in'),
  decision: both('判断', 'Decision'),
  ground: both('理由', 'Ground'),
  act: both('操作', 'Action'),
  change: both('変える', 'Change'),
  decide: both('決める', 'Decide'),
  undecided: both('未定', 'Not decided'),
  noGround: both('なし（すべて見せるとき）', 'None: all of it is shown'),
  changed: both('判断の後に変わった', 'Changed since'),
  besides: (n: number) => both(`ほか${number(n)}項目`, `${number(n)} more`),
  changedTitle: (items: string) =>
    both(`判断した後に、内容が変わりました：${items}`, `Changed since it was judged: ${items}`),
  changedSays: both(
    '変わった項目は、このままでは開示されません。中身を開いて、いまの内容を見て、「変える」で判断し直してください。ほかの項目の判断はそのままです。',
    'Changed items are not disclosed as they are. Open the content, look at what it says now, and decide again with “Change”. The decisions on the other items stand.',
  ),
  changedDecided: both('判断し直した後に、請求の決定もやり直します。', 'After that, decide the request again as well.'),
  save: both('この判断にする', 'Make this decision'),
  rest: both('残りをすべて開示する', 'Disclose all the rest'),
  restSays: both(
    '原則は開示です。見せられない理由があるものだけを「決める」で選び、残りはまとめて「開示する」と決められます。',
    'Disclosure is the rule. Choose “Decide” only for items that there is a ground to withhold; you can then disclose all the rest in one go.',
  ),
  back: both('やめる', 'Cancel'),
};

export const reviewLabels = {
  decision: both('判断', 'Decision'),
  ground: both('法律の理由', 'Ground of the law'),
  reason: both('本人に伝える理由', 'Reason to tell the person'),
  redacted: both('伏せた後の内容', 'What is shown instead'),
} satisfies Record<string, Bilingual>;

const hints = {
  ground: both('開示しないとき、一部を伏せるときだけ選びます', 'Choose one only to withhold or redact'),
  reason: both(
    '通知に書く理由です。封をして残します。開示しないとき、一部を伏せるときに書きます。',
    'This goes into the notice and is kept sealed. Write it to withhold or redact.',
  ),
  redacted: both(
    '本人に見せる文そのものを書きます。伏せるところは ■ で置き換えます。',
    'Write the exact text that the person will see. Replace the redacted parts with ■.',
  ),
};

const look: Record<ItemDecision, ChipKind> = { disclose: 'good', redact: 'warn', withhold: 'bad', absent: 'done' };

export interface ReviewProps {
  lang: Lang;
  csrf: string;
  id: string;
  request: Request;
  /** What has changed since it was judged. */
  changed: Since['changed'];
  stands: Standing;
  sent: Sent | null;
  /** `holding/item` of the one being decided; empty for none. */
  item: string;
  /** What was opened to be judged. */
  looked: Looked | null;
  /** Which page of the items an address asks for. */
  page: string | undefined;
  /** Hidden fields of a step. */
  step: Record<string, string>;
  mayWrite: boolean;
}

interface Line {
  holding: string;
  item: string;
  review: Review | undefined;
  changed: boolean;
}

/** The items in the order of the ledger. */
const linesOf = ({ request: { collected, reviews }, stands, changed }: ReviewProps): Line[] =>
  (collected?.holdings ?? []).flatMap(({ holding, items }) => {
    const codes = [...(stands.holdings.get(holding)?.labels.keys() ?? [])];
    return items
      .toSorted((a, b) => codes.indexOf(a) - codes.indexOf(b))
      .map((item) => ({
        holding,
        item,
        review: reviews.find((one) => sameItem(one, { holding, item })),
        changed: changed.some((one) => sameItem(one, { holding, item })),
      }));
  });

const holdingText = ({ stands, lang }: ReviewProps, holding: string): string =>
  stands.holdings.get(holding)?.name[lang] ?? holding.slice(-8);

export const itemText = (stands: Standing, holding: string, item: string, lang: Lang): string =>
  stands.holdings.get(holding)?.labels.get(item)?.[lang] ?? item;

const keyOf = ({ holding, item }: Line): string => `${holding}/${item}`;

/** Whether an item may be decided about: until the request is decided; an item changed since, until the person is told. */
const mayDecide = ({ request, mayWrite }: ReviewProps, { changed }: Line): boolean =>
  mayWrite && request.closedOn === null && request.notified === null && (request.decided === null || changed);

const ItemForm = (props: ReviewProps & { line: Line }) => {
  const { lang, csrf, id, sent, step, stands, line, looked } = props;
  const mine = sent?.event === 'reviewed' ? sent : null;
  const at = fieldFor(lang, reviewLabels, mine?.problems ?? []);
  const value = (name: string, first = ''): string => mine?.form.text(name) ?? first;
  const name = itemText(stands, line.holding, line.item, lang);
  const here = line.holding === looked?.holding ? looked : null;
  const opened = value('opened', here?.values[line.item] ?? '');
  const version = value('version', here ? String(here.version) : '');
  return (
    <div class="panel-body">
      <h3 class="text-std-16B-170 mb-3" id="item">
        {lang === 'ja' ? `「${name}」をどうするか` : `What to do with “${name}”`}
      </h3>
      <PostForm
        action={`${PATH}/${id}/reviewed`}
        csrf={csrf}
        values={{ ...step, holding: line.holding, item: line.item, opened, version }}
        whole
      >
        <Radios
          {...at('decision')}
          need="required"
          value={value('decision', line.review?.decision ?? '')}
          options={decisions.map((one) => ({
            value: one,
            label: decisionWords[one].name,
            note: decisionWords[one].note,
          }))}
        />
        <Radios
          {...at('ground')}
          hint={hints.ground[lang]}
          value={value('ground', line.review?.ground ?? '')}
          options={[
            { value: '', label: words.noGround },
            ...withholdingGrounds.map((one) => ({
              value: one,
              label: groundWords[one].name,
              note: groundWords[one].note,
            })),
          ]}
        />
        <TextArea {...at('reason')} hint={hints.reason[lang]} value={value('reason')} rows={2} maxlength={2000} />
        <TextArea
          {...at('redacted')}
          hint={hints.redacted[lang]}
          value={value('redacted', opened)}
          rows={3}
          maxlength={20000}
        />
        <Buttons>
          <Button>{words.save[lang]}</Button>
          <LinkButton kind="text" href={`${PATH}/${id}`}>
            {words.back[lang]}
          </LinkButton>
        </Buttons>
      </PostForm>
    </div>
  );
};

const GroundCell = ({ lang, review }: { lang: Lang; review: Review | undefined }) =>
  review?.ground ? <>{groundWords[review.ground].name[lang]}</> : <None lang={lang} />;

const Items = (props: ReviewProps & { lines: readonly Line[] }) => {
  const { lang, id, stands, lines } = props;
  const open = lines.some((line) => mayDecide(props, line));
  return (
    <Table
      lang={lang}
      caption={words.list}
      stack
      columns={[
        { key: 'item', head: words.item, rowHead: true },
        { key: 'holding', head: words.holding },
        { key: 'decision', head: words.decision, nowrap: true },
        { key: 'ground', head: words.ground },
        ...(open ? [{ key: 'act', head: words.act, quiet: true, nowrap: true }] : []),
      ]}
      rows={lines.map((line) => {
        const name = itemText(stands, line.holding, line.item, lang);
        const { review } = line;
        return {
          selected: keyOf(line) === props.item,
          cells: {
            item: name,
            holding: <a href={`/ledger/${inHolding(line.holding).holding}`}>{holdingText(props, line.holding)}</a>,
            decision: (
              <span class="flex flex-wrap gap-1">
                {review ? (
                  <Chip kind={look[review.decision]}>{decisionWords[review.decision].name[lang]}</Chip>
                ) : (
                  <Chip kind="wait">{words.undecided[lang]}</Chip>
                )}
                {line.changed && <Chip kind="warn">{words.changed[lang]}</Chip>}
              </span>
            ),
            ground: <GroundCell lang={lang} review={review} />,
            act: mayDecide(props, line) && (
              <a href={`${PATH}/${id}?item=${encodeURIComponent(keyOf(line))}#item`} data-turbo="false">
                {words[review ? 'change' : 'decide'][lang]}
                <span class="sr-only">{lang === 'ja' ? `：${name}` : `: ${name}`}</span>
              </a>
            ),
          },
        };
      })}
    />
  );
};

/** The most items named in one sentence. */
const MOST_NAMED = 10;

/** The notice that something has changed since it was judged, and what to do about it. */
const Changed = ({ lang, request, stands, lines }: ReviewProps & { lines: readonly Line[] }) => {
  const changed = lines.filter((line) => line.changed);
  if (changed.length === 0) return null;
  const left = changed.length - MOST_NAMED;
  const names = listed(
    [
      ...changed.slice(0, MOST_NAMED).map(({ holding, item }) => itemText(stands, holding, item, lang)),
      ...(left > 0 ? [words.besides(left)[lang]] : []),
    ],
    lang,
  );
  return (
    <div class="panel-body">
      <Banner kind="warn" icon="warn" level={3} title={words.changedTitle(names)[lang]}>
        <p>{words.changedSays[lang]}</p>
        {request.decided && <p>{words.changedDecided[lang]}</p>}
      </Banner>
    </div>
  );
};

export const ReviewPanel = (props: ReviewProps) => {
  const { lang, csrf, id, request, step, item, mayWrite } = props;
  const lines = linesOf(props);
  if (lines.length === 0) return null;
  const open = unreviewed(request).length;
  const done = lines.filter(({ review, changed }) => review && !changed).length;
  const waits = done < lines.length;
  const agent = beforeAgent(request);
  const chosen = lines.find((line) => keyOf(line) === item && mayDecide(props, line));
  const page = listPageOf(props.page, lines.length);
  // In a list of several pages, what waits comes first, so that whoever has decided about one item finds the next in the same place.
  const waiting = (line: Line): boolean => !line.review || line.changed;
  const shown = rowsOn(
    page,
    page.of > 1 ? [...lines.filter(waiting), ...lines.filter((line) => !waiting(line))] : lines,
  );
  return (
    <Panel
      title={words.title[lang]}
      id="review"
      pad="bare"
      mark={waits ? <Chip kind="now">{words.now[lang]}</Chip> : undefined}
      sub={lang === 'ja' ? `${lines.length}項目のうち${done}項目が決定` : `${done} of ${lines.length} decided`}
    >
      <Changed {...props} lines={lines} />
      {waits && agent && (
        <div class="panel-body">
          <Note>{agent[lang]}</Note>
        </div>
      )}
      <Items {...props} lines={shown} />
      {page.of > 1 && (
        <div class="panel-body">
          <Pager lang={lang} page={page} href={`${PATH}/${id}`} />
        </div>
      )}
      {lines.some((line) => mayDecide(props, line)) && (
        <div class="panel-body">
          <Look {...props} shown={new Set([...shown, ...(chosen ? [chosen] : [])].map(({ holding }) => holding))} />
        </div>
      )}
      {chosen && <ItemForm {...props} line={chosen} />}
      {!chosen && open > 0 && mayWrite && (
        <div class="panel-body">
          <p class="small muted mb-3">{words.restSays[lang]}</p>
          <PostForm id="rest" action={`${PATH}/${id}/reviewed`} csrf={csrf} values={{ ...step, rest: 'yes' }} />
          <Buttons>
            <Button form="rest">{words.rest[lang]}</Button>
          </Buttons>
        </div>
      )}
    </Panel>
  );
};

/** A text without its spaces and line breaks. */
const bare = (text: string): string => text.replaceAll(/\s/g, '');

export function readReview(form: Form): ReviewAsk | FieldProblem[] {
  const decision = decisions.find((one) => one === form.text('decision'));
  if (!decision) return [{ field: 'decision', says: chooseOne }];
  const redacted = form.text('redacted').trim();
  const version = Number(/^\d{1,9}$/.exec(form.text('version'))?.[0]);
  return {
    holding: form.text('holding'),
    item: form.text('item'),
    decision,
    ground: withholdingGrounds.find((one) => one === form.text('ground')) ?? null,
    reason: form.text('reason').trim(),
    // The text that was opened to be covered is in the field from the start; while nobody has covered anything, it counts as empty.
    redacted: bare(redacted) === bare(form.text('opened')) ? '' : redacted,
    ...(version ? { version } : {}),
  };
}
