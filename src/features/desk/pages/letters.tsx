// The letters and forms that go with a step, to be printed.

import { both, type Bilingual, type Lang } from '../../../base/bilingual.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { lettersFor, type LetterName } from '../actions/letters.ts';
import type { EventName, Request } from '../facts.ts';
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

const fileText = (name: LetterName, lang: Lang): string => names[name][lang] + (lang === 'ja' ? '（PDF）' : ' (PDF)');

const hrefOf = (id: string, name: LetterName): string => `${PATH}/${id}/letters/${name}.pdf`;

/** The same as a list beside the case. */
export const LetterLinks = (props: { lang: Lang; id: string; names: readonly LetterName[] }) => (
  <ul class="small grid gap-2">
    {props.names.map((name) => (
      <li>
        <a href={hrefOf(props.id, name)} download data-turbo="false">
          {names[name][props.lang]}
        </a>
      </li>
    ))}
  </ul>
);

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
        <LinkButton kind="second" small icon="download" download href={hrefOf(id, name)}>
          {fileText(name, lang)}
        </LinkButton>
      ))}
    </div>
  );
};
