// What the desk does about an electronic delivery besides the steps of the case: sends the link again, closes it, and tells the code on the
// telephone.

import { both } from '../../../base/bilingual.ts';
import { formTexts, page, type Route } from '../../../platform/http/index.ts';
import { deliveryLabels } from './delivery.tsx';
import { LinkButton } from '../../../platform/ui/button.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { Note, Panel } from '../../../platform/ui/panel.tsx';
import { byOf } from '../../access/index.ts';
import { caseOf } from '../actions/cases.ts';
import { sendAgain, stopParcel, tellCode } from '../actions/parcel.ts';
import { numberOf } from '../facts/request.ts';
import { refused } from './case.tsx';
import { crumbs, PATH, type Asked, type Room } from './sheet.tsx';

const words = {
  code: both('受け取り用コード', 'Code'),
  say: both(
    '1字ずつ読み上げ、書き取ってもらいます。ハイフンも伝えます。この画面を閉じると、もう表示できません。',
    'Read it out character by character, including the hyphen, and have it written down. Once you leave this page, it is not shown again.',
  ),
  note: both(
    '知らせたことは記録しました。コードはどこにも書き残さないでください。',
    'It is on record that the code was given. Do not write the code down anywhere.',
  ),
  back: both('請求に戻る', 'Back to the request'),
};

async function sendNew(room: Room, c: Asked): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const form = c.get('form');
  const sent = await sendAgain(room, byOf(c), id, { attempt: form.text('attempt'), email: form.text('email') });
  if (sent.ok) return c.redirect(`${PATH}/${id}`, 303);
  const found = await caseOf(room, id);
  return found.ok ? refused(room, c, found.value, { event: 'delivered', problem: sent.problem }) : c.notFound();
}

async function stop(room: Room, c: Asked): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const stopped = await stopParcel(room, byOf(c), id);
  if (stopped.ok) return c.redirect(`${PATH}/${id}`, 303);
  const found = await caseOf(room, id);
  return found.ok ? refused(room, c, found.value, { event: 'delivered', problem: stopped.problem }) : c.notFound();
}

async function showCode(room: Room, c: Asked): Promise<Response> {
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  const told = await tellCode(room, byOf(c), id, c.get('form').text('reason'));
  const found = await caseOf(room, id);
  if (!found.ok) return c.notFound();
  if (!told.ok) return refused(room, c, found.value, { event: 'delivered', problem: told.problem });
  const number = numberOf(found.value.row);
  return c.html(
    <OfficePage
      {...c.get('frame')}
      title={words.code[lang]}
      path={`${PATH}/${id}`}
      sub={number}
      crumbs={crumbs(lang, { label: number, href: `${PATH}/${id}` }, { label: words.code[lang] })}
    >
      <div class="max-w-[48rem] grid gap-5">
        <Panel title={words.code[lang]} id="code">
          <p class="text-std-32B-150 num" translate="no">
            {told.value}
          </p>
          <p class="mt-3">{words.say[lang]}</p>
          <p class="mt-5">
            <LinkButton kind="second" href={`${PATH}/${id}`}>
              {words.back[lang]}
            </LinkButton>
          </p>
        </Panel>
        <Note>{words.note[lang]}</Note>
      </div>
    </OfficePage>,
  );
}

export const sendingPages = (room: Room): Route[] => [
  page('post', `${PATH}/:id/parcel`, 'requests:write', (c) => sendNew(room, c), { texts: formTexts(deliveryLabels) }),
  page('post', `${PATH}/:id/parcel/code`, 'requests:write', (c) => showCode(room, c)),
  page('post', `${PATH}/:id/parcel/end`, 'requests:write', (c) => stop(room, c)),
];
