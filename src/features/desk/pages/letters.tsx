// The letters and forms that go with a step, to be printed.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import type { Case } from '../actions/cases.ts';
import { lettersFor, lettersOf, type LetterName } from '../actions/letters.ts';
import { recipientsTold } from '../actions/told.ts';
import type { EventName } from '../facts.ts';
import { PATH } from './sheet.tsx';

const names: Record<LetterName, Bilingual> = {
  cover: both('送り状', 'Cover letter'),
  form: both('用紙', 'Form'),
  acknowledgement: both('受け付けた知らせ', 'Letter that we have theirs'),
  lacks: both('不足の手紙', 'Letter about what is missing'),
  receipt: both('手数料の受領証', 'Receipt for the fee'),
  refund: both('手数料を返す手紙', 'Letter with the fee returned'),
  extension: both('期限を延ばす手紙', 'Letter about the extension'),
  notice: both('決定の通知', 'Notice of the decision'),
  disclosed: both('開示する情報', 'What is disclosed'),
  answer: both('答えの手紙', 'Letter with the answer'),
  code: both('受け取り用コードの手紙', 'Letter with the code'),
  labels: both('宛名', 'Address label'),
};

const corrected = both('提供先への訂正の手紙', 'Letter to a recipient on the correction');

const hrefOf = (id: string, name: LetterName | `corrected-${string}`): string => `${PATH}/${id}/letters/${name}.pdf`;

/** Where each letter to somebody who was told of a correction is, by what it is called. */
const toRecipients = ({ row, papers }: Case, lang: Lang): (readonly [href: string, text: string])[] =>
  recipientsTold(papers.filter(({ gone_at }) => gone_at === null)).map((recipient, i, all) => [
    hrefOf(row.id, `corrected-${recipient}`),
    corrected[lang] + (all.length > 1 ? ` ${i + 1}` : ''),
  ]);

/** Every letter that can be printed as the request stands, as a list beside the case. */
export const LetterLinks = ({ lang, known }: { lang: Lang; known: Case }) => {
  const links = [
    ...lettersOf(known.request).map((name) => [hrefOf(known.row.id, name), names[name][lang]] as const),
    ...toRecipients(known, lang),
  ];
  return (
    <ul class="small grid gap-2">
      {links.map(([href, text]) => (
        <li>
          <a href={href} download data-turbo="false">
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
};

/** Files to print before a step is recorded; nothing where there are none. */
export const Letters = ({ lang, known, event }: { lang: Lang; known: Case; event: EventName }) => {
  const letters = [
    ...lettersFor(known.request, event).map((name) => [hrefOf(known.row.id, name), names[name][lang]] as const),
    ...(event === 'notified' ? toRecipients(known, lang) : []),
  ];
  if (letters.length === 0) return null;
  return (
    <div class="btns mb-5">
      {letters.map(([href, text]) => (
        <LinkButton kind="second" small icon="download" download href={href}>
          {text + (lang === 'ja' ? '（PDF）' : ' (PDF)')}
        </LinkButton>
      ))}
    </div>
  );
};
