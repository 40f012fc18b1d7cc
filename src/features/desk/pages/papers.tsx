// The papers of a request: one that was sealed, opened to be read, and the letters as files. Neither stands in an address, and each opening is
// logged.

import { both, type Bilingual } from '../../../base/bilingual.ts';
import { page, plain, problemStatus, type Route } from '../../../platform/http/index.ts';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { writtenDay } from '../../../platform/ui/format.ts';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { caseOf, readPaper } from '../actions/cases.ts';
import { letterNames, printLetter } from '../actions/letters.ts';
import type { Sender } from '../actions/receive.ts';
import { numberOf } from '../facts.ts';
import type { PaperKind } from '../tables.ts';
import { byOf, crumbs, PATH, type Asked, type Room } from './sheet.tsx';
import { paperWord } from './side.tsx';

const words = {
  name: both('氏名', 'Name'),
  address: both('住所', 'Address'),
  email: both('メールアドレス', 'E-mail address'),
  only: both(
    'この請求への対応だけに使います。開いたことは記録しました。',
    'For this request only. That it was opened is on record.',
  ),
  back: both('請求に戻る', 'Back to the request'),
  change: both('決めた内容', 'What was decided'),
} satisfies Record<string, Bilingual>;

const Content = ({ kind, text, lang }: { kind: PaperKind; text: string; lang: 'ja' | 'en' }) => {
  if (kind === 'sender') {
    const { name, address, email } = JSON.parse(text) as Sender;
    const rows: (readonly [string, string])[] = [
      [words.name[lang], name],
      [words.address[lang], address],
      [words.email[lang], email],
    ];
    return (
      <Dl
        items={rows
          .filter(([, value]) => value !== '')
          .map(
            ([label, value]) =>
              [
                label,
                <span class="whitespace-pre-line" translate="no">
                  {value}
                </span>,
              ] as const,
          )}
      />
    );
  }
  return (
    <p class="whitespace-pre-line" translate="no">
      {kind === 'change' ? JSON.stringify(JSON.parse(text), null, 2) : text}
    </p>
  );
};

async function openPaper(room: Room, c: Asked): Promise<Response> {
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  const found = await caseOf(room, id);
  const paper = found.ok && found.value.papers.find((one) => one.id === c.req.param('paper'));
  if (!found.ok || !paper) return c.notFound();
  const read = await readPaper(room, byOf(c), id, paper.id);
  const number = numberOf(found.value.row);
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={paperWord(paper.kind, lang)}
      path={`${PATH}/${id}`}
      sub={`${number}　${writtenDay(paper.on_day, lang)}`}
      crumbs={crumbs(lang, { label: number, href: `${PATH}/${id}` }, { label: paperWord(paper.kind, lang) })}
      actions={
        <LinkButton kind="second" small href={`${PATH}/${id}`}>
          {words.back[lang]}
        </LinkButton>
      }
    >
      <div class="max-w-[48rem] grid gap-5">
        <Panel title={paperWord(paper.kind, lang)} id="paper">
          {read.ok ? (
            <Content kind={paper.kind} text={read.value} lang={lang} />
          ) : (
            <p>{'says' in read.problem ? read.problem.says[lang] : ''}</p>
          )}
        </Panel>
        <Note>{words.only[lang]}</Note>
      </div>
    </OfficePage>,
    read.ok ? 200 : problemStatus(read.problem),
  );
}

async function letterFile(room: Room, c: Asked): Promise<Response> {
  const name = letterNames.find((one) => `${one}.pdf` === c.req.param('file'));
  const made = name && (await printLetter(room, byOf(c), c.req.param('id') ?? '', name));
  if (!name || !made?.ok) return c.notFound();
  const { number, pdf } = made.value;
  return new Response(pdf as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${number}-${name}.pdf"`,
      'cache-control': 'no-store',
    },
  });
}

export const paperPages = (room: Room): Route[] => [
  page('post', `${PATH}/:id/papers/:paper`, 'requests:write', (c) => openPaper(room, c)),
  plain(`${PATH}/:id/letters/:file`, 'requests:write', (c) => letterFile(room, c)),
];
