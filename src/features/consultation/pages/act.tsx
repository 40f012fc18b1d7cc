// The page of an act that asks the law first, used by the feature that acts. It shows what the feature knows of the matter, the question with its
// answer beside it and, under a yes, the button that does the act.

import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Bilingual } from '../../../base/bilingual.ts';
import { newId } from '../../../base/id.ts';
import type { Office } from '../../../office.ts';
import type { Env } from '../../../platform/http/index.ts';
import { Banner } from '../../../platform/ui/banner.tsx';
import type { Crumb } from '../../../platform/ui/crumbs.tsx';
import { OfficePage } from '../../../platform/ui/frame.tsx';
import { AskView, type AskViewProps } from './view.tsx';

export interface ActProps extends Omit<AskViewProps, 'lang' | 'csrf' | 'lands'> {
  title: Bilingual;
  path: string;
  sub: string;
  crumbs: Crumb[];
  /** Why pressing the button did nothing, when no field is at fault. */
  notice?: Bilingual | undefined;
  /** Shown above the question. */
  before?: Child;
  /** A field outside the question is at fault. */
  failed?: boolean;
}

/** Answers with the page; status 422 when something on it must be corrected. */
export function actPage(
  c: Context<Env>,
  { title, path, sub, crumbs, notice, before, failed = false, ...view }: ActProps,
): Response | Promise<Response> {
  const frame = c.get('frame');
  const { lang } = frame;
  const wrong = failed || notice !== undefined || view.round.problems.length > 0;
  return c.html(
    <OfficePage {...frame} title={title[lang]} path={path} sub={sub} crumbs={crumbs} failed={wrong}>
      {notice && (
        <div class="mb-4">
          <Banner kind="warn" title={notice[lang]} />
        </div>
      )}
      {before}
      <AskView lang={lang} csrf={frame.csrf} {...view} lands={!wrong} />
    </OfficePage>,
    wrong ? 422 : 200,
  );
}

/** The id of the form's attempt. After a press that did nothing, a new id is issued. */
export const attemptIn = (office: Office, c: Context<Env>, notice: Bilingual | undefined): string =>
  c.req.method === 'POST' && notice === undefined ? c.get('form').text('attempt') : newId(office.clock.now());
