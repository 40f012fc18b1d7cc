// The letters and forms that go with a step, to be printed.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import type { LetterName } from '../actions/letters.ts';
import { lettersFor } from '../actions/letters.ts';
import type { EventName, Request } from '../facts.ts';
import { PATH } from './sheet.tsx';

const names: Record<LetterName, Bilingual> = {
  cover: both('送り状', 'Cover letter'),
  form: both('用紙', 'Form'),
  lacks: both('不足の手紙', 'Letter about what is missing'),
  receipt: both('手数料の受領証', 'Receipt for the fee'),
  extension: both('期限を延ばす手紙', 'Letter about the extension'),
  notice: both('決定の通知', 'Notice of the decision'),
  disclosed: both('開示する情報', 'What is disclosed'),
  answer: both('答えの手紙', 'Letter with the answer'),
  labels: both('宛名', 'Address label'),
};

/** Files to print before a step is recorded; nothing where there are none. */
export const Letters = ({
  lang,
  id,
  request,
  event,
}: {
  lang: Lang;
  id: string;
  request: Request;
  event: EventName;
}) => {
  const letters = lettersFor(request, event);
  if (letters.length === 0) return null;
  return (
    <div class="btns mb-5">
      {letters.map((name) => (
        <LinkButton kind="second" small icon="download" download href={`${PATH}/${id}/letters/${name}.pdf`}>
          {names[name][lang]}
          {lang === 'ja' ? '（PDF）' : ' (PDF)'}
        </LinkButton>
      ))}
    </div>
  );
};
