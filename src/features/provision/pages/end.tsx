// Asks once more before a package is ended: declined, cancelled, or closed after the delivery. Where it cannot be ended so, the page says how it stands
// and where to go on.

import type { Context } from 'hono';
import type { Bilingual } from '../../../base/bilingual.ts';
import type { FieldProblem, Outcome, Problem } from '../../../base/outcome.ts';
import { formTexts, page, problemStatus, type Env, type Route } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import { Button, Buttons, LinkButton } from '../../../platform/ui/button.tsx';
import { Dl } from '../../../platform/ui/fact-list.tsx';
import { ErrorSummary, PostForm, problemAt, TextArea } from '../../../platform/ui/form.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Panel } from '../../../platform/ui/panel.tsx';
import { actorName, byOf, type Room } from '../../access/index.ts';
import {
  cancelPackage,
  closePackage,
  declinePackage,
  endingProblem,
  ends,
  packageOf,
  type End,
} from '../actions/packages.ts';
import type { PackageRow } from '../tables.ts';
import { endWords, packageWords, words } from '../words.ts';
import { itemsText } from './list.tsx';
import { Ended, seenAt, titleOf, type Seen } from './package.tsx';
import { crumbs, PATH, StateChip } from './packages.tsx';

interface EndProps {
  c: Context<Env>;
  seen: Seen;
  end: End;
  reason?: string;
  problem?: Problem;
}

/** The way that ends it where the asked one does not: what was downloaded is closed, and what was not is cancelled. */
const others: Partial<Record<End, End>> = { cancel: 'close', close: 'cancel' };

/** Why it cannot be ended so, and where to go on; what has ended says how. */
const Barred = ({ c, seen, end, says }: Pick<EndProps, 'c' | 'seen' | 'end'> & { says: Bilingual }) => {
  const { lang } = c.get('frame');
  const at = `${PATH}/${seen.row.id}`;
  const other = others[end];
  const ended = Ended({ c, seen });
  return (
    <div class="grid gap-5 mt-5">
      {ended ?? <Banner kind="warn" title={says[lang]} />}
      <Buttons>
        {!ended && other && endingProblem(seen.row, other) === null && (
          <LinkButton kind="second" href={`${at}/${other}`}>
            {packageWords[other][lang]}
          </LinkButton>
        )}
        <LinkButton kind="text" href={at}>
          {words.back[lang]}
        </LinkButton>
      </Buttons>
    </div>
  );
};

const EndForm = ({
  c,
  id,
  end,
  reason,
  problems,
}: Pick<EndProps, 'c' | 'end' | 'reason'> & { id: string; problems: readonly FieldProblem[] }) => {
  const { lang } = c.get('frame');
  const { says, press } = endWords[end];
  const at = `${PATH}/${id}`;
  return (
    <>
      <p class="my-4">{says[lang]}</p>
      <PostForm action={`${at}/${end}`} csrf={c.get('csrf')}>
        {end !== 'close' && (
          <TextArea
            lang={lang}
            name="reason"
            label={packageWords.reason}
            need="required"
            hint={packageWords.reasonHint[lang]}
            rows={3}
            maxlength={500}
            value={reason}
            error={problemAt(problems, 'reason', lang)}
          />
        )}
        <Buttons>
          <Button kind="stop">{press[lang]}</Button>
          <LinkButton kind="text" href={at}>
            {words.back[lang]}
          </LinkButton>
        </Buttons>
      </PostForm>
    </>
  );
};

const EndPage = ({ c, seen, end, reason, problem }: EndProps) => {
  const frame = c.get('frame');
  const { lang } = frame;
  const { row, stands } = seen;
  const { title, press } = endWords[end];
  const holding = stands.holdings.get(row.holding_id);
  const back = `${PATH}/${row.id}`;
  const bar = problem ? null : endingProblem(row, end);
  const problems: FieldProblem[] = problem?.kind === 'invalid' ? problem.fields : [];
  return (
    <OfficePage
      {...frame}
      title={title[lang]}
      path={`${back}/${end}`}
      crumbs={crumbs(lang, { label: titleOf(seen)[lang], href: back }, { label: press[lang] })}
      failed={problem !== undefined}
    >
      <div class="max-w-[48rem]">
        <ErrorSummary lang={lang} problems={problems} labels={{ reason: packageWords.reason }} />
        {problem && problems.length === 0 && 'says' in problem && (
          <div class="mb-4">
            <Banner
              kind="bad"
              role="alert"
              title={problem.says[lang]}
              action={{ href: back, label: words.back[lang] }}
            />
          </div>
        )}
        <Panel
          title={titleOf(seen)[lang]}
          mark={<StateChip lang={lang} row={row} waits={seen.waits !== null} recipient={seen.recipient} />}
        >
          <Dl
            items={[
              [words.holding[lang], holding?.name[lang] ?? row.holding_id],
              [words.items[lang], itemsText(holding, row.items, lang)],
              [packageWords.asked[lang], <span translate="no">{actorName(row.made_by, seen.names, lang)}</span>],
            ]}
          />
        </Panel>
        {bar ? (
          <Barred c={c} seen={seen} end={end} says={bar} />
        ) : (
          <EndForm c={c} id={row.id} end={end} reason={reason} problems={problems} />
        )}
      </div>
    </OfficePage>
  );
};

const acts: Record<End, (room: Room, c: Context<Env>, id: string, reason: string) => Promise<Outcome<PackageRow>>> = {
  decline: ({ office }, c, id, reason) => declinePackage(office, byOf(c), id, reason),
  cancel: ({ office }, c, id, reason) => cancelPackage(office, byOf(c), id, reason),
  close: ({ office }, c, id) => closePackage(office, byOf(c), id),
};

async function endIt(room: Room, c: Context<Env>, end: End): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const reason = c.get('form').text('reason');
  const outcome = await acts[end](room, c, id, reason);
  if (outcome.ok) return c.redirect(`${PATH}/${id}`, 303);
  const { problem } = outcome;
  if (problem.kind === 'not-found') return c.notFound();
  const now = await packageOf(room.office, id);
  // On a second press the package has already ended as intended.
  if (problem.kind === 'conflict' && now.ok && now.value.state === ends[end]) {
    return c.redirect(`${PATH}/${id}`, 303);
  }
  return show(room, c, end, { reason, problem });
}

async function show(
  room: Room,
  c: Context<Env>,
  end: End,
  pressed?: { reason: string; problem: Problem },
): Promise<Response> {
  const seen = await seenAt(room, c);
  if (!seen) return c.notFound();
  return c.html(
    <EndPage c={c} seen={seen} end={end} {...(pressed ?? {})} />,
    pressed ? problemStatus(pressed.problem) : 200,
  );
}

export const endPages = (room: Room): Route[] =>
  (
    [
      ['decline', 'provisions:approve'],
      ['cancel', 'people:provide'],
      ['close', 'people:provide'],
    ] as const
  ).flatMap(([end, may]) => [
    page('get', `${PATH}/:id/${end}`, may, (c) => show(room, c, end)),
    page('post', `${PATH}/:id/${end}`, may, (c) => endIt(room, c, end), {
      texts: formTexts({ reason: packageWords.reason }, { prose: /^reason$/ }),
    }),
  ]);
