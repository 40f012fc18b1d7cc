// The letters and forms of a request, to be printed: those on file as they were sent, and those still to go out.

import type { Child } from 'hono/jsx';
import { both, type Lang } from '../../../base/bilingual.ts';
import type { Day } from '../../../base/day.ts';
import { Button, LinkButton } from '../../../platform/ui/button.tsx';
import { PostForm, SelectField } from '../../../platform/ui/form.tsx';
import { dayFrom } from '../../../platform/ui/format.ts';
import type { Case } from '../actions/cases.ts';
import { copiesOf, correctedName, draftsOf, lettersFor, type LetterFile, type LetterName } from '../actions/drafts.ts';
import { recipientsTold } from '../actions/told.ts';
import type { EventName } from '../facts/event.ts';
import { openingReasons } from '../facts/request.ts';
import { letterWords, openingWords, parcelFileWords } from '../words.ts';
import { chooseOne, PATH } from './sheet.tsx';

const words = {
  corrected: both('提供先への訂正の手紙', 'Letter to a recipient on the correction'),
  copies: both('手紙の控え', 'On file'),
  drafts: both('これから送るもの', 'Still to go out'),
  makable: both('まだ作れるもの', 'Can still be made'),
  dated: both(
    '日付は印刷した日です。送った後は控えになります。',
    'Dated the day you print it. Once sent, it is on file.',
  ),
  open: both('を開く', 'Open: '),
  whatFor: both('何のために作るか', 'what it is made for'),
  make: both('作る（PDF）', 'Make it (PDF)'),
  asked: both('開く前に、何のために開くかを尋ねます。', 'You are asked first why you are opening it.'),
};

/** The name of a letter; several to recipients are numbered. */
export function nameOf(known: Case, file: string, lang: Lang): string {
  const recipients = recipientsTold(known.papers).map((id): string => correctedName(id));
  const nth = recipients.indexOf(file);
  if (nth >= 0) return words.corrected[lang] + (recipients.length > 1 ? ` ${nth + 1}` : '');
  return (letterWords[file as LetterName] ?? parcelFileWords[file] ?? words.corrected)[lang];
}

export const hrefOf = (id: string, name: LetterFile): string => `${PATH}/${id}/letters/${name}.pdf`;

/** The letters to recipients told of a correction that are not on file. */
const toRecipients = (known: Case): LetterFile[] => {
  const kept = new Set(copiesOf(known).map(({ about }) => about));
  const all = recipientsTold(known.papers.filter(({ gone_at }) => gone_at === null)).map(correctedName);
  return known.request.closedOn === null ? all.filter((name) => !kept.has(name)) : [];
};

const Group = ({ title, children }: { title: string; children: Child }) => (
  <>
    <h3 class="small font-bold mb-2">{title}</h3>
    <ul class="small grid gap-2">{children}</ul>
  </>
);

/** The form for a letter that is made after the end, which asks for the reason first. */
const ForWhat = ({ lang, action, name }: { lang: Lang; action: string; name: string }) => (
  <form method="get" action={action} data-turbo="false">
    <SelectField
      lang={lang}
      name="for"
      label={{ ja: `${name}：${words.whatFor.ja}`, en: `${name}: ${words.whatFor.en}` }}
      blank={chooseOne}
      value=""
      options={openingReasons.map((one) => ({ value: one, label: openingWords[one].name }))}
    />
    <Button kind="second" small>
      {words.make[lang]}
    </Button>
  </form>
);

/**
 * The letters still to go out. Without the refund letter, which is made when a refund is recorded, and those that are offered at their step: the one
 * posted instead of an electronic answer, and the slip that is signed when an answer is handed over.
 */
const stillToGo = (known: Case): LetterFile[] => [
  ...draftsOf(known).filter((name) => name !== 'refund' && name !== 'posted' && name !== 'handover'),
  ...toRecipients(known),
];

/** Whether there is a letter to show. */
export const hasLetters = (known: Case): boolean => copiesOf(known).length > 0 || stillToGo(known).length > 0;

interface LettersProps {
  lang: Lang;
  csrf: string;
  known: Case;
  today: Day;
}

/** Every letter of a request, as a list beside the case. */
export const LetterLinks = ({ lang, csrf, known, today }: LettersProps) => {
  const { row, request } = known;
  const copies = copiesOf(known);
  const drafts = stillToGo(known);
  return (
    <div class="grid gap-4">
      {copies.length > 0 && (
        <div>
          <Group title={words.copies[lang]}>
            {copies.map(({ id, about, on_day }) => (
              <li>
                <PostForm action={`${PATH}/${row.id}/papers/${id}`} csrf={csrf} download>
                  <button class="link-btn whitespace-normal text-left">
                    {lang === 'en' && <span class="sr-only">{words.open.en}</span>}
                    {nameOf(known, about ?? '', lang)}
                    {lang === 'ja' && <span class="sr-only">{words.open.ja}</span>}
                  </button>{' '}
                  <span class="muted">{dayFrom(today, on_day, lang)}</span>
                </PostForm>
              </li>
            ))}
          </Group>
          {request.closedOn !== null && <p class="small muted mt-2">{words.asked[lang]}</p>}
        </div>
      )}
      {drafts.length > 0 && (
        <div>
          <Group title={words[request.closedOn === null ? 'drafts' : 'makable'][lang]}>
            {drafts.map((name) => (
              <li>
                {request.closedOn === null ? (
                  <a href={hrefOf(row.id, name)} data-turbo="false">
                    {nameOf(known, name, lang)}
                  </a>
                ) : (
                  <ForWhat lang={lang} action={hrefOf(row.id, name)} name={nameOf(known, name, lang)} />
                )}
              </li>
            ))}
          </Group>
          {request.closedOn === null && drafts.some((name) => name !== 'labels' && name !== 'code') && (
            <p class="small muted mt-2">{words.dated[lang]}</p>
          )}
        </div>
      )}
    </div>
  );
};

/** The files to print before or after a step is recorded; nothing when there are none. */
export const Letters = ({ lang, known, event }: { lang: Lang; known: Case; event: EventName }) => {
  const letters: LetterFile[] = [
    ...lettersFor(known, event),
    ...(event === 'notified' || event === 'delivered'
      ? recipientsTold(known.papers.filter(({ gone_at }) => gone_at === null)).map(correctedName)
      : []),
  ];
  if (letters.length === 0) return null;
  return (
    <div class="btns mb-5">
      {letters.map((name) => (
        <LinkButton kind="second" small icon="download" download href={hrefOf(known.row.id, name)}>
          {nameOf(known, name, lang) + (lang === 'ja' ? '（PDF）' : ' (PDF)')}
        </LinkButton>
      ))}
    </div>
  );
};
