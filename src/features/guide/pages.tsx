// The guide: the tasks of the reader's roles, as the access policies have them at this moment. It can be printed.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Action } from '../../base/actor.ts';
import type { Bilingual } from '../../base/bilingual.ts';
import { page, type Env, type Route } from '../../platform/http/index.ts';
import { PrintButton } from '../../platform/ui/button.tsx';
import { homeCrumb } from '../../platform/ui/crumbs.tsx';
import { OfficePage } from '../../platform/ui/frame.tsx';
import { Note, Panel, SectionHead } from '../../platform/ui/panel.tsx';
import { roleNames, type Room } from '../access/index.ts';
import { hrefOf, neededFor, piecesOf, rolesFor, type Step, type Task } from './facts/guide.ts';
import { chapters } from './facts/tasks.ts';
import { doneBy, words } from './words.ts';

export const PATH = '/guide';

/** What the guide knows of the other rooms: the names of the pages in the navigation, and the routes. */
export interface Surroundings {
  nameOf(href: string): Bilingual | undefined;
  routes: readonly Route[];
}

interface View {
  c: Context<Env>;
  room: Room;
  around: Surroundings;
}

/** The words of a button or a field. */
const Word = ({ c, word }: { c: Context<Env>; word: Bilingual }) => {
  const lang = c.get('lang');
  return <b>{lang === 'ja' ? `「${word.ja}」` : `“${word.en}”`}</b>;
};

/** The page of a step, as a link where the step is the reader's. */
function placeOf({ c, around }: View, { at }: Step, theirs: boolean): Child {
  if (at === undefined) return null;
  const { href, name } = typeof at === 'string' ? { href: at, name: around.nameOf(at)! } : at;
  const label = name[c.get('lang')];
  return theirs ? <a href={href}>{label}</a> : label;
}

/** `there`: the step before was on the same page, which is not named again. */
const StepLine = ({ view, step, there }: { view: View; step: Step; there: boolean }) => {
  const { c, room, around } = view;
  const lang = c.get('lang');
  const needed = neededFor(step, around.routes);
  const theirs = needed.every(c.get('may'));
  const named = [...(step.named ?? []), ...(step.later ?? [])];
  const place = placeOf(view, step, theirs);
  // In quotation marks like the words of buttons: the name of a page, such as 本人 or 窓口, would read as a word of the sentence.
  const inSentence = lang === 'ja' ? <>「{place}」</> : place;
  const pieces = piecesOf(step.says, lang);
  const others = rolesFor(needed, (action, role) => room.access.policies.rights[action][role].says === 'yes');
  return (
    <li class="my-2">
      {pieces.map((piece) =>
        piece === 'at' ? inSentence : typeof piece === 'number' ? <Word c={c} word={named[piece]!} /> : piece,
      )}
      {place && !there && !pieces.includes('at') && (lang === 'ja' ? <>（{place}）</> : <> ({place})</>)}
      {!theirs && (
        <p class="small muted">{(others.length > 0 ? doneBy(roleNames(others, lang)) : words.nobody)[lang]}</p>
      )}
    </li>
  );
};

const TaskPanel = ({ view, task }: { view: View; task: Task }) => {
  const lang = view.c.get('lang');
  return (
    <div class="mb-5 break-inside-avoid">
      <Panel id={task.id} title={task.title[lang]}>
        <p class="small muted">{task.when[lang]}</p>
        <ol class="list-decimal pl-6 mt-2">
          {task.steps.map((step, n) => (
            <StepLine view={view} step={step} there={n > 0 && hrefOf(step) === hrefOf(task.steps[n - 1]!)} />
          ))}
        </ol>
      </Panel>
    </div>
  );
};

/** The tasks of a reader, in the chapters that have any. */
export const tasksOf = (may: (action: Action) => boolean) =>
  chapters
    .map((chapter) => ({ ...chapter, tasks: chapter.tasks.filter((task) => may(task.may)) }))
    .filter(({ tasks }) => tasks.length > 0);

function show(view: View): Response | Promise<Response> {
  const { c } = view;
  const lang = c.get('lang');
  const own = tasksOf(c.get('may'));
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.title[lang]}
      path={PATH}
      sub={words.sub[lang]}
      crumbs={[homeCrumb(lang), { label: words.title[lang] }]}
      actions={<PrintButton lang={lang} />}
    >
      <div class="max-w-[56rem]">
        <Note>
          <p>{words.lead[lang]}</p>
        </Note>
        <nav class="toc my-5 no-print" aria-labelledby="tasks">
          <h2 class="border-0! p-0! m-0! text-std-16B-170!" id="tasks">
            {words.contents[lang]}
          </h2>
          {own.map(({ title, tasks }) => (
            <>
              <p class="small muted mt-3">{title[lang]}</p>
              <ul class="sm:columns-2 gap-8">
                {tasks.map((task) => (
                  <li>
                    <a href={`#${task.id}`} data-turbo="false">
                      {task.title[lang]}
                    </a>
                  </li>
                ))}
              </ul>
            </>
          ))}
        </nav>
        {own.map(({ id, title, tasks }) => (
          <>
            <SectionHead id={`chapter-${id}`}>{title[lang]}</SectionHead>
            {tasks.map((task) => (
              <TaskPanel view={view} task={task} />
            ))}
          </>
        ))}
      </div>
    </OfficePage>,
  );
}

export const guidePages = (room: Room, around: Surroundings): Route[] => [
  page('get', PATH, 'home:read', (c) => show({ c, room, around })),
];
