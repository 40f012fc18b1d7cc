// The other open requests of the same person: what each is, how far it is, and what it loses when another is carried out before it is answered.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { fieldFor, TextArea } from '../../../platform/ui/form.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import type { Other } from '../actions/others.ts';
import type { Kind } from '../facts/kind.ts';
import type { Left } from '../facts/others.ts';
import { numberOf } from '../facts/request.ts';
import type { RequestRow } from '../tables.ts';
import { kindWords } from '../words.ts';
import { PATH, StageChip } from './sheet.tsx';
import type { Sent } from './form.tsx';

const words = {
  title: both('同じ本人の、進行中のほかの請求', 'Other open requests of the same person'),
  first: both(
    'どちらを先にするかを、法律は定めていません（どれにも「遅滞なく」答えます）。ほかの請求に先に答えてから実施します。答える前に実施するかどうかは、個人情報保護管理者が理由を書いて決めます。',
    'The law does not say which comes first: each must be answered without delay. Either answer the other request before carrying this one out, or the privacy officer decides, with a written reason, to carry this one out first.',
  ),
  later: both(
    'どちらを先にするかを、法律は定めていません（どれにも「遅滞なく」答えます）。この請求に答えるまで、その請求は、個人情報保護管理者が理由を書いて決めたときだけ実施できます。',
    'The law does not say which comes first: each must be answered without delay. Until this one is answered, the other can be carried out only if the privacy officer so decides, with a written reason.',
  ),
  hint: both(
    '本人に確かめたことなど。封をしてこの請求の書類に残し、手紙には載せません。どの請求より先にしたかは、記録に残ります。',
    'Such as what was confirmed with the person. It is kept sealed with the papers of this request and does not go into letters. Which requests this one went before is on record.',
  ),
};

export const otherLabels = { ahead: both('先に実施する理由', 'Why this is carried out first') };

/** What a request of a kind loses. */
function lostWords(kind: Kind, left: Left): Bilingual {
  if (left === 'other') return both('開示する内容が変わります', 'the content to be disclosed will change');
  if (kind === 'correction')
    return both('消去したものは、もう訂正できません', 'what is erased can no longer be corrected');
  if (kind === 'purpose-notice')
    return both(
      '消去したものの利用目的は、もう通知できません',
      'the purposes of what is erased can no longer be notified',
    );
  return both('消去したものは、もう開示できません', 'what is erased can no longer be disclosed');
}

/** What one of two requests loses when the other is carried out first; null when neither loses anything. */
function meetingWords({ row, takes, loses }: Other, kind: Kind): Bilingual | null {
  if (takes) {
    const lost = lostWords(row.kind, takes);
    return both(`この請求を先に実施すると、${lost.ja}。`, `If this request is carried out first, ${lost.en}.`);
  }
  if (!loses) return null;
  const lost = lostWords(kind, loses);
  return both(`その請求を先に実施すると、${lost.ja}。`, `If that request is carried out first, ${lost.en}.`);
}

/** A request by its number and kind. */
export const RequestLink = ({
  lang,
  row,
}: {
  lang: Lang;
  row: Pick<RequestRow, 'id' | 'year' | 'serial' | 'kind'>;
}) => (
  <a href={`${PATH}/${row.id}`}>
    <span class="num">{numberOf(row)}</span> {kindWords[row.kind].name[lang]}
  </a>
);

export const Others = ({ lang, kind, others }: { lang: Lang; kind: Kind; others: readonly Other[] }) => {
  if (others.length === 0) return null;
  const order = others.some(({ takes }) => takes)
    ? words.first
    : others.some(({ loses }) => loses)
      ? words.later
      : null;
  return (
    <Panel title={words.title[lang]} id="others">
      <ul class="grid gap-3">
        {others.map((other) => (
          <li>
            <RequestLink lang={lang} row={other.row} /> <StageChip lang={lang} stage={other.row.stage} />
            {meetingWords(other, kind) && <p class="mt-1">{meetingWords(other, kind)![lang]}</p>}
          </li>
        ))}
      </ul>
      {order && <p class="small muted mt-4">{order[lang]}</p>}
    </Panel>
  );
};

/** The field for why this request is carried out before those that lose something by it. */
export const Ahead = ({ lang, sent }: { lang: Lang; sent: Sent | null }) => {
  const mine = sent?.event === 'carried-out' ? sent : null;
  return (
    <TextArea
      {...fieldFor(lang, otherLabels, mine?.problems ?? [])('ahead')}
      need="required"
      hint={words.hint[lang]}
      value={mine?.form.text('ahead') ?? ''}
      rows={3}
      maxlength={2000}
    />
  );
};
